"""What becomes of a request."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple, Union

from . import _http

if TYPE_CHECKING:
    from .errors import Cure


class Response(NamedTuple):
    """An answer came, after so many milliseconds."""

    answer: _http.Answer
    milliseconds: int
    repeats: Cure | None = None
    """What to do about a session that repeats requests by itself, where it is known to."""


class NotSent(NamedTuple):
    """The request certainly did not reach the gateway."""

    cause: Exception | None
    """The client's own exception, as it may be shown."""
    repeats: Cure | None = None


class Lost(NamedTuple):
    """It may have reached it, and no answer came."""

    cause: Exception | None
    repeats: Cure | None = None


SendResult = Union[Response, NotSent, Lost]


def since(started: float) -> int:
    """Milliseconds since then."""
    return round((time.monotonic() - started) * 1000)


def shown(reasons: Sequence[Exception]) -> Exception | None:
    """The first of an exception's reasons from which on none quotes the URL, whose query can hold a token."""
    quoting = [number for number, reason in enumerate(reasons, 1) if "?" in str(reason)]
    return next(iter(reasons[max(quoting, default=0) :]), None)
