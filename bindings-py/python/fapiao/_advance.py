"""The next step of a life, taken with the program's own client, and lives brought together with a store."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from . import _checked_store
from ._call import Call, Caller
from .errors import FapiaoError, own_error

if TYPE_CHECKING:
    from ._drive import Settle
    from .life import InvoiceLife

Make = Callable[[dict[str, Any]], Call[Any]]
"""Makes a call of what the life knows of it, and of what the program knows."""
Save = Callable[[dict[str, Any]], Any]
"""Saves the file of one entry of `fapiao_files`' answer: its link lives 30 seconds."""
_LOSSES = 20


class Advanced(NamedTuple):
    """What `advance` did."""

    step: dict[str, Any]
    """The step that was taken; else the one that comes first: to wait for, or for a person."""
    taken: bool
    """Whether the call of the step was made."""
    persons: list[dict[str, Any]]
    """Who must look at what, whatever else goes on: `who`, `look_at`, `because`."""
    answer: Any = None
    """What it was answered."""
    error: FapiaoError | None = None
    """What it ended with in place of an answer; the life has taken it in."""


class Driver(NamedTuple):
    """What a life is driven with."""

    settle: Settle
    client: Any
    caller: Caller
    calls: Mapping[str, Make]
    save: Save | None

    def check(self, kind: type) -> None:
        """Refuses what is no client of this kind, and no caller."""
        if not isinstance(self.client, kind):
            given = type(self.client)
            raise TypeError(f"client must be a fapiao.{kind.__name__} here, not {given.__module__}.{given.__qualname__}")
        if not isinstance(self.caller, Caller):
            raise TypeError(f"caller must be the merchant or the sub-merchant, not {type(self.caller).__name__}")

    @property
    def store(self) -> _checked_store.CheckedStore:
        """The client's store, which keeps lives too."""
        store: _checked_store.CheckedStore | None = self.client._store
        if store is None:
            raise own_error("input.config", "a life needs a client with a store: it is kept before a call leaves", "store")
        return store


async def advance(driver: Driver, life: InvoiceLife) -> Advanced:
    """Makes the call that may be made now, where there is one."""
    version = await keep(driver.settle, life, driver.store)
    steps = life.next()
    step = next((step for step in steps if step["do"] == "call"), None)
    persons = [step for step in steps if step["do"] == "person"]
    if step is None:
        return Advanced(steps[0], False, persons)
    call = _call(driver, step)
    about = {"call": call.name, "request": json.loads(call._payload), "attempt": step["attempt"]}
    sent = life._with({"input": "sent", **about, "in_doubt": step["in_doubt"]})
    if await driver.store.put(driver.settle, life._key, sent, version) is None:
        # Another worker is at this life: whoever was first sends.
        await keep(driver.settle, life, driver.store)
        return Advanced(life.next()[0], False, persons)
    life._go_on_with(sent)
    try:
        answer = await driver.settle(driver.client.send(call, in_doubt=step["in_doubt"]))
    except FapiaoError as error:
        if error.decision is None:
            raise
        life.take({"input": "failure", **about, **_failure(error)})
        await keep(driver.settle, life, driver.store)
        return Advanced(step, True, persons, error=error)
    heard = {"input": "answer", **about, "answer": answer if isinstance(answer, dict) else None}
    to_save = life._take([heard])["to_save"]
    await keep(driver.settle, life, driver.store)
    for file in to_save:
        if driver.save is None:
            break
        # One that fails leaves those before it saved.
        await driver.settle(driver.save(file))
        life.take({"input": "saved", "fapiao_id": file["fapiao_id"], "status": file["status"]})
        await keep(driver.settle, life, driver.store)
    return Advanced(step, True, persons, answer=answer)


async def keep(settle: Settle, life: InvoiceLife, store: _checked_store.CheckedStore) -> str:
    """Adds what was heard here to what the store has; returns the version."""
    for _ in range(_LOSSES):
        kept = await store.get(settle, life._key)
        if kept is not None:
            life._go_on_with(kept[0])
            if life.text == kept[0]:
                life._heard.clear()
                return kept[1]
        version = await store.put(settle, life._key, life.text, None if kept is None else kept[1])
        if version is not None:
            life._heard.clear()
            return version
    raise own_error("send.store", f"the store refused to keep the life {_LOSSES} times running", "store")


def _call(driver: Driver, step: dict[str, Any]) -> Call[Any]:
    name = step["call"]
    make = driver.calls.get(name)
    if make is None:
        return driver.caller.call(name, step["request"])
    call = make(step["request"])
    if not isinstance(call, Call) or call.name != name:
        raise TypeError(f"calls[{name!r}] must return the call {name}, not {call!r:.80}")
    return call


def _failure(error: FapiaoError) -> dict[str, Any]:
    decision = error.decision and error.decision._asdict()
    return {
        "error": {"code": error.code, "remote": error.remote},
        "decision": decision,
        "in_doubt": error.in_doubt,
    }
