"""Calls interrupted on their way: what is raised says whether they may have taken effect, and nothing more is sent."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import fapiao
import httpx
import pytest
from support import Sandbox, caller, issue, title, without_waiting
from test_keys_elsewhere import Kms

ORDER = "4200-stopped"
DIRECT = {"kind": "direct", "mchid": "1900000001", "serial_no": "1", "key": "direct", "ring": ["wechatpay"]}
UNKNOWN = ("unknown", "query")
SOON = 0.4


@asynccontextmanager
async def client(library: str, **more: Any) -> AsyncIterator[fapiao.AsyncClient]:
    """A client over either library."""
    if library == "httpx":
        async with httpx.AsyncClient() as session:
            yield fapiao.AsyncClient(session, **more)
    else:
        async with aiohttp.ClientSession() as other:
            yield fapiao.AsyncClient(other, **more)


async def cancelled(work: Any) -> asyncio.CancelledError:
    """What a task raises that is cancelled while it hangs."""
    task = asyncio.create_task(work)
    await asyncio.sleep(SOON)
    task.cancel()
    with pytest.raises(asyncio.CancelledError) as raised:
        await task
    assert task.cancelled()
    return raised.value


def meant(error: BaseException) -> tuple[str, str | None]:
    """Whether it took effect, and which call tells."""
    decision = fapiao.decision_of(error)
    assert decision is not None, repr(error)
    return decision.effect, decision.first


def ready(sandbox: Sandbox, order: str = ORDER, **more: Any) -> fapiao.Call[Any]:
    """An issue whose payer has filled in the title."""
    with httpx.Client() as session:
        fapiao.Client(session).send(title(sandbox.merchant("direct"), order))
    sandbox.control("/title", {"fapiao_apply_id": order})
    return issue(sandbox.merchant("direct", **more), order)


@pytest.mark.parametrize("library", ["httpx", "aiohttp"])
def test_a_cancelled_issue_may_have_taken_effect(sandbox: Sandbox, library: str) -> None:
    call = ready(sandbox)
    seen: list[dict[str, Any]] = []
    sandbox.control("/faults", {"fault": "slow", "count": 1, "millis": 5000})

    async def walk() -> Any:
        async with client(library, observer=seen.append) as sender:
            stop = await cancelled(sender.send(call))
            assert meant(stop) == UNKNOWN
            (attempt,) = seen
            assert attempt["call"] == "issue" and attempt["decision"]["effect"] == "unknown"
            if sys.version_info >= (3, 11):
                assert "took effect: unknown" in stop.__notes__[0] and "ask query first" in stop.__notes__[0]
            # Handed in again, it is asked about before anything is sent; made again without that, its ids are known.
            without_waiting(sender)
            assert await sender.send(call, in_doubt=vars(stop)["in_doubt"]) == {"accepted": True}
            assert [attempt["call"] for attempt in seen[1:]] == ["query"]
            assert await sender.send(call) == {"accepted": True}
            assert [attempt["call"] for attempt in seen[2:]] == ["issue", "query"]
            return await sender.send(sandbox.merchant("direct").query(fapiao_apply_id=ORDER))

    assert asyncio.run(walk())["fapiao_information"][0]["status"] == "ISSUED"
    effects = sandbox.control("/ledger/effects")
    assert effects["doubled"] == 0 and [effect["count"] for effect in effects["effects"]] == [1, 1]


async def in_a_block(work: Any) -> Any:
    """A time-out as a block; it came with Python 3.11."""
    async with asyncio.timeout(SOON):
        return await work


async def around(work: Any) -> Any:
    """A time-out as a function."""
    return await asyncio.wait_for(work, SOON)


@pytest.mark.parametrize("library", ["httpx", "aiohttp"])
@pytest.mark.parametrize("limited", [around, in_a_block] if sys.version_info >= (3, 11) else [around])
def test_a_time_out_says_the_same(sandbox: Sandbox, library: str, limited: Any) -> None:
    call = ready(sandbox)
    sandbox.control("/faults", {"fault": "slow", "count": 1, "millis": 5000})

    async def walk() -> BaseException:
        async with client(library) as sender:
            with pytest.raises(asyncio.TimeoutError) as raised:
                await limited(sender.send(call))
            return raised.value

    assert meant(asyncio.run(walk())) == UNKNOWN


def test_what_was_never_sent_took_no_effect(sandbox: Sandbox) -> None:
    async def hang(message: bytes) -> bytes:
        await asyncio.sleep(60)
        return b""

    call = ready(sandbox, private_key=None, signer=hang)
    before = len(sandbox.control("/ledger")["arrivals"])

    async def walk() -> BaseException:
        async with client("httpx") as sender:
            return await cancelled(sender.send(call))

    assert meant(asyncio.run(walk())) == ("no", None)
    assert len(sandbox.control("/ledger")["arrivals"]) == before


def test_what_waits_to_be_repeated_is_not_sent_again(sandbox: Sandbox) -> None:
    call = ready(sandbox)
    sandbox.control("/faults", {"fault": "rate_limit", "count": None})
    before = len(sandbox.control("/ledger")["arrivals"])

    async def walk() -> BaseException:
        async with client("aiohttp") as sender:
            return await cancelled(sender.send(call))

    assert meant(asyncio.run(walk()))[0] == "no"
    assert len(sandbox.control("/ledger")["arrivals"]) == before + 1


def test_an_interrupt_says_the_same() -> None:
    def interrupted(request: httpx.Request) -> httpx.Response:
        raise KeyboardInterrupt

    seen: list[dict[str, Any]] = []
    with httpx.Client(transport=httpx.MockTransport(interrupted)) as session:
        with pytest.raises(KeyboardInterrupt) as raised:
            fapiao.Client(session, observer=seen.append).send(issue(caller(DIRECT), ORDER))
    assert meant(raised.value) == UNKNOWN and len(seen) == 1


def test_a_verifier_that_is_wrong_says_that_the_call_was_sent(sandbox: Sandbox) -> None:
    kms = Kms(sandbox.announced["pay"]["direct"]["private_key"])
    call = ready(sandbox, verifier=lambda *given: "yes", encrypter=kms.encrypt)
    with httpx.Client() as session, pytest.raises(TypeError, match="verifier must return a bool, not str") as raised:
        fapiao.Client(session).send(call)
    assert meant(raised.value) == UNKNOWN


def test_an_interrupted_reading_can_be_taken_again(sandbox: Sandbox) -> None:
    hanging = [True]

    async def hang(*given: bytes) -> bool:
        if hanging.pop() if hanging else False:
            await asyncio.sleep(60)
        return True

    async def walk() -> Any:
        shop = sandbox.merchant("direct", verifier=hang, encrypter=hang)
        async with httpx.AsyncClient() as session:
            signed = await title(shop, ORDER).sign_async()
            response = await session.request(signed.method, signed.url, headers=signed.headers)
            stop = await cancelled(signed.read_async(response))
            assert fapiao.decision_of(stop) is not None
            return await signed.read_async(response)

    assert asyncio.run(walk())["title_url"].startswith("http")


def test_an_error_without_a_call_has_no_decision() -> None:
    assert fapiao.decision_of(ValueError()) is None and fapiao.decision_of(None) is None
    with pytest.raises(fapiao.InputError) as raised:
        caller(DIRECT).fapiao_files(fapiao_apply_id="")
    assert fapiao.decision_of(raised.value) is None
