"""Observers that fail: the end of the call stands, and their fault is in the log."""

from __future__ import annotations

import asyncio
from typing import Any

import fapiao
import httpx
import pytest
from scripted import World, accepted, effect, issue, lost, refused
from support import caller

DIRECT = {"kind": "direct", "mchid": "1900000001", "serial_no": "1", "key": "direct", "ring": ["wechatpay"]}


def failing(attempt: dict[str, Any]) -> None:
    """The figures could not be written."""
    raise RuntimeError("no space left on device")


def logged(caplog: pytest.LogCaptureFixture) -> list[Any]:
    """What the log of the package holds."""
    return [record.exc_info and record.exc_info[1] for record in caplog.records if record.name == "fapiao"]


def test_an_acceptance_is_returned(caplog: pytest.LogCaptureFixture) -> None:
    assert World(lambda request: accepted(), observer=failing).end() == {"accepted": True}
    (fault,) = logged(caplog)
    assert isinstance(fault, RuntimeError) and fault.__traceback__ is not None


def test_an_error_is_raised(caplog: pytest.LogCaptureFixture) -> None:
    end = World(lambda request: refused(400, "PARAM_ERROR"), observer=failing).end()
    assert end.code == "remote.api" and effect(end) == "no" and len(logged(caplog)) == 1
    end = World(lost, observer=failing).end()
    assert effect(end) == "unknown" and len(logged(caplog)) == 1 + len(end.attempts)


def test_an_acceptance_is_returned_awaited(caplog: pytest.LogCaptureFixture) -> None:
    async def send() -> Any:
        async with httpx.AsyncClient(transport=httpx.MockTransport(lambda request: accepted())) as session:
            return await fapiao.AsyncClient(session, observer=failing).send(issue(caller(DIRECT)))

    assert asyncio.run(send()) == {"accepted": True} and len(logged(caplog)) == 1


def test_an_interruption_stays_one(caplog: pytest.LogCaptureFixture) -> None:
    def interrupted(request: httpx.Request) -> httpx.Response:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        World(interrupted, observer=failing).end()
    assert len(logged(caplog)) == 1


def test_an_interrupt_while_an_observer_is_at_work_tells_the_end() -> None:
    def interrupted(attempt: dict[str, Any]) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt) as raised:
        World(lambda request: accepted(), observer=interrupted).end()
    decision = fapiao.decision_of(raised.value)
    assert decision is not None and decision.effect == "yes"
