"""Callbacks: what is believed, what is answered, and the adapters in their own frameworks."""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest
import uvicorn
from aiohttp import web
from conftest import CASES
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.urls import path
from fastapi import FastAPI
from flask import Flask
from support import ROOT, Sandbox, caller, content
from test_vectors import kept

import fapiao
from fapiao.callbacks import Event, Receiver
from fapiao.contrib import aiohttp as for_aiohttp
from fapiao.contrib import django as for_django
from fapiao.contrib import fastapi as for_fastapi
from fapiao.contrib import flask as for_flask

FILE = "callbacks.json"
VECTORS: list[dict[str, Any]] = json.loads((ROOT / "tests/vectors" / FILE).read_bytes())["cases"]
Handler = Callable[[Event], object]


def receiver(case: dict[str, Any], **more: Any) -> Receiver:
    """The receiver of a vector."""
    given = case["input"]
    merchants = [
        caller(
            {"kind": each["merchant"], "serial_no": "1", "key": each["merchant"], **each},
            given["now"],
            api_v3_key=each["api_v3_keys"],
            **more,
        )
        for each in given["receivers"]
    ]
    return Receiver(*merchants)


def judge(case: dict[str, Any], received: fapiao.callbacks.Received) -> None:
    """A callback came out as the vector says."""
    stages = case["stages"]
    assert (received.reception, received.answer.status) == (stages["reception"], stages["status"])
    assert kept(received.event, stages.get("event"))
    error = received.error
    assert (error and error.code) == case.get("code")
    if "field" in case:
        assert error is not None
        assert error.field == case["field"]


@pytest.mark.parametrize("case", VECTORS, ids=lambda case: case["id"])
def test_vector(case: dict[str, Any]) -> None:
    """Verified in this process."""
    given = case["input"]
    received = receiver(case).receive(given["headers"], content(given, "body") or b"")
    judge(case, received)
    CASES[FILE, "ran"] += 1
    assert (received.event is None) == (case["result"] == "invalid")


@pytest.mark.parametrize("case", VECTORS, ids=lambda case: case["id"])
def test_vector_verified_elsewhere(case: dict[str, Any]) -> None:
    """Verified by a function that has to be awaited."""

    async def verifier(public_key: bytes, message: bytes, signature: bytes) -> bool:
        key: Any = serialization.load_der_public_key(public_key)
        try:
            key.verify(signature, message, padding.PKCS1v15(), hashes.SHA256())
        except Exception:
            return False
        return True

    given = case["input"]
    receiving = receiver(case, verifier=verifier).receive_async(given["headers"], content(given, "body") or b"")
    judge(case, asyncio.run(receiving))


def test_what_is_no_raw_body_is_refused_with_the_call_that_has_it() -> None:
    """A parsed body cannot be verified."""
    receiving = receiver(VECTORS[0])
    body: Any
    for body in ("{}", {}, None):
        with pytest.raises(TypeError, match=r"request\.get_data\(\)"):
            receiving.receive([], body)


def test_a_receiver_needs_what_callbacks_are_opened_with() -> None:
    """Each missing key is named when the receiver is made."""
    who = {"kind": "direct", "mchid": "1900000001", "serial_no": "1", "key": "direct", "ring": ["wechatpay"]}
    with pytest.raises(fapiao.KeyFileError) as without_key:
        Receiver(caller(who))
    assert (without_key.value.code, without_key.value.field) == ("key.missing", "api_v3_key")
    with pytest.raises(fapiao.KeyFileError) as too_long:
        caller(who, api_v3_key="0123456789abcdef0123456789abcdef\n")
    assert "newline" in too_long.value.message
    with pytest.raises(fapiao.InputError):
        Receiver()


def test_nothing_that_is_shown_holds_a_secret_or_the_body(caplog: pytest.LogCaptureFixture) -> None:
    """Representations, errors and log lines."""
    honest = next(case for case in VECTORS if case["id"] == "other-key")
    receiving = receiver(honest)
    received = receiving.receive(honest["input"]["headers"], honest["input"]["body"].encode())
    with caplog.at_level(logging.DEBUG):
        received.handle(lambda event: None)
    shown = f"{receiving!r} {received!r} {received.error!r} {caplog.text}"
    assert "wrong_api_v3_key" in shown
    assert honest["input"]["receivers"][0]["api_v3_keys"][0] not in shown
    assert json.loads(honest["input"]["body"])["resource"]["ciphertext"] not in shown


