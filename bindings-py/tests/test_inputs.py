"""What wrong arguments get: an error that names the argument and what is wanted."""

from __future__ import annotations

import asyncio
import copy
import datetime
import inspect
import io
import pickle
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import fapiao
import httpx
import pytest
from support import caller, key_file

DIRECT = {"kind": "direct", "mchid": "1900000001", "serial_no": "1", "key": "direct", "ring": ["wechatpay"]}
PARTNER = {**DIRECT, "kind": "partner", "mchid": "1900000100", "key": "partner"}


def shop() -> Any:
    """A direct merchant."""
    return caller(DIRECT)


RAW = ["response.content", "await response.read()", "request.body", "request.get_data()", "await request.body()"]
"""What httpx, requests, aiohttp, Django, Flask, FastAPI and Starlette call the raw bytes."""


@pytest.mark.parametrize("content", [{}, "{}", [1], None, 1])
def test_a_body_that_is_not_bytes_is_refused_and_the_raw_one_is_named(content: Any) -> None:
    signed = shop().fapiao_files(fapiao_apply_id="1").sign()
    with pytest.raises(TypeError, match=f"content must be bytes, not {type(content).__name__}") as raised:
        signed.read(status=200, headers={}, content=content)
    assert all(name in str(raised.value) for name in RAW)


@pytest.mark.parametrize("response", [{"total_count": 1}, [], "{}", b"{}", object()])
def test_what_is_no_response_is_refused_and_the_raw_body_is_named(response: Any) -> None:
    signed = shop().fapiao_files(fapiao_apply_id="1").sign()
    wanted = f"response must be the response object .*, not {type(response).__name__}"
    with pytest.raises(TypeError, match=wanted) as raised:
        signed.read(response)
    with pytest.raises(TypeError, match=wanted):
        asyncio.run(signed.read_async(response))
    assert all(name in str(raised.value) for name in RAW)


@pytest.mark.parametrize(
    ("parts", "wanted"),
    [
        ({"status": "200", "headers": {}, "content": b""}, "status must be an int, not str"),
        ({"status": 200, "headers": None, "content": b""}, "headers must be a mapping or pairs, not NoneType"),
        ({"status": 200, "headers": "a: b", "content": b""}, "headers must be a mapping or pairs, not str"),
        ({"status": 200, "headers": {"a": 1}, "content": b""}, "headers must be pairs of str or bytes"),
        ({"response": object(), "status": 200}, "not both"),
    ],
)
def test_parts_of_an_answer_are_checked(parts: dict[str, Any], wanted: str) -> None:
    signed = shop().fapiao_files(fapiao_apply_id="1").sign()
    with pytest.raises(TypeError, match=wanted):
        signed.read(**parts)


@pytest.mark.parametrize("value", [Decimal(1), datetime.datetime(2026, 1, 1), b"1", {1, 2}])
def test_a_value_without_json_form_is_named(value: Any) -> None:
    with pytest.raises(TypeError, match=f"/buyer_information/phone must be .*, not {type(value).__name__}"):
        shop().issue(scene="x", fapiao_apply_id="1", buyer_information={"phone": value}, fapiao_information=[])


def test_a_wrong_type_is_a_type_error_and_a_value_error() -> None:
    with pytest.raises(fapiao.InputTypeError) as raised:
        shop().title_url(fapiao_apply_id="1", source="WEB", appid="a", openid="o", total_amount="1")
    assert isinstance(raised.value, (TypeError, ValueError)) and raised.value.field == "/total_amount"


def test_an_unknown_field_is_refused_with_the_nearest_name() -> None:
    with pytest.raises(fapiao.InputError, match="fapiao_apply_id"):
        shop().fapiao_files(fapiao_aply_id="1")


class Odd:
    """A value that no argument takes."""


def arguments(function: Any) -> list[str]:
    """What can be passed by name."""
    return [name for name in inspect.signature(function).parameters if name != "self"]


GIVEN: list[tuple[Any, dict[str, Any]]] = [
    (fapiao.Direct, {"mchid": "1", "serial_no": "1"}),
    (fapiao.Partner, {"mchid": "1", "serial_no": "1"}),
    (fapiao.Account, {"appid": "wx1"}),
]


@pytest.mark.parametrize(
    ("made", "given", "argument"), [(made, given, name) for made, given in GIVEN for name in arguments(made.__init__)]
)
def test_every_argument_of_a_caller_is_checked_and_named(made: Any, given: dict[str, Any], argument: str) -> None:
    with pytest.raises(TypeError, match=f"^{argument} must .*Odd"):
        made(**{**given, argument: Odd()})


