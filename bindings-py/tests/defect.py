"""A defect in core, planted: run alone, with a package that was built with it."""

from __future__ import annotations

import gc
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import fapiao
import pytest
from support import caller

DIRECT = {"kind": "direct", "mchid": "1900000001", "serial_no": "1", "key": "direct", "ring": ["wechatpay"]}


def struck(shop: Any) -> Any:
    """A signed call that a defect has struck."""
    signed = shop.query(fapiao_apply_id="1").sign()
    with pytest.raises(RuntimeError, match="a defect in fapiao: please report it"):
        signed._run.flow.defect()
    return signed


def test_a_defect_is_an_error_and_further_use_is_refused(capfd: pytest.CaptureFixture[str]) -> None:
    shop = caller(DIRECT)
    signed = struck(shop)
    uses: list[Callable[[], Any]] = [
        lambda: signed.read(status=200, headers={}, content=b"{}"),
        lambda: signed._run.flow.step(0, bytes(32)),
        lambda: signed._run.flow.once(),
        lambda: signed._run.flow.defect(),
    ]
    for use in uses:
        with pytest.raises(RuntimeError, match="a defect in fapiao ended this call before"):
            use()
    assert "planted" in capfd.readouterr().err


def test_the_caller_and_other_threads_go_on() -> None:
    shop = caller(DIRECT)

    def work(number: int) -> bool:
        if number % 2:
            return struck(shop) is not None
        return "authorization" in shop.query(fapiao_apply_id=str(number)).sign().headers

    with ThreadPoolExecutor(4) as pool:
        assert all(pool.map(work, range(40)))
    gc.collect()
    assert isinstance(shop, fapiao.Direct)
