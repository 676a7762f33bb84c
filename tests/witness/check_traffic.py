#!/usr/bin/env python3
"""Checks recorded traffic with other cryptography than the code that made it.

Reads an HTTP Archive (HAR 1.2) and verifies, under the committed test keys:
  - every request with an Authorization header, from its method, target, timestamp, nonce and body (of a form: its meta part);
  - every response with a Wechatpay-Signature, and every callback (a request with one);
  - the SM3-Digest of every download, and the SM3 digest an upload's meta tells.
A signature that starts with WECHATPAY/SIGNTEST/ is a probe: it is counted, and must not verify.
Prints a table; fails on any failure, or when no request or no response was verified.
"""
import argparse
import base64
import binascii
import hashlib
import json
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path
from urllib.parse import urlsplit

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding

from makers import keyset

SCHEME = "WECHATPAY2-SHA256-RSA2048"
PROBE = "WECHATPAY/SIGNTEST/"
MERCHANTS = {keyset.serial(stem): stem for stem in keyset.MERCHANTS}
PLATFORM = {keyset.serial(stem).lstrip("0").upper(): stem for stem in ("wechatpay", "platform-1", "platform-2")}


class Bad(Exception):
    """What is wrong with one exchange."""


def verifies(stem, message, signature, openssl):
    if openssl:
        return keyset.openssl_verifies(stem, message, signature)
    public = keyset.private(stem).public_key() if stem == "wechatpay" else keyset.certificate(stem).public_key()
    try:
        public.verify(signature, message, padding.PKCS1v15(), hashes.SHA256())
    except InvalidSignature:
        return False
    return True


def sm3(data, openssl):
    if not openssl:
        return hashlib.new("sm3", data).hexdigest()
    done = subprocess.run(["openssl", "dgst", "-sm3"], input=data, capture_output=True, check=True)
    return done.stdout.decode().split("= ")[1].strip()


def header(side, name):
    found = [one["value"] for one in side["headers"] if one["name"].lower() == name.lower()]
    if len(found) > 1:
        raise Bad(f"{name} stands {len(found)} times")
    return found[0] if found else None


def _bytes(content, encoding):
    text = content.get("text") or ""
    return base64.b64decode(text) if encoding == "base64" else text.encode()


def request_body(request):
    post = request.get("postData") or {}
    return _bytes(post, post.get("_encoding") or post.get("encoding"))


def response_body(response):
    content = response.get("content") or {}
    return _bytes(content, content.get("encoding"))


def parts(body, content_type):
    """The parts of a form by name."""
    mark = re.search(r'boundary="?([^";]+)"?', content_type)
    if not mark:
        raise Bad("a form without a boundary")
    found = {}
    for piece in (b"\r\n" + body).split(b"\r\n--" + mark.group(1).encode())[1:-1]:
        head, _, data = piece.removeprefix(b"\r\n").partition(b"\r\n\r\n")
        name = re.search(rb';\s*name="([^"]*)"', head)
        found[name.group(1).decode() if name else ""] = data
    return found


def decode(signature):
    try:
        return base64.b64decode(signature, validate=True)
    except binascii.Error:
        raise Bad("the signature is not Base64") from None


def check_request(request, openssl, counts):
    scheme, _, rest = header(request, "Authorization").partition(" ")
    if scheme != SCHEME:
        raise Bad(f"the scheme is {scheme}")
    told = dict(re.findall(r'(\w+)="([^"]*)"', rest))
    stem = MERCHANTS.get(told.get("serial_no"))
    if stem is None or keyset.MERCHANTS[stem] != told.get("mchid"):
        raise Bad("mchid and serial_no are no test merchant's")
    body = request_body(request)
    content_type = header(request, "Content-Type") or ""
    if content_type.lower().startswith("multipart/"):
        form = parts(body, content_type)
        body = form.get("meta", b"")
        if sm3(form.get("file", b""), openssl) != json.loads(body)["digest"]:
            raise Bad("the SM3 digest in the meta is another file's")
        counts["upload digests verified"] += 1
    url = urlsplit(request["url"])
    target = (url.path or "/") + ("?" + url.query if url.query else "")
    message = f"{request['method']}\n{target}\n{told.get('timestamp')}\n{told.get('nonce_str')}\n".encode() + body + b"\n"
    if not verifies(stem, message, decode(told.get("signature", "")), openssl):
        raise Bad("the request's signature is wrong")
    counts["requests verified"] += 1


def check_signed(side, body, openssl, counts, what):
    """A response, or a callback: both are signed by the platform in the same way."""
    signature, serial = header(side, "Wechatpay-Signature"), header(side, "Wechatpay-Serial") or ""
    stem = PLATFORM.get(serial.lstrip("0").upper())
    if stem is None:
        raise Bad(f"Wechatpay-Serial {serial} is no test key's")
    message = f"{header(side, 'Wechatpay-Timestamp')}\n{header(side, 'Wechatpay-Nonce')}\n".encode() + body + b"\n"
    probe = signature.startswith(PROBE)
    try:
        good = verifies(stem, message, decode(signature), openssl)
    except Bad:
        if not probe:
            raise
        good = False
    if good == probe:
        raise Bad("a probe verifies" if probe else "the platform's signature is wrong")
    counts["probes refused" if probe else f"{what} verified"] += 1


def check_entry(entry, openssl, counts):
    request, response = entry["request"], entry["response"]
    if (header(request, "Authorization") or "").startswith("WECHATPAY2-"):
        check_request(request, openssl, counts)
    elif header(request, "Wechatpay-Signature"):
        check_signed(request, request_body(request), openssl, counts, "callbacks")
    else:
        counts["requests without a signature"] += 1
    body = response_body(response)
    if header(response, "Wechatpay-Signature"):
        check_signed(response, body, openssl, counts, "responses")
    else:
        counts["responses without a signature"] += 1
    digest = header(response, "SM3-Digest")
    if digest is not None:
        if sm3(body, openssl) != digest.lower():
            raise Bad("the SM3-Digest is another file's")
        counts["download digests verified"] += 1


def check(har, openssl):
    counts, failures = Counter(), []
    for number, entry in enumerate(har["log"]["entries"]):
        try:
            check_entry(entry, openssl, counts)
        except (Bad, KeyError, ValueError) as fault:
            url = entry.get("request", {}).get("url", "").split("?")[0]
            failures.append(f"entry {number}: {entry.get('request', {}).get('method')} {url}: {fault}")
    return counts, failures


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("har", type=Path, help="the archive, as `cargo xtask demo --har FILE` writes it")
    parser.add_argument("--openssl", action="store_true", help="use the openssl command line instead of Python's cryptography")
    options = parser.parse_args()
    har = json.loads(options.har.read_text(encoding="utf-8-sig"))
    counts, failures = check(har, options.openssl)
    for what, count in [("exchanges", len(har["log"]["entries"])), *sorted(counts.items()), ("failures", len(failures))]:
        print(f"{what:32} {count:6}")
    for failure in failures:
        print(failure, file=sys.stderr)
    if not (counts["requests verified"] and counts["responses verified"]):
        print("nothing to trust: no request or no response was verified", file=sys.stderr)
        return 1
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
