"""Answers that a relay changed on their way: compressed, in chunks, their header names in another case."""

from __future__ import annotations

import gzip
import http.client
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit

import pytest
from support import Sandbox
from test_transports import ALL, Send, ask

CASES = {"lower": str.lower, "upper": str.upper, "title": str.title}
FRAMED = {"content-length", "transfer-encoding", "connection", "keep-alive"}


@contextmanager
def relay(main: str, case: Callable[[str], str]) -> Iterator[str]:
    """A relay on loopback; it hands requests on as they came."""

    class Relay(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length", 0)))
            behind = http.client.HTTPConnection(urlsplit(main).netloc, timeout=5)
            behind.request(self.command, self.path, body or None, dict(self.headers.items()))
            answer = behind.getresponse()
            content = gzip.compress(answer.read())
            behind.close()
            self.wfile.write(f"HTTP/1.1 {answer.status} Relayed\r\n".encode())
            kept = [(name, value) for name, value in answer.getheaders() if name.lower() not in FRAMED]
            for name, value in [*kept, ("content-encoding", "gzip"), ("transfer-encoding", "chunked")]:
                self.wfile.write(f"{case(name)}: {value}\r\n".encode("latin-1"))
            self.wfile.write(b"\r\n")
            for start in range(0, len(content), 16):
                piece = content[start : start + 16]
                self.wfile.write(f"{len(piece):x}\r\n".encode() + piece + b"\r\n")
            self.wfile.write(b"0\r\n\r\n")

        do_POST = do_GET

        def log_message(self, format: str, *args: Any) -> None:
            """Nothing is printed."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Relay)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.mark.parametrize("send", ALL)
@pytest.mark.parametrize("case", CASES)
def test_compressed_chunked_and_in_any_case(sandbox: Sandbox, send: Send, case: str) -> None:
    with relay(sandbox.announced["main"], CASES[case]) as address:
        shop = sandbox.merchant("direct", hosts={"main": address, "backup": address})
        assert send(ask(shop))["title_url"].startswith("http")
    (arrival,) = sandbox.control("/ledger")["arrivals"]
    assert arrival["outcome"]["status"] == 200