@contextlib.contextmanager
def wsgi(app: Any) -> Iterator[str]:
    """A WSGI application on loopback."""

    class Silent(WSGIRequestHandler):
        def log_message(self, format: str, *arguments: object) -> None:
            """Says nothing."""

    with make_server("127.0.0.1", 0, app, handler_class=Silent) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/callback"
        finally:
            server.shutdown()
            thread.join()


@contextlib.contextmanager
def asgi(app: Any) -> Iterator[str]:
    """An ASGI application on loopback."""
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=0, log_level="critical", ws="none"))
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        while not server.started:
            time.sleep(0.01)
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}/callback"
    finally:
        server.should_exit = True
        thread.join()


def in_flask(receiving: Receiver, handler: Handler) -> Any:
    """A Flask application."""
    app = Flask("shop")
    app.add_url_rule("/callback", view_func=for_flask.callback(receiving, handler), methods=["POST"])
    return wsgi(app)


def in_django(receiving: Receiver, handler: Handler) -> Any:
    """A Django application."""
    if not settings.configured:
        settings.configure(ALLOWED_HOSTS=["*"], SECRET_KEY="test", LOGGING_CONFIG=None)
    urls: Any = type("Urls", (), {"urlpatterns": [path("callback", for_django.callback(receiving, handler))]})
    settings.ROOT_URLCONF = urls
    return wsgi(get_wsgi_application())


def in_fastapi(receiving: Receiver, handler: Handler) -> Any:
    """A FastAPI application."""
    app = FastAPI()
    app.add_route("/callback", for_fastapi.callback(receiving, handler), methods=["POST"])
    return asgi(app)


def in_aiohttp(receiving: Receiver, handler: Handler) -> Any:
    """An aiohttp application."""
    app = web.Application()
    app.router.add_post("/callback", for_aiohttp.callback(receiving, handler))
    return served(app)


@contextlib.contextmanager
def served(app: web.Application) -> Iterator[str]:
    """An application of aiohttp on loopback."""
    loop, runner = asyncio.new_event_loop(), web.AppRunner(app)
    loop.run_until_complete(runner.setup())
    site = web.TCPSite(runner, "127.0.0.1", 0)
    loop.run_until_complete(site.start())
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}/callback"
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.run_until_complete(runner.cleanup())
        loop.close()


@pytest.mark.parametrize("framework", [in_flask, in_django, in_fastapi, in_aiohttp], ids=lambda made: made.__name__)
def test_adapter(sandbox: Sandbox, framework: Any, caplog: pytest.LogCaptureFixture) -> None:
    """The sandbox's callbacks, genuine and false, through a server of the framework."""
    handled: list[Event] = []

    def handler(event: Event) -> None:
        handled.append(event)
        if len(handled) == 1:
            raise RuntimeError("the database is away")

    found = sandbox.announced["pay"]["direct"]
    merchant = sandbox.merchant(api_v3_key=found["api_v3_key"])
    with framework(Receiver(merchant), handler) as url:
        sandbox.control("/callback-url", {"mchid": found["mchid"], "callback_url": url})
        order = {"event_type": "FAPIAO.ISSUED", "mchid": found["mchid"], "fapiao_apply_id": "order-1"}
        invoices = [{"fapiao_id": "f-1", "fapiao_status": "ISSUED", "card_status": "INSERTED"}]

        def trigger(fault: str | None = None) -> int:
            if fault:
                sandbox.control("/faults", {"fault": fault})
            sent = sandbox.control("/callbacks", {**order, "fapiao_information": invoices})
            return int(sent["attempts"][-1]["status"])

        assert trigger() == 500, "the handler failed"
        assert trigger() == 204
        for fault in ("callback_probe", "callback_wrong_signature", "callback_wrong_key", "callback_unsigned"):
            assert trigger(fault) == 401, fault
        assert trigger("callback_stale") == 401
        assert trigger("callback_other_api_v3_key") == 500
    assert [event["event_type"] for event in handled] == ["FAPIAO.ISSUED"] * 2
    assert handled[0]["resource"]["fapiao_apply_id"] == "order-1"
    assert "the database is away" in caplog.text


def test_the_handler_may_be_asynchronous() -> None:
    """And its failure is answered all the same."""
    case = VECTORS[0]
    received = receiver(case).receive(case["input"]["headers"], case["input"]["body"].encode())
    seen: list[str] = []

    async def handler(event: Event) -> None:
        seen.append(event["id"])

    async def failing(event: Event) -> None:
        raise ValueError(event["id"])

    assert asyncio.run(received.handle_async(handler)).status == 204
    assert asyncio.run(received.handle_async(failing)).status == 500
    assert seen == [case["stages"]["event"]["id"]]


