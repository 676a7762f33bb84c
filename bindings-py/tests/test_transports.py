"""What HTTP clients do to a request: the sandbox compares what it received with what was signed."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import aiohttp
import fapiao
import httpx
import pytest
import requests
from support import Sandbox, issue

ODD = "'()*!~+&=% |空间中文/?#\"\\"
"""Characters that HTTP clients like to rewrite."""
TIME = "2026-11-22T10:00:00.123+08:00"
TITLE = {"source": "WEB", "appid": "wx5157f09efdc09600", "openid": "o'()*!~+&=% |中", "total_amount": 100}

Send = Callable[[fapiao.Call[Any]], Any]


def by_requests(call: fapiao.Call[Any]) -> Any:
    """Over requests."""
    with requests.Session() as session:
        return fapiao.Client(session, timeout=5).send(call)


def by_httpx(call: fapiao.Call[Any]) -> Any:
    """Over httpx."""
    with httpx.Client() as session:
        return fapiao.Client(session, timeout=5).send(call)


def by_async_httpx(call: fapiao.Call[Any]) -> Any:
    """Over httpx, awaited."""

    async def send() -> Any:
        async with httpx.AsyncClient() as session:
            return await fapiao.AsyncClient(session, timeout=5).send(call)

    return asyncio.run(send())


def by_aiohttp(call: fapiao.Call[Any]) -> Any:
    """Over aiohttp."""

    async def send() -> Any:
        async with aiohttp.ClientSession() as session:
            return await fapiao.AsyncClient(session, timeout=5).send(call)

    return asyncio.run(send())


def by_hand_requests(call: fapiao.Call[Any]) -> Any:
    """Signed, sent and read step by step."""
    signed = call.sign()
    response = requests.request(
        signed.method, signed.url, headers=signed.headers, data=signed.body, allow_redirects=False, timeout=5
    )
    return signed.read(response)


def by_hand_httpx(call: fapiao.Call[Any]) -> Any:
    """Signed, sent and read step by step."""
    signed = call.sign()
    return signed.read(httpx.request(signed.method, signed.url, headers=signed.headers, content=signed.body))


WRITTEN = [(odd, "".join(f"%{byte:02X}" for byte in odd.encode())) for odd in "'()*!+&=% |中/?#\"\\:"]
WRITTEN += [("~", "~"), (TIME, TIME.replace(":", "%3A").replace("+", "%2B"))]
"""Each of them alone, and a time; unreserved characters stay as they are (RFC 3986)."""
ALL = [by_requests, by_httpx, by_async_httpx, by_aiohttp, by_hand_requests, by_hand_httpx]
CLIENTS = ALL[:4]


def arrivals(sandbox: Sandbox) -> Any:
    """What the sandbox saw."""
    return sandbox.control("/ledger")["arrivals"]


def ask(shop: Any, number: int = 1, name: str = ODD) -> fapiao.Call[Any]:
    """A call whose query holds odd characters."""
    found: fapiao.Call[Any] = shop.title_url(fapiao_apply_id=f"a|b*c-_{number}", seller_name=name, **TITLE)
    return found


@pytest.mark.parametrize("send", ALL)
@pytest.mark.parametrize("kind", ["direct", "partner"])
def test_odd_characters_arrive_as_they_were_signed(sandbox: Sandbox, send: Send, kind: str) -> None:
    answer = send(ask(sandbox.merchant(kind)))
    assert answer["title_url"].startswith("http")
    (arrival,) = arrivals(sandbox)
    assert arrival["outcome"]["status"] == 200
    assert "seller_name=%27%28%29%2A%21~%2B%26%3D%25%20%7C%E7%A9%BA" in arrival["target"]
    assert " python/" in str(arrival["headers"])


@pytest.mark.parametrize("send", ALL)
@pytest.mark.parametrize(("name", "raw"), WRITTEN)
def test_each_odd_character_arrives_as_it_was_signed(sandbox: Sandbox, send: Send, name: str, raw: str) -> None:
    assert send(ask(sandbox.merchant("direct"), name=name))["title_url"].startswith("http")
    (arrival,) = arrivals(sandbox)
    assert arrival["outcome"]["status"] == 200 and f"seller_name={raw}&" in f"{arrival['target']}&"


@pytest.mark.parametrize("send", ALL)
def test_odd_characters_in_path_and_body_arrive_as_they_were_signed(sandbox: Sandbox, send: Send) -> None:
    shop = sandbox.merchant("direct")
    order = "a|b*c-_1"
    send(ask(shop))
    sandbox.control("/title", {"fapiao_apply_id": order})
    assert send(issue(shop, order, name=ODD, address=TIME)) == {"accepted": True}
    found = send(shop.query(fapiao_apply_id=order, fapiao_id="f-1"))["fapiao_information"][0]
    assert (found["buyer_information"]["name"], found["buyer_information"]["address"]) == (ODD, TIME)
    assert [arrival["outcome"]["status"] for arrival in arrivals(sandbox)] == [200, 202, 200]
    assert "/fapiao-applications/a%7Cb%2Ac-_1?" in arrivals(sandbox)[-1]["target"]


@pytest.mark.parametrize("send", ALL)
@pytest.mark.parametrize("fault", ["gzip", "chunked"])
def test_compressed_and_chunked_answers_verify(sandbox: Sandbox, send: Send, fault: str) -> None:
    sandbox.control("/faults", {"fault": fault, "count": 1})
    assert send(ask(sandbox.merchant("partner")))["title_url"].startswith("http")


@pytest.mark.parametrize("send", ALL)
def test_a_forgery_is_refused(sandbox: Sandbox, send: Send) -> None:
    sandbox.control("/faults", {"fault": "wrong_key", "count": None})
    with pytest.raises(fapiao.VerificationError) as raised:
        send(ask(sandbox.merchant("direct")))
    assert raised.value.code == "verify.signature" and raised.value.decision is not None
    assert raised.value.attempts[0]["call"] == "title_url"


@pytest.mark.parametrize("send", CLIENTS)
def test_a_probe_is_answered_like_a_forgery_and_asked_again(sandbox: Sandbox, send: Send) -> None:
    sandbox.control("/faults", {"fault": "probe", "count": 1})
    assert send(ask(sandbox.merchant("direct")))["title_url"].startswith("http")
    assert len(arrivals(sandbox)) == 2


@pytest.mark.parametrize("send", CLIENTS)
def test_the_backup_host_is_tried(sandbox: Sandbox, send: Send) -> None:
    sandbox.control("/listener", {"main": "down"})
    assert send(ask(sandbox.merchant("direct")))["title_url"].startswith("http")
    assert {arrival["listener"] for arrival in arrivals(sandbox)} == {"backup"}


@pytest.mark.parametrize("send", CLIENTS)
@pytest.mark.parametrize("fault", ["cut_before", "truncate"])
def test_a_lost_answer_of_a_safe_call_is_asked_for_again(sandbox: Sandbox, send: Send, fault: str) -> None:
    sandbox.control("/faults", {"fault": fault, "count": 1})
    assert send(ask(sandbox.merchant("direct")))["title_url"].startswith("http")
    assert len(arrivals(sandbox)) == 2


@pytest.mark.parametrize("send", CLIENTS)
def test_a_redirect_is_not_followed(sandbox: Sandbox, send: Send) -> None:
    sandbox.control("/faults", {"fault": "redirect", "count": None})
    with pytest.raises(fapiao.RemoteError) as raised:
        send(ask(sandbox.merchant("direct")))
    assert raised.value.code == "remote.redirect"


@pytest.mark.parametrize("send", CLIENTS)
def test_an_upload_arrives_whole(sandbox: Sandbox, send: Send) -> None:
    pdf = b"%PDF-1.7\r\n--\r\n\x00\xff%%EOF\n"
    shop = sandbox.merchant("partner")
    answer = send(shop.upload_file(pdf, f"{ODD}.pdf", "application/pdf", file_type="PDF"))
    assert answer["fapiao_media_id"]


@pytest.mark.parametrize("send", CLIENTS)
def test_nobody_there_is_told_as_not_sent(send: Send) -> None:
    hosts = {"main": "http://127.0.0.1:9", "backup": "http://127.0.0.1:9"}
    account = fapiao.Account(appid="wx1", secret="s", hosts=hosts)
    with pytest.raises(fapiao.TransportError) as raised:
        send(account.stable_token())
    assert raised.value.code == "send.not_sent" and raised.value.decision is not None
    assert raised.value.decision.effect == "no"


def test_a_session_of_its_own_credentials_does_not_replace_the_signature(sandbox: Sandbox) -> None:
    shop = sandbox.merchant("direct")
    with requests.Session() as session, httpx.Client(auth=("user", "word")) as other:
        session.auth = ("user", "word")
        for client in (session, other):
            assert fapiao.Client(client).send(ask(shop))["title_url"].startswith("http")


def test_an_observer_sees_every_attempt(sandbox: Sandbox) -> None:
    sandbox.control("/faults", {"fault": "probe", "count": 1})
    seen: list[dict[str, Any]] = []
    with httpx.Client() as session:
        fapiao.Client(session, observer=seen.append).send(ask(sandbox.merchant("direct")))
    assert [attempt["error"] for attempt in seen] == ["verify.probe", None]
    assert all(attempt["status"] == 200 for attempt in seen)


def test_each_attempt_tells_how_far_the_clock_of_the_gateway_is_ahead(sandbox: Sandbox) -> None:
    sandbox.control("/faults", {"fault": "skew", "seconds": 100, "count": 1})
    seen: list[dict[str, Any]] = []
    with httpx.Client() as session:
        fapiao.Client(session, observer=seen.append).send(ask(sandbox.merchant("direct")))
    assert [round(attempt["clock_offset"], -1) for attempt in seen] == [100]


def test_aiohttp_by_hand_needs_the_encoded_url(sandbox: Sandbox) -> None:
    from yarl import URL

    async def by_hand() -> Any:
        signed = await ask(sandbox.merchant("direct")).sign_async()
        url = URL(signed.url, encoded=True)
        async with aiohttp.ClientSession() as session:
            async with session.request(signed.method, url, headers=signed.headers, data=signed.body) as response:
                return await signed.read_async(response)

    assert asyncio.run(by_hand())["title_url"].startswith("http")
