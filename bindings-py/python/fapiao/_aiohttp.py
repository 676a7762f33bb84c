"""aiohttp: how it sends a request as it is and once, and what its exceptions mean."""

from __future__ import annotations

import asyncio
import time
from typing import Any

import aiohttp
import yarl

from . import _core, _http
from ._send_result import Lost, NotSent, Response, SendResult, shown, since
from .errors import Cure

REPEATS = Cure(
    "a middleware of this session repeats requests by itself, which was prevented: leave it out for the gateway",
    "该 session 的 middleware 会自行重发请求(已阻止):请勿对网关使用",
)
UNSENT = (
    aiohttp.ClientConnectorError,
    aiohttp.ConnectionTimeoutError,
    aiohttp.ClientHttpProxyError,
    aiohttp.ServerFingerprintMismatch,
)


class Aiohttp:
    """`aiohttp.ClientSession`."""

    def __init__(self, session: Any) -> None:
        if not hasattr(aiohttp, "ClientMiddlewareType"):
            raise TypeError("session must be of aiohttp 3.12 or later: others cannot be kept from repeating requests")
        self._session: Any = session

    async def send(self, need: _core.Send, timeout: float) -> SendResult:
        """Sends a request once."""
        started, once = time.monotonic(), _Once()
        try:
            request = self._session.request(
                need.method,
                # Else yarl writes %2A and %3A its own way, and the signature is over the old one.
                yarl.URL(need.url, encoded=True),
                headers=need.headers,
                data=need.body,
                allow_redirects=False,
                raise_for_status=False,
                timeout=aiohttp.ClientTimeout(total=timeout),
                middlewares=(*getattr(self._session, "_middlewares", ()), once),
            )
            async with request as response:
                return Response(await _http.of_async(response), since(started), once.repeats)
        except UNSENT as error:
            return NotSent(shown([error]), once.repeats)
        except (aiohttp.ClientError, asyncio.TimeoutError, OSError) as error:
            return Lost(shown([error]), once.repeats)


class _Once:
    """The innermost middleware: lets a request pass once.

    aiohttp itself sends a query again whose connection broke, and a middleware can send anything again: with the same
    nonce, which the gateway refuses.
    """

    def __init__(self) -> None:
        self._response: Any = None
        self._failure: Exception | None = None
        self.repeats: Cure | None = None

    async def __call__(self, request: Any, handler: Any) -> Any:
        if self._failure is not None:
            raise self._failure
        if self._response is not None:
            self._response.close()
            self.repeats = REPEATS
            raise aiohttp.ClientError("a middleware wanted to send the request a second time")
        try:
            self._response = await handler(request)
        except Exception as failure:
            self._failure = failure
            raise
        return self._response
