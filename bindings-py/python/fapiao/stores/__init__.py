"""Where a program keeps what has to outlive a call or a process: what is in doubt, and the access tokens of accounts.

A store has two methods, which block in a `Store` (for `fapiao.Client`) and are awaited in an `AsyncStore` (for
`fapiao.AsyncClient`). It compares and swaps, so that of two workers at one call one sends. What it is given to keep
holds nothing secret but the tokens, and nothing personal.
"""

from __future__ import annotations

from typing import Protocol

__all__ = ["AsyncStore", "Store"]


class Store(Protocol):
    """A store whose methods block."""

    def get(self, key: str, /) -> tuple[str, str] | None:
        """What is kept under a key: the text and its version, or nothing."""
        ...

    def put(self, key: str, text: str, version: str | None, /, ttl: float | None = None) -> str | None:
        """Keeps a text, where what is there still has this version (or nothing is there, and there is none).

        Args:
            key: The key, at most 128 characters.
            text: The text; it takes the place of what was there.
            version: The version that `get` or an earlier `put` returned, `None` where nothing was there.
            ttl: For how many seconds it is kept at least; for ever without it.

        Returns:
            The new version, unlike every one before; `None` where another worker was first: then nothing was kept.
        """
        ...


class AsyncStore(Protocol):
    """A store whose methods are awaited; for the rest like `Store`."""

    async def get(self, key: str, /) -> tuple[str, str] | None:
        """What is kept under a key: the text and its version, or nothing."""
        ...

    async def put(self, key: str, text: str, version: str | None, /, ttl: float | None = None) -> str | None:
        """Keeps a text, where what is there still has this version; returns the new one, or nothing."""
        ...
