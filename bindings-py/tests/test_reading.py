"""Answers read step by step: what was refused has used nothing up."""

from __future__ import annotations

import asyncio
from typing import Any

import fapiao
import httpx
import pytest
from scripted import SHOP, accepted, found, invoices, issue, signed
from support import NOW, Sandbox, caller
from support import issue as issue_with_contacts
from test_keys_elsewhere import Kms, callables

SELF = {**SHOP, "key": "partner", "ring": ["wechatpay"]}


def test_a_body_that_was_altered_is_refused_and_the_raw_one_is_read() -> None:
    signed_call = caller(SELF).query(fapiao_apply_id="a-1").sign()
    body, headers = invoices("f-1"), signed(invoices("f-1"))
    for altered in (body + b" ", body.replace(b"f-1", b"f-2")):
        with pytest.raises(fapiao.VerificationError) as raised:
            signed_call.read(status=200, headers=headers, content=altered)
        assert raised.value.attempts[0]["call"] == "query"
    assert signed_call.read(status=200, headers=headers, content=body)["total_count"] == 1


def test_an_acceptance_that_was_altered_is_refused_and_the_raw_one_is_read() -> None:
    signed_call = issue(caller(SELF)).sign()
    response = accepted()
    kept = signed_call.in_doubt
    with pytest.raises(fapiao.VerificationError) as raised:
        signed_call.read(status=202, headers=response.headers.raw, content=b"{} ")
    assert raised.value.in_doubt == kept == signed_call.in_doubt
    assert signed_call.read(response) == {"accepted": True} and signed_call.in_doubt is None


def test_numbers_keep_every_digit() -> None:
    numbers = ["5", "10000000000000000", "9007199254740993", "-24312000000012345678", "1.5", "2.50", "1e3"]
    numbers += ["0.12345678901234567890", "1e400", "1e-400", f"1e{'9' * 30}", f"-1e-{'9' * 30}", "3.141592653589793"]
    body = f'{{"total_count":0,"new":[{",".join(numbers)}]}}'.encode()
    found: Any = caller(SELF).query(fapiao_apply_id="a-1").sign().read(status=200, headers=signed(body), content=body)
    assert found["new"] == [
        *(5, 10**16, 2**53 + 1, -24312000000012345678, 1.5, 2.5, 1000.0),
        *("0.12345678901234567890", "1e400", "1e-400", f"1e{'9' * 30}", f"-1e-{'9' * 30}", 3.141592653589793),
    ]


def test_a_number_longer_than_the_interpreter_takes_is_its_digits() -> None:
    long = "7" * 5000
    body = f'{{"total_count":0,"new":[{long},1,1.5]}}'.encode()
    found: Any = caller(SELF).query(fapiao_apply_id="a-1").sign().read(status=200, headers=signed(body), content=body)
    first, *rest = found["new"]
    assert str(first) == long if type(first) is str else first % 10**9 == 777777777
    assert rest == [1, 1.5]


def test_what_was_read_is_not_read_again() -> None:
    signed_call = caller(SELF).query(fapiao_apply_id="a-1").sign()
    response = found("f-1")
    signed_call.read(response)
    with pytest.raises(fapiao.InputError) as raised:
        signed_call.read(response)
    assert raised.value.code == "input.state"


def test_no_key_elsewhere_is_asked_to_sign_or_encrypt_again(sandbox: Sandbox) -> None:
    kms = Kms(sandbox.announced["pay"]["direct"]["private_key"])
    shop = sandbox.merchant("direct", clock=lambda: NOW, **callables(kms))
    signed_call = issue_with_contacts(shop, "a-1").sign()
    for _ in range(2):
        with pytest.raises(fapiao.RemoteError):
            signed_call.read(status=403, headers=[], content=b'{"code":"NO_AUTH"}')
    assert (kms.done["sign"], kms.done["encrypt"]) == (1, 2)


def test_an_awaited_answer_that_was_refused_can_be_read_again() -> None:
    async def read() -> Any:
        signed_call = await caller(SELF).query(fapiao_apply_id="a-1").sign_async()
        with pytest.raises(fapiao.VerificationError):
            await signed_call.read_async(httpx.Response(200, headers=signed(), content=b"{}"))
        return await signed_call.read_async(found("f-1"))

    assert asyncio.run(read())["total_count"] == 1
