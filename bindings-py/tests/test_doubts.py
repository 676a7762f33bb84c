"""Calls in doubt: told with every end that leaves them so, kept before the first byte leaves, handed in again."""

from __future__ import annotations

import asyncio
import copy
import json
import logging
import pickle
from typing import Any

import fapiao
import httpx
import pytest
from fapiao.stores.memory import AsyncMemoryStore, MemoryStore
from scripted import World, accepted, effect, found, issue, lost, not_there, refused
from support import caller, without_waiting

DIRECT = {"kind": "direct", "mchid": "1900000001", "serial_no": "1", "key": "direct", "ring": ["wechatpay"]}


def last_kept(store: Any) -> dict[str, Any]:
    """What a memory store holds of the one call."""
    ((text, _, _),) = store._entries.values()
    kept: dict[str, Any] = json.loads(text)
    return kept


def test_an_unknown_end_gives_a_text_that_asks_first_when_it_is_handed_in_again() -> None:
    world = World(lost)
    end = world.end()
    assert effect(end) == "unknown" and json.loads(end.in_doubt)["ids"] == ["f-1"]
    world.arrivals.clear()
    world.gateway = lambda request: found("f-1")
    assert world.end(in_doubt=end.in_doubt) == {"accepted": True} and world.methods() == ["GET"]


def test_errors_keep_what_they_tell_when_they_are_pickled_and_copied() -> None:
    end = World(lost).end()
    for again in (pickle.loads(pickle.dumps(end)), copy.deepcopy(end)):
        assert (again.decision, again.in_doubt, again.attempts) == (end.decision, end.in_doubt, end.attempts)
        assert again.decision.ask_after == end.decision.ask_after and again.details == end.details
        assert again.warnings == []


def test_a_known_end_leaves_nothing_in_doubt() -> None:
    assert World(lambda request: refused(403, "NO_AUTH")).end().in_doubt is None


def test_the_text_of_another_call_is_refused() -> None:
    world = World(lost)
    text = world.end().in_doubt
    for wrong in (text[:-5], text.replace("issue", "reverse"), "{}"):
        end = world.end(in_doubt=wrong)
        assert isinstance(end, fapiao.InputError) and (end.code, end.field) == ("input.in_doubt", "in_doubt")
    assert isinstance(world.end(world.issue("f-2"), in_doubt=text), fapiao.InputError)


def test_who_kept_nothing_can_have_it_asked_about_first() -> None:
    world = World(lambda request: found("f-1"))
    assert world.end(assume_in_doubt=True) == {"accepted": True} and world.methods() == ["GET"]
    refusing = World(lambda request: not_there() if request.method == "GET" else refused(403, "NO_AUTH"))
    assert effect(refusing.end(assume_in_doubt=True)) == "unknown"


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ({"in_doubt": 1}, "in_doubt must be str, not int"),
        ({"assume_in_doubt": "yes"}, "assume_in_doubt must be a bool, not str"),
        ({"repeats": 1}, "repeats must be a bool, not int"),
        ({"in_doubt": "{}", "assume_in_doubt": True}, "either in_doubt or assume_in_doubt"),
    ],
)
def test_what_is_handed_in_is_checked(given: dict[str, Any], wanted: str) -> None:
    with pytest.raises(TypeError, match=wanted):
        World().end(**given)
    with pytest.raises(TypeError, match=wanted):
        World().issue().sign(**given)


def test_a_signed_call_has_the_text_before_it_is_sent_and_none_once_it_was_accepted() -> None:
    signed = World().issue().sign()
    assert signed.in_doubt is not None and json.loads(signed.in_doubt)["call"] == "issue"
    response = accepted()
    assert signed.read(response) == {"accepted": True} and signed.in_doubt is None
    assert World().shop.query(fapiao_apply_id="1").sign().in_doubt is None


