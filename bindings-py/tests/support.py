"""What the tests stand on: the files of `tests/`, callers as the vectors name them, and the sandbox."""

from __future__ import annotations

import base64
import json
import os
import subprocess
import urllib.request
from pathlib import Path
from typing import Any

import fapiao
from cryptography import x509

ROOT = Path(os.environ.get("FAPIAO_ROOT") or Path(__file__).resolve().parents[2])
PUBLIC_KEY_ID = "PUB_KEY_ID_0119000001002026112200000000001"
NOW = 1_795_305_600


def key_file(name: str) -> bytes:
    """A file of `tests/keys`."""
    return (ROOT / "tests/keys" / name).read_bytes()


def key_id(stem: str) -> str:
    """What the serial header says for a key of WeChat Pay."""
    if stem == "wechatpay":
        return PUBLIC_KEY_ID
    return f"{x509.load_pem_x509_certificate(key_file(f'{stem}.cert.pem')).serial_number:X}"


def trusted(ring: list[str]) -> dict[str, Any]:
    """The WeChat Pay keys of a ring, as a caller takes them."""
    keys = {PUBLIC_KEY_ID: key_file("wechatpay.pub.pem")} if "wechatpay" in ring else {}
    certificates = [key_file(f"{stem}.cert.pem") for stem in ring if stem != "wechatpay"]
    return {"wechatpay_keys": keys, "platform_certificates": certificates}


def caller(given: dict[str, Any], now: int = NOW, drawn: bytes = bytes([7]) * 32, **more: Any) -> Any:
    """A caller as the vectors name it."""
    still = {"clock": lambda: now, "entropy": lambda count: drawn, **more}
    if given["kind"] == "account":
        names = {name: given[name] for name in ("secret", "access_token") if name in given}
        return fapiao.Account(appid=given.get("appid", "wx0"), **names, **still)
    if given["kind"] == "component":
        kept = {name: given[name] for name in ("verify_ticket", "access_token") if name in given}
        return fapiao.Component(appid=given["appid"], secret=given["secret"], **kept, **still)
    keys = trusted(given.get("ring") or ([] if "api_v3_key" in given else ["wechatpay"]))
    if "pinned" in given:
        keys["encryption_key"] = key_id(given["pinned"])
    if "api_v3_key" in given:
        keys["api_v3_key"] = given["api_v3_key"]
    keys["private_key"] = key_file(f"{given.get('key') or 'direct'}.key.pem")
    kind: Any = fapiao.Direct if given["kind"] == "direct" else fapiao.Partner
    merchant = kind(mchid=given["mchid"], serial_no=given["serial_no"], **keys, **still)
    return merchant.sub_merchant(given["sub_mchid"]) if given["kind"] == "sub_merchant" else merchant


def content(given: dict[str, Any], name: str) -> bytes | None:
    """Bytes as text under a plain name, or as Base64 under the name with `_base64`."""
    if isinstance(given.get(name), str):
        return str(given[name]).encode()
    text = given.get(f"{name}_base64")
    return base64.b64decode(text) if text is not None else None


def title(shop: Any, order: str) -> fapiao.Call[Any]:
    """Asks for the link under which a payer fills in the title."""
    call: fapiao.Call[Any] = shop.title_url(
        fapiao_apply_id=order, source="WEB", appid="wx5157f09efdc09600", openid="o", total_amount=100
    )
    return call


def issue(shop: Any, order: str, **buyer: str) -> fapiao.Call[Any]:
    """Issues an invoice; two of its fields travel encrypted."""
    line = {"tax_code": "3010101020203000000", "quantity": 1, "total_amount": 100, "tax_rate": 600, "discount": False}
    who = {"type": "INDIVIDUAL", "name": "张三", "phone": "13800000000", "email": "a@example.com", **buyer}
    invoice = {"fapiao_id": "f-1", "total_amount": 100, "items": [line]}
    call: fapiao.Call[Any] = shop.issue(
        scene="WITH_WECHATPAY", fapiao_apply_id=order, buyer_information=who, fapiao_information=[invoice]
    )
    return call


def without_waiting(client: Any) -> list[float]:
    """Lets a client's waits pass at once; returns how long they would have been, seconds."""
    waits: list[float] = []

    async def awaited(seconds: float) -> None:
        waits.append(seconds)

    client._pause = awaited if isinstance(client, fapiao.AsyncClient) else waits.append
    return waits


class Sandbox:
    """A running sandbox; it stops with its standard input."""

    def __init__(self, *arguments: str) -> None:
        binary = os.environ["FAPIAO_SANDBOX"]
        self.process = subprocess.Popen(
            [binary, "--port", "0", "--exit-with-stdin", "--issue-seconds", "0", *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        assert self.process.stdout is not None
        self.announced: dict[str, Any] = json.loads(self.process.stdout.readline())

    def stop(self) -> None:
        assert self.process.stdin is not None and self.process.stdout is not None
        self.process.stdin.close()
        self.process.stdout.close()
        self.process.wait(10)

    def control(self, path: str, body: Any = None, method: str | None = None) -> Any:
        """Asks or orders something at the control door."""
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.announced["control"] + path, data, method=method)
        if data is not None:
            request.add_header("Content-Type", "application/json")
        with urllib.request.urlopen(request) as response:
            return json.loads(response.read() or b"null")

    def merchant(self, kind: str = "direct", **more: Any) -> Any:
        """A merchant of the sandbox; a provider comes with its first sub-merchant."""
        found = self.announced["pay"][kind]
        given: dict[str, Any] = {
            "wechatpay_keys": self.announced["wechatpay_keys"],
            "platform_certificates": self.announced["platform_certificates"].values(),
            "private_key": found["private_key"],
            **self.elsewhere(),
            **more,
        }
        made: Any = {"direct": fapiao.Direct, "partner": fapiao.Partner}[kind]
        merchant = made(mchid=found["mchid"], serial_no=found["serial_no"], **given)
        return merchant.sub_merchant(found["sub_mchids"][0]) if kind == "partner" else merchant

    def account(self, **more: Any) -> fapiao.Account:
        """The account of the sandbox."""
        found = self.announced["account"]
        return fapiao.Account(appid=found["appid"], secret=found["secret"], **self.elsewhere(), **more)

    def elsewhere(self) -> dict[str, Any]:
        """Its addresses, as a caller takes them."""
        hosts = {name: self.announced[name] for name in ("main", "backup")}
        return {"hosts": hosts, "allow_downloads": ["127.0.0.1"]}