@pytest.mark.parametrize(
    ("argument", "value", "wanted"),
    [
        ("wechatpay_keys", "PEM", "wechatpay_keys must hold key files, not be str"),
        ("wechatpay_keys", {"PUB_KEY_ID_1": 2}, r"wechatpay_keys\['PUB_KEY_ID_1'\] must be .* str or bytes, not int"),
        ("platform_certificates", "PEM", "platform_certificates must hold key files, not be str"),
        ("platform_certificates", [3], r"platform_certificates\[0\] must be .* str or bytes, not int"),
        ("allow_downloads", "wechatpay.cn", "allow_downloads must be a list of str, not str"),
        ("hosts", {"main": 1}, r"hosts\['main'\] must be str, not int"),
    ],
)
def test_what_is_inside_an_argument_is_checked(argument: str, value: Any, wanted: str) -> None:
    with pytest.raises(TypeError, match=wanted):
        fapiao.Direct(**{"mchid": "1", "serial_no": "1", argument: value})


@pytest.mark.parametrize("made", [fapiao.Client, fapiao.AsyncClient])
@pytest.mark.parametrize("argument", ["session", "store", "timeout", "observer"])
def test_every_argument_of_a_client_is_checked_and_named(made: Any, argument: str) -> None:
    session = httpx.Client() if made is fapiao.Client else httpx.AsyncClient()
    with pytest.raises(TypeError, match=f"^{argument} must .*Odd"):
        made(**{"session": session, argument: Odd()})


def test_arguments_of_methods_are_checked_and_named() -> None:
    merchant, provider, account = shop(), caller(PARTNER), fapiao.Account(appid="wx1")
    wrong: list[tuple[str, Callable[[], Any]]] = [
        ("sub_mchid must be str, not int", lambda: provider.sub_merchant(1900000109)),
        ("access_token must be str, not NoneType", lambda: account.with_access_token(None)),  # type: ignore[arg-type]
        ("name must be str, not Odd", lambda: merchant.call(Odd(), {})),
        ("payload must be a mapping .*, not Odd", lambda: merchant.call("query", Odd())),
        ("file must be a tuple .*, not bytes", lambda: merchant.call("upload_file", {}, b"%PDF")),
        ("file must be bytes, not str", lambda: merchant.upload_file("x", "x.pdf", "application/pdf", file_type="PDF")),
        ("file must be bytes, not BytesIO", lambda: merchant.upload_file(io.BytesIO(), "x", "y", file_type="PDF")),
        ("filename must be str, not Odd", lambda: merchant.upload_file(b"", Odd(), "y", file_type="PDF")),
        ("media_type must be str, not NoneType", lambda: merchant.upload_file(b"", "x", None, file_type="PDF")),
    ]
    for wanted, work in wrong:
        with pytest.raises(TypeError, match=wanted):
            work()


@pytest.mark.parametrize("made", [fapiao.Client, fapiao.AsyncClient])
def test_only_calls_are_sent(made: Any) -> None:
    client = made(httpx.Client() if made is fapiao.Client else httpx.AsyncClient())
    signed = shop().query(fapiao_apply_id="1").sign()
    with pytest.raises(TypeError, match="call must be what a caller's method returns, not SignedCall"):
        sent = client.send(signed)
        asyncio.run(sent)


@pytest.mark.parametrize(
    ("argument", "function", "wanted"),
    [
        ("clock", lambda: "1795305600", "clock must return Unix seconds as int or float, not str"),
        ("entropy", lambda count: "7" * count, "entropy must return bytes, not str"),
        ("entropy", lambda count: b"short", "entropy must give the 32 bytes it is asked for, not 5"),
    ],
)
def test_what_clock_and_entropy_return_is_checked(argument: str, function: Any, wanted: str) -> None:
    merchant = caller(DIRECT, **{argument: function})
    with pytest.raises((TypeError, ValueError), match=wanted):
        merchant.query(fapiao_apply_id="1").sign()


def test_a_wrong_key_says_what_it_is() -> None:
    with pytest.raises(fapiao.KeyFileError, match="certificate"):
        fapiao.Direct(mchid="1", serial_no="1", private_key=key_file("direct.cert.pem"))


def test_sessions_of_the_wrong_kind_are_refused() -> None:
    with pytest.raises(TypeError, match="AsyncClient"):
        fapiao.Client(httpx.AsyncClient())  # type: ignore[arg-type]
    with httpx.Client() as session, pytest.raises(TypeError, match="session must be"):
        fapiao.AsyncClient(session)  # type: ignore[arg-type]


def test_keys_refuse_to_pickle() -> None:
    made = [shop(), shop()._engine, shop().fapiao_files(fapiao_apply_id="1").sign()]
    for value in made:
        with pytest.raises(TypeError, match=r"pickle"):
            pickle.dumps(value)


def test_errors_pickle_and_copy() -> None:
    with pytest.raises(fapiao.InputError) as raised:
        shop().fapiao_files(fapiao_apply_id="")
    for again in (pickle.loads(pickle.dumps(raised.value)), copy.deepcopy(raised.value)):
        assert (type(again), again.code, again.field) == (type(raised.value), raised.value.code, raised.value.field)
