"""What goes wrong, as exceptions: `code` is stable, `help` says what to do, `decision` what it means for the call."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, Literal, NamedTuple

from . import _core

__all__ = [
    "AnswerError",
    "CryptoError",
    "Decision",
    "DownloadError",
    "FapiaoError",
    "InputError",
    "InputTypeError",
    "KeyFileError",
    "RemoteError",
    "TransportError",
    "VerificationError",
    "decision_of",
]


class Decision(NamedTuple):
    """What an outcome means and what is right to do next."""

    effect: Literal["yes", "no", "unknown"]
    """Whether the call took effect."""
    resend: Literal["no", "now", "other_host", "later"]
    """Whether the same call may be made again."""
    first: str | None
    """The call that must answer first."""
    ask_after: int | None = None
    """Of an unknown effect: from when on (Unix seconds) the answer of `first` is final."""


class Ending(NamedTuple):
    """What an end means for the call, and what else is known of it."""

    decision: Decision | None = None
    attempts: list[dict[str, Any]] = []
    warnings: list[dict[str, str]] = []
    in_doubt: str | None = None

    @classmethod
    def of(cls, report: str | None) -> Ending:
        """Reads the engine's report; without one, no call was on its way."""
        if report is None:
            return cls()
        found: dict[str, Any] = json.loads(report)
        return cls(Decision(**found["decision"]), found["attempts"], found["warnings"], found["in_doubt"])

    def write_on(self, error: BaseException) -> None:
        """Makes each of them an attribute."""
        for name, value in self._asdict().items():
            # Of lists each error has its own.
            setattr(error, name, list(value) if isinstance(value, list) else value)
        if isinstance(error, FapiaoError):
            error.args = (error.args[0], self)


class Cure(NamedTuple):
    """What to do besides what the code says, in both languages."""

    help: str
    help_zh: str


class FapiaoError(Exception):
    """The root of every error here."""

    code: str
    """The stable code, `group.name`."""
    fault: str
    """Who has to act: `caller`, `remote`, `integrity` or `environment`."""
    message: str
    """One line without secrets or personal data."""
    help: str
    """What to do, one line."""
    help_zh: str
    """What to do, one line of Chinese."""
    page: str
    """The official page the rule comes from."""
    field: str | None
    """The field (JSON pointer), header or configuration entry at fault."""
    details: dict[str, str]
    """Further facts, safe to log."""
    remote: dict[str, Any] | None
    """What the gateway said: not authenticated, and it can quote what was sent, so keep it out of logs."""
    decision: Decision | None
    """What it means for the call; nothing where no call was on its way."""
    attempts: list[dict[str, Any]]
    """Every request that was sent, safe to log."""
    warnings: list[dict[str, str]]
    """What the documents advise against in the request, each with `field` and `message`."""
    in_doubt: str | None
    """Of an unknown effect: the text to keep, and to hand in again at the same call."""

    def __init__(self, report: dict[str, Any], ending: Ending = Ending()) -> None:
        # The arguments carry everything, so pickling and copying work.
        super().__init__(report, ending)
        self.code = report["code"]
        self.fault = report["fault"]
        self.message = report["message"]
        self.help = report["help"]
        self.help_zh = report["help_zh"]
        self.page = report["page"]
        self.field = report["field"]
        self.details = report["details"]
        self.remote = report["remote"]
        ending.write_on(self)

    def __str__(self) -> str:
        return f"{self.code}: {self.message}"

    def __repr__(self) -> str:
        return f"{type(self).__name__}({str(self)!r})"


class InputError(FapiaoError, ValueError):
    """The program passed something wrong; `field` names it."""


class InputTypeError(InputError, TypeError):
    """A field has a value of the wrong type."""


class KeyFileError(FapiaoError, ValueError):
    """A key, certificate or serial number is not what it should be."""


class CryptoError(FapiaoError):
    """Signing, encrypting or decrypting failed."""


class VerificationError(FapiaoError):
    """The answer cannot be trusted; nothing in it was used."""


class PushError(FapiaoError):
    """A push cannot be trusted, or not be read; nothing in it was used."""


class AnswerError(FapiaoError):
    """A verified answer does not have the documented form."""


class RemoteError(FapiaoError):
    """The gateway, or something before it, refused; `remote` holds what it said."""


class DownloadError(FapiaoError):
    """A file, or the link to it, is not the one announced."""


class TransportError(FapiaoError, ConnectionError):
    """The request or its answer did not get through; `decision` says whether it may have taken effect."""


def decision_of(error: BaseException | None) -> Decision | None:
    """What an error means for the call it ended: nothing where no call was on its way.

    Also of what is no `FapiaoError`: a send that was cancelled or interrupted, and the `TimeoutError` that
    `asyncio.timeout` and `asyncio.wait_for` make of a cancellation. Of an exception that was merely raised while
    another was handled, nothing is concluded.
    """
    while error is not None:
        found = getattr(error, "decision", None)
        if isinstance(found, Decision):
            return found
        error = None if isinstance(error, FapiaoError) else error.__cause__ or _cancellation(error)
    return None


def _cancellation(error: BaseException) -> BaseException | None:
    """The cancellation that a time-out was made of; not every time-out names it as its cause."""
    context = error.__context__
    # In CPython 3.10, asyncio has a TimeoutError of its own.
    timed_out = any(base.__name__ == "TimeoutError" for base in type(error).__mro__)
    return context if timed_out and not isinstance(context, Exception) else None


GROUPS: dict[str, type[FapiaoError]] = {
    "input": InputError,
    "key": KeyFileError,
    "sign": CryptoError,
    "seal": CryptoError,
    "open": CryptoError,
    "decrypt": CryptoError,
    "verify": VerificationError,
    "push": PushError,
    "life": InputError,
    "parse": AnswerError,
    "limit": AnswerError,
    "remote": RemoteError,
    "download": DownloadError,
    "send": TransportError,
}
"""The class of each group of codes; a test walks the registry."""


def from_report(report: str, ending: Ending = Ending(), cures: Sequence[Cure] = ()) -> FapiaoError:
    """Makes the exception for what the engine reports."""
    found: dict[str, Any] = json.loads(report)
    code: str = found["code"]
    kind = InputTypeError if code == "input.type" else GROUPS.get(code.partition(".")[0], FapiaoError)
    for cure in cures:
        found["help"], found["help_zh"] = f"{found['help']}; {cure.help}", f"{found['help_zh']}；{cure.help_zh}"
    return kind(found, ending)


def own_error(code: str, message: str, field: str, ending: Ending = Ending()) -> FapiaoError:
    """An error that this package finds itself, as the registry has it."""
    entry = next(entry for entry in json.loads(_core.registry()) if entry["code"] == code)
    return from_report(json.dumps({**entry, "message": message, "field": field, "details": {}, "remote": None}), ending)
