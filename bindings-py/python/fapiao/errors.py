"""What goes wrong, as exceptions: `code` is stable, `help` says what to do, `decision` what it means for the call."""

from __future__ import annotations

import json
from typing import Any, NamedTuple

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

    effect: str
    """Whether the call took effect: `yes`, `no` or `unknown`."""
    resend: str
    """Whether the same call may be made again: `no`, `now`, `other_host` or `later`."""
    first: str | None
    """The call that must answer first."""


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

    def __init__(
        self,
        report: dict[str, Any],
        decision: Decision | None = None,
        attempts: list[dict[str, Any]] | None = None,
    ) -> None:
        # The arguments carry everything, so pickling and copying work.
        super().__init__(report, decision, attempts)
        self.code = report["code"]
        self.fault = report["fault"]
        self.message = report["message"]
        self.help = report["help"]
        self.help_zh = report["help_zh"]
        self.page = report["page"]
        self.field = report["field"]
        self.details = report["details"]
        self.remote = report["remote"]
        self.decision = decision
        self.attempts = attempts or []

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
    """Signing, sealing, opening or decrypting failed."""


class VerificationError(FapiaoError):
    """The answer cannot be trusted; nothing in it was used."""


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
    `asyncio.timeout` and `asyncio.wait_for` make of a cancellation.
    """
    while error is not None:
        found = getattr(error, "decision", None)
        if isinstance(found, Decision):
            return found
        error = None if isinstance(error, FapiaoError) else error.__cause__ or error.__context__
    return None


GROUPS: dict[str, type[FapiaoError]] = {
    "input": InputError,
    "key": KeyFileError,
    "sign": CryptoError,
    "seal": CryptoError,
    "open": CryptoError,
    "decrypt": CryptoError,
    "verify": VerificationError,
    "parse": AnswerError,
    "limit": AnswerError,
    "remote": RemoteError,
    "download": DownloadError,
    "send": TransportError,
}
"""The class of each group of codes; a test walks the registry."""


def from_report(report: str, decision: str | None = None, attempts: str = "[]") -> FapiaoError:
    """Makes the exception for what the engine reports."""
    found: dict[str, Any] = json.loads(report)
    code: str = found["code"]
    kind = InputTypeError if code == "input.type" else GROUPS.get(code.partition(".")[0], FapiaoError)
    meaning = Decision(**json.loads(decision)) if decision is not None else None
    return kind(found, meaning, json.loads(attempts))
