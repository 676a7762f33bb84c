"""Key operations that are done elsewhere: a KMS, an HSM, another process."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, Union

from . import _convert, _core

Signer = Callable[[bytes], Union[bytes, Awaitable[bytes]]]
"""Signs a message: RSASSA-PKCS1-v1_5 with SHA-256."""
Decrypter = Callable[[bytes], Union[bytes, Awaitable[bytes]]]
"""Decrypts a ciphertext: RSAES-OAEP with SHA-1."""
Verifier = Callable[[bytes, bytes, bytes], Union[bool, Awaitable[bool]]]
"""Checks (public key as DER SubjectPublicKeyInfo, message, signature): RSASSA-PKCS1-v1_5 with SHA-256."""
Encrypter = Callable[[bytes, bytes], Union[bytes, Awaitable[bytes]]]
"""Encrypts (public key as DER SubjectPublicKeyInfo, plaintext): RSAES-OAEP with SHA-1."""

KeyNeed = Union[_core.Sign, _core.Verify, _core.Encrypt, _core.Decrypt]


class Keys:
    """The callables that do what the engine cannot."""

    __slots__ = ("_decrypter", "_encrypter", "_signer", "_verifier")

    def __init__(
        self, signer: Signer | None, decrypter: Decrypter | None, verifier: Verifier | None, encrypter: Encrypter | None
    ) -> None:
        self._signer = _convert.function("signer", signer)
        self._decrypter = _convert.function("decrypter", decrypter)
        self._verifier = _convert.function("verifier", verifier)
        self._encrypter = _convert.function("encrypter", encrypter)

    @property
    def verifies(self) -> bool:
        """Whether signatures are checked here."""
        return self._verifier is not None

    @property
    def sign(self) -> bool:
        """Whether they sign."""
        return self._signer is not None

    def ask(self, need: KeyNeed) -> Any:
        """Has the work done; the result may have to be awaited."""
        if isinstance(need, _core.Sign):
            return require(self._signer, "signer", "private_key")(need.message)
        if isinstance(need, _core.Decrypt):
            return require(self._decrypter, "decrypter", "private_key")(need.ciphertext)
        if isinstance(need, _core.Verify):
            return require(self._verifier, "verifier", None)(need.public_key, need.message, need.signature)
        return require(self._encrypter, "encrypter", None)(need.public_key, need.plaintext)


class Missing(Exception):
    """An operation that nobody was given for."""


def require(given: Any, name: str, instead: str | None) -> Any:
    """The callable, or what is missing."""
    if given is None:
        also = f" and no {instead}" if instead else ""
        raise Missing(f"this caller was given no {name}{also}")
    return given


def checked(result: Any) -> bool:
    """What a verifier found; anything but a bool is the program's mistake."""
    if not isinstance(result, bool):
        raise TypeError(f"verifier must return a bool, not {type(result).__name__}")
    return result


def give(flow: _core.Flow, need: KeyNeed, result: Any) -> None:
    """Hands a result to the flow; another type than was asked for is the program's mistake."""
    if isinstance(need, _core.Verify):
        flow.give(need.id, "valid" if checked(result) else "invalid")
        return
    name, done = {
        "Sign": ("signer", "signed"),
        "Decrypt": ("decrypter", "decrypted"),
        "Encrypt": ("encrypter", "encrypted"),
    }[type(need).__name__]
    if not isinstance(result, bytes):
        what = "an awaitable: use sign_async, read_async or AsyncClient" if hasattr(result, "__await__") else ""
        raise TypeError(f"{name} must return bytes, not {what or type(result).__name__}")
    flow.give(need.id, done, result)
