"""What arrived from WeChat, and how the work that follows it ends: what callbacks and pushes have in common."""

from __future__ import annotations

import json
import logging
from collections.abc import Awaitable, Callable
from typing import Any, Generic, NamedTuple, TypeVar, Union

from . import _drive
from .errors import FapiaoError, from_report

E = TypeVar("E")


class Answer(NamedTuple):
    """The HTTP answer to a callback or push."""

    status: int
    """200 to 299: it was taken. Anything else: it is sent again."""
    body: str
    """What to answer; empty where nothing has to be said."""
    content_type: str | None = None
    """The content type of the body, where there is one."""

    @property
    def headers(self) -> dict[str, str]:
        """The headers that go with it."""
        return {} if self.content_type is None else {"Content-Type": self.content_type}


class Arrived(Generic[E]):
    """Something that arrived, and what became of it."""

    __slots__ = ("_what", "answer", "answer_if_failed", "error", "event", "key")

    event: E | None
    """The event, where it is genuine."""
    key: str | None
    """Tells the event from others, the same when it comes again: what an inbox knows it by."""
    error: FapiaoError | None
    """Why it is not to be believed, with `code` and `help`: safe to log."""
    answer: Answer
    """What to answer, once the work that follows is done."""
    answer_if_failed: Answer
    """What to answer where that work failed: the event is sent again."""

    def __init__(self, what: str, found: dict[str, Any]) -> None:
        self._what = what
        self.event = found.get("event")
        self.key = found.get("key")
        self.answer, self.answer_if_failed = Answer(**found["answer"]), Answer(**found["answer_if_failed"])
        error = found.get("error")
        self.error = None if error is None else from_report(json.dumps(error))

    def handle(self, handler: Callable[[E], object]) -> Answer:
        """Gives a genuine event to `handler`, and says what to answer.

        What the handler raises is logged under `fapiao.callbacks` or `fapiao.pushes` and answered with 500, so that the
        event comes again.
        """
        if self.event is None:
            return self._without_event()
        try:
            handler(self.event)
        except Exception:
            return self._failed()
        return self.answer

    async def handle_async(self, handler: Callable[[E], Union[object, Awaitable[object]]]) -> Answer:
        """The same with a handler that may have to be awaited."""
        if self.event is None:
            return self._without_event()
        try:
            await _drive.awaited(handler(self.event))
        except Exception:
            return self._failed()
        return self.answer

    def _without_event(self) -> Answer:
        if self.error is not None:
            self._log.warning("a %s is refused: %s", self._what, self.error)
        return self.answer

    def _failed(self) -> Answer:
        self._log.exception("the handler of a %s failed: it is sent again", self._what)
        return self.answer_if_failed

    @property
    def _log(self) -> logging.Logger:
        return logging.getLogger(f"fapiao.{self._what}{'es' if self._what == 'push' else 's'}")
