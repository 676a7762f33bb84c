"""A gateway on loopback whose every answer is a function's, and connections that break."""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from support import caller

DIRECT = {"kind": "direct", "mchid": "1900000001", "serial_no": "1", "key": "direct", "ring": ["wechatpay"]}
Answer = Callable[[BaseHTTPRequestHandler], None]


@contextmanager
def serving(answer: Answer, wrap: Callable[[socket.socket], Any] = lambda plain: plain) -> Iterator[int]:
    """Serves on loopback; gives the port."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            self.rfile.read(int(self.headers.get("content-length", 0)))
            answer(self)

        do_POST = do_CONNECT = do_GET

        def log_message(self, format: str, *args: Any) -> None:
            """Nothing is printed."""

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, request: Any, client_address: Any) -> None:
            """A connection that breaks is what the test wants."""

    server = Server(("127.0.0.1", 0), Handler)
    server.socket = wrap(server.socket)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def respond(handler: BaseHTTPRequestHandler, status: int, headers: Any = (), body: bytes = b"") -> None:
    """Writes an answer."""
    handler.send_response(status)
    for name, value in [*headers, ("Content-Length", str(len(body)))]:
        handler.send_header(name, value)
    handler.end_headers()
    handler.wfile.write(body)


def cut(handler: BaseHTTPRequestHandler) -> None:
    """Closes the connection without an answer."""
    handler.close_connection = True
    handler.connection.shutdown(socket.SHUT_RDWR)


def closed() -> int:
    """A port where nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def at(base: str, **more: Any) -> Any:
    """A merchant whose gateway is there."""
    return caller(DIRECT, hosts={"main": base, "backup": base}, entropy=os.urandom, **more)
