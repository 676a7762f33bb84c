"""Clients: your own HTTP session, with signing, verifying and, where that is right, repeating taken care of."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, TypeVar, cast

from . import _convert, _core, _drive, _sessions
from ._call import Call

__all__ = ["AsyncClient", "Client"]

A = TypeVar("A")
Observer = Callable[[dict[str, Any]], None]


class _Base:
    """What both clients share: a session, a time-out for each request, and whoever looks on."""

    __slots__ = ("_observer", "_session", "_timeout")

    def __init__(self, session: Any, *, timeout: float = 30.0, observer: Observer | None = None) -> None:
        if isinstance(timeout, bool) or not isinstance(timeout, (int, float)):
            raise TypeError(f"timeout must be a number of seconds, not {type(timeout).__name__}")
        self._session, self._timeout = self._known(session), timeout
        self._observer: Observer | None = _convert.function("observer", observer)

    def _known(self, session: Any) -> Any:
        raise NotImplementedError

    def _conclude(self, end: _drive.End) -> Any:
        outcome = cast(_core.Outcome, end)
        self._tell(json.loads(outcome.attempts) if self._observer else [])
        return _convert.answer(outcome)

    def _tell(self, attempts: list[dict[str, Any]]) -> None:
        for attempt in attempts:
            if self._observer is not None:
                self._observer(attempt)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({type(self._session).__name__})"


def _checked(call: Any) -> Call[Any]:
    if not isinstance(call, Call):
        raise TypeError(f"call must be what a caller's method returns, not {type(call).__name__}")
    return call


class Client(_Base):
    """Sends calls over an `httpx.Client` or a `requests.Session`.

    `observer` is told of every request that was sent (call, host, status, Request-ID, duration, decision; nothing secret).
    """

    __slots__ = ()

    def _known(self, session: Any) -> Any:
        return _sessions.of_sync(session)

    def send(self, call: Call[A]) -> A:
        """Drives a call to its end; an error says with its `decision` what it means."""
        _checked(call)
        try:
            end = _drive.run(call._caller, call._flow(), self._exchange)
        except BaseException as stop:
            self._tell(getattr(stop, "attempts", []))
            raise
        return cast(A, self._conclude(end))

    def _exchange(self, flow: _core.Flow, need: _core.Send) -> None:
        _drive.give(flow, need, self._session.send(need, self._timeout))


class AsyncClient(_Base):
    """Sends calls over an `httpx.AsyncClient` or an `aiohttp.ClientSession`; for the rest like `Client`."""

    __slots__ = ()

    def _known(self, session: Any) -> Any:
        return _sessions.of_async(session)

    async def send(self, call: Call[A]) -> A:
        """Drives a call to its end; an error says with its `decision` what it means.

        Cancelling it sends nothing more, and what is raised carries a `decision` too: `fapiao.decision_of` reads it,
        also from the `TimeoutError` of `asyncio.timeout`.
        """
        _checked(call)
        try:
            end = await _drive.run_async(call._caller, call._flow(), self._exchange)
        except BaseException as stop:
            self._tell(getattr(stop, "attempts", []))
            raise
        return cast(A, self._conclude(end))

    async def _exchange(self, flow: _core.Flow, need: _core.Send) -> None:
        _drive.give(flow, need, await self._session.send(need, self._timeout))
