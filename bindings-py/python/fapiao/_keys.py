"""Key operations that are done elsewhere: a KMS, an HSM, another process."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, Union

from . import _convert, _core

Signer = Callable[[bytes], Union[bytes, Awaitable[bytes]]]
"""Signs a message: RSASSA-PKCS1-v1_5 with SHA-256."""
Decrypter = Callable[[bytes], Union[bytes, Awaitable[bytes]]]
"""Opens a ciphertext: RSAES-OAEP with SHA-1."""
Verifier = Callable[[bytes, bytes, bytes], Union[bool, Awaitable[bool]]]
"""Checks (public key as DER SubjectPublicKeyInfo, message, signature): RSASSA-PKCS1-v1_5 with SHA-256."""
Sealer = Callable[[bytes, bytes], Union[bytes, Awaitable[bytes]]]
"""Seals (public key as DER SubjectPublicKeyInfo, plaintext): RSAES-OAEP with SHA-1."""

KeyNeed = Union[_core.Sign, _core.Verify, _core.Seal, _core.Open]


class Keys:
    """The callables that do what the engine cannot."""

    __slots__ = ("_decrypter", "_sealer", "_signer", "_verifier")

    def __init__(
        self, signer: Signer | None, decrypter: Decrypter | None, verifier: Verifier | None, sealer: Sealer | None
    ) -> None:
        self._signer = _convert.function("signer", signer)
        self._decrypter = _convert.function("decrypter", decrypter)
        self._verifier = _convert.function("verifier", verifier)
        self._sealer = _convert.function("sealer", sealer)

    def ask(self, need: KeyNeed) -> Any:
        """Has the work done; the result may have to be awaited."""
        if isinstance(need, _core.Sign):
            return wanted(self._signer, "signer", "private_key")(need.message)
        if isinstance(need, _core.Open):
            return wanted(self._decrypter, "decrypter", "private_key")(need.ciphertext)
        if isinstance(need, _core.Verify):
            return wanted(self._verifier, "verifier", None)(need.public_key, need.message, need.signature)
        return wanted(self._sealer, "sealer", None)(need.public_key, need.plaintext)


class Missing(Exception):
    """An operation that nobody was given for."""


def wanted(given: Any, name: str, instead: str | None) -> Any:
    """The callable, or what is missing."""
    if given is None:
        also = f" and no {instead}" if instead else ""
        raise Missing(f"this caller was given no {name}{also}")
    return given


def give(flow: _core.Flow, need: KeyNeed, result: Any) -> None:
    """Hands a result to the flow; another type than was asked for is the program's mistake."""
    if isinstance(need, _core.Verify):
        if not isinstance(result, bool):
            raise TypeError(f"verifier must return a bool, not {type(result).__name__}")
        flow.checked(need.id, result)
        return
    name = {"Sign": "signer", "Open": "decrypter", "Seal": "sealer"}[type(need).__name__]
    if not isinstance(result, bytes):
        what = "an awaitable: use sign_async, read_async or AsyncClient" if hasattr(result, "__await__") else ""
        raise TypeError(f"{name} must return bytes, not {what or type(result).__name__}")
    if isinstance(need, _core.Sign):
        flow.signed(need.id, result)
    elif isinstance(need, _core.Open):
        flow.opened(need.id, result)
    else:
        flow.sealed(need.id, result)


def fail(flow: _core.Flow, need: KeyNeed, error: Exception) -> None:
    """Tells the flow; of a foreign exception only the type is shown, since its text may hold anything."""
    flow.failed(need.id, str(error) if isinstance(error, Missing) else f"the key operation raised {type(error).__name__}")
