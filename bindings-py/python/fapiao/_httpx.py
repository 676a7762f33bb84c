"""httpx: how it sends a request as it is, and what its exceptions mean."""

from __future__ import annotations

import time
from typing import Any

import httpx

from . import _core, _http
from ._send_result import Lost, NotSent, Response, SendResult, shown, since
from .errors import Cure

REPEATS = Cure(
    "this session repeats requests by itself: give it a transport that does not, such as httpx.HTTPTransport()",
    "该 session 会自行重发请求:请使用不重发的 transport,例如 httpx.HTTPTransport()",
)
UNSENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol, httpx.ProxyError)


class Httpx:
    """`httpx.Client`."""

    def __init__(self, session: Any) -> None:
        self._session: Any = session

    def send(self, need: _core.Send, timeout: float) -> SendResult:
        """Sends a request once."""
        heads, started = _Heads(), time.monotonic()
        try:
            response = self._session.request(need.method, need.url, **_options(need, timeout, heads.count))
        except httpx.HTTPError as error:
            return heads.failed(error)
        return Response(_http.of_sync(response), since(started), heads.repeated(unsent=False))


class AsyncHttpx:
    """`httpx.AsyncClient`."""

    def __init__(self, session: Any) -> None:
        self._session: Any = session

    async def send(self, need: _core.Send, timeout: float) -> SendResult:
        """Sends a request once."""
        heads, started = _Heads(), time.monotonic()

        async def count(event: str, info: dict[str, Any]) -> None:
            heads.count(event, info)

        try:
            response = await self._session.request(need.method, need.url, **_options(need, timeout, count))
        except httpx.HTTPError as error:
            return heads.failed(error)
        return Response(_http.of_sync(response), since(started), heads.repeated(unsent=False))


def _options(need: _core.Send, timeout: float, trace: Any) -> dict[str, Any]:
    # A client's own `auth` would replace the signature.
    return {
        "headers": need.headers,
        "content": need.body,
        "follow_redirects": False,
        "auth": None,
        "timeout": timeout,
        "extensions": {"trace": trace},
    }


class _Heads:
    """How often a request's head went out, as httpcore tells: a transport that repeats requests by itself shows in it."""

    def __init__(self) -> None:
        self._sent = 0

    def count(self, event: str, info: dict[str, Any]) -> None:
        """Takes an event of httpcore."""
        # What a proxy is asked first is no request to the gateway.
        to_proxy = getattr(info.get("request"), "method", None) == b"CONNECT"
        if event.endswith(".send_request_headers.started") and not to_proxy:
            self._sent += 1

    def repeated(self, unsent: bool) -> Cure | None:
        """What to do about a session that sent it twice, or sent it and went on to a connection that failed."""
        return REPEATS if self._sent > (0 if unsent else 1) else None

    def failed(self, error: httpx.HTTPError) -> SendResult:
        """What an exception means."""
        unsent = isinstance(error, UNSENT)
        return (NotSent if unsent else Lost)(shown([error]), self.repeated(unsent))
