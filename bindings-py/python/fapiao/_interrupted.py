"""Calls interrupted on their way: cancelled, stopped by a key, or by an exception in a callable of the program."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from . import _core
from .errors import Ending, FapiaoError

if TYPE_CHECKING:
    from ._call import Caller
    from ._drive import Run


def annotate(run: Run, open: Sequence[Any], stop: BaseException) -> None:
    """Has the flow say what the interruption means for the call, and writes that on the exception."""
    try:
        conclude(run.caller, run.flow, open)
        ending = Ending.of(run.flow.report())
        # To end a flow, its last requests can be given up before they are sent.
        ending = ending._replace(attempts=ending.attempts[: run.causes.requests])
    except Exception:
        # After a defect, or when the clock was what failed, nothing can be said.
        return
    ending.write_on(stop)
    decision = ending.decision
    if decision is not None and hasattr(stop, "add_note"):
        first = f", ask {decision.first} first" if decision.first else ""
        stop.add_note(f"fapiao: the call was stopped; took effect: {decision.effect}, resend: {decision.resend}{first}")


def conclude(caller: Caller, flow: _core.Flow, open: Sequence[Any]) -> None:
    """Ends a flow: what is on its way is lost, and nothing more is sent, waited for, kept, or asked of a key."""
    flow.once()
    lost = True
    while True:
        for need in open:
            # The one that was stopped may have been answered the moment before.
            with suppress(FapiaoError):
                give_up(flow, need, lost)
        step = caller._step(flow)
        if isinstance(step, _core.Outcome):
            return
        open, lost = step, False


def give_up(flow: _core.Flow, need: Any, lost: bool) -> None:
    """Answers a need without doing it."""
    if isinstance(need, _core.Wait):
        flow.give(need.id, "waited")
    elif not isinstance(need, _core.Send):
        flow.give(need.id, "failed")
    elif lost:
        flow.give(need.id, "lost")
    else:
        flow.give(need.id, "not sent")
