"""What an end says of the effect: `no` and `yes` rest on proof, everything else is unknown and asked about."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import fapiao
import httpx
import pytest
from scripted import World, accepted, effect, found, invoices, issue, lost, not_there, refused, signed
from support import caller

Answer = Callable[[httpx.Request], httpx.Response]
PROXY = (("Server", "proxy"),)
DIRECT = {"kind": "direct", "mchid": "1900000001", "serial_no": "1", "key": "direct", "ring": ["wechatpay"]}


def lagging(answer: Answer, lag: float) -> World:
    """A gateway that takes the invoice, answers so, and shows it in its query only so many seconds later."""
    world = World()

    def gateway(request: httpx.Request) -> httpx.Response:
        if request.method == "POST":
            return answer(request)
        return found("f-1") if world.since() > lag else not_there()

    world.gateway = gateway
    return world


def probe() -> list[tuple[str, str]]:
    """Headers with a signature that is wrong on purpose."""
    marks = {"Wechatpay-Signature": "WECHATPAY/SIGNTEST/"}
    return [(name, marks.get(name, "") + value) for name, value in signed()]


UNBELIEVED: dict[str, tuple[Callable[[], Any], bytes]] = {
    "a key that is not loaded": (lambda: signed(key="stranger", serial="PUB_KEY_ID_2"), b""),
    "no signature": (list, b""),
    "a wrong signature": (lambda: signed(key="stranger"), b""),
    "a probe": (probe, b""),
    "a body of 9 MB": (signed, bytes(9 << 20)),
}


@pytest.mark.parametrize("lag", [0.5, 5])
@pytest.mark.parametrize("how", UNBELIEVED)
def test_an_unbelieved_acceptance_is_asked_about_before_anything_is_sent_again(how: str, lag: float) -> None:
    headers, body = UNBELIEVED[how]
    world = lagging(lambda request: httpx.Response(202, headers=headers(), content=body), lag)
    assert effect(world.end()) == "yes"
    assert world.methods()[:2] == ["POST", "GET"] and world.times("GET")[0] >= 1


@pytest.mark.parametrize("lag", [0.5, 5])
def test_a_lost_answer_is_asked_about_before_anything_is_sent_again(lag: float) -> None:
    world = lagging(lost, lag)
    assert effect(world.end()) == "yes"
    assert world.methods()[:2] == ["POST", "GET"] and world.times("GET")[0] >= 1


def test_what_may_still_arrive_is_unknown_until_it_can_no_more() -> None:
    world = lagging(lost, 10**9)
    end = world.end()
    assert effect(end) == "unknown" and end.code == "send.lost"
    last = world.times("POST")[-1]
    assert end.decision.first == "query" and end.decision.ask_after == int(world.begun + last) + 360
    world.now = end.decision.ask_after - 1
    world.gateway = lambda request: not_there() if request.method == "GET" else lost(request)
    assert effect(world.end(in_doubt=end.in_doubt)) == "unknown"


def test_a_late_question_that_finds_nothing_is_a_no() -> None:
    world = lagging(lost, 10**9)
    end = world.end()
    world.now = end.decision.ask_after
    world.gateway = lambda request: not_there() if request.method == "GET" else refused(403, "NO_AUTH")
    later = world.end(in_doubt=end.in_doubt)
    assert effect(later) == "no" and later.in_doubt is None


@pytest.mark.parametrize(
    ("status", "code"),
    [(408, "REQUEST_TIMEOUT"), (409, "CONFLICT"), (403, "WAF_BLOCKED"), (404, "NOT_FOUND"), (501, "NOT_IMPLEMENTED")],
)
def test_an_answer_in_the_place_of_the_gateway_proves_nothing(status: int, code: str) -> None:
    world = lagging(lambda request: refused(status, code, PROXY), 0.5)
    assert effect(world.end()) == "yes" and world.methods() == ["POST", "GET"]


def test_a_pair_that_no_table_has_proves_nothing() -> None:
    assert effect(lagging(lambda request: refused(400, "SYSTEM_ERROR"), 0.5).end()) == "yes"


@pytest.mark.parametrize(
    ("status", "code"), [(400, "PARAM_ERROR"), (400, "INVALID_REQUEST"), (403, "NO_AUTH"), (401, "SIGN_ERROR")]
)
def test_a_refusal_by_the_gateway_is_a_no_and_is_not_sent_again(status: int, code: str) -> None:
    world = World(lambda request: refused(status, code))
    assert effect(world.end()) == "no" and world.methods() == ["POST"]


def test_already_there_is_a_reason_to_ask_and_never_a_no() -> None:
    known = lagging(lambda request: refused(400, "RESOURCE_ALREADY_EXISTS"), -1)
    assert effect(known.end()) == "yes" and known.times("GET") == [0]
    world = World(lambda request: refused(400, "RESOURCE_ALREADY_EXISTS"))
    assert effect(world.end()) == "unknown"


def test_all_invoices_of_a_call_are_judged_and_the_missing_one_is_named() -> None:
    world = World(lambda request: lost(request) if request.method == "POST" else found("f-1"))
    end = world.end(world.issue("f-1", "f-2"))
    assert effect(end) == "unknown" and end.details["missing"] == "f-2"


@pytest.mark.parametrize("status", [200, 202])
@pytest.mark.parametrize("body", [b'{"title_url":"https://x"}', b'{"code":"PARAM_ERROR"}', invoices("another")])
def test_an_acceptance_with_the_body_of_another_answer_is_not_believed(status: int, body: bytes) -> None:
    world = lagging(lambda request: httpx.Response(status, headers=signed(body), content=body), 10**9)
    assert effect(world.end()) == "unknown"


def test_one_empty_answer_counts_for_one_call_of_a_client() -> None:
    kept = signed()
    world = World(lambda request: httpx.Response(202, headers=kept) if request.method == "POST" else not_there())
    ends = []
    for id in ("f-1", "f-2", "f-3"):
        # Callers made anew for each call share what their client has seen.
        world.shop = world.fresh_shop()
        ends.append(world.end(world.issue(id)))
    assert [effect(end) for end in ends] == ["yes", "unknown", "unknown"]
    assert [end.code for end in ends[1:]] == ["verify.replayed"] * 2


def test_the_decision_of_another_call_is_not_told() -> None:
    answers = iter([refused(403, "NO_AUTH"), accepted()])
    world = World(lambda request: next(answers))
    with pytest.raises(OSError) as raised:
        try:
            world.client.send(world.issue("f-1"))
        except fapiao.FapiaoError:
            world.client.send(world.issue("f-2"))
            raise OSError("no space left on device")
    assert raised.value.__context__ is not None and fapiao.decision_of(raised.value) is None


def test_a_time_out_that_does_not_name_its_cause_tells_the_decision_of_what_it_cancelled() -> None:
    async def send() -> None:
        async def slow(request: httpx.Request) -> httpx.Response:
            await asyncio.sleep(60)
            return accepted()

        async with httpx.AsyncClient(transport=httpx.MockTransport(slow)) as session:
            task = asyncio.create_task(fapiao.AsyncClient(session).send(issue(caller(DIRECT))))
            await asyncio.sleep(0.1)
            task.cancel()
            try:
                await task
            except asyncio.CancelledError:
                raise asyncio.TimeoutError

    with pytest.raises(asyncio.TimeoutError) as raised:
        asyncio.run(send())
    decision = fapiao.decision_of(raised.value)
    assert raised.value.__cause__ is None and decision is not None and decision.effect == "unknown"