def test_a_refusal_of_what_was_in_doubt_before_proves_nothing() -> None:
    world = World()
    text = world.issue().sign().in_doubt
    for signed in (world.issue().sign(in_doubt=text), asyncio.run(world.issue().sign_async(in_doubt=text))):
        with pytest.raises(fapiao.RemoteError) as raised:
            signed.read(refused(403, "NO_AUTH"))
        assert effect(raised.value) == "unknown" and raised.value.in_doubt is not None


def test_who_kept_nothing_says_so_when_signing() -> None:
    with pytest.raises(fapiao.RemoteError) as raised:
        World().issue().sign(assume_in_doubt=True).read(refused(403, "NO_AUTH"))
    assert effect(raised.value) == "unknown"


def test_what_took_effect_already_is_not_signed_again() -> None:
    store = MemoryStore()
    world = World(lambda request: accepted(), store=store)
    world.end()
    ((text, _, _),) = store._entries.values()
    with pytest.raises(fapiao.InputError) as raised:
        world.issue().sign(in_doubt=text)
    assert (raised.value.code, raised.value.field) == ("input.state", "in_doubt") and raised.value.help
    assert raised.value.decision is not None and raised.value.decision.effect == "yes"


def test_an_interrupted_send_tells_what_is_in_doubt() -> None:
    def interrupted(request: httpx.Request) -> httpx.Response:
        raise KeyboardInterrupt

    world = World(interrupted)
    with pytest.raises(KeyboardInterrupt) as raised:
        world.client.send(world.issue())
    world.gateway = lambda request: found("f-1")
    assert world.end(in_doubt=vars(raised.value)["in_doubt"]) == {"accepted": True}


def test_the_doubt_is_kept_before_the_first_byte_and_settled_at_the_end() -> None:
    store = MemoryStore()
    seen: list[Any] = []

    def gateway(request: httpx.Request) -> httpx.Response:
        seen.append(last_kept(store)["settled"])
        return accepted()

    world = World(gateway, store=store)
    assert world.end() == {"accepted": True}
    assert seen == [None] and last_kept(store)["settled"] == "yes"
    assert world.end() == {"accepted": True} and world.methods() == ["POST"], "another worker learns it from the store"


def test_the_next_process_asks_first() -> None:
    store = MemoryStore()

    def crashing(request: httpx.Request) -> httpx.Response:
        raise SystemExit

    with pytest.raises(SystemExit):
        World(crashing, store=store).end()
    world = World(lambda request: found("f-1"), store=store)
    assert world.end() == {"accepted": True} and world.methods() == ["GET"]


def test_of_two_workers_one_sends() -> None:
    store = MemoryStore()

    class Raced:
        """Another worker stores its doubt between this one's look and its own."""

        def get(self, key: str, /) -> tuple[str, str] | None:
            kept = store.get(key)
            store.put(key, "{}", kept and kept[1])
            return kept

        def put(self, key: str, text: str, version: str | None, /, ttl: float | None = None) -> str | None:
            return store.put(key, text, version, ttl)

    world = World(lambda request: accepted(), store=Raced())
    end = world.end()
    assert end.code == "send.taken" and world.methods() == []


def test_without_its_store_nothing_is_sent_and_the_reason_is_named() -> None:
    class Broken(MemoryStore):
        """It cannot be reached."""

        def get(self, key: str, /) -> tuple[str, str] | None:
            raise ConnectionRefusedError("the store at secret.example")

    world = World(lambda request: accepted(), store=Broken())
    end = world.end()
    # What it keeps of earlier attempts is not known.
    assert end.code == "send.store" and effect(end) == "unknown" and world.methods() == []
    assert isinstance(end.__cause__, ConnectionRefusedError) and "secret" not in f"{end} {end.details}"
    assert end.details["cause"] == "builtins.ConnectionRefusedError"


