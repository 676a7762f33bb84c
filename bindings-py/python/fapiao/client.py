"""Clients: your own HTTP session, with signing, verifying and, where that is right, repeating taken care of."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar, cast

from . import _checked_store, _convert, _core, _drive, _limits, _log, _sessions
from ._call import Call
from ._causes import Causes
from ._history import History
from ._sending import Sending
from .errors import Ending

if TYPE_CHECKING:
    from ._sessions import AsyncSession, Session
    from .stores import AsyncStore, Store

__all__ = ["AsyncClient", "Client"]

A = TypeVar("A")
Observer = Callable[[dict[str, Any]], None]


class _Base:
    """What both clients share: a session, a store, a time-out for each request, and whoever looks on."""

    __slots__ = ("_limits", "_observer", "_pause", "_seen", "_session", "_store")
    _asynchronous = False

    def __init__(self, session: Any, store: Any, timeout: float | None, observer: Observer | None) -> None:
        self._limits = _limits.Limits(_limits.seconds("timeout", timeout))
        self._session: Any = session
        self._store = None if store is None else _checked_store.CheckedStore(store, self._asynchronous)
        self._seen = _core.SeenAnswers()
        self._observer: Observer | None = _convert.function("observer", observer)
        self._pause: Callable[[float], Any] = _awaited_pause if self._asynchronous else time.sleep

    def _begin(
        self, call: Any, in_doubt: str | None, assume_in_doubt: bool, repeats: bool, deadline: float | None
    ) -> _drive.Run:
        if not isinstance(call, Call):
            raise TypeError(f"call must be what a caller's method returns, not {type(call).__name__}")
        history = History.checked(in_doubt, assume_in_doubt, repeats)
        limits = self._limits.within(_limits.seconds("deadline", deadline))
        flow, causes = call._flow(), Causes(call.name)
        flow.remember_in(self._seen)
        history.tell(flow, call._caller._now)
        if self._store is not None:
            flow.keep_doubt()
        settle = _drive.awaited if self._asynchronous else _drive.at_once
        return _drive.Run(call._caller, flow, causes, Sending(self, settle, causes, limits, self._store or call._caller._memory()))

    def _conclude(self, run: _drive.Run, end: _drive.End) -> Any:
        outcome = cast(_core.Outcome, end)
        answer, error = outcome.json, None
        if answer is None or self._is_watched():
            ending = Ending.of(run.flow.report())
            error = None if answer is not None else run.causes.error(outcome.error or "", ending)
            try:
                self._observe(ending.attempts)
            except BaseException as stop:
                # An interrupt while the observer was at work.
                ending.write_on(stop)
                raise
        unkept = run.causes.unkept(error)
        if unkept is not None:
            _log.fault("the store did not keep what became of a call; its end stands", unkept)
        if answer is None:
            raise error or RuntimeError("the call ended without an answer")
        _log.warnings(run.causes.call, run.flow.warnings())
        return _convert.value(answer, outcome.bytes)

    def _is_watched(self) -> bool:
        return self._observer is not None or _log.is_wanted()

    def _observe(self, attempts: list[dict[str, Any]]) -> None:
        for attempt in attempts:
            _log.attempt(attempt)
            try:
                if self._observer is not None:
                    self._observer(attempt)
            except Exception as fault:
                _log.fault("the observer raised; the end of the call stands", fault)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({type(self._session).__name__})"


def _awaited_pause(seconds: float) -> Any:
    import asyncio  # runs already

    return asyncio.sleep(seconds)


class Client(_Base):
    """Sends calls over an `httpx.Client` or a `requests.Session`.

    `store` keeps what is in doubt, so that a call that was sent is asked about before it is sent again, whoever makes
    it, and the access tokens of accounts, so that processes that share the store share them: `fapiao.stores` says what
    a store is. Without it, an account keeps its token in this process. `timeout` is for each request as a whole, in seconds; without it the
    time-outs that were set on the session stay, else it is 30 seconds. `observer` is told of every request that was
    sent (call, host, status, Request-ID, duration, decision; nothing secret); what it raises goes to the logger
    `fapiao`, which tells of each request too, at DEBUG, and of what the documents advise against, at WARNING.
    """

    __slots__ = ()

    def __init__(
        self,
        session: Session,
        *,
        store: Store | None = None,
        timeout: float | None = None,
        observer: Observer | None = None,
    ) -> None:
        super().__init__(_sessions.of_sync(session), store, timeout, observer)

    def send(
        self,
        call: Call[A],
        *,
        in_doubt: str | None = None,
        assume_in_doubt: bool = False,
        repeats: bool = False,
        deadline: float | None = None,
    ) -> A:
        """Drives a call to its end; an error says with its `decision` what it means.

        Args:
            call: What a caller's method returned.
            in_doubt: What an earlier attempt of this call left in doubt (`error.in_doubt`): it is asked about first.
            assume_in_doubt: The same for who kept nothing: an earlier attempt may have been sent up to now.
            repeats: Whether the session repeats requests by itself, where that cannot be seen: less of what it says is
                then proof. Better is a session that sends once.
            deadline: Seconds that all of it may take, requests and waits; then `send.cancelled` is raised.
        """
        run = self._begin(call, in_doubt, assume_in_doubt, repeats, deadline)
        try:
            end = _drive.blocking(run)
        except BaseException as stop:
            self._observe(getattr(stop, "attempts", []))
            raise
        return cast(A, self._conclude(run, end))


class AsyncClient(_Base):
    """Sends calls over an `httpx.AsyncClient` or an `aiohttp.ClientSession`; its `store` is asynchronous.

    For the rest it is like `Client`.
    """

    __slots__ = ()
    _asynchronous = True

    def __init__(
        self,
        session: AsyncSession,
        *,
        store: AsyncStore | None = None,
        timeout: float | None = None,
        observer: Observer | None = None,
    ) -> None:
        super().__init__(_sessions.of_async(session), store, timeout, observer)

    async def send(
        self,
        call: Call[A],
        *,
        in_doubt: str | None = None,
        assume_in_doubt: bool = False,
        repeats: bool = False,
        deadline: float | None = None,
    ) -> A:
        """Drives a call to its end; an error says with its `decision` what it means.

        Cancelling it sends nothing more, and what is raised carries a `decision` and `in_doubt` too:
        `fapiao.decision_of` reads it, also from the `TimeoutError` of `asyncio.timeout`.

        Args:
            call: What a caller's method returned.
            in_doubt: What an earlier attempt of this call left in doubt (`error.in_doubt`): it is asked about first.
            assume_in_doubt: The same for who kept nothing: an earlier attempt may have been sent up to now.
            repeats: Whether the session repeats requests by itself, where that cannot be seen: less of what it says is
                then proof. Better is a session that sends once.
            deadline: Seconds that all of it may take, requests and waits; then `send.cancelled` is raised.
        """
        run = self._begin(call, in_doubt, assume_in_doubt, repeats, deadline)
        try:
            end = await _drive.awaiting(run)
        except BaseException as stop:
            self._observe(getattr(stop, "attempts", []))
            raise
        return cast(A, self._conclude(run, end))
