"""requests: how it sends a request as it is, and what its exceptions mean."""

from __future__ import annotations

import ssl
import time
import traceback
from typing import Any

import requests

from . import _core, _http
from ._send_result import Lost, NotSent, Response, SendResult, shown, since
from .errors import Cure

REPEATS = Cure(
    "this session repeats requests by itself: mount HTTPAdapter(max_retries=0) for the gateway's hosts",
    "该 session 会自行重发请求:请为网关域名挂载 HTTPAdapter(max_retries=0)",
)
UNSENT = ("NewConnectionError", "ConnectTimeoutError", "InvalidSchema", "MissingSchema")
"""What urllib3 calls a connection that was never made, and requests a URL that nothing is mounted for."""


class Requests:
    """`requests.Session`."""

    def __init__(self, session: Any) -> None:
        self._session: Any = session

    def send(self, need: _core.Send, timeout: float) -> SendResult:
        """Sends a request; whether once, its adapter tells."""
        started, repeats = time.monotonic(), None
        try:
            retry = getattr(self._session.get_adapter(need.url), "max_retries", None)
            repeats = REPEATS if repeats_by_itself(retry, need.method) else None
            response = self._session.request(
                need.method,
                need.url,
                headers=need.headers,
                data=need.body,
                allow_redirects=False,
                auth=_as_it_is,
                timeout=timeout,
            )
            return Response(_http.of_sync(response), since(started), repeats)
        except requests.exceptions.RequestException as error:
            reasons = reasons_of(error)
            unsent = any(map(never_connected, reasons))
            return (NotSent if unsent else Lost)(shown(reasons), repeats)


def _as_it_is(request: Any) -> Any:
    """An authentication that changes nothing: without one, requests would put ~/.netrc in the signature's place."""
    return request


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


def reasons_of(error: Exception) -> list[Exception]:
    """An exception and those it names as its reason.

    Not its context: what a program was handling meanwhile says nothing of this request.
    """
    reasons: list[Exception] = []
    named: Any = error
    while isinstance(named, Exception):
        reasons.append(named)
        first = named.args[0] if named.args else None
        named = getattr(named, "reason", None) or getattr(named, "original_error", None) or first
        # The reason of an ssl.SSLError is a text.
        named = named if isinstance(named, Exception) else first
    return reasons


def never_connected(error: Exception) -> bool:
    """Whether no byte of the request was written: the connection was never made, or refused in its handshake."""
    if any(base.__name__ in UNSENT for base in type(error).__mro__):
        return True
    # A proxy that refuses the tunnel; urllib3's own ProxyError can also mean an answer that was lost behind one.
    if type(error) is OSError and str(error).startswith("Tunnel connection failed"):
        return True
    frames = traceback.walk_tb(error.__traceback__)
    return isinstance(error, ssl.SSLError) and any(frame.f_code.co_name == "do_handshake" for frame, _ in frames)
