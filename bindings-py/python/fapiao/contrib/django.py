"""Callbacks and pushes in Django."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from ..callbacks import Event, Receiver
from ..pushes import PushReceiver

__all__ = ["callback", "push"]


def callback(receiver: Receiver, handler: Callable[[Event], object]) -> Callable[[HttpRequest], HttpResponse]:
    """A view that gives each genuine event to `handler`; WeChat Pay has no CSRF token, and needs none.

        urlpatterns = [path("fapiao/callback", callback(receiver, handle))]

    What `handler` raises is logged and answered with 500, so that the event comes again.
    """

    @csrf_exempt
    @require_POST
    def view(request: HttpRequest) -> HttpResponse:
        answer = receiver.receive(request.headers.items(), request.body).handle(handler)
        return HttpResponse(answer.body, status=answer.status, headers=answer.headers)

    return view


def push(receiver: PushReceiver, handler: Callable[[Any], object]) -> Callable[[HttpRequest], HttpResponse]:
    """A view that gives each genuine push to `handler`, and answers the console's check of the URL.

        urlpatterns = [path("wechat/push", push(receiver, handle))]
    """

    @csrf_exempt
    @require_http_methods(["GET", "POST"])
    def view(request: HttpRequest) -> HttpResponse:
        answer = receiver.receive(request.META["QUERY_STRING"], request.body).handle(handler)
        return HttpResponse(answer.body, status=answer.status, headers=answer.headers)

    return view
