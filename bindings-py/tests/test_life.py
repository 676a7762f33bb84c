"""The life of an invoice: the same machine as in core, over one text."""

from __future__ import annotations

import json

import fapiao
import pytest
from fapiao.life import InvoiceLife
from support import ROOT

APPLICATION = "4200000444201910177461284488"


def begun(**more: object) -> InvoiceLife:
    """A direct merchant's life, at a fixed time."""
    life = InvoiceLife(way="direct", mchid="1900000001", fapiao_apply_id=APPLICATION, clock=lambda: 1_764_300_000.0)
    assert life.take({"input": "order", "amount": 38044}, {"input": "buyer"}, *more.values())  # type: ignore[arg-type]
    return life


def test_what_is_known_says_what_may_be_done_next() -> None:
    """The first step is to issue, under an id that follows from the application."""
    life = begun()
    step = life.next()[0]
    assert (step["do"], step["call"]) == ("call", "issue")
    assert f"{APPLICATION}-1" in json.dumps(step["request"])
    assert life.may_refund(38044)["answer"] in ("yes", "not_now")
    assert isinstance(life.forbidden(), list)
    assert isinstance(life.deadlines(), list)
    assert life.state()


def test_a_text_goes_on_where_it_was_kept() -> None:
    """And what is known already is not new."""
    life = begun()
    again = InvoiceLife(life.text, clock=lambda: 1_764_300_000.0)
    assert again.text == life.text
    assert not again.take({"input": "buyer"})
    assert again.next()[0]["call"] == "issue"


def test_texts_of_every_release_are_read() -> None:
    """Those of core are the same."""
    texts = sorted((ROOT / "core/tests/life-texts").glob("*.json"))
    assert texts
    for file in texts:
        kept = json.loads(file.read_bytes())
        state = InvoiceLife(kept["text"], clock=lambda now=kept["now"]: float(now)).state()  # type: ignore[misc]
        assert {name: state[name] for name in kept["means"]} == kept["means"]


def test_what_is_wrong_is_named_and_nothing_is_taken() -> None:
    """Texts cut or altered, another merchant's, impossible inputs."""
    life = begun()
    before = life.text
    with pytest.raises(fapiao.InputError) as cut:
        InvoiceLife(before[:-9])
    assert cut.value.code == "life.text"
    with pytest.raises(fapiao.InputError) as other:
        InvoiceLife(before, way="direct", mchid="1900000002", fapiao_apply_id=APPLICATION)
    assert other.value.code == "life.merchant"
    with pytest.raises(fapiao.InputError):
        life.take({"input": "order", "amount": -1})
    with pytest.raises(fapiao.InputError):
        life.take({"input": "unheard of"})
    assert life.text == before
    assert APPLICATION not in repr(life)
