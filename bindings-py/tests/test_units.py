"""Money, quantities, prices and rates between people's decimals and the gateway's whole numbers."""

from __future__ import annotations

import doctest
import random
from decimal import Decimal
from typing import Any

import fapiao
import pytest
from fapiao import units

PAIRS: list[tuple[Any, Any, int]] = [(units.fen, units.yuan, 2), (units.quantity, units.count, 8)]
PAIRS += [(units.unit_price, units.price, 8), (units.rate, units.percent, 2)]


def test_the_examples_are_right() -> None:
    """Those that readers copy."""
    assert doctest.testmod(units).attempted == 3


@pytest.mark.parametrize(("there", "back", "places"), PAIRS)
def test_every_number_comes_back_as_decimal_arithmetic_says(there: Any, back: Any, places: int) -> None:
    """The witness is `decimal`."""
    drawn = random.Random(20261128)
    for _ in range(500):
        number = drawn.randrange(-(2**53) + 1, 2**53)
        amount = Decimal(number).scaleb(-places)
        assert back(number) == amount
        assert there(back(number)) == there(amount) == there(format(amount, "f")) == number


@pytest.mark.parametrize("wrong", ["12.345", "1e2", "1,000", "¥1", "", "１２", "9" * 30, Decimal("0.001"), Decimal("NaN"), 2**53])
def test_what_a_unit_cannot_hold_is_refused(wrong: Any) -> None:
    """Nothing is rounded."""
    with pytest.raises(fapiao.InputError) as refused:
        units.fen(wrong)
    assert refused.value.field == "fen"


@pytest.mark.parametrize("wrong", [12.3, True, None, b"1"])
def test_floats_are_no_money(wrong: Any) -> None:
    """In either direction."""
    with pytest.raises(TypeError, match="exactly"):
        units.fen(wrong)
    with pytest.raises(TypeError, match="int"):
        units.yuan(wrong)
