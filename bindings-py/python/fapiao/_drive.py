"""Flows driven to their end, or to the request they want sent: take the needs, do them, give the results back."""

from __future__ import annotations

import sys
from collections.abc import Awaitable, Callable, Coroutine
from typing import TYPE_CHECKING, Any, NamedTuple, Union, cast

from . import _core, _interrupted, _keys
from ._causes import Causes

if TYPE_CHECKING:
    from ._call import Caller
    from ._sending import Sending

End = Union[_core.Send, _core.Outcome]
Step = Callable[[_core.Flow], Any]
Settle = Callable[[Any], Awaitable[Any]]
"""Awaits a result where it has to be awaited."""
AGENT = " python/{}.{}".format(*sys.version_info)
"""What the engine's User-Agent is followed by."""


class Run(NamedTuple):
    """A flow on its way."""

    caller: Caller
    flow: _core.Flow
    causes: Causes
    sending: Sending | None = None
    """Without it, the flow is driven only to the request it wants sent."""


def blocking(run: Run, step: Step | None = None) -> End:
    """Drives a flow."""
    return cast(End, finished(_drive(at_once, run, step or run.caller._step)))


async def awaiting(run: Run, step: Step | None = None) -> End:
    """Drives a flow, awaiting whatever has to be awaited."""
    return await _drive(awaited, run, step or run.caller._step)


def finished(work: Coroutine[Any, Any, Any]) -> Any:
    """What comes of work that settles everything `at_once`: it never waits."""
    try:
        work.send(None)
    except StopIteration as end:
        return end.value
    raise RuntimeError("something that blocks was awaited")


async def at_once(result: Any) -> Any:
    """Takes a result that is there: nothing is ever awaited."""
    return result


async def awaited(result: Any) -> Any:
    """Takes a result that may have to be awaited."""
    return await result if hasattr(result, "__await__") else result


async def _drive(settle: Settle, run: Run, step: Step) -> End:
    """The one implementation of both."""
    flow, sending = run.flow, run.sending
    open: list[Any] = []
    try:
        while True:
            found = step(flow)
            if isinstance(found, _core.Outcome):
                return found
            for number, need in enumerate(found):
                open = found[number:]
                if isinstance(need, _core.Send):
                    need.headers["user-agent"] += AGENT
                    if sending is None:
                        return need
                if sending is not None and isinstance(need, sending.needs):
                    await sending.do(flow, need)
                else:
                    await _ask(settle, run, need)
    except BaseException as stop:
        _interrupted.annotate(run, open, stop)
        raise


async def _ask(settle: Settle, run: Run, need: _keys.KeyNeed) -> None:
    """Has one key operation done."""
    try:
        result = await settle(run.caller._keys.ask(need))
    except Exception as failure:
        run.causes.key(need, failure)
        run.flow.give(need.id, "failed")
    else:
        _keys.give(run.flow, need, result)
