"""One call over a client's session and store."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from . import _body, _core, _send_result
from ._causes import Causes
from ._limits import Limits

if TYPE_CHECKING:
    from ._checked_store import CheckedStore
    from ._drive import Settle
    from .client import _Base


class Sending:
    """Does what a flow needs besides its keys."""

    __slots__ = ("_causes", "_client", "_limits", "_settle", "_store")
    needs: tuple[type, ...] = (_core.Send, _core.Wait, _core.Load, _core.Store)
    """What that is."""

    def __init__(self, client: _Base, settle: Settle, causes: Causes, limits: Limits, store: CheckedStore) -> None:
        self._client, self._settle, self._causes, self._limits = client, settle, causes, limits
        self._store = store

    async def do(self, flow: _core.Flow, need: Any) -> None:
        """Does one of them, and gives the result back."""
        if isinstance(need, _core.Send):
            await self._send(flow, need)
        elif isinstance(need, _core.Wait):
            await self._wait(flow, need)
        elif isinstance(need, _core.Load):
            await self._load(flow, need)
        else:
            await self._put(flow, need)

    async def _send(self, flow: _core.Flow, need: _core.Send) -> None:
        if self._limits.passed():
            flow.give(need.id, "not sent")
            raise self._causes.late()
        need.headers["accept-encoding"] = _body.ACCEPTED
        self._causes.sending()
        sent = self._client._session.send(need, self._limits)
        result = cast(_send_result.SendResult, await self._settle(sent))
        self._causes.sent(result)
        if result.repeats is not None:
            flow.client_repeats()
        if isinstance(result, _send_result.Response):
            status, headers, content = result.answer
            flow.answered(need.id, status, headers, content, result.milliseconds)
        elif isinstance(result, _send_result.NotSent):
            flow.give(need.id, "not sent")
        else:
            flow.give(need.id, "lost")

    async def _wait(self, flow: _core.Flow, need: _core.Wait) -> None:
        seconds = need.milliseconds / 1000
        if self._limits.passed(seconds):
            raise self._causes.late()
        await self._settle(self._client._pause(seconds))
        flow.give(need.id, "waited")

    async def _load(self, flow: _core.Flow, need: _core.Load) -> None:
        try:
            kept = await self._store.get(self._settle, need.key)
        except TypeError:
            # The program's mistake, and nothing was sent yet.
            raise
        except Exception as failure:
            self._failed(flow, need, failure)
        else:
            text, version = kept or ("", "")
            flow.give(need.id, "loaded", f"{version}\n{text}".encode() if kept else b"")

    async def _put(self, flow: _core.Flow, need: _core.Store) -> None:
        try:
            version = await self._store.put(self._settle, need.key, need.text, need.version)
        except Exception as failure:
            self._failed(flow, need, failure)
        else:
            if version is None:
                flow.give(need.id, "lost race")
            else:
                flow.give(need.id, "stored", version.encode())

    def _failed(self, flow: _core.Flow, need: _core.Load | _core.Store, failure: Exception) -> None:
        self._causes.store = failure
        flow.give(need.id, "failed")
