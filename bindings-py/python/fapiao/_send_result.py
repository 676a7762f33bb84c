"""What becomes of a request."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import NamedTuple, Union

from . import _http, _kinds
from .errors import Cure

CHANGES = Cure(
    "this session changes requests on their way, which breaks their signature: leave URL and headers as they are",
    "该 session 会改动请求，导致签名失效：请勿改动 URL 和请求头",
)


class Response(NamedTuple):
    """An answer came, after so many milliseconds."""

    answer: _http.Answer
    milliseconds: int
    repeats: Cure | None = None
    """What to do about a session that repeats requests by itself, where it is known to."""
    changes: Cure | None = None
    """What to do about one that changed the request."""
    cause: Exception | None = None
    """What the session raised over this answer, as many do for 4xx and 5xx."""
    kind: str | None = None


class NotSent(NamedTuple):
    """The request certainly did not reach the gateway."""

    cause: Exception | None
    """The client's own exception, as it may be shown."""
    kind: str
    """Why, in one word."""
    repeats: Cure | None = None
    changes: Cure | None = None


class Lost(NamedTuple):
    """It may have reached it, and no answer came."""

    cause: Exception | None
    kind: str
    repeats: Cure | None = None
    changes: Cure | None = None


SendResult = Union[Response, NotSent, Lost]


def failed(reasons: Sequence[Exception], unsent: bool, repeats: Cure | None, kind: str | None = None) -> SendResult:
    """What an exception of a client, with those behind it, means."""
    kind = kind or _kinds.kind_of(reasons, unsent)
    return (NotSent if unsent else Lost)(shown(reasons), kind, repeats)


def cause_of(raised: Exception | None) -> Exception | None:
    """What a session raised over an answer, as it may be shown."""
    return None if raised is None else shown(_kinds.reasons_of(raised))


def since(started: float) -> int:
    """Milliseconds since then."""
    return round((time.monotonic() - started) * 1000)


def shown(reasons: Sequence[Exception]) -> Exception | None:
    """The first of an exception's reasons from which on none quotes the URL, whose query can hold a token."""
    quoting = [number for number, reason in enumerate(reasons, 1) if "?" in str(reason)]
    return next(iter(reasons[max(quoting, default=0) :]), None)
