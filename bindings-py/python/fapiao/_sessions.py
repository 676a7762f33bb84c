"""The user's own sessions: which library they come from."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Protocol

from . import _http

if TYPE_CHECKING:
    from . import _aiohttp, _httpx, _requests


class Session(Protocol):
    """What sends and blocks: an `httpx.Client` or a `requests.Session`, as the program has set it up."""

    @property
    def request(self) -> Callable[..., Any]:
        """Sends a request."""
        ...

    @property
    def __enter__(self) -> Callable[..., Any]:
        """Both are opened with `with`."""
        ...


class AsyncSession(Protocol):
    """What sends and is awaited: an `httpx.AsyncClient` or an `aiohttp.ClientSession`, as the program has set it up."""

    @property
    def request(self) -> Callable[..., Any]:
        """Sends a request."""
        ...

    @property
    def __aenter__(self) -> Callable[..., Any]:
        """Both are opened with `async with`."""
        ...


def of_sync(session: Any) -> _httpx.Httpx | _requests.Requests:
    """The adapter of a synchronous session."""
    name = _http.library(session)
    if name == "httpx" and hasattr(session, "__enter__"):
        from ._httpx import Httpx

        return Httpx(session)
    if name == "requests" and hasattr(session, "request"):
        from ._requests import Requests

        return Requests(session)
    raise _unknown(session, "an httpx.Client or a requests.Session", "AsyncClient")


def of_async(session: Any) -> _httpx.AsyncHttpx | _aiohttp.Aiohttp:
    """The adapter of an asynchronous session."""
    name = _http.library(session)
    if name == "httpx" and hasattr(session, "__aenter__"):
        from ._httpx import AsyncHttpx

        return AsyncHttpx(session)
    if name == "aiohttp" and hasattr(session, "_request"):
        from ._aiohttp import Aiohttp

        return Aiohttp(session)
    raise _unknown(session, "an httpx.AsyncClient or an aiohttp.ClientSession", "Client")


def _unknown(session: Any, wanted: str, other: str) -> TypeError:
    return TypeError(f"session must be {wanted}, not {type(session).__name__} (the other kind goes to fapiao.{other})")
