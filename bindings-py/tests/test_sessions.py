"""Sessions as programs set them up: they raise on a status, add to URLs, and have time-outs of their own."""

from __future__ import annotations

from http.server import BaseHTTPRequestHandler
from typing import Any

import aiohttp
import fapiao
import httpx
import pytest
import requests
from loopback import at, respond, serving
from requests.adapters import HTTPAdapter
from scripted import REQUEST_ID, TITLE, effect, issue, signed
from sessions import Over, caught, over_aiohttp, over_async_httpx, over_httpx, over_requests
from support import title

REFUSAL = b'{"code":"PARAM_ERROR","message":"x","detail":{"field":"/fapiao_id"}}'


class Raised(Exception):
    """A program's own error for a status."""


def as_httpx_does(response: Any, **_: Any) -> None:
    """Raises the library's own error."""
    response.raise_for_status()


def as_a_program_does(response: Any, **_: Any) -> None:
    """Raises an error of the program's own, after a look at the body."""
    if response.status_code >= 400:
        raise Raised(response.json()["code"])


def awaited(hook: Any) -> Any:
    """The same hook, to be awaited."""

    async def later(response: Any) -> None:
        hook(response)

    return later


def in_a_middleware(kind: str) -> Any:
    """The same as a middleware."""

    async def middleware(request: Any, handler: Any) -> Any:
        response = await handler(request)
        if kind == "raise_for_status":
            response.raise_for_status()
        elif response.status >= 400:
            raise Raised((await response.json())["code"])
        return response

    return middleware


raising_alone = as_httpx_does
"""What requests takes for a list of one."""

RAISING = [
    *((over_httpx, {"event_hooks": {"response": [hook]}}) for hook in (as_httpx_does, as_a_program_does)),
    (over_async_httpx, {"event_hooks": {"response": [awaited(as_httpx_does)]}}),
    (over_async_httpx, {"event_hooks": {"response": [awaited(as_a_program_does)]}}),
    *((over_requests, {"hooks": {"response": hooks}}) for hooks in ([as_httpx_does], [as_a_program_does], raising_alone)),
    (over_aiohttp, {"raise_for_status": True}),
    *((over_aiohttp, {"middlewares": (in_a_middleware(kind),)}) for kind in ("raise_for_status", "own")),
]


@pytest.mark.parametrize(("over", "settings"), RAISING)
def test_a_session_that_raises_on_a_status_gives_its_answer_all_the_same(over: Over, settings: dict[str, Any]) -> None:
    seen: list[str] = []

    def refuse(handler: BaseHTTPRequestHandler) -> None:
        seen.append(handler.command)
        respond(handler, 400, [("Content-Type", "application/json"), REQUEST_ID], REFUSAL)

    with serving(refuse) as port:
        error = over(issue(at(f"http://127.0.0.1:{port}")), settings)
    assert (error.code, effect(error), error.remote["code"], seen) == ("remote.api", "no", "PARAM_ERROR", ["POST"])
    assert error.field == "/fapiao_id"


def test_what_a_hook_raises_over_an_answer_that_was_taken_is_no_end_of_the_call() -> None:
    def figures(response: httpx.Response) -> None:
        raise Raised("no space left on device")

    with serving(lambda handler: respond(handler, 202, signed())) as port:
        end = over_httpx(issue(at(f"http://127.0.0.1:{port}")), {"event_hooks": {"response": [figures]}})
    assert end == {"accepted": True}


def test_a_hook_of_a_request_that_raises_sends_nothing_and_is_the_program_s_own() -> None:
    def stop(request: httpx.Request) -> None:
        raise Raised("not now")

    with pytest.raises(Raised):
        over_httpx(issue(at("http://127.0.0.1:9")), {"event_hooks": {"request": [stop]}})


@pytest.mark.parametrize("over", [over_httpx, over_async_httpx, over_requests])
def test_what_a_session_adds_to_urls_is_left_out(over: Over) -> None:
    seen: list[str] = []

    def answer(handler: BaseHTTPRequestHandler) -> None:
        seen.append(handler.path)
        respond(handler, 200, signed(TITLE), TITLE)

    with serving(answer) as port:
        shop = at(f"http://127.0.0.1:{port}")
        assert over(title(shop, "a-1"), {"params": {"trace": "1"}})["title_url"].startswith("https")
    assert len(seen) == 1 and "trace" not in seen[0] and "fapiao_apply_id=a-1" in seen[0]


def changing_httpx(request: httpx.Request) -> None:
    """Puts a gateway of the program's own before the path."""
    request.url = request.url.copy_with(path=f"/proxied{request.url.path}")


