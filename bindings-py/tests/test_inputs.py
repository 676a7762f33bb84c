"""What wrong arguments get: an error that names the argument and what is wanted."""

from __future__ import annotations

import copy
import datetime
import json
import pickle
from decimal import Decimal
from typing import Any

import fapiao
import pytest
from fapiao import _core, errors
from support import ROOT, caller, key_file

DIRECT = {"kind": "direct", "mchid": "1900000001", "serial_no": "1", "key": "direct", "ring": ["wechatpay"]}
PARTNER = {**DIRECT, "kind": "partner", "mchid": "1900000100", "key": "partner"}
SECRETS = ["s3cr3t-app-secret", "t0k3n-of-account", "13800000000"]


def shop() -> Any:
    """A direct merchant."""
    return caller(DIRECT)


@pytest.mark.parametrize(
    ("content", "wanted"),
    [({}, "request.body"), ("{}", "content must be bytes, not str"), ([1], "response.content"), (None, "NoneType")],
)
def test_a_body_that_is_not_bytes_is_refused(content: Any, wanted: str) -> None:
    signed = shop().fapiao_files(fapiao_apply_id="1").sign()
    with pytest.raises(TypeError, match=wanted.replace("(", r"\(")):
        signed.read(status=200, headers={}, content=content)


def test_a_parsed_answer_is_refused() -> None:
    signed = shop().fapiao_files(fapiao_apply_id="1").sign()
    with pytest.raises(TypeError, match="response must be the response object, not dict"):
        signed.read({"total_count": 1})


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


@pytest.mark.parametrize(
    ("argument", "value"),
    [
        ("private_key", 1),
        ("wechatpay_keys", "PEM"),
        ("wechatpay_keys", {"PUB_KEY_ID_1": 2}),
        ("platform_certificates", "PEM"),
        ("allow_downloads", "wechatpay.cn"),
        ("certificate", object()),
        ("signer", "kms"),
        ("mchid", 1900000001),
    ],
)
def test_a_wrong_configuration_names_the_argument(argument: str, value: Any) -> None:
    with pytest.raises((TypeError, fapiao.InputError), match=argument):
        fapiao.Direct(**{"mchid": "1", "serial_no": "1", argument: value})


def test_a_wrong_key_says_what_it_is() -> None:
    with pytest.raises(fapiao.KeyFileError, match="certificate"):
        fapiao.Direct(mchid="1", serial_no="1", private_key=key_file("direct.cert.pem"))


def test_a_file_must_be_bytes() -> None:
    with pytest.raises(TypeError, match="file must be bytes, not str"):
        shop().upload_file("x.pdf", "x.pdf", "application/pdf", file_type="PDF")


def test_sessions_of_the_wrong_kind_are_refused() -> None:
    import httpx

    with pytest.raises(TypeError, match="AsyncClient"):
        fapiao.Client(httpx.AsyncClient())
    with httpx.Client() as session, pytest.raises(TypeError, match="session must be"):
        fapiao.AsyncClient(session)


def test_keys_refuse_to_pickle() -> None:
    made = [shop(), shop()._door, shop().fapiao_files(fapiao_apply_id="1").sign()]
    for value in made:
        with pytest.raises(TypeError, match=r"pickle"):
            pickle.dumps(value)


def test_errors_pickle_and_copy() -> None:
    with pytest.raises(fapiao.InputError) as raised:
        shop().fapiao_files(fapiao_apply_id="")
    for again in (pickle.loads(pickle.dumps(raised.value)), copy.deepcopy(raised.value)):
        assert (type(again), again.code, again.field) == (type(raised.value), raised.value.code, raised.value.field)


def test_the_registry_is_walked() -> None:
    codes = json.loads((ROOT / "core/schema/errors.json").read_bytes())["codes"]
    assert json.loads(_core.registry()) == codes
    rest: dict[str, Any] = {"message": "m", "field": None, "details": {}, "remote": None}
    for entry in codes:
        error = errors.from_report(json.dumps({**entry, **rest}))
        assert type(error) is not fapiao.FapiaoError, f"{entry['code']} has no class"
        assert (error.code, error.fault, error.help, error.help_zh) == tuple(
            entry[name] for name in ("code", "fault", "help", "help_zh")
        )
    assert {code["code"].partition(".")[0] for code in codes} == set(errors.GROUPS)


def test_every_call_exists_on_exactly_its_callers() -> None:
    calls = json.loads((ROOT / "core/schema/calls.json").read_bytes())["x-calls"]
    classes = {
        "direct": fapiao.Direct,
        "partner": fapiao.Partner,
        "sub_merchant": fapiao.SubMerchant,
        "account": fapiao.Account,
    }
    own = {"call", "sub_merchant", "with_access_token"}
    for kind, made in classes.items():
        offered = {name for name in dir(made) if not name.startswith("_")} - own
        assert offered == {name for name, call in calls.items() if kind in call["callers"]}
        for name in offered:
            assert calls[name]["page"] in (getattr(made, name).__doc__ or ""), f"{name} does not name its page"


def test_nothing_shown_holds_a_secret() -> None:
    secret, token, phone = SECRETS
    account = fapiao.Account(appid="wx1", secret=secret, access_token=token)
    merchant = shop()
    query = account.get_pdf(s_media_id="1")
    made = [account, account._door, merchant, query, query.sign(), account.stable_token().sign()]
    buyer = {"type": "INDIVIDUAL", "name": "Z", "phone": phone + "😀"}
    with pytest.raises(fapiao.FapiaoError) as raised:
        merchant.issue(scene="x", fapiao_apply_id="1", buyer_information=buyer, fapiao_information=[])
    made += [raised.value, raised.value.details, raised.value.message]
    key = key_file("direct.key.pem").decode().splitlines()[1]
    for value in made:
        for shown in (repr(value), str(value), f"{value!r:s}"):
            assert not any(word in shown for word in [*SECRETS, key]), shown
