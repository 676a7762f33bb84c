"""How long a request, and a whole send, may take."""

from __future__ import annotations

import time
from typing import Any, NamedTuple

DEFAULT = 30.0
"""Seconds for one request, where neither client nor session says another time."""


class Limits(NamedTuple):
    """What a program set."""

    timeout: float | None = None
    """Seconds for each request; where it is not given, the time-outs of the session stay."""
    until: float | None = None
    """When the whole send has to be over, by the monotonic clock."""

    def left(self) -> float | None:
        """Seconds that are left for the whole send."""
        return None if self.until is None else max(self.until - time.monotonic(), 0.001)

    def within(self, deadline: float | None) -> Limits:
        """The limits of a send that has to be over after so many seconds."""
        return self if deadline is None else self._replace(until=time.monotonic() + deadline)

    def passed(self, wait: float = 0) -> bool:
        """Whether the send is over, or would be after a wait."""
        return self.until is not None and time.monotonic() + wait >= self.until


def least(*seconds: float | None) -> float | None:
    """The shortest of some times; nothing sets no limit."""
    return min((limit for limit in seconds if limit is not None), default=None)


def seconds(name: str, value: Any) -> float | None:
    """A time that was passed."""
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise TypeError(f"{name} must be a number of seconds, not {type(value).__name__}")
    if not value > 0:
        raise ValueError(f"{name} must be more than 0 seconds")
    return float(value)
