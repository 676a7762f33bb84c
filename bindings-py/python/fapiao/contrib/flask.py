"""Callbacks and pushes in Flask."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Response, request

from ..callbacks import Event, Receiver
from ..pushes import PushReceiver

__all__ = ["callback", "push"]


def callback(receiver: Receiver, handler: Callable[[Event], object]) -> Callable[[], Response]:
    """A view that gives each genuine event to `handler`.

        app.add_url_rule("/fapiao/callback", view_func=callback(receiver, handle), methods=["POST"])

    What `handler` raises is logged and answered with 500, so that the event comes again.
    """

    def fapiao_callback() -> Response:
        answer = receiver.receive(request.headers.items(), request.get_data()).handle(handler)
        return Response(answer.body, answer.status, answer.headers)

    return fapiao_callback


def push(receiver: PushReceiver, handler: Callable[[Any], object]) -> Callable[[], Response]:
    """A view that gives each genuine push to `handler`, and answers the console's check of the URL.

        app.add_url_rule("/wechat/push", view_func=push(receiver, handle), methods=["GET", "POST"])
    """

    def wechat_push() -> Response:
        answer = receiver.receive(request.query_string, request.get_data()).handle(handler)
        return Response(answer.body, answer.status, answer.headers)

    return wechat_push
