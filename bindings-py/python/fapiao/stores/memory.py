"""Stores in the memory of this process: for tests, and where one process makes all calls and a restart may forget."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import NamedTuple

__all__ = ["AsyncMemoryStore", "MemoryStore"]


class _Entry(NamedTuple):
    text: str
    version: str
    until: float | None


class MemoryStore:
    """A blocking store; threads may share it. `clock` gives seconds, `time.monotonic` by default."""

    __slots__ = ("_clock", "_entries", "_lock", "_versions")

    def __init__(self, *, clock: Callable[[], float] | None = None) -> None:
        if clock is not None and not callable(clock):
            raise TypeError(f"clock must be callable, not {type(clock).__name__}")
        self._clock = clock or time.monotonic
        self._entries: dict[str, _Entry] = {}
        self._lock = threading.Lock()
        self._versions = 0

    def get(self, key: str, /) -> tuple[str, str] | None:
        """What is kept under a key: the text and its version, or nothing."""
        with self._lock:
            entry = self._current(key)
        return None if entry is None else (entry.text, entry.version)

    def put(self, key: str, text: str, version: str | None, /, ttl: float | None = None) -> str | None:
        """Keeps a text, where what is there still has this version; returns the new one, or nothing."""
        with self._lock:
            entry = self._current(key)
            if version != (None if entry is None else entry.version):
                return None
            self._versions += 1
            until = None if ttl is None else self._clock() + ttl
            self._entries[key] = _Entry(text, str(self._versions), until)
            return str(self._versions)

    def _current(self, key: str) -> _Entry | None:
        entry = self._entries.get(key)
        if entry is not None and entry.until is not None and entry.until <= self._clock():
            del self._entries[key]
            return None
        return entry

    def __repr__(self) -> str:
        return f"{type(self).__name__}({len(self._entries)} kept)"


class AsyncMemoryStore:
    """The same, for `fapiao.AsyncClient`. `clock` gives seconds, `time.monotonic` by default."""

    __slots__ = ("_store",)

    def __init__(self, *, clock: Callable[[], float] | None = None) -> None:
        self._store = MemoryStore(clock=clock)

    async def get(self, key: str, /) -> tuple[str, str] | None:
        """What is kept under a key: the text and its version, or nothing."""
        return self._store.get(key)

    async def put(self, key: str, text: str, version: str | None, /, ttl: float | None = None) -> str | None:
        """Keeps a text, where what is there still has this version; returns the new one, or nothing."""
        return self._store.put(key, text, version, ttl)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({len(self._store._entries)} kept)"
