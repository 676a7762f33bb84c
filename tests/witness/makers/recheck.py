"""A second opinion on what the makers computed: the openssl command line on every signature, sealed text and SM3 digest in the documents."""
import base64
import re
import subprocess

from . import keyset


def _openssl_sm3(data):
    done = subprocess.run(["openssl", "dgst", "-sm3"], input=data, capture_output=True, check=True)
    return done.stdout.decode().split("= ")[1].strip()


def _message(stages):
    return base64.b64decode(stages["message_base64"]) if "message_base64" in stages else stages["message"].encode()


def _signature(path, case):
    """(key, message, signature) of a case that holds one, else None."""
    given, stages = case["input"], case["stages"]
    if case["result"] == "invalid" or not ({"message", "message_base64"} & stages.keys()):
        return None
    if path == "response_verification.json":
        signature = next(v for k, v in given["headers"] if k.lower() == "wechatpay-signature")
        return stages["key"], _message(stages), signature
    key = given["key"] if "key" in given else given["caller"]["key"]
    return key, _message(stages), stages["signature"]


def _sealed(path, case):
    """(key, sealed, plaintext) of everything that must open."""
    given = case["input"]
    if case["result"] == "invalid":
        return []
    if path == "sealed.json" and given["op"] == "open":
        return [(given["key"], given["ciphertext_base64"], case["stages"]["plaintext"])]
    return [(given["caller"]["key"], pair["ciphertext"], pair["plaintext"]) for pair in given.get("open", [])]


def _digests(case):
    """(bytes, SM3) pairs of uploads and downloads."""
    given, stages = case["input"], case["stages"]
    if "sm3" in stages:
        answer = given.get("response", given)
        yield base64.b64decode(answer["body_base64"]), stages["sm3"]
    told = re.search(r'"digest":"([0-9a-f]{64})"', stages.get("signed_body", ""))
    if told:
        yield base64.b64decode(given.get("attachment", given)["file_base64"]), told.group(1)


def all_of(files):
    counts = {"signatures": 0, "sealed texts": 0, "digests": 0}
    for path, document in files.items():
        for case in document.get("cases", []):
            where = f"{path} {case['id']}"
            signed = _signature(path, case)
            if signed:
                key, message, signature = signed
                assert keyset.openssl_verifies(key, message, base64.b64decode(signature)), f"{where}: signature"
                counts["signatures"] += 1
            for key, sealed, plaintext in _sealed(path, case):
                assert keyset.openssl_opens(key, base64.b64decode(sealed)) == plaintext.encode(), f"{where}: sealed text"
                counts["sealed texts"] += 1
            for data, digest in _digests(case):
                assert _openssl_sm3(data) == digest.lower(), f"{where}: SM3"
                counts["digests"] += 1
    return counts
