"""Why a request did not get through, in one word, whichever client said so."""

from __future__ import annotations

from collections.abc import Sequence

NAMES = (
    ("proxy", ("ProxyError", "ClientHttpProxyError", "ClientProxyConnectionError")),
    ("dns", ("gaierror", "NameResolutionError", "ClientConnectorDNSError")),
    ("tls", ("SSLError", "CertificateError", "ClientSSLError", "ServerFingerprintMismatch")),
    # urllib3 counts it among its time-outs.
    ("connect", ("NewConnectionError", "ConnectionRefusedError")),
    ("timeout", ("TimeoutException", "Timeout", "TimeoutError", "timeout")),
    ("reset", ("ConnectionResetError", "ConnectionAbortedError", "BrokenPipeError", "RemoteDisconnected")),
    ("reset", ("IncompleteRead", "ReadError", "WriteError", "ServerDisconnectedError", "ClientPayloadError")),
    ("connect", ("ConnectError", "ClientConnectorError")),
    ("protocol", ("ProtocolError", "HTTPException", "ClientResponseError", "DecodingError", "DecodeError", "Garbled")),
    ("protocol", ("UnsupportedProtocol", "InvalidSchema", "MissingSchema", "NonHttpUrlClientError")),
)
"""What each kind is called by httpx, requests, aiohttp and what is below them; the first that fits decides."""
CLOSED = ("Server disconnected", "peer closed connection")
"""How httpx tells a connection that was closed from an answer that is no HTTP."""


def kind_of(reasons: Sequence[BaseException], unsent: bool) -> str:
    """The kind of a failure, from an exception and those behind it."""
    names = {base.__name__ for reason in reasons for base in type(reason).__mro__}
    if any(str(reason).startswith(CLOSED) for reason in reasons):
        return "reset"
    fallback = "connect" if unsent else "reset"
    return next((kind for kind, known in NAMES if not names.isdisjoint(known)), fallback)


def reasons_of(error: BaseException) -> list[Exception]:
    """An exception and those it names as its reason.

    Not its context: what a program was handling meanwhile says nothing of this request.
    """
    reasons: list[Exception] = []
    named: object = error
    while isinstance(named, Exception) and named not in reasons:
        reasons.append(named)
        offered = (named.__cause__, getattr(named, "reason", None), getattr(named, "original_error", None), *named.args)
        # The reason of an ssl.SSLError is a text.
        named = next((one for one in offered if isinstance(one, Exception)), None)
    return reasons
