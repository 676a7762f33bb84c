"""One send over each client, with sessions as programs set them up."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import aiohttp
import fapiao
import httpx
import requests
from support import without_waiting

Over = Callable[..., Any]


def caught(client: Any, call: fapiao.Call[Any], **how: Any) -> Any:
    """How a call ends over a blocking client; waits pass at once."""
    without_waiting(client)
    try:
        return client.send(call, **how)
    except fapiao.FapiaoError as error:
        return error


async def caught_awaited(client: Any, call: fapiao.Call[Any], **how: Any) -> Any:
    """The same, awaited."""
    without_waiting(client)
    try:
        return await client.send(call, **how)
    except fapiao.FapiaoError as error:
        return error


def over_httpx(call: fapiao.Call[Any], settings: dict[str, Any] | None = None, **how: Any) -> Any:
    """Over httpx."""
    with httpx.Client(**settings or {}) as session:
        return caught(fapiao.Client(session, **client_options(how)), call, **how)


def over_async_httpx(call: fapiao.Call[Any], settings: dict[str, Any] | None = None, **how: Any) -> Any:
    """Over httpx, awaited."""

    async def send() -> Any:
        async with httpx.AsyncClient(**settings or {}) as session:
            return await caught_awaited(fapiao.AsyncClient(session, **client_options(how)), call, **how)

    return asyncio.run(send())


def over_requests(call: fapiao.Call[Any], settings: dict[str, Any] | None = None, **how: Any) -> Any:
    """Over requests."""
    with requests.Session() as session:
        for name, value in (settings or {}).items():
            setattr(session, name, value)
        return caught(fapiao.Client(session, **client_options(how)), call, **how)


def over_aiohttp(call: fapiao.Call[Any], settings: dict[str, Any] | None = None, **how: Any) -> Any:
    """Over aiohttp."""

    async def send() -> Any:
        async with aiohttp.ClientSession(**settings or {}) as session:
            return await caught_awaited(fapiao.AsyncClient(session, **client_options(how)), call, **how)

    return asyncio.run(send())


def client_options(how: dict[str, Any]) -> dict[str, Any]:
    """What of the options goes to the client; the rest stays for the send."""
    return {name: how.pop(name) for name in ("timeout", "observer") if name in how}


CLIENTS = [over_httpx, over_async_httpx, over_requests, over_aiohttp]
