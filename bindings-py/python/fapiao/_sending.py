"""One call over a client's session and store, and what their own exceptions were."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from . import _core, _send_result
from .errors import Cure, Ending, FapiaoError, from_report

if TYPE_CHECKING:
    from ._doubts import Doubts
    from ._drive import Settle
    from .client import _Base


class Sending:
    """Does what a flow needs besides its keys."""

    __slots__ = ("_causes", "_client", "_cure", "_settle", "_store_failure")
    needs = (_core.Send, _core.Wait, _core.Load, _core.Store)
    """What that is."""

    def __init__(self, client: _Base, settle: Settle) -> None:
        self._client, self._settle = client, settle
        self._causes: list[Exception | None] = []
        self._cure: Cure | None = None
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
        result = cast(_send_result.SendResult, await self._settle(client._session.send(need, client._timeout)))
        if result.repeats is not None:
            self._cure = result.repeats
            flow.client_repeats()
        if isinstance(result, _send_result.Response):
            self._causes.append(None)
            status, headers, content = result.answer
            flow.answered(need.id, status, headers, content, result.milliseconds)
            return
        self._causes.append(result.cause)
        if isinstance(result, _send_result.NotSent):
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

    def error(self, call: str, report: str, ending: Ending) -> FapiaoError:
        """The exception of a call that failed, with the one it comes from."""
        error = from_report(report, ending, self._cure)
        cause = self._cause(call, error)
        if cause is not None:
            error.details["cause"] = f"{type(cause).__module__}.{type(cause).__qualname__}"
            error.__cause__ = cause
        return error

    def _cause(self, call: str, error: FapiaoError) -> Exception | None:
        if error.code == "send.store":
            return self._store_failure
        own = [cause for attempt, cause in zip(error.attempts, self._causes) if _is_end(attempt, call, error.code)]
        return own[-1] if own else None

    def unkept(self, error: FapiaoError | None) -> Exception | None:
        """What the store failed with, where the call had its own end all the same."""
        return None if error is not None and error.code == "send.store" else self._store_failure


def _is_end(attempt: dict[str, Any], call: str, code: str) -> bool:
    return bool(attempt["call"] == call and attempt["error"] == code)
