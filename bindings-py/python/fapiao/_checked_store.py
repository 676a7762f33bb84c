"""The program's own store, with what it answers checked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ._drive import Settle


class CheckedStore:
    """A store of what is in doubt, and of tokens."""

    __slots__ = ("_asynchronous", "_store")

    def __init__(self, store: Any, asynchronous: bool) -> None:
        missing = [name for name in ("get", "put") if not callable(getattr(store, name, None))]
        if missing:
            raise TypeError(f"store must have the methods get and put, not be {type(store).__name__}")
        import inspect  # only where there is a store

        if not asynchronous and any(inspect.iscoroutinefunction(method) for method in (store.get, store.put)):
            raise _asynchronous(store)
        self._store, self._asynchronous = store, asynchronous

    async def get(self, settle: Settle, key: str) -> tuple[str, str] | None:
        """What is kept under a key, with its version."""
        kept = await self._settled(settle, self._store.get(key))
        if kept is None:
            return None
        if not isinstance(kept, (tuple, list)) or [type(part) for part in kept] != [str, str]:
            raise TypeError(f"store.get must return a tuple of text and version, or None, not {_told(kept)}")
        return kept[0], kept[1]

    async def put(self, settle: Settle, key: str, text: str, version: str | None) -> str | None:
        """Keeps a text where this version still is what is there; returns the new version, or nothing."""
        stored = await self._settled(settle, self._store.put(key, text, version))
        if stored is not None and not isinstance(stored, str):
            raise TypeError(f"store.put must return the new version as str, or None, not {_told(stored)}")
        return stored

    async def _settled(self, settle: Settle, result: Any) -> Any:
        awaitable = hasattr(result, "__await__")
        if awaitable and not self._asynchronous:
            if hasattr(result, "close"):
                result.close()
            raise _asynchronous(self._store)
        if self._asynchronous and not awaitable:
            name = type(self._store).__name__
            raise TypeError(f"store must be asynchronous here, and {name} blocks: give it to fapiao.Client")
        return await settle(result)


def _asynchronous(store: Any) -> TypeError:
    name = type(store).__name__
    return TypeError(f"store must be a blocking one here, and {name} is asynchronous: give it to fapiao.AsyncClient")


def _told(value: Any) -> str:
    """What came instead: its type, and those in it."""
    if isinstance(value, (tuple, list)):
        return f"{type(value).__name__} of {', '.join(type(part).__name__ for part in value) or 'nothing'}"
    return type(value).__name__
