"""Stores on a Redis server, over the client of the package `redis`."""

from __future__ import annotations

import secrets
from typing import Any

__all__ = ["AsyncRedisStore", "RedisStore"]

_PUT = """
local there = redis.call('HGET', KEYS[1], 'version') or ''
if there ~= ARGV[2] then return 0 end
redis.call('HSET', KEYS[1], 'text', ARGV[1], 'version', ARGV[3])
if ARGV[4] == '' then redis.call('PERSIST', KEYS[1]) else redis.call('PEXPIRE', KEYS[1], ARGV[4]) end
return 1
"""


class RedisStore:
    """A blocking store over `redis.Redis`: `RedisStore(redis.Redis.from_url(…))`."""

    __slots__ = ("_client",)

    def __init__(self, client: Any) -> None:
        self._client = client

    def get(self, key: str, /) -> tuple[str, str] | None:
        """What is kept under a key: the text and its version, or nothing."""
        return _kept(self._client.hmget(key, "text", "version"))

    def put(self, key: str, text: str, version: str | None, /, ttl: float | None = None) -> str | None:
        """Keeps a text, where what is there still has this version; returns the new one, or nothing."""
        new = secrets.token_hex(8)
        return new if self._client.eval(_PUT, 1, key, *_arguments(text, version, new, ttl)) else None


class AsyncRedisStore:
    """The same over `redis.asyncio.Redis`, for `fapiao.AsyncClient`."""

    __slots__ = ("_client",)

    def __init__(self, client: Any) -> None:
        self._client = client

    async def get(self, key: str, /) -> tuple[str, str] | None:
        """What is kept under a key: the text and its version, or nothing."""
        return _kept(await self._client.hmget(key, "text", "version"))

    async def put(self, key: str, text: str, version: str | None, /, ttl: float | None = None) -> str | None:
        """Keeps a text, where what is there still has this version; returns the new one, or nothing."""
        new = secrets.token_hex(8)
        return new if await self._client.eval(_PUT, 1, key, *_arguments(text, version, new, ttl)) else None


def _kept(found: list[Any]) -> tuple[str, str] | None:
    text, version = (part.decode() if isinstance(part, bytes) else part for part in found)
    return None if version is None else (text, version)


def _arguments(text: str, version: str | None, new: str, ttl: float | None) -> tuple[str, str, str, str]:
    return text, version or "", new, "" if ttl is None else str(max(1, int(ttl * 1000)))
