"""The stores that come with the package: they compare and swap."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from fapiao.stores.memory import AsyncMemoryStore, MemoryStore


def blocking(**more: Any) -> tuple[Any, Any]:
    """`get` and `put` of the blocking store."""
    store = MemoryStore(**more)
    return store.get, store.put


def awaited(**more: Any) -> tuple[Any, Any]:
    """Those of the asynchronous one."""
    store = AsyncMemoryStore(**more)
    return lambda *given: asyncio.run(store.get(*given)), lambda *given: asyncio.run(store.put(*given))


KINDS: list[Callable[..., tuple[Any, Any]]] = [blocking, awaited]


@pytest.mark.parametrize("kind", KINDS)
def test_only_who_knows_the_version_replaces_a_text(kind: Any) -> None:
    get, put = kind()
    assert get("key") is None
    first = put("key", "a", None)
    assert get("key") == ("a", first)
    assert put("key", "b", None) is None and put("key", "b", "another") is None and get("key") == ("a", first)
    second = put("key", "b", first)
    assert second != first and get("key") == ("b", second)
    assert put("key", "c", first) is None and put("other", "c", first) is None and get("other") is None


@pytest.mark.parametrize("kind", KINDS)
def test_a_text_is_gone_after_its_time_and_its_version_never_comes_back(kind: Any) -> None:
    now = [0.0]
    get, put = kind(clock=lambda: now[0])
    first = put("key", "a", None, 10)
    now[0] = 9.9
    assert get("key") == ("a", first)
    now[0] = 10
    assert get("key") is None and put("key", "b", first) is None
    assert put("key", "b", None) not in (None, first)


def test_of_many_threads_one_wins() -> None:
    store = MemoryStore()
    with ThreadPoolExecutor(8) as pool:
        won = [version for version in pool.map(lambda text: store.put("key", str(text), None), range(200)) if version]
    assert len(won) == 1 and (store.get("key") or ("", ""))[1] == won[0]


def test_a_clock_is_checked_and_contents_are_not_shown() -> None:
    with pytest.raises(TypeError, match="clock must be callable, not int"):
        MemoryStore(clock=1)  # type: ignore[arg-type]
    store = MemoryStore()
    store.put("key", "text", None)
    assert repr(store) == "MemoryStore(1 kept)"