def test_a_store_that_fails_at_the_end_does_not_change_the_end(caplog: pytest.LogCaptureFixture) -> None:
    class Full(MemoryStore):
        """It takes one text."""

        def put(self, key: str, text: str, version: str | None, /, ttl: float | None = None) -> str | None:
            if version is not None:
                raise OSError("no space left on device")
            return super().put(key, text, version)

    assert World(lambda request: accepted(), store=Full()).end() == {"accepted": True}
    (record,) = caplog.records
    assert record.name == "fapiao" and record.levelno == logging.ERROR
    assert record.exc_info is not None and isinstance(record.exc_info[1], OSError)


def test_calls_without_an_effect_leave_the_store_alone() -> None:
    store = MemoryStore()
    world = World(lambda request: found("f-1"), store=store)
    assert world.end(world.shop.query(fapiao_apply_id="a-1"))["total_count"] == 1
    assert repr(store) == "MemoryStore(0 kept)"


class Answering:
    """A store that answers the same to everybody."""

    def __init__(self, get: Any, put: Any = None) -> None:
        self._get, self._put = get, put

    def get(self, key: str, /) -> Any:
        return self._get

    def put(self, key: str, text: str, version: str | None, /, ttl: float | None = None) -> Any:
        return self._put


@pytest.mark.parametrize("kept", ["text", ("text",), ("text", 1), 7])
def test_what_a_store_looks_up_is_checked(kept: Any) -> None:
    world = World(lambda request: accepted(), store=Answering(kept))
    with pytest.raises(TypeError, match="store.get must return a tuple of text and version, or None, not"):
        world.client.send(world.issue())
    assert world.methods() == []


def test_what_a_store_says_that_it_kept_is_checked() -> None:
    world = World(lambda request: accepted(), store=Answering(None, 1))
    end = world.end()
    assert end.code == "send.store" and world.methods() == []
    assert "store.put must return the new version as str, or None, not int" in str(end.__cause__)


def test_an_asynchronous_store_is_refused_by_a_blocking_client() -> None:
    with pytest.raises(TypeError, match="AsyncMemoryStore is asynchronous: give it to fapiao.AsyncClient"):
        fapiao.Client(httpx.Client(), store=AsyncMemoryStore())  # type: ignore[arg-type]

    class Wrapped(AsyncMemoryStore):
        """Its methods do not look like what they are."""

        def get(self, key: str, /) -> Any:
            return super().get(key)

        def put(self, key: str, text: str, version: str | None, /, ttl: float | None = None) -> Any:
            return super().put(key, text, version, ttl)

    world = World(lambda request: accepted(), store=Wrapped())
    with pytest.raises(TypeError, match="Wrapped is asynchronous: give it to fapiao.AsyncClient"):
        world.client.send(world.issue())


async def awaited(gateway: Any, store: Any, **more: Any) -> Any:
    """How an issue ends over an asynchronous client."""
    async with httpx.AsyncClient(transport=httpx.MockTransport(gateway)) as session:
        client = fapiao.AsyncClient(session, store=store)
        without_waiting(client)
        try:
            return await client.send(issue(caller(DIRECT)), **more)
        except fapiao.FapiaoError as error:
            return error


def test_an_asynchronous_store_is_awaited() -> None:
    store = AsyncMemoryStore()
    end = asyncio.run(awaited(lost, store))
    assert effect(end) == "unknown" and repr(store) == "AsyncMemoryStore(1 kept)"
    assert asyncio.run(awaited(lambda request: found("f-1"), store)) == {"accepted": True}
    assert asyncio.run(awaited(lost, None, in_doubt=end.in_doubt)).in_doubt is not None
    assert effect(asyncio.run(awaited(lost, None, assume_in_doubt=True))) == "unknown"


def test_a_blocking_store_is_refused_by_an_asynchronous_client_before_anything_is_sent() -> None:
    with pytest.raises(TypeError, match="MemoryStore blocks: give it to fapiao.Client"):
        asyncio.run(awaited(lambda request: accepted(), MemoryStore()))
