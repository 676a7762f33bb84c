"""What a program knows of earlier attempts of a call, and of the client that sends it."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from . import _convert, _core


class History(NamedTuple):
    """What a flow is told before it begins."""

    in_doubt: str | None
    assume_in_doubt: bool
    repeats: bool

    @classmethod
    def checked(cls, in_doubt: str | None, assume_in_doubt: bool, repeats: bool) -> History:
        """Checks what was passed."""
        for name, value in {"assume_in_doubt": assume_in_doubt, "repeats": repeats}.items():
            if not isinstance(value, bool):
                raise TypeError(f"{name} must be a bool, not {type(value).__name__}")
        if assume_in_doubt and in_doubt is not None:
            raise TypeError("pass either in_doubt or assume_in_doubt, not both")
        return cls(_convert.optional_text("in_doubt", in_doubt), assume_in_doubt, repeats)

    def tell(self, flow: _core.Flow, now: Callable[[], int]) -> None:
        """Tells a flow."""
        if self.repeats:
            flow.client_repeats()
        if self.assume_in_doubt:
            flow.assume_in_doubt(now())
        if self.in_doubt is not None:
            flow.resume(self.in_doubt)
