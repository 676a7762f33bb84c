"""What the sandbox signs for the tests of a program."""

from __future__ import annotations

from typing import Any

import fapiao
import pytest
from fapiao import testing
from support import Sandbox


def receivers(sandbox: Sandbox) -> tuple[fapiao.callbacks.Receiver, fapiao.pushes.PushReceiver]:
    """A program with the keys that the sandbox prints."""
    found = sandbox.announced["pay"]["direct"]
    account: dict[str, Any] = sandbox.announced["account"]
    receiver = fapiao.callbacks.Receiver(sandbox.merchant(api_v3_key=found["api_v3_key"]))
    return receiver, fapiao.pushes.PushReceiver(appid=account["appid"], **account["push"])


def test_callbacks_and_pushes_are_genuine(sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    """They are read, and say what was ordered."""
    receiver, pushes = receivers(sandbox)
    control = sandbox.announced["control"]
    sent = testing.callback("FAPIAO.ISSUED", fapiao_apply_id="order-1", sandbox=control)
    received = receiver.receive(sent.headers, sent.body)
    assert received.event is not None
    assert received.event["resource"]["fapiao_apply_id"] == "order-1"
    monkeypatch.setenv("FAPIAO_SANDBOX_CONTROL", control)
    pushed = testing.push("update_invoice_status", Status="INVOICE_REIMBURSE_LOCK")
    arrived = pushes.receive(pushed.query, pushed.body)
    assert arrived.event is not None
    assert arrived.event["Status"] == "INVOICE_REIMBURSE_LOCK"  # type: ignore[typeddict-item]


def test_they_can_be_wrong(sandbox: Sandbox) -> None:
    """Each fault has the reception it is made for."""
    receiver, pushes = receivers(sandbox)
    control = sandbox.announced["control"]
    faults: list[tuple[testing.Fault, str]] = [
        ("probe", "probe"),
        ("wrong_signature", "forged"),
        ("unknown_serial", "unknown_key"),
        ({"fault": "stale", "seconds": 400}, "stale"),
        ("other_api_v3_key", "wrong_api_v3_key"),
    ]
    for fault, reception in faults:
        sent = testing.callback("FAPIAO.ISSUED", fault=fault, sandbox=control)
        assert receiver.receive(sent.headers, sent.body).reception == reception
    for name, reception in [("wrong_signature", "forged"), ("unencrypted", "unencrypted"), ("padding", "unreadable")]:
        pushed = testing.push("submit_invoice_title", fault=name, sandbox=control)
        assert pushes.receive(pushed.query, pushed.body).reception == reception


def test_what_the_sandbox_refuses_is_told(sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    """Unknown events and faults, and no sandbox at all."""
    control = sandbox.announced["control"]
    with pytest.raises(ValueError, match=r"FAPIAO\.SENT"):
        testing.callback("FAPIAO.SENT", sandbox=control)
    with pytest.raises(ValueError, match="push_probe"):
        testing.push("submit_invoice_title", fault="probe", sandbox=control)
    with pytest.raises(ValueError, match="no sandbox answers"):
        testing.callback("FAPIAO.ISSUED", sandbox="http://127.0.0.1:9/_sandbox")
    monkeypatch.delenv("FAPIAO_SANDBOX_CONTROL", raising=False)
    with pytest.raises(ValueError, match="FAPIAO_SANDBOX_CONTROL"):
        testing.callback("FAPIAO.ISSUED")
