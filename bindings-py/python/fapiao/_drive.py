"""Flows driven to their end, or to the request they want sent: take the needs, do them, give the results back."""

from __future__ import annotations

import sys
import time
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any, Union, cast

from . import _core, _keys, _sessions, _stopped

if TYPE_CHECKING:
    from ._call import Caller

Sender = Callable[[_core.Flow, _core.Send], None]
AsyncSender = Callable[[_core.Flow, _core.Send], Awaitable[None]]
End = Union[_core.Send, _core.Outcome]
Step = Callable[[_core.Flow], Any]
AGENT = " python/{}.{}".format(*sys.version_info)
"""What the engine's User-Agent is followed by."""


def run(caller: Caller, flow: _core.Flow, send: Sender | None = None, step: Step | None = None) -> End:
    """Drives a flow; without `send` only to the request it wants sent."""
    course = _course(_Blocking(), caller, flow, send, step)
    try:
        course.send(None)
    except StopIteration as end:
        return cast(End, end.value)
    raise RuntimeError("something that blocks was awaited")


async def run_async(
    caller: Caller, flow: _core.Flow, send: AsyncSender | None = None, step: Step | None = None
) -> End:
    """Drives a flow, awaiting whatever has to be awaited."""
    return await _course(_Awaiting(), caller, flow, send, step)


class _Blocking:
    """Results are there at once, so that nothing is ever awaited."""

    async def settled(self, result: Any) -> Any:
        return result

    async def pause(self, seconds: float) -> None:
        time.sleep(seconds)


class _Awaiting:
    """Results may have to be awaited."""

    async def settled(self, result: Any) -> Any:
        return await result if hasattr(result, "__await__") else result

    async def pause(self, seconds: float) -> None:
        import asyncio  # only where it runs already

        await asyncio.sleep(seconds)


async def _course(
    host: _Blocking | _Awaiting, caller: Caller, flow: _core.Flow, send: Callable[..., Any] | None, step: Step | None
) -> End:
    """The one implementation of both."""
    go_on = step or caller._step
    open: list[Any] = []
    try:
        while True:
            found = go_on(flow)
            if isinstance(found, _core.Outcome):
                return found
            for number, need in enumerate(found):
                open = found[number:]
                if isinstance(need, _core.Send):
                    need.headers["user-agent"] += AGENT
                    if send is None:
                        return need
                    await host.settled(send(flow, need))
                elif isinstance(need, _core.Wait):
                    await host.pause(need.milliseconds / 1000)
                    flow.waited(need.id)
                else:
                    await _work(host, caller, flow, need)
    except BaseException as stop:
        _stopped.tell(caller, flow, open, stop)
        raise


async def _work(host: _Blocking | _Awaiting, caller: Caller, flow: _core.Flow, need: _keys.KeyNeed) -> None:
    """Has one key operation done."""
    try:
        result = await host.settled(caller._keys.ask(need))
    except Exception as error:
        _keys.fail(flow, need, error)
    else:
        _keys.give(flow, need, result)


def give(flow: _core.Flow, need: _core.Send, fate: _sessions.Fate) -> None:
    """Tells a flow what became of a request."""
    if isinstance(fate, _sessions.Came):
        status, headers, content = fate.answer
        flow.answered(need.id, status, headers, content, fate.milliseconds)
    elif isinstance(fate, _sessions.NotSent):
        flow.not_sent(need.id)
    else:
        flow.lost(need.id)
