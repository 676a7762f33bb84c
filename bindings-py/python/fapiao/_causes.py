"""What the program's own session, store and keys failed with: the causes of a call's error."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from . import _core
from ._keys import KeyNeed, Missing
from .errors import Cure, Ending, FapiaoError, from_report, own_error

if TYPE_CHECKING:
    from ._send_result import SendResult


class Causes:
    """Their exceptions, by what each of them ended. The engine is told that something failed, and no text of theirs."""

    __slots__ = ("_before", "_cures", "_kinds", "_sent", "call", "store")

    def __init__(self, call: str) -> None:
        self.call: str = call
        self._before: Exception | None = None
        self._sent: list[Exception | None] = []
        self._kinds: list[str | None] = []
        self._cures: dict[Cure, None] = {}
        self.store: Exception | None = None
        """What the store failed with last."""

    @property
    def requests(self) -> int:
        """How many requests were sent."""
        return len(self._sent)

    def sending(self) -> None:
        """A request is sent."""
        self._sent.append(None)
        self._kinds.append(None)

    def sent(self, result: SendResult) -> None:
        """What became of it."""
        self._sent[-1], self._kinds[-1] = result.cause, result.kind
        self._cures.update(dict.fromkeys(filter(None, (result.repeats, result.changes))))

    def key(self, need: KeyNeed, failure: Exception) -> None:
        """A key operation failed: before a request was sent, or on its answer."""
        if isinstance(need, (_core.Sign, _core.Encrypt)) or not self._sent:
            self._before = failure
        else:
            self._sent[-1] = failure

    def error(self, report: str, ending: Ending) -> FapiaoError:
        """The exception of a call that failed, with the one it comes from."""
        error = from_report(report, ending, tuple(self._cures))
        place = self._place(error)
        self._explain(error, self._of(error, place), None if place is None else self._kinds[place])
        return error

    def unkept(self, error: FapiaoError | None) -> Exception | None:
        """What the store failed with, where the call had its own end all the same."""
        return None if error is not None and error.code == "send.store" else self.store

    def late(self) -> FapiaoError:
        """What is raised where the time for the whole send is over."""
        error = own_error("send.cancelled", "the deadline of this send passed", "deadline", Ending())
        if self._sent:
            self._explain(error, self._sent[-1])
        return error

    @staticmethod
    def _explain(error: FapiaoError, cause: Exception | None, kind: str | None = None) -> None:
        if kind is not None:
            error.details["kind"] = kind
        if cause is not None:
            error.details["cause"] = str(cause) if isinstance(cause, Missing) else _name(cause)
            error.__cause__ = cause

    def _of(self, error: FapiaoError, place: int | None) -> Exception | None:
        if error.code == "send.store":
            return self.store
        return self._before if place is None else self._sent[place]

    def _place(self, error: FapiaoError) -> int | None:
        """Which of the requests that were sent the call ended with."""
        attempts = enumerate(error.attempts[: self.requests])
        ends = [place for place, attempt in attempts if self._is_end(attempt, error.code)]
        return ends[-1] if ends else None

    def _is_end(self, attempt: dict[str, Any], code: str) -> bool:
        return bool(attempt["call"] == self.call and attempt["error"] == code)


def _name(cause: Exception) -> str:
    return f"{type(cause).__module__}.{type(cause).__qualname__}"
