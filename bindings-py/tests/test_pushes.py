"""Pushes to an account's server: what is believed, what is answered, and the adapters in their own frameworks."""

from __future__ import annotations

import asyncio
import json
import logging
import urllib.error
import urllib.request
from typing import Any

import fapiao
import pytest
from aiohttp import web
from conftest import CASES
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.urls import path
from fapiao.contrib import aiohttp as for_aiohttp
from fapiao.contrib import django as for_django
from fapiao.contrib import fastapi as for_fastapi
from fapiao.contrib import flask as for_flask
from fapiao.pushes import PushReceiver
from fastapi import FastAPI
from flask import Flask
from support import ROOT, content
from test_callbacks import asgi, served, wsgi
from test_vectors import kept

FILE = "pushes.json"
VECTORS: list[dict[str, Any]] = json.loads((ROOT / "tests/vectors" / FILE).read_bytes())["cases"]


def vector(name: str) -> dict[str, Any]:
    """The vector of that name."""
    return next(case for case in VECTORS if case["id"] == name)


@pytest.mark.parametrize("case", VECTORS, ids=lambda case: case["id"])
def test_vector(case: dict[str, Any]) -> None:
    """What becomes of a push, what is answered, and what it says."""
    given, stages = case["input"], case["stages"]
    pushed = PushReceiver(**given["receiver"]).receive(given["query"], content(given, "body") or b"")
    assert (pushed.reception, pushed.answer.status) == (stages["reception"], stages["status"])
    assert (pushed.event_type, pushed.key) == (stages.get("event_type"), stages.get("key"))
    assert kept(pushed.event, stages.get("event"))
    assert (pushed.error and pushed.error.code) == case.get("code")
    if "field" in case:
        assert pushed.error is not None
        assert pushed.error.field == case["field"]
    if pushed.error is None:
        assert pushed.answer.body == stages["body"]
    CASES[FILE, "ran"] += 1


def test_what_is_no_query_or_no_raw_body_is_refused() -> None:
    """A parsed body cannot be verified."""
    receiving = PushReceiver(**vector("status-json")["input"]["receiver"])
    for query, body in [({"a": 1}, b""), ("a=1", "text"), ("a=1", {"a": 1})]:
        with pytest.raises(TypeError):
            receiving.receive(query, body)  # type: ignore[arg-type]


def test_a_wrong_configuration_is_named() -> None:
    """Each mistake when the receiver is made."""
    with pytest.raises(fapiao.KeyFileError) as short:
        PushReceiver(appid="wx1", token="t", encoding_aes_key="A" * 42)
    assert (short.value.code, short.value.field) == ("key.length", "encoding_aes_key")
    with pytest.raises(fapiao.InputError) as empty:
        PushReceiver(appid="wx1", token="")
    assert empty.value.field == "token"
    with pytest.raises(fapiao.InputError) as appid:
        PushReceiver(appid="wx 1", token="t")
    assert appid.value.field == "appid"


def test_nothing_that_is_shown_holds_a_secret_or_the_body(caplog: pytest.LogCaptureFixture) -> None:
    """Representations, errors and log lines."""
    given = vector("behind-other-key")["input"]
    receiving = PushReceiver(**given["receiver"])
    pushed = receiving.receive(given["query"], given["body"].encode())
    with caplog.at_level(logging.DEBUG):
        pushed.handle(lambda event: None)
    shown = f"{receiving!r} {pushed!r} {pushed.error!r} {caplog.text}"
    assert "push.decrypt" in shown
    for secret in (given["receiver"]["token"], given["receiver"]["encoding_aes_key"][0], json.loads(given["body"])["Encrypt"]):
        assert secret not in shown


def in_flask(receiving: PushReceiver, handler: Any) -> Any:
    """A Flask application."""
    app = Flask("shop")
    app.add_url_rule("/callback", view_func=for_flask.push(receiving, handler), methods=["GET", "POST"])
    return wsgi(app)


def in_django(receiving: PushReceiver, handler: Any) -> Any:
    """A Django application."""
    if not settings.configured:
        settings.configure(ALLOWED_HOSTS=["*"], SECRET_KEY="test", LOGGING_CONFIG=None)
    urls: Any = type("Urls", (), {"urlpatterns": [path("callback", for_django.push(receiving, handler))]})
    settings.ROOT_URLCONF = urls
    return wsgi(get_wsgi_application())


def in_fastapi(receiving: PushReceiver, handler: Any) -> Any:
    """A FastAPI application."""
    app = FastAPI()
    app.add_route("/callback", for_fastapi.push(receiving, handler), methods=["GET", "POST"])
    return asgi(app)


def in_aiohttp(receiving: PushReceiver, handler: Any) -> Any:
    """An aiohttp application."""
    app = web.Application()
    app.router.add_route("*", "/callback", for_aiohttp.push(receiving, handler))
    return served(app)


@pytest.mark.parametrize("framework", [in_flask, in_django, in_fastapi, in_aiohttp], ids=lambda made: made.__name__)
def test_adapter(framework: Any) -> None:
    """The check of the URL, a genuine push, a failing handler and a forgery through a server of the framework."""
    handled: list[Any] = []

    def handler(event: Any) -> None:
        handled.append(event["Event"])
        if len(handled) == 1:
            raise RuntimeError("the database is away")

    good, check, forged = (vector(name)["input"] for name in ("authorized-xml", "url-check-with-key", "encrypt-changed"))
    with framework(PushReceiver(**good["receiver"]), handler) as url:

        def answer(given: dict[str, Any]) -> tuple[int, str]:
            body = given.get("body") or None
            request = urllib.request.Request(f"{url}?{given['query']}", body.encode() if body else None)
            try:
                with urllib.request.urlopen(request) as response:
                    return response.status, response.read().decode()
            except urllib.error.HTTPError as error:
                return error.code, error.read().decode()

        assert answer(check) == (200, "4375120948345356249")
        assert answer(good)[0] == 500, "the handler failed"
        assert answer(good) == (200, "success")
        assert answer(forged)[0] == 401
    assert handled == ["user_authorize_invoice"] * 2


def test_the_handler_may_be_asynchronous() -> None:
    """And its failure is answered all the same."""
    given = vector("ticket")["input"]
    pushed = PushReceiver(**given["receiver"]).receive(given["query"], given["body"].encode())
    seen: list[str] = []

    async def handler(event: Any) -> None:
        seen.append(event["ComponentVerifyTicket"])

    async def failing(event: Any) -> None:
        raise ValueError("away")

    assert asyncio.run(pushed.handle_async(handler)).status == 200
    assert asyncio.run(pushed.handle_async(failing)).status == 500
    assert seen == ["ticket@@@abc"]
