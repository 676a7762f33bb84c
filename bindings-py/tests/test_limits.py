"""Bounds of time and size: answers that drip, answers that unfold, sends that have to be over."""

from __future__ import annotations

import gzip
import pickle
import resource
import subprocess
import sys
import time
import zlib
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import fapiao
import httpx
import pytest
from fapiao._body import MOST_JSON, Body, Garbled
from loopback import at, closed, respond, serving
from scripted import TITLE, World, effect, issue, lost, refused, signed
from sessions import CLIENTS, Over
from support import title

MEBIBYTE = 1 << 20
SLACK = 64
"""How much memory a refused bomb may cost, MiB."""


def drip(handler: BaseHTTPRequestHandler) -> None:
    """An answer, one byte at a time."""
    body = TITLE + b" " * 40
    handler.send_response(200)
    for name, value in [*signed(body), ("Content-Length", str(len(body)))]:
        handler.send_header(name, value)
    handler.end_headers()
    for place in range(len(body)):
        handler.wfile.write(body[place : place + 1])
        handler.wfile.flush()
        time.sleep(0.05)


@pytest.mark.parametrize("over", CLIENTS)
def test_an_answer_that_drips_is_let_go_at_the_time_out(over: Over) -> None:
    with serving(drip) as port:
        started = time.monotonic()
        error = over(issue(at(f"http://127.0.0.1:{port}")), timeout=0.4, deadline=0.5)
        took = time.monotonic() - started
    assert effect(error) == "unknown" and error.details["cause"] and took < 1.5, f"{error} after {took:.1f} s"


@pytest.mark.parametrize("over", CLIENTS)
def test_a_deadline_bounds_all_of_a_send(over: Over) -> None:
    with serving(drip) as port:
        started = time.monotonic()
        error = over(title(at(f"http://127.0.0.1:{port}"), "a-1"), timeout=0.3, deadline=0.8)
        took = time.monotonic() - started
    assert error.code == "send.cancelled" and took < 2, f"{error} after {took:.1f} s"
    assert "follow the decision" in error.help and effect(error) == "no" and isinstance(error.__cause__, Exception)


def test_a_deadline_that_is_over_before_a_wait_ends_the_send_there() -> None:
    told: list[Any] = []
    world = World(lambda request: refused(429, "RATE_LIMITED"), observer=told.append)
    started = time.monotonic()
    error = world.end(deadline=0.2)
    assert error.code == "send.cancelled" and error.decision.effect in ("no", "unknown")
    assert len(told) == len(world.arrivals) == len(error.attempts) == 1 and time.monotonic() - started < 0.2
    error = World(lost).end(deadline=0.2)
    assert error.code == "send.cancelled" and effect(error) == "unknown" and error.in_doubt
    again = pickle.loads(pickle.dumps(error))
    assert (again.decision, again.in_doubt, again.details) == (error.decision, error.in_doubt, error.details)


def test_a_deadline_that_is_not_reached_changes_nothing() -> None:
    world = World(lambda request: refused(400, "PARAM_ERROR"))
    assert world.end(deadline=60).code == "remote.api"


@pytest.mark.parametrize(("name", "value", "error"), [("deadline", "1", TypeError), ("deadline", 0, ValueError)])
def test_a_deadline_that_is_none_is_refused(name: str, value: Any, error: type[Exception]) -> None:
    with pytest.raises(error, match=f"^{name} must be"):
        World(lost).end(**{name: value})


def test_a_time_out_must_be_a_time() -> None:
    for wrong in (0, -1, float("nan")):
        with pytest.raises(ValueError, match="^timeout must be more than 0 seconds"):
            fapiao.Client(httpx.Client(), timeout=wrong)


def in_two_parts(body: bytes) -> bytes:
    """As gzip allows."""
    return gzip.compress(body[:9]) + gzip.compress(body[9:])


@pytest.mark.parametrize("over", CLIENTS)
@pytest.mark.parametrize("pack", [gzip.compress, zlib.compress, in_two_parts])
def test_an_honest_compressed_answer_is_read(over: Over, pack: Callable[[bytes], bytes]) -> None:
    packed = pack(TITLE)
    encoding = "gzip" if packed.startswith(b"\x1f\x8b") else "deflate"
    headers = [*signed(TITLE), ("Content-Encoding", encoding)]
    with serving(lambda handler: respond(handler, 200, headers, packed)) as port:
        assert over(title(at(f"http://127.0.0.1:{port}"), "a-1"))["title_url"].startswith("https")


# Bytes on macOS, KiB elsewhere: what makes MiB of them.
UNIT = 20 if sys.platform == "darwin" else 10
BOMB = f"""
import resource, sys
sys.path.insert(0, {str(Path(__file__).parent)!r})
import sessions
from loopback import at
from support import title
call = title(at(sys.argv[2]), "a-1")
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
end = getattr(sessions, sys.argv[1])(call)
print(getattr(end, "code", end), (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) >> {UNIT})
"""


def test_a_small_answer_that_unfolds_to_hundreds_of_mebibytes_is_refused_at_the_limit() -> None:
    assert resource.RUSAGE_SELF == 0
    packer = zlib.compressobj(9, wbits=31)
    bomb = b"".join(packer.compress(bytes(MEBIBYTE)) for _ in range(200)) + packer.flush()
    headers = [*signed(), ("Content-Encoding", "gzip")]
    with serving(lambda handler: respond(handler, 200, headers, bomb)) as port:
        for over in CLIENTS:
            command = [sys.executable, "-c", BOMB, over.__name__, f"http://127.0.0.1:{port}"]
            code, grown = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
            assert code == "limit.body" and int(grown) <= SLACK, f"{over.__name__}: {code}, {grown} MiB"


class Wanted:
    """A request, as far as a body is read by it."""

    headers = {"accept": "application/json"}


def body(encoding: str | None, *pieces: bytes) -> bytes:
    """What is read of a body that comes in pieces."""
    taken = Body(Wanted(), encoding, None)  # type: ignore[arg-type]
    all(taken.take(piece) for piece in pieces)
    return taken.whole()


def test_bodies_come_in_any_pieces() -> None:
    packed = gzip.compress(b"abc" * 1000)
    raw = zlib.compress(b"abc" * 1000)[2:-4]
    for step in (1, 7, len(packed)):
        assert body("gzip", *(packed[at : at + step] for at in range(0, len(packed), step))) == b"abc" * 1000
    assert body("deflate", raw) == b"abc" * 1000 and body(None, b"a", b"b") == b"ab" and body("br", b"a") == b"a"
    assert len(body(None, bytes(MOST_JSON))) == MOST_JSON
    assert len(body(None, bytes(MOST_JSON), b"a", b"b")) == MOST_JSON + 1


@pytest.mark.parametrize("over", CLIENTS)
def test_an_answer_that_is_not_compressed_as_it_says_is_lost(over: Over) -> None:
    with pytest.raises(Garbled):
        body("gzip", b"{}{}{}{}")
    headers = [*signed(TITLE), ("Content-Encoding", "gzip")]
    with serving(lambda handler: respond(handler, 200, headers, TITLE)) as port:
        error = over(issue(at(f"http://127.0.0.1:{port}")))
    assert (error.code, error.details["kind"]) == ("send.lost", "protocol") and effect(error) == "unknown"


def test_a_deadline_is_kept_where_nobody_listens() -> None:
    for over in CLIENTS:
        error = over(issue(at(f"http://127.0.0.1:{closed()}")), deadline=30)
        assert error.code == "send.not_sent" and effect(error) == "no"
