"""A body as it comes over the wire, unfolded up to a limit: a small answer can unfold to hundreds of megabytes."""

from __future__ import annotations

import time
import zlib
from typing import Any

from . import _core

ACCEPTED = "gzip, deflate"
"""What is asked for: what can be unfolded here, step by step."""
MOST_JSON = 8 * 1024 * 1024
MOST_FILE = 32 * 1024 * 1024
"""Longest bodies the engine takes, bytes."""
PIECE = 64 * 1024
GZIP_OR_ZLIB, RAW = zlib.MAX_WBITS | 32, -zlib.MAX_WBITS
"""What zlib calls what it unfolds; some servers send `deflate` without its head."""


class Garbled(Exception):
    """A body that is not compressed as its header says."""


class Body:
    """Takes the pieces of a body until it is whole, too long, or late."""

    def __init__(self, need: _core.Send, encoding: str | None, end: float | None) -> None:
        self._most = MOST_JSON if need.headers.get("accept") == "application/json" else MOST_FILE
        self._end = end
        self._unfold: Any = zlib.decompressobj(GZIP_OR_ZLIB) if encoding in ("gzip", "x-gzip", "deflate") else None
        self._may_be_raw, self._is_raw = encoding == "deflate", False
        self._pieces: list[bytes] = []
        self._length = 0

    def take(self, piece: bytes) -> bool:
        """Takes what came next; says whether more is wanted."""
        if self._end is not None and time.monotonic() > self._end:
            raise late()
        if self._unfold is None:
            return self._keep(piece)
        while piece:
            if not self._keep(self._unfolded(piece)):
                return False
            piece = self._unfold.unconsumed_tail or self._following()
        return True

    def whole(self) -> bytes:
        """The body; of one that is too long, so much that the engine refuses it."""
        if self._length > self._most:
            return bytes(self._most + 1)
        return b"".join(self._pieces)

    def _keep(self, piece: bytes) -> bool:
        self._length += len(piece)
        if self._length > self._most:
            self._pieces.clear()
            return False
        self._pieces.append(piece)
        return True

    def _unfolded(self, piece: bytes) -> bytes:
        try:
            return bytes(self._unfold.decompress(piece, PIECE))
        except zlib.error as error:
            if self._length or self._is_raw or not self._may_be_raw:
                raise Garbled("the answer is not compressed as its Content-Encoding says") from error
        self._unfold, self._is_raw = zlib.decompressobj(RAW), True
        return self._unfolded(piece)

    def _following(self) -> bytes:
        """What follows a part that is over: gzip allows several."""
        following: bytes = b"" if self._is_raw else self._unfold.unused_data
        if following:
            self._unfold = zlib.decompressobj(GZIP_OR_ZLIB)
        return following


def late() -> TimeoutError:
    """What is raised when the time is over."""
    return TimeoutError("the answer was not whole in time")


def encoding_of(headers: Any) -> str | None:
    """How a body is compressed, by the headers of a client's response."""
    found = headers.get("content-encoding")
    return None if found is None else str(found).strip().lower()
