"""Callers and their calls: what the generated methods stand on."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Mapping
from typing import Any, Generic, NoReturn, TypeVar

from . import _checked_store, _convert, _core, _drive, _keys
from ._history import History
from ._signed import SignedCall, Signing
from .errors import own_error

A = TypeVar("A")
Clock = Callable[[], float]
Entropy = Callable[[int], bytes]


class Caller:
    """What every kind of caller has: its counterpart in the engine, and the host's clock and entropy."""

    __slots__ = ("_clock", "_engine", "_entropy", "_keys", "_kept", "_shown")
    _kind = ""

    def __init__(
        self, config: dict[str, Any], private_key: Any, keys: _keys.Keys, clock: Clock | None, entropy: Entropy | None
    ) -> None:
        entries = {name: value for name, value in config.items() if value is not None}
        key = _convert.key_bytes("private_key", private_key)
        self._clock = _convert.function("clock", clock) or time.time
        self._entropy = _convert.function("entropy", entropy) or os.urandom
        self._keys = keys
        if key is None and not keys.sign and "mchid" in config:
            missing = "no private key is here: give private_key, or signer and decrypter"
            raise own_error("key.missing", missing, "private_key")
        self._engine = _core.Caller(_convert.encoded({"kind": self._kind, **entries}), key)
        self._kept: list[_checked_store.CheckedStore] = []
        self._shown = str(config.get("mchid") or config.get("appid"))

    def _with_engine(self, engine: _core.Caller, kind: type[C], shown: str) -> C:
        other = kind.__new__(kind)
        other._engine, other._shown = engine, shown
        other._keys, other._clock, other._entropy = self._keys, self._clock, self._entropy
        other._kept = self._kept
        return other

    def call(self, name: str, payload: Mapping[str, Any], file: _convert.Attachment | None = None) -> Call[Any]:
        """Makes a call by its name in the catalogue; the methods do the same with types."""
        return Call(self, _convert.text("name", name), payload, _convert.named_file(file))

    def _memory(self) -> _checked_store.CheckedStore:
        """Keeps tokens in this process, where the client has no store."""
        if not self._kept:
            from .stores.memory import MemoryStore  # only where a call is sent without a store

            self._kept.append(_checked_store.CheckedStore(MemoryStore(), False))
        return self._kept[0]

    def _now(self) -> int:
        now = self._clock()
        if not isinstance(now, (int, float)):
            raise TypeError(f"clock must return Unix seconds as int or float, not {type(now).__name__}")
        return int(now)

    def _moment(self) -> tuple[int, bytes]:
        entropy = self._entropy(32)
        if not isinstance(entropy, bytes):
            raise TypeError(f"entropy must return bytes, not {type(entropy).__name__}")
        return self._now(), entropy

    def _step(self, flow: _core.Flow) -> Any:
        return flow.step(*self._moment())

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self._shown})"

    def __reduce__(self) -> NoReturn:
        raise TypeError("a caller holds keys and is not pickled: make it where it is used")


C = TypeVar("C", bound=Caller)


class Call(Generic[A]):
    """One call with its payload, checked and ready: sign it, or give it to a client."""

    __slots__ = ("_caller", "_file", "_first", "_name", "_payload")

    def __init__(
        self, caller: Caller, name: str, payload: Mapping[str, Any], file: _convert.Attachment | None = None
    ) -> None:
        self._caller, self._name, self._payload = caller, name, _convert.encoded(payload)
        self._file = file
        # The first flow is also the check of the payload; popping is atomic, so one thread gets it.
        self._first = [caller._engine.flow(name, self._payload, file)]

    @property
    def name(self) -> str:
        """The call's name in the catalogue."""
        return self._name

    def _flow(self) -> _core.Flow:
        try:
            return self._first.pop()
        except IndexError:
            return self._caller._engine.flow(self._name, self._payload, self._file)

    def sign(
        self, *, in_doubt: str | None = None, assume_in_doubt: bool = False, repeats: bool = False
    ) -> SignedCall[A]:
        """Signs it, with a fresh time and nonce: what comes back is sent with any HTTP client.

        Args:
            in_doubt: What an earlier attempt of this call left in doubt: a refusal of this one then proves nothing.
            assume_in_doubt: The same for who kept nothing: an earlier attempt may have been sent up to now.
            repeats: Whether the client it is sent with repeats requests by itself: less of what it says is then proof.
        """
        signing = Signing(self, History.checked(in_doubt, assume_in_doubt, repeats))
        return signing.signed(_drive.blocking(signing.run, signing.step))

    async def sign_async(
        self, *, in_doubt: str | None = None, assume_in_doubt: bool = False, repeats: bool = False
    ) -> SignedCall[A]:
        """Signs it with an asynchronous signer; for the rest like `sign`."""
        signing = Signing(self, History.checked(in_doubt, assume_in_doubt, repeats))
        return signing.signed(await _drive.awaiting(signing.run, signing.step))

    def __repr__(self) -> str:
        return f"Call({self._name})"
