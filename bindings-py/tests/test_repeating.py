"""Sessions that repeat requests by themselves: less of what they say is proof, and their cure is named."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler
from typing import Any

import aiohttp
import fapiao
import httpx
import pytest
import requests
from fapiao._requests import repeats_by_itself
from loopback import at, closed, cut, respond, serving
from requests.adapters import HTTPAdapter
from scripted import REQUEST_ID, TITLE, effect, found, issue, signed
from support import title, without_waiting
from urllib3.util.retry import Retry

NAMED = "this session repeats requests by itself: mount HTTPAdapter(max_retries=0)"
USED = b'{"code":"SIGN_ERROR","message":"nonce used"}'


def nonce(handler: BaseHTTPRequestHandler) -> str:
    """The nonce of a request."""
    found = re.search(r'nonce_str="([^"]*)"', handler.headers["Authorization"])
    assert found is not None
    return found[1]


class Gateway:
    """It takes the first POST and breaks the connection, refuses a nonce that it knows, and shows nothing."""

    def __init__(self) -> None:
        self.nonces: list[str] = []

    def __call__(self, handler: BaseHTTPRequestHandler) -> None:
        if handler.command == "GET":
            return respond(handler, 404, [REQUEST_ID], b'{"code":"RESOURCE_NOT_EXISTS","message":"m"}')
        self.nonces.append(nonce(handler))
        if len(self.nonces) == 1:
            return cut(handler)
        respond(handler, 401, [REQUEST_ID], USED)


def end(session: Any, call: fapiao.Call[Any]) -> Any:
    """How a call ends."""
    client = fapiao.Client(session, timeout=5)
    without_waiting(client)
    try:
        return client.send(call)
    except fapiao.FapiaoError as error:
        return error


def repeating(**how: Any) -> requests.Session:
    """A session as many teams set it up."""
    session = requests.Session()
    session.mount("http://", HTTPAdapter(max_retries=Retry(**{"total": 2, "backoff_factor": 0, **how})))
    return session


def test_a_used_nonce_of_a_repeated_request_is_no_refusal_of_the_call() -> None:
    gateway = Gateway()
    with serving(gateway) as port, repeating(allowed_methods=None) as session:
        error = end(session, issue(at(f"http://127.0.0.1:{port}")))
    assert len(gateway.nonces) == 2 and len(set(gateway.nonces)) == 1, "this test sees what is not there"
    assert effect(error) == "unknown" and NAMED in error.help and "HTTPAdapter(max_retries=0)" in error.help_zh


def test_a_connection_that_fails_after_a_request_that_was_sent_proves_nothing() -> None:
    port = closed()
    with repeating() as session:
        error = end(session, issue(at(f"http://127.0.0.1:{port}")))
    assert error.code == "send.not_sent" and effect(error) == "unknown" and NAMED in error.help


def test_a_program_can_say_that_its_client_repeats() -> None:
    call = issue(at("http://127.0.0.1:9"))
    with pytest.raises(fapiao.RemoteError) as raised:
        call.sign(repeats=True).read(status=401, headers=[REQUEST_ID], content=USED)
    assert effect(raised.value) == "unknown"
    transport = httpx.MockTransport(lambda request: httpx.Response(401, headers=[REQUEST_ID], content=USED))
    with httpx.Client(transport=transport) as session, pytest.raises(fapiao.RemoteError) as sent:
        client = fapiao.Client(session)
        without_waiting(client)
        client.send(call, repeats=True)
    assert effect(sent.value) == "unknown"


def test_a_session_that_does_not_repeat_is_believed_and_not_named() -> None:
    port = closed()
    with requests.Session() as session:
        error = end(session, issue(at(f"http://127.0.0.1:{port}")))
    assert effect(error) == "no" and "repeats" not in error.help
    with serving(lambda handler: respond(handler, 401, [REQUEST_ID], USED)) as port, requests.Session() as session:
        assert effect(end(session, issue(at(f"http://127.0.0.1:{port}")))) == "no"


@pytest.mark.parametrize(
    ("how", "get", "post"),
    [
        ({"total": 0}, False, False),
        ({"total": False}, False, False),
        ({"total": 0, "read": 3}, False, False),
        ({"total": 2}, True, True),
        ({"total": 2, "other": 0}, True, False),
        ({"total": 2, "other": 0, "allowed_methods": None}, True, True),
        ({"total": 2, "other": 0, "allowed_methods": ["POST"]}, False, True),
        ({"total": 2, "other": 0, "read": 0}, True, False),
        ({"total": 2, "other": 0, "read": 0, "status": 0}, False, False),
        ({"total": 2, "other": 0, "read": False, "respect_retry_after_header": False}, False, False),
        ({"total": 2, "other": 0, "read": 0, "status_forcelist": [500]}, True, False),
        ({"total": None}, True, True),
        ({"total": None, "other": 0, "connect": 3, "read": 0, "status": 0}, False, False),
    ],
)
def test_what_a_retry_of_urllib3_repeats(how: dict[str, Any], get: bool, post: bool) -> None:
    retry = Retry(**how)
    assert (repeats_by_itself(retry, "GET"), repeats_by_itself(retry, "POST")) == (get, post)


def test_the_adapters_of_requests_itself_repeat_nothing() -> None:
    assert not repeats_by_itself(HTTPAdapter().max_retries, "GET") and not repeats_by_itself(None, "GET")


class Again(httpx.BaseTransport, httpx.AsyncBaseTransport):
    """A transport that sends what failed once more, as packages for httpx do."""

    def __init__(self, inner: Any) -> None:
        self.inner = inner

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        try:
            response: httpx.Response = self.inner.handle_request(request)
        except httpx.TransportError:
            response = self.inner.handle_request(request)
        return response

    def close(self) -> None:
        self.inner.close()

    async def aclose(self) -> None:
        await self.inner.aclose()

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        try:
            response: httpx.Response = await self.inner.handle_async_request(request)
        except httpx.TransportError:
            response = await self.inner.handle_async_request(request)
        return response


def over_httpx(call: fapiao.Call[Any]) -> Any:
    """A repeating session of httpx."""
    with httpx.Client(transport=Again(httpx.HTTPTransport())) as session:
        return end(session, call)


def over_async_httpx(call: fapiao.Call[Any]) -> Any:
    """The same, awaited."""

    async def send() -> Any:
        async with httpx.AsyncClient(transport=Again(httpx.AsyncHTTPTransport())) as session:
            client = fapiao.AsyncClient(session, timeout=5)
            without_waiting(client)
            try:
                return await client.send(call)
            except fapiao.FapiaoError as error:
                return error

    return asyncio.run(send())


@pytest.mark.parametrize("over", [over_httpx, over_async_httpx])
def test_a_transport_of_httpx_that_repeats_shows_in_what_it_does(over: Callable[[Any], Any]) -> None:
    gateway = Gateway()
    with serving(gateway) as port:
        error = over(issue(at(f"http://127.0.0.1:{port}")))
    assert len(gateway.nonces) == 2 and len(set(gateway.nonces)) == 1, "this test sees what is not there"
    assert effect(error) == "unknown" and "give it a transport that does not" in error.help


def test_a_transport_of_httpx_whose_second_connection_fails_proves_nothing() -> None:
    class Closing(httpx.HTTPTransport):
        """The gateway is gone by the second time."""

        asked = 0

        def handle_request(self, request: httpx.Request) -> httpx.Response:
            self.asked += 1
            if request.method == "POST" and self.asked == 2:
                raise httpx.ConnectError("refused")
            return super().handle_request(request)

    with serving(Gateway()) as port, httpx.Client(transport=Again(Closing())) as session:
        error = end(session, issue(at(f"http://127.0.0.1:{port}")))
    assert effect(error) == "unknown" and "give it a transport that does not" in error.help


def test_a_transport_of_httpx_that_repeats_only_connections_is_believed() -> None:
    with httpx.Client(transport=httpx.HTTPTransport(retries=2)) as session:
        error = end(session, issue(at(f"http://127.0.0.1:{closed()}")))
    assert effect(error) == "no" and "repeats" not in error.help


async def over_aiohttp(base: str, call: Callable[[Any], fapiao.Call[Any]], **more: Any) -> Any:
    """How a call ends over aiohttp."""
    async with aiohttp.ClientSession(**more) as session:
        client = fapiao.AsyncClient(session)
        without_waiting(client)
        try:
            return await client.send(call(at(base)))
        except fapiao.FapiaoError as error:
            return error


def test_a_query_over_aiohttp_carries_no_nonce_twice() -> None:
    nonces: list[str] = []

    def once_cut(handler: BaseHTTPRequestHandler) -> None:
        nonces.append(nonce(handler))
        if len(nonces) == 1:
            return cut(handler)
        respond(handler, 200, signed(TITLE), TITLE)

    with serving(once_cut) as port:
        answer = asyncio.run(over_aiohttp(f"http://127.0.0.1:{port}", lambda shop: title(shop, "a-1")))
    assert answer["title_url"].startswith("https") and len(set(nonces)) == len(nonces) == 2


def test_an_aiohttp_that_cannot_be_kept_from_repeating_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(aiohttp, "ClientMiddlewareType")
    with pytest.raises(TypeError, match=r"session must be of aiohttp 3\.12 or later"):
        asyncio.run(over_aiohttp("http://127.0.0.1:9", issue))


def test_nobody_there_is_not_sent_over_aiohttp_though_it_tries_again() -> None:
    answer = asyncio.run(over_aiohttp(f"http://127.0.0.1:{closed()}", lambda shop: title(shop, "a-1")))
    assert answer.code == "send.not_sent" and isinstance(answer.__cause__, aiohttp.ClientConnectorError)


def test_a_middleware_of_aiohttp_that_repeats_is_kept_from_it_and_named() -> None:
    async def again(request: Any, handler: Any) -> Any:
        response = await handler(request)
        return await handler(request) if response.status == 500 else response

    nonces: list[str] = []

    def failing(handler: BaseHTTPRequestHandler) -> None:
        nonces.append(nonce(handler))
        respond(handler, 500, [REQUEST_ID], b'{"code":"SYSTEM_ERROR","message":"m"}')

    with serving(failing) as port:
        error = asyncio.run(over_aiohttp(f"http://127.0.0.1:{port}", issue, middlewares=(again,)))
    assert effect(error) == "unknown" and "a middleware of this session repeats requests" in error.help
    assert len(nonces) > 1 and len(set(nonces)) == len(nonces)


def test_a_middleware_of_aiohttp_that_does_nothing_wrong_stays() -> None:
    seen: list[str] = []

    async def logging(request: Any, handler: Any) -> Any:
        seen.append(request.method)
        return await handler(request)

    shown = found("f-1")
    with serving(lambda handler: respond(handler, 200, signed(shown.content), shown.content)) as port:
        base = f"http://127.0.0.1:{port}"
        query = over_aiohttp(base, lambda shop: shop.query(fapiao_apply_id="a-1"), middlewares=(logging,))
        answer = asyncio.run(query)
    assert answer["total_count"] == 1 and seen == ["GET"]
