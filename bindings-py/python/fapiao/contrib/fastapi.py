"""Callbacks and pushes in FastAPI and Starlette."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, Union

from starlette.requests import Request
from starlette.responses import Response

from ..callbacks import Event, Receiver
from ..pushes import PushReceiver

__all__ = ["callback", "push"]


def callback(
    receiver: Receiver, handler: Callable[[Event], Union[object, Awaitable[object]]]
) -> Callable[[Request], Awaitable[Response]]:
    """An endpoint that gives each genuine event to `handler`, which may be asynchronous.

        app.add_route("/fapiao/callback", callback(receiver, handle), methods=["POST"])

    What `handler` raises is logged and answered with 500, so that the event comes again.
    """

    async def endpoint(request: Request) -> Response:
        received = await receiver.receive_async(request.headers.raw, await request.body())
        answer = await received.handle_async(handler)
        return Response(answer.body, answer.status, answer.headers)

    return endpoint


def push(
    receiver: PushReceiver, handler: Callable[[Any], Union[object, Awaitable[object]]]
) -> Callable[[Request], Awaitable[Response]]:
    """An endpoint that gives each genuine push to `handler`, and answers the console's check of the URL.

        app.add_route("/wechat/push", push(receiver, handle), methods=["GET", "POST"])
    """

    async def endpoint(request: Request) -> Response:
        answer = await receiver.receive(request.url.query, await request.body()).handle_async(handler)
        return Response(answer.body, answer.status, answer.headers)

    return endpoint
