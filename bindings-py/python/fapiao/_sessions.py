"""The user's own sessions: how each library sends a request as it is, and what its exceptions mean."""

from __future__ import annotations

import time
from typing import Any, NamedTuple, Union

from . import _core, _http


class NotSent(NamedTuple):
    """The request certainly did not reach the gateway."""


class Lost(NamedTuple):
    """It may have reached it, and no answer came."""


class Response(NamedTuple):
    """An answer came, after so many milliseconds."""

    answer: _http.Answer
    milliseconds: int


SendResult = Union[Response, NotSent, Lost]


def of_sync(session: Any) -> Httpx | Requests:
    """The adapter of a synchronous session."""
    name = _http.library(session)
    if name == "httpx" and hasattr(session, "__enter__"):
        return Httpx(session)
    if name == "requests" and hasattr(session, "request"):
        return Requests(session)
    raise _unknown(session, "an httpx.Client or a requests.Session", "AsyncClient")


def of_async(session: Any) -> AsyncHttpx | Aiohttp:
    """The adapter of an asynchronous session."""
    name = _http.library(session)
    if name == "httpx" and hasattr(session, "__aenter__"):
        return AsyncHttpx(session)
    if name == "aiohttp" and hasattr(session, "_request"):
        return Aiohttp(session)
    raise _unknown(session, "an httpx.AsyncClient or an aiohttp.ClientSession", "Client")


def _unknown(session: Any, wanted: str, other: str) -> TypeError:
    return TypeError(f"session must be {wanted}, not {type(session).__name__} (the other kind goes to fapiao.{other})")


def _since(started: float) -> int:
    return round((time.monotonic() - started) * 1000)


class Httpx:
    """`httpx.Client`."""

    def __init__(self, session: Any) -> None:
        import httpx

        self._session: Any = session
        self._library: Any = httpx

    def send(self, need: _core.Send, timeout: float) -> SendResult:
        started = time.monotonic()
        try:
            response = self._session.request(need.method, need.url, **_httpx_options(need, timeout))
        except self._library.TransportError as error:
            return _httpx_result(self._library, error)
        except self._library.HTTPError:
            return Lost()
        return Response(_http.of_sync(response), _since(started))


class AsyncHttpx:
    """`httpx.AsyncClient`."""

    def __init__(self, session: Any) -> None:
        import httpx

        self._session: Any = session
        self._library: Any = httpx

    async def send(self, need: _core.Send, timeout: float) -> SendResult:
        started = time.monotonic()
        try:
            response = await self._session.request(need.method, need.url, **_httpx_options(need, timeout))
        except self._library.TransportError as error:
            return _httpx_result(self._library, error)
        except self._library.HTTPError:
            return Lost()
        return Response(_http.of_sync(response), _since(started))


def _httpx_options(need: _core.Send, timeout: float) -> dict[str, Any]:
    # A client's own `auth` would replace the signature.
    return {
        "headers": need.headers,
        "content": need.body,
        "follow_redirects": False,
        "auth": None,
        "timeout": timeout,
    }


def _httpx_result(httpx: Any, error: Exception) -> SendResult:
    unsent = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol, httpx.ProxyError)
    return NotSent() if isinstance(error, unsent) else Lost()


class Requests:
    """`requests.Session`."""

    def __init__(self, session: Any) -> None:
        import requests

        self._session: Any = session
        self._library: Any = requests

    def send(self, need: _core.Send, timeout: float) -> SendResult:
        started = time.monotonic()
        try:
            response = self._session.request(
                need.method,
                need.url,
                headers=need.headers,
                data=need.body,
                allow_redirects=False,
                auth=_as_it_is,
                timeout=timeout,
            )
            came = _http.of_sync(response)
        except self._library.exceptions.RequestException as error:
            return self._result(error)
        return Response(came, _since(started))

    def _result(self, error: Exception) -> SendResult:
        if isinstance(error, self._library.exceptions.ConnectTimeout):
            return NotSent()
        # The cause stands in urllib3's own exception: a connection that was never made.
        reason = getattr(error.args[0] if error.args else None, "reason", None)
        names = {base.__name__ for base in type(reason).__mro__}
        return NotSent() if names & {"NewConnectionError", "ConnectTimeoutError"} else Lost()


def _as_it_is(request: Any) -> Any:
    """An authentication that changes nothing: without one, requests would put ~/.netrc in the signature's place."""
    return request


class Aiohttp:
    """`aiohttp.ClientSession`."""

    def __init__(self, session: Any) -> None:
        import aiohttp
        import yarl

        self._session: Any = session
        self._library: Any = aiohttp
        self._url: Any = yarl.URL

    async def send(self, need: _core.Send, timeout: float) -> SendResult:
        import asyncio  # runs already

        started = time.monotonic()
        try:
            request = self._session.request(
                need.method,
                # Else yarl writes %2A and %3A its own way, and the signature is over the old one.
                self._url(need.url, encoded=True),
                headers=need.headers,
                data=need.body,
                allow_redirects=False,
                raise_for_status=False,
                timeout=self._library.ClientTimeout(total=timeout),
            )
            async with request as response:
                came = await _http.of_async(response)
        except self._library.ClientConnectorError:
            return NotSent()
        except (self._library.ClientError, asyncio.TimeoutError, OSError):
            return Lost()
        return Response(came, _since(started))
