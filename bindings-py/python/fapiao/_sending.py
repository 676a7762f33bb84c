"""One call over a client's session."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from . import _core, _sessions

if TYPE_CHECKING:
    from ._drive import Settle
    from .client import _Base


class Sending:
    """Does what a flow needs besides its keys."""

    __slots__ = ("_client", "_settle")
    needs = (_core.Send, _core.Wait)
    """What that is."""

    def __init__(self, client: _Base, settle: Settle) -> None:
        self._client, self._settle = client, settle

    async def do(self, flow: _core.Flow, need: Any) -> None:
        """Does one of them, and gives the result back."""
        if isinstance(need, _core.Send):
            await self._send(flow, need)
        else:
            await self._settle(self._client._pause(need.milliseconds / 1000))
            flow.waited(need.id)

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
