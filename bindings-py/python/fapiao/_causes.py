"""What the program's own session, store and keys failed with: the causes of a call's error."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from . import _core
from ._keys import KeyNeed, Missing
from .errors import Cure, Ending, FapiaoError, from_report

if TYPE_CHECKING:
    from ._send_result import SendResult


class Causes:
    """Their exceptions, by what each of them ended. The engine is told that something failed, and no text of theirs."""

    __slots__ = ("_before", "_call", "_cure", "_sent", "store")

    def __init__(self, call: str) -> None:
        self._call = call
        self._before: Exception | None = None
        self._sent: list[Exception | None] = []
        self._cure: Cure | None = None
        self.store: Exception | None = None
        """What the store failed with last."""

    def sent(self, result: SendResult | None) -> None:
        """A request was sent; what became of it, where that is known."""
        self._sent.append(getattr(result, "cause", None))
        self._cure = getattr(result, "repeats", None) or self._cure

    def key(self, need: KeyNeed, failure: Exception) -> None:
        """A key operation failed: before a request was sent, or on its answer."""
        if isinstance(need, (_core.Sign, _core.Encrypt)) or not self._sent:
            self._before = failure
        else:
            self._sent[-1] = failure

    def error(self, report: str, ending: Ending) -> FapiaoError:
        """The exception of a call that failed, with the one it comes from."""
        error = from_report(report, ending, self._cure)
        cause = self._of(error)
        if cause is not None:
            error.details["cause"] = str(cause) if isinstance(cause, Missing) else _kind(cause)
            error.__cause__ = cause
        return error

    def unkept(self, error: FapiaoError | None) -> Exception | None:
        """What the store failed with, where the call had its own end all the same."""
        return None if error is not None and error.code == "send.store" else self.store

    def _of(self, error: FapiaoError) -> Exception | None:
        if error.code == "send.store":
            return self.store
        ends = [cause for attempt, cause in zip(error.attempts, self._sent) if self._is_end(attempt, error.code)]
        return ends[-1] if ends else self._before

    def _is_end(self, attempt: dict[str, Any], code: str) -> bool:
        return bool(attempt["call"] == self._call and attempt["error"] == code)


def _kind(cause: Exception) -> str:
    return f"{type(cause).__module__}.{type(cause).__qualname__}"
