"""Calls signed by themselves: a request to be sent with any HTTP client, and what reads its answer."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Generic, TypeVar, cast

from . import _convert, _core, _drive, _http
from ._causes import Causes
from ._history import History
from .errors import Ending, own_error

if TYPE_CHECKING:
    from ._call import Call

A = TypeVar("A")
NOT_DRAWN = bytes(32)
"""In place of entropy, where no nonce, boundary or seed follows from it."""


class Signing(Generic[A]):
    """One call on its way to its request, at one moment."""

    __slots__ = ("_call", "_history", "_moment", "run")

    def __init__(self, call: Call[A], history: History) -> None:
        self._call, self._history, self._moment = call, history, call._caller._moment()
        self.run: _drive.Run = self._fresh()

    def _fresh(self) -> _drive.Run:
        """A flow that ends with its one request."""
        flow = self._call._flow()
        self._history.tell(flow, lambda: self._moment[0])
        flow.once()
        return _drive.Run(self._call._caller, flow, Causes(self._call.name))

    def step(self, flow: _core.Flow) -> Any:
        """Goes on at the one moment."""
        return flow.step(*self._moment)

    def signed(self, end: _drive.End) -> SignedCall[A]:
        """The request; a call that ended before there was one failed."""
        if isinstance(end, _core.Outcome):
            _answer(end, self.run)
            message = "this call took effect already, so there is nothing to send"
            raise own_error("input.state", message, "in_doubt", Ending.of(self.run.flow.report()))
        self.run.causes.sending()
        return SignedCall(self, end)

    def again(self) -> tuple[_drive.Run, int]:
        """The flow up to its request once more, and that need's id, to read another answer with.

        What a key would make is stood in for: this request is not sent.
        """
        run = self._fresh()
        while True:
            for need in self.step(run.flow):
                if isinstance(need, _core.Send):
                    run.causes.sending()
                    return run, need.id
                if isinstance(need, _core.Sign):
                    run.flow.give(need.id, "signed", bytes(256))
                else:
                    run.flow.give(need.id, "encrypted", b"")


class SignedCall(Generic[A]):
    """A request ready to be sent as it is, without following redirects, and what reads its answer."""

    __slots__ = ("_id", "_refused", "_run", "_signing", "body", "headers", "method", "url", "warnings")

    method: str
    url: str
    headers: dict[str, str]
    body: bytes | None
    warnings: list[dict[str, str]]
    """Of the answer that was read: what the documents advise against in the request, and fields that stay encrypted."""

    def __init__(self, signing: Signing[A], send: _core.Send) -> None:
        self._signing, self._run, self._id, self._refused = signing, signing.run, send.id, False
        self.method, self.url, self.headers, self.body = send.method, send.url, send.headers, send.body
        self.warnings = []

    @property
    def in_doubt(self) -> str | None:
        """The text to keep before this is sent, and to hand in again at the same call; `None` where there is no doubt."""
        return self._run.flow.in_doubt()

    def read(self, response: Any = None, *, status: int | None = None, headers: Any = None, content: Any = None) -> A:
        """Verifies and reads the answer: a response of httpx or requests, or its three parts."""
        step = self._read(_http.answer(response, status, headers, content))
        if not isinstance(step, _core.Outcome):
            step = _ended(_drive.blocking(self._run, self._rest(step)))
        return self._concluded(step)

    async def read_async(self, response: Any) -> A:
        """Verifies and reads the answer: a response of aiohttp or httpx."""
        step = self._read(await _http.of_async(response))
        if not isinstance(step, _core.Outcome):
            step = _ended(await _drive.awaiting(self._run, self._rest(step)))
        return self._concluded(step)

    def _read(self, answer: _http.Answer) -> Any:
        if self._refused:
            # What was refused has used nothing up.
            self._run, self._id = self._signing.again()
        self._refused = True
        self._run.flow.answered(self._id, *answer, 0)
        return self._run.flow.step(self._run.caller._now(), NOT_DRAWN)

    def _concluded(self, outcome: _core.Outcome) -> A:
        found = cast(A, _answer(outcome, self._run))
        warnings = self._run.flow.warnings()
        self.warnings = json.loads(warnings) if warnings else []
        self._refused = False
        return found

    def _rest(self, needs: list[Any]) -> _drive.Step:
        """What a call wants that verifies or decrypts elsewhere; no entropy is drawn any more."""
        first, now = [needs], self._run.caller._now
        return lambda flow: first.pop() if first else flow.step(now(), NOT_DRAWN)

    def __repr__(self) -> str:
        # A URL can carry a token.
        return f"SignedCall({self.method} {self.url.partition('?')[0]})"


def _ended(end: _drive.End) -> _core.Outcome:
    """How a call ended that made its one request."""
    if isinstance(end, _core.Outcome):
        return end
    raise RuntimeError("the call wants a second request")


def _answer(outcome: _core.Outcome, run: _drive.Run) -> Any:
    """What was answered; what went wrong is raised."""
    text = outcome.json
    if text is None:
        raise run.causes.error(outcome.error or "", Ending.of(run.flow.report()))
    return _convert.value(text, outcome.bytes)
