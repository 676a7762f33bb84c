"""What HTTP clients hand out and take: the only module that knows their differences."""

from __future__ import annotations

from typing import Any

RAW_BODY = (
    "the raw bytes of the body: response.content (httpx, requests), await response.read() (aiohttp), "
    "request.body (Django), request.get_data() (Flask), await request.body() (FastAPI, Starlette)"
)
"""Where each library and framework keeps the bytes that were signed."""

LIBRARIES = ("httpx", "requests", "aiohttp")
"""The clients that are known by name."""


Answer = tuple[int, Any, bytes]
"""An answer as the engine takes it: status, header pairs, body."""


def library(session: object) -> str | None:
    """The library a client or response comes from; subclasses included."""
    roots = {base.__module__.partition(".")[0] for base in type(session).__mro__}
    return next((name for name in LIBRARIES if name in roots), None)


def answer(response: Any, status: int | None, headers: Any, content: Any) -> Answer:
    """An answer from a response object, or from its three parts."""
    if response is None:
        return parts(status, headers, content)
    if status is not None or headers is not None or content is not None:
        raise TypeError("pass either a response or status, headers and content, not both")
    if hasattr(response, "raw_headers"):
        raise TypeError("response comes from aiohttp and is read with await: use read_async")
    return of_sync(response)


def of_sync(response: Any) -> Answer:
    """The answer in a response of httpx, requests, or something shaped like them."""
    try:
        status, headers, content = response.status_code, response.headers, response.content
    except AttributeError as error:
        raise TypeError(
            f"response must be the response object of httpx, requests or aiohttp, not {type(response).__name__}; "
            f"or pass status, headers and content: {RAW_BODY}"
        ) from error
    if hasattr(headers, "raw"):
        return parts(status, headers.raw, content)
    # requests joins repeated headers with a comma; urllib3 below it keeps them apart.
    raw = getattr(getattr(response, "raw", None), "headers", None)
    return parts(status, headers if raw is None else raw, content)


async def of_async(response: Any) -> Answer:
    """The answer in a response of aiohttp or httpx."""
    if hasattr(response, "raw_headers"):
        return parts(response.status, response.raw_headers, await response.read())
    if hasattr(response, "aread"):
        await response.aread()
    return of_sync(response)


def parts(status: Any, headers: Any, content: Any) -> Answer:
    """Checks the three parts of an answer."""
    if not isinstance(status, int) or isinstance(status, bool):
        raise TypeError(f"status must be an int, not {type(status).__name__}")
    if headers is None or isinstance(headers, (str, bytes)):
        raise TypeError(f"headers must be a mapping or pairs, not {type(headers).__name__}")
    pairs = headers.items() if hasattr(headers, "items") else headers
    return status, pairs, octets("content", content)


def octets(name: str, value: Any) -> bytes:
    """Raw bytes; text and parsed values are refused, since what was signed cannot be made from them again."""
    if isinstance(value, bytes):
        return value
    if isinstance(value, (bytearray, memoryview)):
        return bytes(value)
    raise TypeError(f"{name} must be bytes, not {type(value).__name__}: pass {RAW_BODY}")
