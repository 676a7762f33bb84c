"""Callbacks and pushes for your own tests, signed and encrypted by a running sandbox.

    # fapiao-sandbox --control-port 8090
    sent = fapiao.testing.callback("FAPIAO.ISSUED", fapiao_apply_id="order-1", sandbox="http://127.0.0.1:8090/_sandbox")
    answer = app.test_client().post("/callback", headers=sent.headers, data=sent.body)

    forged = fapiao.testing.callback("FAPIAO.ISSUED", fault="wrong_signature", sandbox=control)
    pushed = fapiao.testing.push("update_invoice_status", Status="INVOICE_REIMBURSE_LOCK", sandbox=control)
    answer = app.test_client().post(f"/wechat?{pushed.query}", headers=pushed.headers, data=pushed.body)

`sandbox` is the `control` address that the sandbox prints; without it, the environment variable `FAPIAO_SANDBOX_CONTROL` is
asked. Your program is configured with the keys the sandbox prints: nothing here is signed by this package.
"""

from __future__ import annotations

import base64
import json
import os
import urllib.error
import urllib.request
from collections.abc import Mapping
from typing import Any, NamedTuple, Union

__all__ = ["Fault", "Message", "callback", "push"]

Fault = Union[str, Mapping[str, Any]]
"""What is wrong with a message: the name of a fault as the sandbox lists them, with or without `callback_` or `push_`, or a
mapping with its parameters, such as `{"fault": "stale", "seconds": 400}`."""

_VARIABLE = "FAPIAO_SANDBOX_CONTROL"


class Message(NamedTuple):
    """A request to your program, as WeChat would send it."""

    headers: list[tuple[str, str]]
    """Its headers; a name can stand there twice."""
    body: bytes
    """The raw bytes of its body."""
    query: str
    """The query of its URL, without `?`; empty in callbacks."""


def callback(event: str, *, fault: Fault | None = None, sandbox: str | None = None, **fields: Any) -> Message:
    """A callback of WeChat Pay, such as `FAPIAO.ISSUED`.

    Args:
        event: What happened.
        fault: What is wrong with it.
        sandbox: The sandbox's `control` address.
        fields: `mchid`, `sub_mchid`, `fapiao_apply_id`, `fapiao_information`: in place of what is invented.

    Raises:
        ValueError: there is no sandbox, or it refuses the order; it says why.
    """
    given = _asked(sandbox, "/signed-callback", {"event_type": event, **_named(fault), **fields})
    return _message(given)


def push(event: str, *, fault: Fault | None = None, sandbox: str | None = None, **fields: Any) -> Message:
    """A push to an account, such as `update_invoice_status`, or to a third-party platform: `component_verify_ticket`.

    Args:
        event: What happened.
        fault: What is wrong with it.
        sandbox: The sandbox's `control` address.
        fields: Elements of the message under their official names: in place of what is invented.

    Raises:
        ValueError: there is no sandbox, or it refuses the order; it says why.
    """
    given = _asked(sandbox, "/signed-push", {"event": event, **_named(fault), **fields})
    return _message(given)


def _named(fault: Fault | None) -> dict[str, Any]:
    if fault is None:
        return {}
    return {"fault": fault if isinstance(fault, str) else dict(fault)}


def _message(given: dict[str, Any]) -> Message:
    headers = [(name, value) for name, value in given["headers"]]
    return Message(headers, base64.b64decode(given["body_base64"]), given.get("query", ""))


def _asked(sandbox: str | None, path: str, order: dict[str, Any]) -> dict[str, Any]:
    control = sandbox or os.environ.get(_VARIABLE)
    if not control:
        raise ValueError(f"no sandbox: start fapiao-sandbox, and pass the control address it prints or set {_VARIABLE}")
    request = urllib.request.Request(control.rstrip("/") + path, json.dumps(order).encode(), method="POST")
    request.add_header("Content-Type", "application/json")
    # The sandbox is on this machine: a proxy would not find it.
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(request, timeout=30) as response:
            found: dict[str, Any] = json.loads(response.read())
    except urllib.error.HTTPError as refused:
        with refused:
            raise ValueError(f"the sandbox refuses this: {_reason(refused.read())}") from None
    except urllib.error.URLError as error:
        raise ValueError(f"no sandbox answers at {control}: {error.reason}") from error
    return found


def _reason(body: bytes) -> str:
    try:
        return str(json.loads(body)["error"])
    except (ValueError, TypeError, KeyError):
        return body.decode(errors="replace")
