"""Third-party platforms against the sandbox: from the pushed ticket to a call of an account that authorised it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import fapiao
import httpx
import pytest
from fapiao.pushes import PushReceiver
from fapiao.stores.memory import MemoryStore
from support import Sandbox

PDF = (b"%PDF-1.7\n%%EOF\n", "a.pdf", "application/pdf")


@contextmanager
def listening(receiver: PushReceiver, store: MemoryStore) -> Iterator[str]:
    """The platform's server: it keeps each ticket that is pushed to it."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            pushed = receiver.receive(self.path.partition("?")[2], body)
            pushed.keep_ticket(store)
            answer = pushed.handle(lambda event: None)
            self.send_response(answer.status)
            self.end_headers()
            self.wfile.write(answer.body.encode())

        def log_message(self, format: str, *arguments: object) -> None:
            """Says nothing."""

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/push"
        finally:
            server.shutdown()
            thread.join()


def test_from_the_pushed_ticket_to_an_accounts_call(sandbox: Sandbox) -> None:
    """Ticket, platform token, authorisation, account token, and its rotation two lifetimes later."""
    found = sandbox.announced["component"]
    keys = {name: found[name] for name in ("appid", "token", "encoding_aes_key")}
    store = MemoryStore()

    def clock() -> float:
        return float(sandbox.control("/clock")["now"])

    platform = fapiao.Component(appid=found["appid"], secret=found["secret"], clock=clock, **sandbox.elsewhere())
    with httpx.Client() as session, listening(PushReceiver(**keys), store) as url:
        client = fapiao.Client(session, store=store)
        with pytest.raises(fapiao.TransportError) as early:
            client.send(platform.preauth_code())
        assert early.value.code == "send.ticket"
        sandbox.control("/push-url", {"receiver": "component", "url": url})
        sandbox.control("/pushes")
        assert client.send(platform.preauth_code())["pre_auth_code"]
        account = platform.account(sandbox.announced["account"]["appid"])
        with pytest.raises(fapiao.TransportError) as stranger:
            client.send(account.set_pdf(*PDF))
        assert stranger.value.code == "send.authorization"
        code = sandbox.control("/component-authorisation", {})["authorization_code"]
        client.send(platform.query_auth(authorization_code=code))
        media = client.send(account.set_pdf(*PDF))
        for _ in range(2):
            sandbox.control("/clock", {"advance": 7000})
            sandbox.control("/pushes")
            assert client.send(account.get_pdf(s_media_id=media["s_media_id"]))["pdf_url"]
    kept: list[Any] = [entry.text for entry in store._entries.values()]
    assert not any(found["secret"] in text for text in kept)
