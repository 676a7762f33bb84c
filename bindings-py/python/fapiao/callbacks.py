"""Callbacks of WeChat Pay: verified, decrypted, read, and told how to be answered.

    receiver = fapiao.callbacks.Receiver(partner)

    received = receiver.receive(request.headers, request.get_data())      # the raw bytes, before any parsing
    answer = received.handle(lambda event: print(event["event_type"], event["resource"]["fapiao_apply_id"]))
    return answer.body, answer.status, answer.headers

WeChat Pay waits 5 seconds, and sends again for 24 hours what is not answered with 2xx: the same event comes twice, and
events come in any order. `event["id"]` tells whether it is new. `fapiao.contrib` has this for FastAPI, Flask, Django and
aiohttp.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Literal, TypedDict, Union, cast

from . import _drive, _http, _keys
from ._core import Receiver as Engine
from ._received import Answer, Arrived

if TYPE_CHECKING:
    from ._calls import Direct, Partner
    from .types import FapiaoEvent, UserApplied

__all__ = ["Answer", "Event", "EventType", "Received", "Receiver", "Reception"]

Reception = Union[
    Literal["event", "probe", "forged", "stale"],
    Literal["unknown_key", "wrong_api_v3_key", "other_merchant", "malformed"],
]
"""What became of a callback; anything but `event` is not to be believed."""

EventType = Union[
    Literal[
        "FAPIAO.USER_APPLIED",
        "FAPIAO.ISSUED",
        "FAPIAO.REVERSED",
        "FAPIAO.CARD_INSERTED",
        "FAPIAO.CARD_DISCARDED",
    ],
    str,
]
"""What happened; an event newer than this release keeps its name."""


class _Remarked(TypedDict, total=False):
    summary: str
    """A remark, where there is one."""


class Event(_Remarked):
    """A genuine event."""

    id: str
    """Unique id of the notification, the same when it comes again. At most 36 characters."""
    event_type: EventType
    """What happened."""
    create_time: str
    """When the notification was made, RFC 3339."""
    resource: Union[FapiaoEvent, UserApplied]
    """The content in the clear: `UserApplied` with `FAPIAO.USER_APPLIED`, else `FapiaoEvent`."""


class Received(Arrived[Event]):
    """A callback, and what became of it."""

    __slots__ = ("clock_offset", "reception")

    reception: Reception
    """`event` where it is genuine, or why it is not to be believed."""
    clock_offset: int | None
    """Seconds the gateway's clock was ahead of this one; 300 and more either way are refused as stale."""

    def __init__(self, report: str) -> None:
        found: dict[str, Any] = json.loads(report)
        super().__init__("callback", found)
        self.reception, self.clock_offset = found["reception"], found.get("clock_offset")

    def __repr__(self) -> str:
        return f"Received({self.reception})"


class Receiver:
    """The merchants whose callbacks arrive at one URL; each has its `api_v3_key`."""

    __slots__ = ("_callers", "_engine")

    def __init__(self, *merchants: Direct | Partner) -> None:
        self._callers = merchants
        self._engine = Engine([merchant._engine for merchant in merchants])

    def receive(self, headers: Any, body: bytes) -> Received:
        """Verifies, decrypts and reads a callback.

        Args:
            headers: All headers, as the framework has them: a mapping or pairs.
            body: The raw bytes of the body, before any parsing.

        What is wrong with the callback is in the result, never raised; what is wrong with the arguments is.
        """
        callback = self._parts(headers, body)
        found = self._engine.receive(*callback)
        if isinstance(found, str):
            return Received(found)
        return self._settled(callback, self._verifier().ask(found))

    async def receive_async(self, headers: Any, body: bytes) -> Received:
        """The same where the verifier has to be awaited."""
        callback = self._parts(headers, body)
        found = self._engine.receive(*callback)
        if isinstance(found, str):
            return Received(found)
        return self._settled(callback, await _drive.awaited(self._verifier().ask(found)))

    def _settled(self, callback: tuple[list[Any], bytes, int], valid: Any) -> Received:
        return Received(cast(str, self._engine.receive(*callback, _keys.checked(valid))))

    def _parts(self, headers: Any, body: Any) -> tuple[list[Any], bytes, int]:
        _, pairs, octets = _http.parts(200, headers, body)
        return list(pairs), octets, self._callers[0]._now()

    def _verifier(self) -> _keys.Keys:
        return next((caller._keys for caller in self._callers if caller._keys.verifies), self._callers[0]._keys)

    def __repr__(self) -> str:
        return f"Receiver({', '.join(caller._shown for caller in self._callers)})"
