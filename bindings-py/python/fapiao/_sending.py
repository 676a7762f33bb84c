"""One call over a client's session and store."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from . import _core, _sessions
from .errors import Ending, FapiaoError, from_report

if TYPE_CHECKING:
    from ._doubts import Doubts
    from ._drive import Settle
    from .client import _Base


class Sending:
    """Does what a flow needs besides its keys."""

    __slots__ = ("_client", "_settle", "_store_failure")
    needs = (_core.Send, _core.Wait, _core.Load, _core.Store)
    """What that is."""

    def __init__(self, client: _Base, settle: Settle) -> None:
        self._client, self._settle = client, settle
        self._store_failure: Exception | None = None

    async def do(self, flow: _core.Flow, need: Any) -> None:
        """Does one of them, and gives the result back."""
        if isinstance(need, _core.Send):
            await self._send(flow, need)
        elif isinstance(need, _core.Wait):
            await self._settle(self._client._pause(need.milliseconds / 1000))
            flow.waited(need.id)
        elif isinstance(need, _core.Load):
            await self._load(flow, need)
        else:
            await self._store(flow, need)

    async def _send(self, flow: _core.Flow, need: _core.Send) -> None:
        client = self._client
        result = cast(_sessions.SendResult, await self._settle(client._session.send(need, client._timeout)))
        if isinstance(result, _sessions.Response):
            status, headers, content = result.answer
            flow.answered(need.id, status, headers, content, result.milliseconds)
        elif isinstance(result, _sessions.NotSent):
            flow.not_sent(need.id)
        else:
            flow.lost(need.id)

    async def _load(self, flow: _core.Flow, need: _core.Load) -> None:
        try:
            kept = await self._doubts.get(self._settle, need.key)
        except TypeError:
            # The program's mistake, and nothing was sent yet.
            raise
        except Exception as failure:
            self._failed(flow, need, failure)
        else:
            flow.loaded(need.id, kept)

    async def _store(self, flow: _core.Flow, need: _core.Store) -> None:
        try:
            version = await self._doubts.put(self._settle, need.key, need.text, need.version)
        except Exception as failure:
            self._failed(flow, need, failure)
        else:
            if version is None:
                flow.lost_race(need.id)
            else:
                flow.stored(need.id, version)

    def _failed(self, flow: _core.Flow, need: _core.Load | _core.Store, failure: Exception) -> None:
        self._store_failure = failure
        flow.failed(need.id, f"the store raised {type(failure).__name__}")

    @property
    def _doubts(self) -> Doubts:
        return cast("Doubts", self._client._doubts)

    def error(self, report: str, ending: Ending) -> FapiaoError:
        """The exception of a call that failed, with the one it comes from."""
        error = from_report(report, ending)
        cause = self._store_failure if error.code == "send.store" else None
        if cause is not None:
            error.details["cause"] = f"{type(cause).__module__}.{type(cause).__qualname__}"
            error.__cause__ = cause
        return error

    def unkept(self, error: FapiaoError | None) -> Exception | None:
        """What the store failed with, where the call had its own end all the same."""
        return None if error is not None and error.code == "send.store" else self._store_failure
