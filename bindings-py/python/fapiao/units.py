"""Money, quantities, prices and rates: from what people write to the whole numbers of the gateway, and back, without floats.

    >>> from fapiao import units
    >>> units.fen("12.30")
    1230
    >>> units.yuan(1230)
    Decimal('12.30')
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Union

from . import _core

__all__ = ["count", "fen", "percent", "price", "quantity", "rate", "unit_price", "yuan"]

Number = Union[str, Decimal, int]
"""A decimal number, exactly: a float is refused."""


def fen(yuan: Number) -> int:
    """Yuan in fen (分): `"12.30"` is 1230.

    Raises:
        InputError: it has more than two decimals, is no decimal number or too large; nothing is rounded.
        TypeError: it is a float.
    """
    return _number("fen", yuan)


def yuan(fen: int) -> Decimal:
    """Fen in yuan, with two decimals: 1230 is `Decimal("12.30")`."""
    return _decimal("yuan", fen)


def quantity(count: Number) -> int:
    """A quantity (数量) in units of 10^-8: `"1.5"` is 150000000. Raises what `fen` raises, beyond eight decimals."""
    return _number("quantity", count)


def count(quantity: int) -> Decimal:
    """A quantity in units of 10^-8 as people write it: 150000000 is `Decimal("1.5")`."""
    return _decimal("count", quantity)


def unit_price(yuan: Number) -> int:
    """The price of one unit (单价) in 10^-6 fen: `"0.5"` yuan is 50000000. Raises what `fen` raises, beyond eight decimals."""
    return _number("unit_price", yuan)


def price(unit_price: int) -> Decimal:
    """The price of one unit in yuan: 50000000 is `Decimal("0.50")`."""
    return _decimal("price", unit_price)


def rate(percent: Number) -> int:
    """A tax rate (税率) in 1/10000: `"6"` per cent is 600. Raises what `fen` raises, beyond two decimals."""
    return _number("rate", percent)


def percent(rate: int) -> Decimal:
    """A tax rate in per cent: 600 is `Decimal("6")`."""
    return _decimal("percent", rate)


def _number(wanted: str, number: Any) -> int:
    if isinstance(number, bool) or not isinstance(number, (str, Decimal, int)):
        kind = type(number).__name__
        raise TypeError(f"pass text, a Decimal or an int, not {kind}: a float does not hold decimals exactly")
    return int(_core.amount(wanted, format(number, "f") if isinstance(number, Decimal) else str(number)))


def _decimal(wanted: str, number: Any) -> Decimal:
    if isinstance(number, bool) or not isinstance(number, int):
        raise TypeError(f"pass the whole number of the gateway as int, not {type(number).__name__}")
    return Decimal(_core.amount(wanted, str(number)))
