"""Events that are pushed to the server of an Official Account, a mini program or a third-party platform.

    receiver = fapiao.pushes.PushReceiver(appid="wx…", token="…", encoding_aes_key="…")

    pushed = receiver.receive(request.query_string, request.get_data())   # the query and the raw bytes, as they came
    answer = pushed.handle(lambda event: print(event["Event"]))
    return answer.body, answer.status, answer.headers

GET and POST go the same way: the console checks the URL with a GET, whose answer is in `pushed.answer` too. WeChat
waits 5 seconds, and sends again three times what is not answered with 2xx. `pushed.key` tells whether an event is new.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Literal, Union

from . import _convert, _http
from ._core import PushReceiver as Engine
from ._received import Answer, Arrived

if TYPE_CHECKING:
    from .stores import AsyncStore, Store
    from .types import (
        ComponentVerifyTicketPush,
        InvoiceResultPush,
        SubmitInvoiceTitlePush,
        UpdateInvoiceStatusPush,
        UserAuthorizeInvoicePush,
    )

    _PushEvent = Union[
        UserAuthorizeInvoicePush,
        UpdateInvoiceStatusPush,
        SubmitInvoiceTitlePush,
        InvoiceResultPush,
        ComponentVerifyTicketPush,
        dict[str, Any],
    ]

__all__ = ["Answer", "PushReceiver", "PushReception", "PushedEvent"]

PushReception = Union[
    Literal["event", "url_check", "forged"],
    Literal["unencrypted", "unreadable", "malformed"],
]
"""What became of a push; anything but `event` and `url_check` is not to be believed."""


class PushedEvent(Arrived["_PushEvent"]):
    """A push, and what became of it; `event` has the official names, whether it came as XML or as JSON."""

    __slots__ = ("_keep", "event_type", "reception")

    reception: PushReception
    """`event` where it is genuine, `url_check` where the console checks the URL, or why it is not to be believed."""
    event_type: str | None
    """What happened, such as `user_authorize_invoice`; an event newer than this release keeps its name."""

    def __init__(self, report: str) -> None:
        found: dict[str, Any] = json.loads(report)
        super().__init__("push", found)
        self.reception, self.event_type = found["reception"], found.get("event_type")
        self._keep: dict[str, Any] | None = found.get("keep")

    def keep_ticket(self, store: Store) -> None:
        """Keeps the ticket of a third-party platform where its client finds it; does nothing with any other event.

        Args:
            store: The store that the platform's client has; see `fapiao.stores`.
        """
        if self._keep is None:
            return
        kept = store.get(self._keep["key"])
        # Where another delivery is faster, the ticket that it keeps is as good.
        store.put(self._keep["key"], self._keep["text"], kept[1] if kept else None, ttl=self._keep["ttl"])

    async def keep_ticket_async(self, store: AsyncStore) -> None:
        """The same with an asynchronous store."""
        if self._keep is None:
            return
        kept = await store.get(self._keep["key"])
        await store.put(self._keep["key"], self._keep["text"], kept[1] if kept else None, ttl=self._keep["ttl"])

    def __repr__(self) -> str:
        return f"PushedEvent({self.reception})"


class PushReceiver:
    """Receives what is pushed to the server of one account."""

    __slots__ = ("_appid", "_engine")

    def __init__(self, *, appid: str, token: str, encoding_aes_key: Union[str, Iterable[str], None] = None) -> None:
        """Takes the account's server configuration.

        Args:
            appid: The account's appid; of a third-party platform, its own.
            token: The Token (令牌).
            encoding_aes_key: The EncodingAESKey (消息加解密密钥), 43 characters; while it is changed, the new one and
                the old one. With it, pushes that are not encrypted are refused: leave it out in plain mode only.
        """
        config = {
            "appid": _convert.text("appid", appid),
            "token": _convert.text("token", token),
            "encoding_aes_key": _convert.secrets("encoding_aes_key", encoding_aes_key),
        }
        self._appid = appid
        self._engine = Engine(_convert.encoded(config))

    def receive(self, query: Union[str, bytes], body: bytes = b"") -> PushedEvent:
        """Checks, decrypts and reads a push.

        Args:
            query: The query string as it came: `request.url.query` (FastAPI, Starlette), `request.query_string` (Flask),
                `request.META["QUERY_STRING"]` (Django), `request.rel_url.raw_query_string` (aiohttp).
            body: The raw bytes of the body, before any parsing; empty where the console checks the URL.

        What is wrong with the push is in the result, never raised; what is wrong with the arguments is.
        """
        if not isinstance(query, (str, bytes)):
            raise TypeError(f"query must be the query string as it came, not {type(query).__name__}")
        text = query.decode("ascii", "replace") if isinstance(query, bytes) else query
        return PushedEvent(self._engine.receive(text, _http.octets("body", body)))

    def __repr__(self) -> str:
        return f"PushReceiver({self._appid})"
