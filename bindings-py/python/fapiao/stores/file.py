"""A store in a folder, for scripts and command lines: each key is a file that its owner alone can read."""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

__all__ = ["FileStore"]

# A lock that is older was left by a process that died.
_STALE = 10.0


class FileStore:
    """A blocking store; threads and processes of one machine may share the folder, which is made where it is missing."""

    __slots__ = ("_clock", "_folder")

    def __init__(self, folder: str | os.PathLike[str], *, clock: Callable[[], float] | None = None) -> None:
        """Takes a folder, not one that others can write to.

        Args:
            folder: The folder.
            clock: Unix seconds; `time.time` by default.
        """
        self._folder, self._clock = Path(folder), clock or time.time
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)

    def get(self, key: str, /) -> tuple[str, str] | None:
        """What is kept under a key: the text and its version, or nothing."""
        try:
            kept = json.loads(self._file(key).read_text("utf-8"))
            text, version, until = kept["text"], kept["version"], kept["until"]
        except (FileNotFoundError, ValueError, TypeError, KeyError):
            return None
        if until is not None and until <= self._clock():
            return None
        return text, version

    def put(self, key: str, text: str, version: str | None, /, ttl: float | None = None) -> str | None:
        """Keeps a text, where what is there still has this version; returns the new one, or nothing."""
        file = self._file(key)
        with self._locked(file):
            kept = self.get(key)
            if version != (kept[1] if kept else None):
                return None
            new = secrets.token_hex(8)
            until = None if ttl is None else self._clock() + ttl
            whole = file.with_suffix(f".{new}")
            with os.fdopen(os.open(whole, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as out:
                json.dump({"key": key, "text": text, "version": new, "until": until}, out)
            os.replace(whole, file)
            return new

    def _file(self, key: str) -> Path:
        return self._folder / f"{hashlib.sha256(key.encode()).hexdigest()[:32]}.json"

    @contextmanager
    def _locked(self, file: Path) -> Iterator[None]:
        lock = file.with_suffix(".lock")
        while True:
            try:
                os.close(os.open(lock, os.O_CREAT | os.O_EXCL, 0o600))
                break
            except FileExistsError:
                try:
                    if time.time() - lock.stat().st_mtime > _STALE:
                        lock.unlink()
                except FileNotFoundError:
                    continue
                time.sleep(0.01)
        try:
            yield
        finally:
            lock.unlink(missing_ok=True)

    def __repr__(self) -> str:
        return f"FileStore({self._folder})"
