"""requests: how it sends a request as it is, and what its exceptions mean."""

from __future__ import annotations

import ssl
import time
import traceback
from collections.abc import Iterator
from typing import Any

import requests
import urllib3.exceptions

from . import _body, _core, _http, _kinds
from ._limits import DEFAULT, Limits, least
from ._send_result import CHANGES, Response, SendResult, cause_of, failed, since
from .errors import Cure

REPEATS = Cure(
    "this session repeats requests by itself: mount HTTPAdapter(max_retries=0) for the gateway's hosts",
    "该 session 会自行重发请求：请为网关域名挂载 HTTPAdapter(max_retries=0)",
)
UNSENT = ("NewConnectionError", "ConnectTimeoutError", "InvalidSchema", "MissingSchema")
"""What urllib3 calls a connection that was never made, and requests a URL that nothing is mounted for."""
FAILED = (requests.exceptions.RequestException, urllib3.exceptions.HTTPError, TimeoutError, _body.Garbled)


class Requests:
    """`requests.Session`."""

    def __init__(self, session: Any) -> None:
        self._session: Any = session

    def send(self, need: _core.Send, limits: Limits) -> SendResult:
        """Sends a request; whether once, its adapter tells."""
        session, exchange, repeats = self._session, _Exchange(need, limits), None
        hooks = session.hooks.get("response") or []
        try:
            adapter = session.get_adapter(need.url)
            time_out = exchange.begin(adapter)
            repeats = REPEATS if repeats_by_itself(getattr(adapter, "max_retries", None), need.method) else None
            response = session.request(
                need.method,
                need.url,
                headers=need.headers,
                data=need.body,
                allow_redirects=False,
                auth=exchange.as_signed,
                # The program's hooks may raise: the answer is read before.
                hooks={"response": [exchange.read, *(hooks if isinstance(hooks, (list, tuple)) else [hooks])]},
                stream=True,
                timeout=time_out,
            )
            if exchange.answer is None:
                exchange.read(response)
            return exchange.ended(repeats, None)
        except Exception as error:
            if exchange.answer is not None:
                return exchange.ended(repeats, error)
            if not isinstance(error, FAILED):
                raise
            reasons = _kinds.reasons_of(error)
            return failed(reasons, any(map(never_connected, reasons)), repeats)


class _Exchange:
    """One request over a session, and what is known of it."""

    def __init__(self, need: _core.Send, limits: Limits) -> None:
        self._need, self._limits, self._started = need, limits, time.monotonic()
        self._end: float | None = None
        self._sent: Any = None
        self.answer: _http.Answer | None = None

    def begin(self, adapter: Any) -> float | None:
        """Seconds for connecting and for each piece of the answer: nothing where the adapter has its own."""
        limits, own = self._limits, getattr(adapter, "timeout", None)
        given = limits.timeout or (DEFAULT if own is None else None)
        time_out = least(given, limits.left())
        self._end = None if time_out is None else self._started + time_out
        return time_out

    def as_signed(self, request: Any) -> Any:
        """An authentication that undoes what a session adds to URLs; without one, ~/.netrc would replace the signature."""
        request.url = self._need.url
        self._sent = request
        return request

    def read(self, response: Any, *_: Any, **__: Any) -> None:
        """Reads an answer as it comes; the program's hooks see it, unfolded."""
        headers = getattr(response.raw, "headers", None)
        # An adapter may have unfolded the body itself.
        encoding = None if _was_read(response) else _body.encoding_of(response.headers)
        body = _body.Body(self._need, encoding, self._end)
        try:
            whole = all(body.take(piece) for piece in _pieces(response))
        except BaseException:
            response.close()
            raise
        if not whole:
            response.close()
        # requests joins repeated headers with a comma; urllib3 below it keeps them apart.
        self.answer = _http.parts(response.status_code, response.headers if headers is None else headers, body.whole())
        response._content, response._content_consumed = self.answer[2], True

    def ended(self, repeats: Cure | None, raised: Exception | None) -> SendResult:
        """The answer, and what the session raised over it."""
        assert self.answer is not None, "it was read"
        sent, need = self._sent, self._need
        as_signed = (need.url, need.headers.get("authorization"))
        changed = sent is not None and (sent.url, sent.headers.get("authorization")) != as_signed
        return Response(self.answer, since(self._started), repeats, CHANGES if changed else None, cause_of(raised))


def _was_read(response: Any) -> bool:
    return bool(response._content_consumed or response.raw is None)


def _pieces(response: Any) -> Iterator[bytes]:
    """What came of a body, as soon as it came and as it came."""
    raw = response.raw
    if _was_read(response):
        return iter([response.content or b""])
    if hasattr(raw, "read1"):
        return iter(lambda: bytes(raw.read1(_body.PIECE, decode_content=False)), b"")
    if hasattr(raw, "stream"):
        # Larger pieces are waited for.
        found: Iterator[bytes] = raw.stream(1024, decode_content=False)
        return found
    return iter(lambda: bytes(raw.read(1024)), b"")


def repeats_by_itself(retry: Any, method: str) -> bool:
    """Whether urllib3's `Retry` sends a request again that may have arrived."""
    if retry is None or not _left(retry.total):
        return False
    methods = getattr(retry, "allowed_methods", None) or ()
    after_an_answer = _left(retry.status) and bool(retry.status_forcelist or retry.respect_retry_after_header)
    by_method = (not methods or method in methods) and (_left(retry.read) or after_an_answer)
    # What urllib3 calls other errors, as those of TLS, it repeats whatever the method.
    return by_method or _left(retry.other)


def _left(count: Any) -> bool:
    """Whether a count of urllib3's allows one more; `None` sets no limit."""
    return count is None or (count is not False and count > 0)


def never_connected(error: Exception) -> bool:
    """Whether no byte of the request was written: the connection was never made, or refused in its handshake."""
    if any(base.__name__ in UNSENT for base in type(error).__mro__):
        return True
    # A proxy that refuses the tunnel; urllib3's own ProxyError can also mean an answer that was lost behind one.
    if type(error) is OSError and str(error).startswith("Tunnel connection failed"):
        return True
    frames = traceback.walk_tb(error.__traceback__)
    return isinstance(error, ssl.SSLError) and any(frame.f_code.co_name == "do_handshake" for frame, _ in frames)
