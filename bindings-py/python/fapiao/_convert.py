"""Values on their way to the engine and back."""

from __future__ import annotations

import binascii
import json
import math
from collections.abc import Mapping
from typing import Any

from .errors import FapiaoError, own_error

Attachment = tuple[str, str, bytes]
Octets = bytes
"""Their name where an attribute is called `bytes`."""


class File:
    """A downloaded file whose digest, where one is documented, was right."""

    __slots__ = ("bytes", "filename", "media_type")

    def __init__(self, bytes: bytes, media_type: str, filename: str | None = None) -> None:
        self.bytes: Octets = bytes
        self.media_type: str = media_type
        self.filename: str | None = filename

    def __repr__(self) -> str:
        return f"File({len(self.bytes)} bytes of {self.media_type})"


def fraction(digits: str) -> float | str:
    """A number with a fraction or an exponent; its digits where a float would lose some."""
    from decimal import Decimal  # only where there is one

    found = float(digits)
    try:
        return found if Decimal(repr(found)) == Decimal(digits) else digits
    except ArithmeticError:
        # An exponent beyond all bounds.
        return digits


def whole(digits: str) -> int | str:
    """A whole number; its digits where this interpreter takes no number that long."""
    try:
        return int(digits)
    except ValueError:
        return digits


DECODE = json.JSONDecoder(parse_float=fraction).raw_decode
"""Reads what the engine wrote: nothing stands before or behind it."""
DECODE_LONG = json.JSONDecoder(parse_float=fraction, parse_int=whole).raw_decode
"""The same, slower, for whole numbers of any length."""


def value(text: str, content: bytes | None) -> Any:
    """An answer in Python's values."""
    try:
        found, _ = DECODE(text)
    except ValueError:
        found, _ = DECODE_LONG(text)
    return found if content is None else File(content, **found)


def encoded(payload: Mapping[str, Any]) -> str:
    """The payload as JSON; what has no JSON form is named with its place."""
    if not isinstance(payload, Mapping):
        raise TypeError(f"payload must be a mapping of field names to values, not {type(payload).__name__}")
    try:
        return json.dumps(payload if isinstance(payload, dict) else dict(payload), allow_nan=False)
    except (TypeError, ValueError, RecursionError) as error:
        raise first_unserialisable("", payload, ()) or error from None


def first_unserialisable(path: str, value: Any, above: tuple[int, ...]) -> FapiaoError | None:
    """The first value that has no JSON form, as an error that names it; `above` are those that hold it."""
    if value is None or isinstance(value, (str, int)) or (isinstance(value, float) and math.isfinite(value)):
        return None
    if isinstance(value, float):
        return own_error("input.type", f"{path} must be a whole number, not {value}", path)
    if id(value) in above:
        return own_error("input.type", f"{path} must be data that ends, not itself again", path)
    if isinstance(value, Mapping):
        below = ((f"{path}/{name}", item) for name, item in value.items())
    elif isinstance(value, (list, tuple)):
        below = ((f"{path}/{index}", item) for index, item in enumerate(value))
    else:
        wanted = f"{path} must be a str, int, bool, list or dict, not {type(value).__name__}"
        return own_error("input.type", wanted, path)
    holders = (*above, id(value))
    return next(filter(None, (first_unserialisable(*item, holders) for item in below)), None)


def key_text(name: str, value: Any) -> str:
    """A key file's content as text: PEM as it is, DER as Base64."""
    if isinstance(value, str):
        # Half a surrogate pair is no character; the engine says whether anything is lost with it.
        return value.encode("utf-8", "replace").decode()
    if not isinstance(value, bytes):
        raise TypeError(f"{name} must be the key file's content as str or bytes, not {type(value).__name__}")
    return value.decode("ascii") if value.isascii() else binascii.b2a_base64(value, newline=False).decode("ascii")


def key_bytes(name: str, value: Any) -> bytes | None:
    """A key file's content as it is."""
    return value if value is None or isinstance(value, bytes) else key_text(name, value).encode()


def key_texts(name: str, values: Any) -> Any:
    """Key files in a mapping by id, or in a list."""
    if isinstance(values, Mapping):
        return {id: key_text(f"{name}[{id!r}]", value) for id, value in values.items()}
    if values is None or isinstance(values, (str, bytes)) or not hasattr(values, "__iter__"):
        raise TypeError(f"{name} must hold key files, not be {type(values).__name__}")
    return [key_text(f"{name}[{index}]", value) for index, value in enumerate(values)]


def text(name: str, value: Any) -> str:
    """A string; what else was passed is named."""
    if not isinstance(value, str):
        raise TypeError(f"{name} must be str, not {type(value).__name__}")
    if not value.isascii():
        try:
            value.encode()
        except UnicodeEncodeError:
            raise own_error("input.charset", f"{name} has half a surrogate pair, which is no character", name) from None
    return value


def optional_text(name: str, value: Any) -> str | None:
    """A string, where there is one."""
    return None if value is None else text(name, value)


def text_values(name: str, values: Any) -> dict[str, str] | None:
    """Strings by name, where there are any."""
    if values is None:
        return None
    if not isinstance(values, Mapping):
        raise TypeError(f"{name} must be a mapping of names to str, not {type(values).__name__}")
    return {key: text(f"{name}[{key!r}]", value) for key, value in values.items()}


def function(name: str, value: Any) -> Any:
    """Something to be called, where it is given."""
    if value is not None and not callable(value):
        raise TypeError(f"{name} must be callable, not {type(value).__name__}")
    return value


def texts(name: str, values: Any) -> list[str]:
    """Strings; a single one is not taken for its letters."""
    if isinstance(values, (str, bytes)) or not hasattr(values, "__iter__"):
        raise TypeError(f"{name} must be a list of str, not {type(values).__name__}")
    return [text(f"{name}[{index}]", value) for index, value in enumerate(values)]


def secrets(name: str, values: Any) -> list[str] | None:
    """One secret, or several."""
    return None if values is None else [values] if isinstance(values, str) else texts(name, values)


def attachment(file: Any, filename: Any, media_type: Any) -> Attachment:
    """A file to upload, with its name and kind."""
    if not isinstance(file, (bytes, bytearray, memoryview)):
        raise TypeError(
            f"file must be bytes, not {type(file).__name__}: read it first, as in open(path, 'rb').read()"
        )
    return text("filename", filename), text("media_type", media_type), bytes(file)


def named_file(file: Any) -> Attachment | None:
    """The same as it is passed with a call by name."""
    if file is None:
        return None
    if not isinstance(file, tuple) or len(file) != 3:
        raise TypeError(f"file must be a tuple of filename, media type and bytes, not {type(file).__name__}")
    filename, media_type, content = file
    return attachment(content, filename, media_type)
