"""Keeps access tokens out of the logs of HTTP libraries: they write down whole URLs.

    import fapiao.logs

    fapiao.logs.hide_tokens()
"""

from __future__ import annotations

import logging
import re

__all__ = ["HideTokens", "hide_tokens"]

SECRET = re.compile(r"(?i)\b(access_token|secret|token|ticket)=[^&#\s\"']+")
"""Parameters of a URL that open something: the account's token, a link to somebody's invoice."""
WRITING_URLS = ("httpx", "urllib3.connectionpool", "urllib3.util.retry", "aiohttp.client")
"""The loggers of httpx, requests and aiohttp that write URLs."""


class HideTokens(logging.Filter):
    """Takes the values of secret URL parameters out of a log record."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Changes the record where it holds one; it is always kept."""
        try:
            text = record.getMessage()
        except Exception:
            # Whoever writes it down tells what is wrong with it.
            return True
        hidden = SECRET.sub(r"\1=***", text)
        if hidden != text:
            record.msg, record.args = hidden, ()
        return True


def hide_tokens() -> None:
    """Puts the filter on the loggers of httpx, requests (urllib3) and aiohttp; doing it again changes nothing."""
    for name in WRITING_URLS:
        logger = logging.getLogger(name)
        if not any(isinstance(found, HideTokens) for found in logger.filters):
            logger.addFilter(HideTokens())
