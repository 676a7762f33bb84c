"""Callbacks in aiohttp.web."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Union

from aiohttp import web

from ..callbacks import Event, Receiver

__all__ = ["callback"]


def callback(
    receiver: Receiver, handler: Callable[[Event], Union[object, Awaitable[object]]]
) -> Callable[[web.Request], Awaitable[web.Response]]:
    """A request handler that gives each genuine event to `handler`, which may be asynchronous.

        app.router.add_post("/fapiao/callback", callback(receiver, handle))

    What `handler` raises is logged and answered with 500, so that the event comes again.
    """

    async def endpoint(request: web.Request) -> web.Response:
        received = await receiver.receive_async(request.raw_headers, await request.read())
        answer = await received.handle_async(handler)
        return web.Response(body=answer.body.encode(), status=answer.status, headers=answer.headers)

    return endpoint
