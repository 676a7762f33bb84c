"""aiohttp: how it sends a request as it is and once, and what its exceptions mean."""

from __future__ import annotations

import asyncio
import time
from typing import Any

import aiohttp
import yarl

from . import _body, _core, _http, _kinds
from ._limits import DEFAULT, Limits, least
from ._send_result import CHANGES, Response, SendResult, cause_of, failed, since
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
FAILED = (aiohttp.ClientError, asyncio.TimeoutError, OSError, _body.Garbled)


class Aiohttp:
    """`aiohttp.ClientSession`."""

    def __init__(self, session: Any) -> None:
        if not hasattr(aiohttp, "ClientMiddlewareType"):
            raise TypeError("session must be of aiohttp 3.12 or later: others cannot be kept from repeating requests")
        self._session: Any = session

    async def send(self, need: _core.Send, limits: Limits) -> SendResult:
        """Sends a request once."""
        started, once = time.monotonic(), _Once(need)
        try:
            request = self._session.request(
                need.method,
                # Else yarl writes %2A and %3A its own way, and the signature is over the old one.
                yarl.URL(need.url, encoded=True),
                headers=need.headers,
                data=need.body,
                allow_redirects=False,
                raise_for_status=False,
                # It is unfolded here, up to a limit.
                auto_decompress=False,
                timeout=_time_out(self._session.timeout, limits),
                middlewares=(*getattr(self._session, "_middlewares", ()), once),
            )
            async with request:
                pass
        except Exception as error:
            if once.answer is None:
                if not isinstance(error, FAILED):
                    raise
                return failed(_kinds.reasons_of(error), isinstance(error, UNSENT), once.repeats)
            return Response(once.answer, since(started), once.repeats, once.changes, cause_of(error))
        assert once.answer is not None, "the innermost middleware was not called"
        return Response(once.answer, since(started), once.repeats, once.changes)


def _time_out(own: aiohttp.ClientTimeout, limits: Limits) -> aiohttp.ClientTimeout:
    """The time-outs of the session, where the program set some and gave the client none."""
    left = limits.left()
    if limits.timeout is not None or own == aiohttp.client.DEFAULT_TIMEOUT:
        return aiohttp.ClientTimeout(total=least(limits.timeout or DEFAULT, left))
    return aiohttp.ClientTimeout(
        total=least(own.total, left), connect=own.connect, sock_connect=own.sock_connect, sock_read=own.sock_read
    )


class _Once:
    """The innermost middleware: lets a request pass once, and reads its answer before others raise over it.

    aiohttp itself sends a query again whose connection broke, and a middleware can send anything again: with the same
    nonce, which the gateway refuses.
    """

    def __init__(self, need: _core.Send) -> None:
        self._need = need
        self._response: Any = None
        self._failure: Exception | None = None
        self.answer: _http.Answer | None = None
        self.repeats: Cure | None = None
        self.changes: Cure | None = None

    async def __call__(self, request: Any, handler: Any) -> Any:
        if self._failure is not None:
            raise self._failure
        if self._response is not None:
            self._response.close()
            self.repeats, self.answer = REPEATS, None
            raise aiohttp.ClientError("a middleware wanted to send the request a second time")
        as_signed = (self._need.url, self._need.headers.get("authorization"))
        if (str(request.url), request.headers.get("authorization")) != as_signed:
            self.changes = CHANGES
        try:
            self._response = await handler(request)
            await self._read(self._response)
        except Exception as failure:
            self._failure = failure
            raise
        return self._response

    async def _read(self, response: Any) -> None:
        body = _body.Body(self._need, _body.encoding_of(response.headers), None)
        try:
            async for piece in response.content.iter_any():
                if not body.take(piece):
                    response.close()
                    break
        except BaseException:
            # Nobody else has it yet.
            response.close()
            raise
        self.answer = _http.parts(response.status, response.raw_headers, body.whole())
        response._body = self.answer[2]
