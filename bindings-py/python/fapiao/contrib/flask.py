"""Callbacks in Flask."""

from __future__ import annotations

from collections.abc import Callable

from flask import Response, request

from ..callbacks import Event, Receiver

__all__ = ["callback"]


def callback(receiver: Receiver, handler: Callable[[Event], object]) -> Callable[[], Response]:
    """A view that gives each genuine event to `handler`.

        app.add_url_rule("/fapiao/callback", view_func=callback(receiver, handle), methods=["POST"])

    What `handler` raises is logged and answered with 500, so that the event comes again.
    """

    def fapiao_callback() -> Response:
        answer = receiver.receive(request.headers.items(), request.get_data()).handle(handler)
        return Response(answer.body, answer.status, answer.headers)

    return fapiao_callback
