"""A gateway inside a test: httpx hands each request to a function, and time passes only while a client waits."""

from __future__ import annotations

import base64
import itertools
import json
from collections.abc import Callable
from typing import Any

import fapiao
import httpx
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from support import NOW, PUBLIC_KEY_ID, caller, key_file

REQUEST_ID = ("Request-ID", "0812F3B9C50610AF0118D1E1F2A20120C8A80128F4E303-0")
TITLE = b'{"title_url":"https://pay.weixin.qq.com/title"}'
SHOP = {"kind": "sub_merchant", "mchid": "1900000100", "serial_no": "1", "sub_mchid": "1900000109"}
NONCES = itertools.count()

Gateway = Callable[[httpx.Request], httpx.Response]


class World:
    """A client over a scripted gateway, the time both have, and what arrived at which second."""

    def __init__(self, gateway: Gateway | None = None, **more: Any) -> None:
        self.begun = self.now = float(NOW)
        self.arrivals: list[tuple[str, float]] = []
        self.gateway = gateway or lost
        self.client = fapiao.Client(httpx.Client(transport=httpx.MockTransport(self._arrived)), **more)
        self.client._pause = self._wait
        self.shop = self.fresh_shop()

    def fresh_shop(self) -> Any:
        """A caller that lives in this time."""
        return caller({**SHOP, "key": "partner", "ring": ["wechatpay"]}, clock=lambda: self.now)

    def since(self) -> float:
        """Seconds since the beginning."""
        return self.now - self.begun

    def methods(self) -> list[str]:
        """The methods of what arrived, in order."""
        return [method for method, _ in self.arrivals]

    def times(self, wanted: str) -> list[float]:
        """At which seconds such a request arrived."""
        return [at for method, at in self.arrivals if method == wanted]

    def issue(self, *ids: str) -> fapiao.Call[Any]:
        """Issues invoices of one application."""
        return issue(self.shop, *ids)

    def end(self, call: fapiao.Call[Any] | None = None, **more: Any) -> Any:
        """How a call ends: its answer, or its error."""
        try:
            return self.client.send(call or self.issue(), **more)
        except fapiao.FapiaoError as error:
            return error

    def _wait(self, seconds: float) -> None:
        self.now += seconds

    def _arrived(self, request: httpx.Request) -> httpx.Response:
        self.arrivals.append((request.method, self.since()))
        return self.gateway(request)


def issue(shop: Any, *ids: str) -> fapiao.Call[Any]:
    """Issues invoices of one application."""
    line = {"tax_code": "3010101020203000000", "quantity": 1, "total_amount": 100, "tax_rate": 600, "discount": False}
    each = [{"fapiao_id": id, "total_amount": 100, "items": [line]} for id in ids or ("f-1",)]
    buyer = {"type": "INDIVIDUAL", "name": "张三"}
    call: fapiao.Call[Any] = shop.issue(
        scene="WITH_WECHATPAY", fapiao_apply_id="a-1", buyer_information=buyer, fapiao_information=each
    )
    return call


def effect(end: Any) -> str:
    """What an end of a call says of its effect."""
    if not isinstance(end, fapiao.FapiaoError):
        return "yes"
    assert end.decision is not None, end
    return end.decision.effect


def signed(body: bytes = b"", key: str = "wechatpay", serial: str = PUBLIC_KEY_ID) -> list[tuple[str, str]]:
    """The headers of an answer, with a nonce of its own."""
    made = serialization.load_pem_private_key(key_file(f"{key}.key.pem"), None)
    assert isinstance(made, RSAPrivateKey)
    nonce = f"nonce-{next(NONCES)}"
    signature = made.sign(f"{NOW}\n{nonce}\n".encode() + body + b"\n", padding.PKCS1v15(), hashes.SHA256())
    return [
        ("Wechatpay-Timestamp", str(NOW)),
        ("Wechatpay-Nonce", nonce),
        ("Wechatpay-Serial", serial),
        ("Wechatpay-Signature", base64.b64encode(signature).decode()),
        ("Content-Type", "application/json"),
        REQUEST_ID,
    ]


def accepted() -> httpx.Response:
    """A signed 202."""
    return httpx.Response(202, headers=signed())


def found(*ids: str) -> httpx.Response:
    """A query's answer that shows these invoices."""
    body = invoices(*ids)
    return httpx.Response(200, headers=signed(body), content=body)


def invoices(*ids: str) -> bytes:
    """Its body."""
    return json.dumps({"total_count": len(ids), "fapiao_information": [invoice(id) for id in ids]}).encode()


def invoice(id: str) -> dict[str, Any]:
    """An invoice in a query's answer."""
    seller = {"name": "n", "taxpayer_id": "1", "address": "a"}
    return {
        **{"fapiao_id": id, "status": "ISSUED", "total_amount": 100, "tax_amount": 6, "amount": 94, "items": []},
        **{"seller_information": seller, "extra_information": {"drawer": "d"}},
        "buyer_information": {"type": "INDIVIDUAL", "name": "n"},
    }


def refused(status: int, code: str, headers: tuple[tuple[str, str], ...] = (REQUEST_ID,)) -> httpx.Response:
    """A refusal in the gateway's form; of the gateway's own with its Request-ID."""
    return httpx.Response(status, headers=list(headers), json={"code": code, "message": "m"})


def not_there() -> httpx.Response:
    """A query's answer that shows nothing."""
    return refused(404, "RESOURCE_NOT_EXISTS")


def lost(request: httpx.Request) -> httpx.Response:
    """No answer."""
    raise httpx.ReadError("connection reset", request=request)
