"""Every vector that is reachable through the public API, against the installed wheel."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl, quote, urlsplit

import pytest
from conftest import CASES
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding
from support import NOW, PUBLIC_KEY_ID, ROOT, caller, content, key_file, key_id

import fapiao

VECTORS = ROOT / "tests/vectors"
REACHABLE = ["response_verification.json", "errors.json", "download.json"]


class Twice(dict[str, Any]):
    """An object in which a name stands twice: no Python dict can hold it."""


def pairs(members: list[tuple[str, Any]]) -> dict[str, Any]:
    """A JSON object; one with a repeated name is told apart."""
    found = dict(members)
    return found if len(found) == len(members) else Twice(found)


def cases() -> Iterator[Any]:
    """Every case of the files that are reachable."""
    files = [*REACHABLE, *(f"calls/{path.name}" for path in sorted((VECTORS / "calls").glob("*.json")))]
    for file in files:
        document = json.loads((VECTORS / file).read_bytes(), object_pairs_hook=pairs)
        for case in document["cases"]:
            yield pytest.param(file, document, case, id=f"{file}:{case['id']}")


@pytest.mark.parametrize(("file", "document", "case"), list(cases()))
def test_vector(file: str, document: dict[str, Any], case: dict[str, Any]) -> None:
    """The package agrees with the vector."""
    if not expressible(file, case):
        CASES[file, "inexpressible"] += 1
        assert case["result"] in {"valid", "invalid"}
        return
    run = {"response_verification.json": verification, "errors.json": errors, "download.json": download}
    name = file.removeprefix("calls/").removesuffix(".json")
    try:
        if file.startswith("calls/"):
            (request if case["kind"] == "request" else answer)(name, document, case)
        else:
            run[file](case)
    except fapiao.FapiaoError as error:
        assert case["result"] == "invalid", error
        assert (error.code, case.get("field") or error.field) == (case["code"], error.field)
    else:
        assert case["result"] == "valid", f"{case['code']} is wanted"
    CASES[file, "ran"] += 1


def expressible(file: str, case: dict[str, Any]) -> bool:
    """Whether Python values can say what the case says."""
    if file == "download.json":
        names = [name for name, _ in case["input"]["extra"]]
        # A merchant's download names the payer, a provider's nobody; an empty link is refused by the table before; and
        # hosts are added to the official ones, never taken away.
        given = case["input"]
        official = {"wechatpay.cn", "weixin.qq.com"} <= set(given["allowed_suffixes"])
        reached = given["download_url"] != "" and (official or case.get("code") != "download.host")
        return reached and (not names or names[:2] == ["mchid", "openid"])
    # No caller is made without any key of WeChat Pay.
    if [] in (case["input"].get("ring"), case["input"].get("caller", {}).get("ring")):
        return False
    given = case["input"].get("request", {})
    return isinstance(given, dict) and not twice(given)


def twice(value: Any) -> bool:
    """Whether a repeated name is anywhere in it."""
    below = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return isinstance(value, Twice) or any(twice(item) for item in below)


def prepared(name: str, given: dict[str, Any], now: int = NOW, entropy: bytes = bytes([7]) * 32) -> fapiao.Call[Any]:
    """The call of a case."""
    attached = given.get("attachment")
    file = attached and (attached["filename"], attached["content_type"], content(attached, "file") or b"")
    made: fapiao.Call[Any] = caller(given["caller"], now, entropy).call(name, given["request"], file)
    return made


def request(name: str, document: dict[str, Any], case: dict[str, Any]) -> None:
    """A request, part by part."""
    given, stages = case["input"], case["stages"]
    signed = prepared(name, given, given["now"], bytes.fromhex(given["entropy"])).sign()
    assert case["result"] == "valid", f"{case['code']} is wanted"
    parts = urlsplit(signed.url)
    assert signed.method == stages["method"]
    # A sealed value in the query is put out of the way first.
    if not ("sealed" in stages and not signed.body):
        assert signed.url == stages["url"]
        assert parts.path + (f"?{parts.query}" if parts.query else "") == stages["url_target"]
    for header, value in stages["headers"].items():
        assert signed.headers.get(header.lower()) == value
    assert not {header.lower() for header in stages["headers_absent"]} & signed.headers.keys()
    assert signed.headers["user-agent"].startswith("fapiao/")
    authorization = signed.headers.get("authorization")
    if "authorization" in stages:
        assert authorization == stages["authorization"]
    if "signature" in stages:
        assert f'signature="{stages["signature"]}"' in (authorization or "")
    if "boundary" in stages:
        assert signed.headers["content-type"] == f"multipart/form-data; boundary={stages['boundary']}"
    if "sealed" in stages:
        sealed(signed, stages)
    else:
        assert (signed.body or b"") == (content(stages, "body") or b"")


def sealed(signed: fapiao.SignedCall[Any], stages: dict[str, Any]) -> None:
    """Sealed bytes are random: they are looked for, opened, and put out of the way."""
    query = dict(parse_qsl(urlsplit(signed.url).query)) if not signed.body else None
    template = (signed.body or b"").decode() if query is None else signed.url
    mark = "<sealed>" if query is None else "%3Csealed%3E"
    key = serialization.load_pem_private_key(key_file(f"{stages['sealed_under']}.key.pem"), None)
    for pointer, plaintext in stages["sealed"].items():
        value: Any = json.loads(signed.body or b"") if query is None else query
        for step in pointer.split("/")[1:]:
            value = value[int(step) if isinstance(value, list) else step]
        oaep = padding.OAEP(padding.MGF1(hashes.SHA1()), hashes.SHA1(), None)
        assert key.decrypt(base64.b64decode(value), oaep).decode() == plaintext  # type: ignore[union-attr]
        template = template.replace(value if query is None else quote(value, safe=""), mark, 1)
    assert template == stages["body_template" if query is None else "url"]
    assert signed.headers["wechatpay-serial"] == key_id(stages["sealed_under"])


def answer(name: str, document: dict[str, Any], case: dict[str, Any]) -> None:
    """An answer, signed here where answers of the call are signed."""
    given = case["input"]
    asked = next(
        each
        for each in document["cases"]
        if each["kind"] == "request"
        and each["result"] == "valid"
        and each["input"]["caller"]["kind"] == given["caller"]["kind"]
    )
    # The caller of the answer holds the key that its sealed fields were sealed for.
    like = {**asked["input"], "caller": {**asked["input"]["caller"], "ring": ["wechatpay"]}}
    signed = prepared(name, like).sign()
    body = content(given, "body") or b""
    headers = [*given.get("headers", [])]
    if "authorization" in signed.headers:
        headers = [pair for pair in headers if not pair[0].lower().startswith("wechatpay-")] + signature(body)
    found = signed.read(status=given["status"], headers=headers, content=body)
    assert case["result"] == "valid", f"{case['code']} is wanted"
    stages = case["stages"]
    if isinstance(found, fapiao.File):
        named = {"media_type": found.media_type, "filename": found.filename}
        assert {key: value for key, value in named.items() if value is not None} == stages["answer"]
        assert found.bytes == base64.b64decode(stages["file_base64"])
    elif "open" in given or not opens(given):
        assert kept(found, stages["answer"]) or kept(found, {**stages["answer"], "accepted": True})


def kept(found: Any, wanted: Any) -> bool:
    """Whether an answer is as wanted, to the last digit; the vectors write integers that a float would round as strings."""
    if isinstance(found, dict) and isinstance(wanted, dict):
        return found.keys() == wanted.keys() and all(kept(found[name], wanted[name]) for name in wanted)
    if isinstance(found, list) and isinstance(wanted, list):
        return len(found) == len(wanted) and all(map(kept, found, wanted))
    if type(found) is int and abs(found) >= 2**53:
        return bool(wanted == str(found))
    return type(found) is type(wanted) and bool(found == wanted)


def opens(given: dict[str, Any]) -> bool:
    """Whether the answer holds sealed values, which the package always opens."""
    return "phone" in str(given.get("body")) or "email" in str(given.get("body"))


def signature(body: bytes) -> list[tuple[str, str]]:
    """The signature headers of an answer."""
    key = serialization.load_pem_private_key(key_file("wechatpay.key.pem"), None)
    message = f"{NOW}\nn\n".encode() + body + b"\n"
    made = key.sign(message, padding.PKCS1v15(), hashes.SHA256())  # type: ignore[union-attr,call-arg,arg-type]
    return [
        ("Wechatpay-Timestamp", str(NOW)),
        ("Wechatpay-Nonce", "n"),
        ("Wechatpay-Serial", PUBLIC_KEY_ID),
        ("Wechatpay-Signature", base64.b64encode(made).decode()),
    ]


def verification(case: dict[str, Any]) -> None:
    """Who signed an answer, and whether."""
    given = case["input"]
    provider = {"kind": "sub_merchant", "serial_no": "1", "sub_mchid": "1900000109", "key": "partner"}
    who = caller({**provider, "mchid": given["merchant"], "ring": given["ring"]}, given["now"])
    signed = who.call(given.get("call") or "fapiao_files", {"fapiao_apply_id": "1"}).sign()
    try:
        signed.read(status=given["status"], headers=given["headers"], content=content(given, "body") or b"")
    except fapiao.AnswerError:
        # What the body says is not the matter of a case that names no call.
        if "call" in given:
            raise


def errors(case: dict[str, Any]) -> None:
    """Error answers of both systems."""
    given, stages = case["input"], case["stages"]
    if given["system"] == "pay":
        who = {"kind": "direct", "mchid": "1900000001", "serial_no": "1", "key": "direct"}
        signed = caller(who).call("query", {"fapiao_apply_id": "1"}).sign()
    else:
        signed = caller({"kind": "account", "access_token": "t"}).call("get_pdf", {"s_media_id": "1"}).sign()
    try:
        signed.read(status=given["status"], headers=given.get("headers", []), content=content(given, "body") or b"")
    except fapiao.AnswerError:
        assert case["result"] == "valid", "an answer of another call, but no error"
    except fapiao.FapiaoError as error:
        assert error.remote is not None and error.remote["authenticated"] is False
        for name in ("message", "field", "request_id", "request_id_tail"):
            assert error.remote[name] == stages.get(name)
        assert error.remote["code"] == stages.get("remote_code")
        raise


def download(case: dict[str, Any]) -> None:
    """Links that are followed or not, and what comes back."""
    given, stages = case["input"], case["stages"]
    fields = dict(given["extra"])
    kind = "direct" if fields.pop("mchid", None) else "sub_merchant"
    number = {"direct": "1900000001", "sub_merchant": "1900000100"}[kind]
    who = {"kind": kind, "mchid": number, "serial_no": "1", "sub_mchid": "1900000109"}
    merchant = caller(who, allow_downloads=given["allowed_suffixes"])
    signed = merchant.download_file(download_url=given["download_url"], **fields).sign()
    assert "authorization" not in signed.headers
    if "url" in stages:
        assert signed.url == stages["url"]
    if "response" in given:
        response = given["response"]
        found = signed.read(status=response["status"], headers=response["headers"], content=content(response, "body"))
        if "sm3" in hashlib.algorithms_available and "sm3" in stages:
            assert hashlib.new("sm3", found.bytes).hexdigest() == stages["sm3"]
