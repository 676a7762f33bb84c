"""calls/set_auth_field.json and its five siblings: setbizattr, one call for each action."""
from ..envelope import document
from ..rules import compact
from .account_common import acknowledged, answers, refusals_account, requests, told_account
from .common import FLAGS, Call, account, refused, sent

CUSTOM = dict.fromkeys(["key", "is_require", "notice"])
USER = dict.fromkeys(["show_title", "show_phone", "show_email", "require_phone", "require_email"]) | {"custom_field": CUSTOM}
BUSINESS = dict.fromkeys(["show_title", "show_tax_no", "show_addr", "show_phone", "show_bank_type", "show_bank_no", "require_tax_no", "require_addr",
                          "require_phone", "require_bank_type", "require_bank_no"]) | {"custom_field": CUSTOM}
TABLES = {"auth_field": {"user_field": USER, "biz_field": BUSINESS}, "paymch_info": dict.fromkeys(["mchid", "s_pappid"]),
          "contact": dict.fromkeys(["phone", "time_out"])}
FIELDS = {"user_field": {"show_title": 1, "show_phone": 1, "show_email": 0, "require_phone": 1, "require_email": 0,
                         "custom_field": [{"key": "field1", "is_require": 1, "notice": "请填写工号"}, {"key": "field2"}]},
          "biz_field": {"show_title": 1, "show_tax_no": 1, "show_addr": 1, "show_phone": 1, "show_bank_type": 0, "show_bank_no": 0, "require_tax_no": 0,
                        "require_addr": 0, "require_phone": 0, "require_bank_type": 0, "require_bank_no": 0, "custom_field": [{"key": "field1"}]}}
MERCHANT = {"mchid": "1900000109", "s_pappid": "d3JlYWw5MDAwMDE="}
CONTACT = {"phone": "0755-86013388", "time_out": 12345}


def _call(action, *objects):
    body = {name: TABLES[name] for name in objects}
    return Call(action, "POST", "/card/invoice/setbizattr", system="account", query=("access_token", "action"), body=body, constants={"action": action})


def _set(action, name, value, required, rows=()):
    call = _call(action, name)
    other = "get_contact" if action != "get_contact" else "set_contact"
    base = {name: value}
    return [
        *requests(call, base, (f"/{name}", *required)),
        sent(call, "action-written-out", "The action is what it must be, whether it is written out or not.", base | {"action": action}, "Target"),
        refused("other-action", "The action of another call.", base | {"action": other}, "input.unknown", pointer="/action", caller=account()),
        *refusals_account(base, rows),
        *acknowledged(),
    ]


def _get(action, name, value, required):
    call = _call(action)
    return [*requests(call, {}, strangers=(name,)), *answers({name: value}, (f"/{name}", *required))]


def _auth_field():
    rows = [("show-boolean", "A number of 0 and 1 as a boolean.", "/auth_field/user_field/show_title", True, "input.type"),
            ("near-name", "A name near to show_title.", "/auth_field/user_field/show_titel", 1, "input.unknown"),
            ("person-tax-no", "A person has no taxpayer id.", "/auth_field/user_field/show_tax_no", 1, "input.unknown"),
            ("custom-object", "Fields of the merchant's own that are no list.", "/auth_field/biz_field/custom_field", {"key": "x"}, "input.type")]
    cases = _set("set_auth_field", "auth_field", FIELDS, ("/auth_field/user_field/custom_field/1/key",), rows)
    few = {"user_field": {"show_title": 1}}
    return [*cases, sent(_call("set_auth_field", "auth_field"), "few", "One field of a person.", {"auth_field": few}, "Body")]


def _get_auth_field():
    few = {"auth_field": {"user_field": {"show_title": "1", "custom_field": []}}}
    read = {"errcode": 0, "errmsg": "ok", "auth_field": {"user_field": {"show_title": 1, "custom_field": []}}}
    return [*_get("get_auth_field", "auth_field", FIELDS, ()),
            told_account("answer-few", "Numbers as text, and what is not there.", compact({"errcode": 0, "errmsg": "ok"} | few), "Lenient", "Optional", answer=read)]


def documents():
    source = "WeChat Official Account: invoicebizsetattr, action "
    contact = [("time-out-negative", "A time below zero.", "/contact/time_out", -1, "input.range"),
               ("phone-number", "A telephone as a number.", "/contact/phone", 86013388, "input.type"),
               ("phone-empty", "An empty telephone.", "/contact/phone", "", "input.length")]
    merchant = [("mchid-number", "A merchant number as a number.", "/paymch_info/mchid", 1900000109, "input.type")]
    made = {
        "set_auth_field": ("What users fill in, set.", _auth_field()),
        "get_auth_field": ("What users fill in.", _get_auth_field()),
        "set_pay_mch": ("Merchant number and platform, tied.", _set("set_pay_mch", "paymch_info", MERCHANT, ("/paymch_info/mchid", "/paymch_info/s_pappid"), merchant)),
        "get_pay_mch": ("Merchant number and platform.", _get("get_pay_mch", "paymch_info", MERCHANT, ("/paymch_info/mchid", "/paymch_info/s_pappid"))),
        "set_contact": ("Whom users reach, set.", _set("set_contact", "contact", CONTACT, ("/contact/phone", "/contact/time_out"), contact)),
        "get_contact": ("Whom users reach.", _get("get_contact", "contact", CONTACT, ("/contact/phone", "/contact/time_out"))),
    }
    return {f"calls/{name}.json": document(about, source + name, FLAGS, cases) for name, (about, cases) in made.items()}
