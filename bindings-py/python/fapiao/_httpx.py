"""httpx: how it sends a request as it is, and what its exceptions mean."""

from __future__ import annotations

import asyncio
import copy
import inspect
import time
from typing import Any

import httpx

from . import _body, _core, _http, _kinds
from ._limits import DEFAULT, Limits, least
from ._send_result import CHANGES, Response, SendResult, cause_of, failed, since
from .errors import Cure

REPEATS = Cure(
    "this session repeats requests by itself: give it a transport that does not, such as httpx.HTTPTransport()",
    "该 session 会自行重发请求：请使用不重发的 transport,例如 httpx.HTTPTransport()",
)
UNSENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol, httpx.ProxyError)
OF_HTTPX = inspect.signature(httpx.Client).parameters["timeout"].default
"""The time-outs of a session that were not set."""


class Httpx:
    """`httpx.Client`."""

    def __init__(self, session: Any) -> None:
        self._session: Any = session

    def send(self, need: _core.Send, limits: Limits) -> SendResult:
        """Sends a request once."""
        exchange = _Exchange(self._session, need, limits)

        def read(response: httpx.Response) -> None:
            body = exchange.begun(response)
            stream: Any = response.stream
            try:
                for piece in stream:
                    if not body.take(piece):
                        break
            finally:
                stream.close()
            exchange.read(response, body)

        session = exchange.reading(read)
        try:
            session.send(exchange.request(exchange.count), auth=None, follow_redirects=False)
        except Exception as error:
            return exchange.failed(error)
        return exchange.ended(None)


class AsyncHttpx:
    """`httpx.AsyncClient`."""

    def __init__(self, session: Any) -> None:
        self._session: Any = session

    async def send(self, need: _core.Send, limits: Limits) -> SendResult:
        """Sends a request once."""
        exchange = _Exchange(self._session, need, limits)

        async def count(event: str, info: dict[str, Any]) -> None:
            exchange.count(event, info)

        async def read(response: httpx.Response) -> None:
            body = exchange.begun(response)
            stream: Any = response.stream
            try:
                async for piece in stream:
                    if not body.take(piece):
                        break
            finally:
                await stream.aclose()
            exchange.read(response, body)

        session = exchange.reading(read)
        try:
            request = exchange.request(count)
            sent = session.send(request, auth=None, follow_redirects=False)
            await asyncio.wait_for(sent, exchange.left())
        except asyncio.TimeoutError:
            return exchange.failed(_body.late())
        except Exception as error:
            return exchange.failed(error)
        return exchange.ended(None)


class _Exchange:
    """One request over a session, and what is known of it."""

    def __init__(self, session: Any, need: _core.Send, limits: Limits) -> None:
        self._session, self._need, self._started = session, need, time.monotonic()
        phases, whole = _time_outs(session.timeout, limits)
        self._phases = phases
        self._end = None if whole is None else self._started + whole
        self._heads = 0
        self._connected_to: str | None = None
        self._request: httpx.Request | None = None
        self._answer: _http.Answer | None = None

    def left(self) -> float | None:
        """Seconds until it has to be over."""
        return None if self._end is None else self._end - time.monotonic()

    def reading(self, read: Any) -> Any:
        """The session, with the answer read before hooks of the program see it: they may raise, and close it."""
        session = copy.copy(self._session)
        hooks: dict[str, list[Any]] = self._session.event_hooks
        session.event_hooks = {**hooks, "response": [read, *hooks["response"]]}
        return session

    def request(self, trace: Any) -> httpx.Request:
        """The request as it was signed, whatever the session adds to URLs."""
        need = self._need
        # A client's own `auth` would replace the signature.
        request: httpx.Request = self._session.build_request(
            need.method,
            need.url,
            headers=need.headers,
            content=need.body,
            timeout=self._phases,
            extensions={"trace": trace},
        )
        request.url = httpx.URL(need.url)
        self._request = request
        return request

    def begun(self, response: httpx.Response) -> _body.Body:
        """The head of the answer came."""
        return _body.Body(self._need, _body.encoding_of(response.headers), self._end)

    def read(self, response: httpx.Response, body: _body.Body) -> None:
        """Its body came; the program's hooks see it, unfolded."""
        self._answer = _http.parts(response.status_code, response.headers.raw, body.whole())
        response.headers.pop("content-encoding", None)
        response.stream = httpx.ByteStream(self._answer[2])
        response.read()

    def count(self, event: str, info: dict[str, Any]) -> None:
        """Takes an event of httpcore: how often a head went out shows a transport that repeats requests by itself."""
        # What a proxy is asked first is no request to the gateway.
        to_proxy = getattr(info.get("request"), "method", None) == b"CONNECT"
        if event.endswith(".send_request_headers.started") and not to_proxy:
            self._heads += 1
        if event == "connection.connect_tcp.started":
            self._connected_to = info.get("host")

    def ended(self, raised: Exception | None) -> SendResult:
        """The answer, and what the session raised over it."""
        assert self._answer is not None, "a response whose hooks were not called"
        return Response(self._answer, since(self._started), self._repeated(False), self._changed(), cause_of(raised))

    def failed(self, error: Exception) -> SendResult:
        """What an exception means; one of a program's hook takes nothing from an answer that came."""
        if self._answer is not None:
            return self.ended(error)
        if not isinstance(error, (httpx.HTTPError, TimeoutError, _body.Garbled)):
            raise error
        unsent, reasons = isinstance(error, UNSENT), _kinds.reasons_of(error)
        to_proxy = unsent and self._connected_to not in (None, httpx.URL(self._need.url).host)
        return failed(reasons, unsent, self._repeated(unsent), "proxy" if to_proxy else None)

    def _repeated(self, unsent: bool) -> Cure | None:
        """What to do about a session that sent it twice, or sent it and went on to a connection that failed."""
        return REPEATS if self._heads > (0 if unsent else 1) else None

    def _changed(self) -> Cure | None:
        request, need = self._request, self._need
        if request is None or (
            request.url == httpx.URL(need.url)
            and request.headers.get("authorization") == need.headers.get("authorization")
        ):
            return None
        return CHANGES


def _time_outs(own: httpx.Timeout, limits: Limits) -> tuple[httpx.Timeout, float | None]:
    """The time-outs of a request's phases, and of the whole of it: httpx begins anew with each piece that comes."""
    if limits.timeout is not None or own == OF_HTTPX:
        own = httpx.Timeout(limits.timeout or DEFAULT)
        whole: float | None = limits.timeout or DEFAULT
    else:
        phases = own.as_dict().values()
        whole = None if None in phases else max(DEFAULT, sum(phase or 0 for phase in phases))
    left = limits.left()
    if left is None:
        return own, whole
    return httpx.Timeout(**{name: least(phase, left) for name, phase in own.as_dict().items()}), least(whole, left)
