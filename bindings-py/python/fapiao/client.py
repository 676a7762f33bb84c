"""Clients: your own HTTP session, with signing, verifying and, where that is right, repeating taken care of."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, TypeVar, cast

from . import _convert, _core, _drive, _sessions
from ._call import Call
from ._sending import Sending
from .errors import Ending

__all__ = ["AsyncClient", "Client"]

A = TypeVar("A")
Observer = Callable[[dict[str, Any]], None]


class _Base:
    """What both clients share: a session, a time-out for each request, and whoever looks on."""

    __slots__ = ("_observer", "_pause", "_seen", "_session", "_timeout")
    _asynchronous = False

    def __init__(self, session: Any, timeout: float, observer: Observer | None) -> None:
        if isinstance(timeout, bool) or not isinstance(timeout, (int, float)):
            raise TypeError(f"timeout must be a number of seconds, not {type(timeout).__name__}")
        self._session: Any = session
        self._seen = _core.SeenAnswers()
        self._timeout = timeout
        self._observer: Observer | None = _convert.function("observer", observer)
        self._pause: Callable[[float], Any] = _awaited_pause if self._asynchronous else time.sleep

    def _begin(self, call: Any) -> _core.Flow:
        if not isinstance(call, Call):
            raise TypeError(f"call must be what a caller's method returns, not {type(call).__name__}")
        flow = call._flow()
        flow.remember_in(self._seen)
        return flow

    def _conclude(self, flow: _core.Flow, end: _drive.End) -> Any:
        if self._observer is not None:
            ending = Ending.of(flow.report())
            try:
                self._observe(ending.attempts)
            except BaseException as stop:
                # An interrupt while the observer was at work.
                ending.write_on(stop)
                raise
        return _convert.answer(cast(_core.Outcome, end), flow)

    def _observe(self, attempts: list[dict[str, Any]]) -> None:
        if self._observer is None:
            return
        for attempt in attempts:
            try:
                self._observer(attempt)
            except Exception as fault:
                _log("the observer raised; the end of the call stands", fault)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({type(self._session).__name__})"


def _awaited_pause(seconds: float) -> Any:
    import asyncio  # runs already

    return asyncio.sleep(seconds)


def _log(what: str, fault: Exception) -> None:
    import logging  # only where something is wrong

    logging.getLogger("fapiao").error(what, exc_info=fault)


class Client(_Base):
    """Sends calls over an `httpx.Client` or a `requests.Session`.

    `timeout` is for each request, in seconds. `observer` is told of every request that was sent (call, host, status,
    Request-ID, duration, decision; nothing secret); what it raises goes to the logger `fapiao`.
    """

    __slots__ = ()

    def __init__(self, session: Any, *, timeout: float = 30.0, observer: Observer | None = None) -> None:
        super().__init__(_sessions.of_sync(session), timeout, observer)

    def send(self, call: Call[A]) -> A:
        """Drives a call to its end; an error says with its `decision` what it means."""
        flow = self._begin(call)
        try:
            end = _drive.run(call._caller, flow, Sending(self, _drive.at_once))
        except BaseException as stop:
            self._observe(getattr(stop, "attempts", []))
            raise
        return cast(A, self._conclude(flow, end))


class AsyncClient(_Base):
    """Sends calls over an `httpx.AsyncClient` or an `aiohttp.ClientSession`; for the rest like `Client`."""

    __slots__ = ()
    _asynchronous = True

    def __init__(self, session: Any, *, timeout: float = 30.0, observer: Observer | None = None) -> None:
        super().__init__(_sessions.of_async(session), timeout, observer)

    async def send(self, call: Call[A]) -> A:
        """Drives a call to its end; an error says with its `decision` what it means.

        Cancelling it sends nothing more, and what is raised carries a `decision` too: `fapiao.decision_of` reads it,
        also from the `TimeoutError` of `asyncio.timeout`.
        """
        flow = self._begin(call)
        try:
            end = await _drive.run_async(call._caller, flow, Sending(self, _drive.awaited))
        except BaseException as stop:
            self._observe(getattr(stop, "attempts", []))
            raise
        return cast(A, self._conclude(flow, end))
