"""Every client under every fault of its transport: what is told is the same in each column, and printed as a table."""

from __future__ import annotations

import gzip
import socket
import ssl
import time
from collections.abc import Callable
from contextlib import nullcontext
from http.server import BaseHTTPRequestHandler
from typing import Any

import fapiao
import pytest
from conftest import FIGURES
from loopback import at, closed, cut, respond, serving
from scripted import REQUEST_ID, accepted, effect, issue, signed
from sessions import CLIENTS, Over, over_aiohttp, over_async_httpx, over_httpx, over_requests
from support import ROOT

Told = tuple[str, str, str]
"""Code, effect and kind."""


def half(handler: BaseHTTPRequestHandler) -> None:
    """Half an answer, and the connection breaks."""
    handler.send_response(200)
    handler.send_header("Content-Length", "100")
    handler.end_headers()
    handler.wfile.write(b"{")
    cut(handler)


def drip(handler: BaseHTTPRequestHandler) -> None:
    """An answer that never ends."""
    handler.send_response(200)
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    for _ in range(100):
        handler.wfile.write(b" ")
        handler.wfile.flush()
        time.sleep(0.05)


def hang(handler: BaseHTTPRequestHandler) -> None:
    """No answer."""
    handler.close_connection = True
    handler.connection.settimeout(2)
    handler.rfile.read(1)


def no_http(handler: BaseHTTPRequestHandler) -> None:
    """Something else than HTTP."""
    handler.wfile.write(b"SSH-2.0-OpenSSH_9.6\r\n\r\n")
    handler.close_connection = True


def unfolding(handler: BaseHTTPRequestHandler) -> None:
    """A small answer that unfolds to more than anybody wants."""
    respond(handler, 202, [*signed(), ("Content-Encoding", "gzip")], gzip.compress(bytes(9 << 20)))


def bomb(handler: BaseHTTPRequestHandler) -> None:
    """More than anybody wants."""
    handler.send_response(202)
    for name, value in [*signed(), ("Content-Length", str(9 << 20))]:
        handler.send_header(name, value)
    handler.end_headers()
    for _ in range(9):
        handler.wfile.write(bytes(1 << 20))


def refuse(handler: BaseHTTPRequestHandler) -> None:
    """A refusal of the gateway."""
    respond(handler, 400, [("Content-Type", "application/json"), REQUEST_ID], b'{"code":"PARAM_ERROR","message":"m"}')


def accept(handler: BaseHTTPRequestHandler) -> None:
    """An accepted request."""
    respond(handler, 202, accepted().headers.multi_items())


def self_signed(plain: socket.socket) -> ssl.SSLSocket:
    """TLS with a certificate that no machine trusts."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(ROOT / "tests/keys/direct.cert.pem", ROOT / "tests/keys/direct.key.pem")
    return context.wrap_socket(plain, server_side=True)


NOBODY = nullcontext(0)
FAULTS: dict[str, tuple[Callable[[], Any], str, Told]] = {
    "name not found": (lambda: NOBODY, "https://no-such-host.invalid", ("send.not_sent", "no", "dns")),
    "refused": (lambda: nullcontext(closed()), "http://127.0.0.1:{}", ("send.not_sent", "no", "connect")),
    "not trusted": (lambda: serving(accept, self_signed), "https://localhost:{}", ("send.not_sent", "no", "tls")),
    "no TLS": (lambda: serving(accept), "https://localhost:{}", ("send.not_sent", "no", "tls")),
    "cut before the answer": (lambda: serving(cut), "http://127.0.0.1:{}", ("send.lost", "unknown", "reset")),
    "cut in the answer": (lambda: serving(half), "http://127.0.0.1:{}", ("send.lost", "unknown", "reset")),
    "no answer": (lambda: serving(hang), "http://127.0.0.1:{}", ("send.lost", "unknown", "timeout")),
    "dripping answer": (lambda: serving(drip), "http://127.0.0.1:{}", ("send.lost", "unknown", "timeout")),
    "no HTTP": (lambda: serving(no_http), "http://127.0.0.1:{}", ("send.lost", "unknown", "protocol")),
    "9 MiB": (lambda: serving(bomb), "http://127.0.0.1:{}", ("limit.body", "unknown", "-")),
    "9 MiB out of gzip": (lambda: serving(unfolding), "http://127.0.0.1:{}", ("limit.body", "unknown", "-")),
    "proxy down": (lambda: nullcontext(closed()), "proxy", ("send.not_sent", "no", "proxy")),
    "proxy refuses": (lambda: serving(refuse), "proxy", ("send.not_sent", "no", "proxy")),
    "400 that is raised": (lambda: serving(refuse), "raise", ("remote.api", "no", "-")),
    "400": (lambda: serving(refuse), "http://127.0.0.1:{}", ("remote.api", "no", "-")),
    "none": (lambda: serving(accept), "http://127.0.0.1:{}", ("-", "yes", "-")),
}
"""Who serves, under which address, and what has to be told of an issue."""


def told(end: Any) -> Told:
    """What an end tells."""
    if not isinstance(end, fapiao.FapiaoError):
        return ("-", effect(end), "-")
    assert end.code.partition(".")[0] != "send" or isinstance(end.__cause__, Exception), f"{end}: no cause"
    return end.code, effect(end), end.details.get("kind", "-")


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_told_alike_by_every_client(fault: str) -> None:
    serve, base, wanted = FAULTS[fault]
    with serve() as port:
        found = {over.__name__: told(told_of(over, base, port)) for over in CLIENTS}
    cells = " | ".join(f"{name.removeprefix('over_')}: {' '.join(cell)}" for name, cell in found.items())
    FIGURES.append(f"{fault:24} | {cells}")
    assert found == {over.__name__: wanted for over in CLIENTS}


def told_of(over: Over, base: str, port: int) -> Any:
    """How an issue ends there."""
    settings: dict[str, Any] = {}
    if base == "proxy":
        base, proxy = "https://no-such-host.invalid", f"http://127.0.0.1:{port}"
        settings = {"proxies": {"https": proxy}} if over is over_requests else {"proxy": proxy}
    elif base == "raise":
        base, settings = f"http://127.0.0.1:{port}", RAISING[over]
    return over(issue(at(base.format(port))), settings, timeout=1)


def raising(response: Any, **_: Any) -> None:
    """A hook that raises on a status."""
    response.raise_for_status()


async def raising_awaited(response: Any) -> None:
    """The same, awaited."""
    response.raise_for_status()


RAISING: dict[Over, dict[str, Any]] = {
    over_httpx: {"event_hooks": {"response": [raising]}},
    over_async_httpx: {"event_hooks": {"response": [raising_awaited]}},
    over_requests: {"hooks": {"response": [raising]}},
    over_aiohttp: {"raise_for_status": True},
}
"""Sessions that raise, as each library has them."""
