"""What the logger `fapiao` is told."""

from __future__ import annotations

import json
import sys
from typing import Any


def _logger() -> Any:
    import logging  # only where something is told

    return logging.getLogger("fapiao")


def is_wanted() -> bool:
    """Whether requests are told; a program that never imported `logging` has no use for it."""
    logging: Any = sys.modules.get("logging")
    return logging is not None and bool(logging.getLogger("fapiao").isEnabledFor(logging.DEBUG))


def attempt(told: dict[str, Any]) -> None:
    """Tells of a request that was sent; nothing in it is secret."""
    if not is_wanted():
        return
    effect = told["decision"]["effect"] if told["decision"] else "yes"
    _logger().debug(
        "%s, request %s to the %s host: status %s, Request-ID %s, %s ms, error %s, took effect: %s",
        *(told[name] for name in ("call", "number", "host", "status", "request_id", "milliseconds", "error")),
        effect,
        extra={"fapiao": told},
    )


def warnings(call: str, told: str | None) -> None:
    """Tells what the documents advise against in a call that succeeded, and which fields stay encrypted."""
    for warning in json.loads(told) if told else ():
        _logger().warning("%s: %s %s", call, warning["field"], warning["message"])


def fault(what: str, raised: Exception) -> None:
    """Tells what the program's own observer or store raised."""
    _logger().error(what, exc_info=raised)
