"""The life of the invoices of one application: what is known goes in, what may be done next comes out.

    life = fapiao.life.InvoiceLife(way="direct", mchid="1900000001", fapiao_apply_id="4200…")
    life.take({"input": "order", "amount": 38044})
    life.take({"input": "buyer"})
    for step in life.next():
        print(step)                       # {"do": "call", "call": "issue", "request": {…}, …} or until when to wait
    database.save(life.text)              # before the call leaves, by compare-and-swap on your own version

Nothing is called, kept or waited for here. Facts may come late, twice and in any order. Times are Unix seconds, money is
fen.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Literal, TypedDict, Union

from . import _convert, _core

if TYPE_CHECKING:
    from typing_extensions import Unpack

__all__ = ["InvoiceLife", "LifeOptions", "Way"]

Way = Union[Literal["direct", "partner"], Literal["partner_digital", "self_built"]]
"""How the invoices come into being."""


class LifeOptions(TypedDict, total=False):
    """Whose invoices a life is about, and how they come into being."""

    way: Union[Way, None]
    """How the invoices come into being."""
    mchid: Union[str, None]
    """The merchant number; the provider's for its sub-merchants."""
    fapiao_apply_id: Union[str, None]
    """The application."""
    sub_mchid: Union[str, None]
    """The sub-merchant, for providers."""
    scene: Union[str, None]
    """`WITH_WECHATPAY` where it is left out."""
    issue_call: Union[str, None]
    """The call that issues; by the way."""
    save_files: Union[bool, None]
    """Whether the files are to be fetched before a life is over; they are where it is left out."""


class InvoiceLife:
    """The invoices of one application, from the title to the last reversal."""

    __slots__ = ("_clock", "_config", "_text")

    def __init__(
        self,
        text: Union[str, None] = None,
        *,
        clock: Union[Callable[[], float], None] = None,
        **config: Unpack[LifeOptions],
    ) -> None:
        """Begins a life, or goes on with one that was kept.

        Args:
            text: The text that was kept; with a configuration, only where it is of this application.
            clock: Unix seconds; `time.time` by default.
            config: Whose invoices it is about, and how they come into being: what `LifeOptions` has.
        """
        self._config = config or None
        self._clock = _convert.function("clock", clock) or time.time
        self._text = _convert.optional_text("text", text)
        self._text = self._ask()["text"]

    @property
    def text(self) -> str:
        """The life as one JSON text, to keep in your own database: any language and later versions read it."""
        return str(self._text)

    def take(self, *inputs: Mapping[str, Any]) -> bool:
        """Takes in what became known, all of it or nothing; says whether any of it was new."""
        answer = self._ask(take=list(inputs))
        self._text = answer["text"]
        return bool(answer["new"])

    def state(self) -> dict[str, Any]:
        """The three tracks (title, tax, card) of each invoice and of the whole."""
        return dict(self._ask()["state"])

    def next(self) -> list[dict[str, Any]]:
        """What may be done now: calls with their ids ready, or until when to wait."""
        return list(self._ask()["steps"]["next"])

    def forbidden(self) -> list[dict[str, Any]]:
        """What must not be done, and why."""
        return list(self._ask()["steps"]["forbidden"])

    def deadlines(self) -> list[dict[str, Any]]:
        """What ends when."""
        return list(self._ask()["steps"]["deadlines"])

    def may_refund(self, amount: int) -> dict[str, Any]:
        """Whether this amount (fen) may go back now: `answer` (`yes`, `not_now`, `no`), `at_most`, `because`."""
        return dict(self._ask(may_refund=amount)["refund"])

    def _ask(self, **question: Any) -> dict[str, Any]:
        whole = {"text": self._text, "config": self._config, "now": int(self._clock()), **question}
        answer: dict[str, Any] = json.loads(_core.life(_convert.encoded(whole)))
        return answer

    def __repr__(self) -> str:
        return "InvoiceLife(…)"
