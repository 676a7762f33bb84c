"""Callbacks and pushes in aiohttp.web."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, Union

from aiohttp import web

from ..callbacks import Event, Receiver
from ..pushes import PushReceiver

__all__ = ["callback", "push"]


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


def push(
    receiver: PushReceiver, handler: Callable[[Any], Union[object, Awaitable[object]]]
) -> Callable[[web.Request], Awaitable[web.Response]]:
    """A request handler that gives each genuine push to `handler`, and answers the console's check of the URL.

        app.router.add_route("*", "/wechat/push", push(receiver, handle))
    """

    async def endpoint(request: web.Request) -> web.Response:
        pushed = receiver.receive(request.rel_url.raw_query_string, await request.read())
        answer = await pushed.handle_async(handler)
        return web.Response(body=answer.body.encode(), status=answer.status, headers=answer.headers)

    return endpoint
