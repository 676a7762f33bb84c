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
from typing import TYPE_CHECKING, Any, Union

from . import _advance, _checked_store, _convert, _core, _drive
from ._advance import Advanced
from .client import AsyncClient, Client

if TYPE_CHECKING:
    from typing_extensions import Unpack

    from ._advance import Make, Save
    from ._call import Caller
    from .stores import AsyncStore, Store
    from .types import LifeConfig

__all__ = [
    "Advanced",
    "InvoiceLife",
    "advance",
    "advance_async",
    "keep",
    "keep_async",
]

class InvoiceLife:
    """The invoices of one application, from the title to the last reversal."""

    __slots__ = ("_clock", "_config", "_heard", "_key", "_text")

    def __init__(
        self,
        text: Union[str, None] = None,
        *,
        clock: Union[Callable[[], float], None] = None,
        **config: Unpack[LifeConfig],
    ) -> None:
        """Begins a life, or goes on with one that was kept.

        Args:
            text: The text that was kept; with a configuration, only where it is of this application.
            clock: Unix seconds; `time.time` by default.
            config: Whose invoices it is about, and how they come into being: `fapiao.types.LifeConfig` has the entries.
        """
        self._config = config or None
        self._clock = _convert.function("clock", clock) or time.time
        self._text = _convert.optional_text("text", text)
        # What was taken in since the life was last kept in a store, and when.
        self._heard: list[tuple[int, list[Any]]] = []
        begun = self._ask()
        self._text, self._key = begun["text"], begun["key"]

    @property
    def text(self) -> str:
        """The life as one JSON text, to keep in your own database: any language and later versions read it."""
        return str(self._text)

    def take(self, *inputs: Mapping[str, Any]) -> bool:
        """Takes in what became known, all of it or nothing; says whether any of it was new."""
        return bool(self._take(list(inputs))["new"])

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

    def _take(self, inputs: list[Any]) -> dict[str, Any]:
        """Takes inputs in; gives all that the life says then."""
        now = int(self._clock())
        answer = self._ask(take=inputs, now=now)
        self._text = answer["text"]
        if answer["new"]:
            self._heard.append((now, inputs))
        return answer

    def _with(self, heard: dict[str, Any]) -> str:
        """The text this life would have with one input more."""
        return str(self._ask(take=[heard])["text"])

    def _go_on_with(self, text: str) -> None:
        """Takes another worker's text, and adds what was heard here since."""
        before = self._text
        self._text = text
        try:
            self._text = self._ask()["text"]
            for now, inputs in self._heard:
                self._text = self._ask(take=inputs, now=now)["text"]
        except BaseException:
            self._text = before
            raise

    def _ask(self, **question: Any) -> dict[str, Any]:
        whole = {"text": self._text, "config": self._config, "now": int(self._clock()), **question}
        answer: dict[str, Any] = json.loads(_core.life(_convert.encoded(whole)))
        return answer

    def __repr__(self) -> str:
        return "InvoiceLife(…)"


def advance(
    life: InvoiceLife,
    client: Client,
    caller: Caller,
    *,
    calls: Union[Mapping[str, Make], None] = None,
    save: Union[Save, None] = None,
) -> Advanced:
    """Takes the next allowed step: makes the call that may be made now, and keeps what becomes of it.

        while True:
            done = advance(life, client, shop, calls={"issue": issue}, save=save)
            if not done.taken:
                break  # wait for `done.step["until"]`, for an event, or for a person

    The life is kept in the client's store, under a key of its merchant and application: before the call leaves, by
    compare-and-swap, so that of two workers one sends, and again with its answer. What other workers kept is read first.
    A process that is killed in between leaves a call that is asked about before it is made again.

    Args:
        life: The life; it goes on with what the store has of it.
        client: A client with a store.
        caller: The merchant, or the sub-merchant.
        calls: By name, what makes the calls that need more than the life knows (`issue` and its kin: the buyer, the
            lines; `reverse`: the reason; `title_url`; `insert_cards`; `upload_file`; `consume_card`, which is an
            account's): a function of the request so far, whose ids and amounts must stay.
        save: Saves one file: a function of an entry of the answer of `fapiao_files`, whose `download_url` lives 30
            seconds. What it saved is not fetched again.

    Raises:
        InputError: the call can't be made like this, or the client has no store; nothing was sent.
    """
    driver = _advance.Driver(_drive.at_once, client, caller, calls or {}, save)
    driver.check(Client)
    advanced: Advanced = _drive.finished(_advance.advance(driver, life))
    return advanced


async def advance_async(
    life: InvoiceLife,
    client: AsyncClient,
    caller: Caller,
    *,
    calls: Union[Mapping[str, Make], None] = None,
    save: Union[Save, None] = None,
) -> Advanced:
    """The same with an asynchronous client and its store; `save` may be a coroutine function."""
    driver = _advance.Driver(_drive.awaited, client, caller, calls or {}, save)
    driver.check(AsyncClient)
    return await _advance.advance(driver, life)


def keep(life: InvoiceLife, store: Store) -> None:
    """Keeps a life: what was taken in here is added to what the store has of it, whoever kept that.

    A handler of callbacks keeps an event with it:

        life = InvoiceLife(way="direct", mchid=mchid, fapiao_apply_id=event["resource"]["fapiao_apply_id"])
        life.take({"input": "event", "event": event})
        keep(life, store)
    """
    _drive.finished(_advance.keep(_drive.at_once, life, _checked_store.CheckedStore(store, False)))


async def keep_async(life: InvoiceLife, store: AsyncStore) -> None:
    """The same with an asynchronous store."""
    await _advance.keep(_drive.awaited, life, _checked_store.CheckedStore(store, True))
