"""Callbacks in Django."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from ..callbacks import Event, Receiver

__all__ = ["callback"]


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