async def changing_aiohttp(request: Any, handler: Any) -> Any:
    """Signs by itself."""
    request.headers["authorization"] = "Bearer mine"
    return await handler(request)


class Changing(HTTPAdapter):
    """An adapter that rewrites URLs."""

    def send(self, request: Any, *args: Any, **how: Any) -> Any:
        request.url = request.url.replace("/v3/", "/v3//")
        return super().send(request, *args, **how)


CHANGING = [
    (over_httpx, {"event_hooks": {"request": [changing_httpx]}}),
    (over_requests, {"adapters": {"http://": Changing()}}),
    (over_aiohttp, {"middlewares": (changing_aiohttp,)}),
]


@pytest.mark.parametrize(("over", "settings"), CHANGING)
def test_a_session_that_changes_requests_is_named_where_the_call_fails(over: Over, settings: dict[str, Any]) -> None:
    refusal = b'{"code":"SIGN_ERROR","message":"m"}'
    with serving(lambda handler: respond(handler, 401, [REQUEST_ID], refusal)) as port:
        shop = at(f"http://127.0.0.1:{port}")
        error, plain = over(title(shop, "a-1"), settings), over(title(shop, "a-1"))
    assert "this session changes requests" in error.help and "会改动请求" in error.help_zh
    assert error.code == plain.code == "remote.api" and "session" not in plain.help


def limits_of(settings: dict[str, Any], **more: Any) -> Any:
    """The time-outs that a request goes out with over httpx."""
    seen: list[Any] = []

    def gateway(request: httpx.Request) -> httpx.Response:
        seen.append(request.extensions["timeout"])
        return httpx.Response(200, headers=signed(TITLE), content=TITLE)

    with httpx.Client(transport=httpx.MockTransport(gateway), **settings) as session:
        caught(fapiao.Client(session, **more), title(at("http://127.0.0.1:9"), "a-1"))
    return seen[0]


def test_time_outs_that_were_set_on_the_session_stay() -> None:
    own = {"timeout": httpx.Timeout(5, connect=1)}
    assert limits_of(own) == {"connect": 1, "read": 5, "write": 5, "pool": 5}
    assert set(limits_of({}).values()) == {30.0} and set(limits_of(own, timeout=7).values()) == {7.0}
    assert set(limits_of({"timeout": None}).values()) == {None}


class Timing(HTTPAdapter):
    """An adapter with a time-out of its own, as recipes for requests have it."""

    def __init__(self, timeout: float | None = None) -> None:
        super().__init__()
        self.seen: list[Any] = []
        if timeout is not None:
            self.timeout = timeout

    def send(self, request: Any, *args: Any, **how: Any) -> Any:
        self.seen.append(how["timeout"])
        return super().send(request, *args, **how)


def test_the_time_out_of_an_adapter_of_requests_stays() -> None:
    for adapter, more, wanted in ((Timing(), {}, 30.0), (Timing(3), {}, None), (Timing(3), {"timeout": 7}, 7.0)):
        over_requests(title(at("http://127.0.0.1:9"), "a-1"), {"adapters": {"http://": adapter}}, **more)
        assert set(adapter.seen) == {wanted}


def test_the_time_outs_of_a_session_of_aiohttp_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[Any] = []

    async def request(self: Any, method: str, url: Any, **how: Any) -> Any:
        seen.append((how["timeout"].total, how["timeout"].sock_read))
        raise aiohttp.ServerDisconnectedError

    monkeypatch.setattr(aiohttp.ClientSession, "_request", request)
    call = title(at("http://127.0.0.1:9"), "a-1")
    own = {"timeout": aiohttp.ClientTimeout(total=9, sock_read=2)}
    for settings, more in (({}, {}), (own, {}), ({}, {"timeout": 7})):
        over_aiohttp(call, settings, **more)
    assert sorted(set(seen), key=str) == [(30.0, None), (7.0, None), (9, 2)]


@pytest.mark.parametrize("kept", [requests.Session, httpx.Client])
def test_a_connection_is_kept_from_one_send_to_the_next(kept: Any) -> None:
    peers: set[int] = set()

    def answer(handler: BaseHTTPRequestHandler) -> None:
        peers.add(handler.client_address[1])
        respond(handler, 200, signed(TITLE), TITLE)

    with serving(answer) as port, kept() as session:
        for _ in range(3):
            caught(fapiao.Client(session), title(at(f"http://127.0.0.1:{port}"), "a-1"))
    assert len(peers) == 1
