"""calls/query.json: what became of an application, all of it, also the fields that are sealed for the merchant."""
import copy

from .. import keyset
from ..envelope import APPLY_ID, document
from ..rules import b64, compact, survive
from .common import DROP, FLAGS, P, Call, account, identifier_rows, merchant, refusals, refused, sent, told, untold

CALL = Call("query", "GET", P + "/fapiao-applications/{fapiao_apply_id}", sub="query", path=("fapiao_apply_id",), query=("sub_mchid", "fapiao_id"))
BASE = {"fapiao_apply_id": APPLY_ID}
LINE = {"tax_code": "3010101020203000000", "goods_name": "出租汽车旅客运输服务", "specification": "A4", "unit": "次", "quantity": 100000000,
        "unit_price": 380442000000, "amount": 380442, "tax_amount": 49458, "total_amount": 429900, "tax_rate": 1300,
        "tax_prefer_mark": "NO_FAVORABLE", "discount": False}
INVOICE = {
    "fapiao_id": "20200701123456", "status": "ISSUED",
    "blue_fapiao": {"fapiao_code": "044001911211", "fapiao_number": "12897794", "check_code": "69001808340631374774",
                    "password": "006>299-375/326>2+7/*0-+<351059<80<4*/5>+<11631+*3030/5*37+/-243159658+013>3409*044>4-/1*",
                    "fapiao_time": "2020-07-01T12:00:00+08:00"},
    "card_information": {"card_appid": "wxb1170446a4c0a5a2", "card_openid": "plN5twRbHym_j-QcqCzstl0HmwEs", "card_id": "pDe7ajrY4G5z_SIDSauDkLSuF9NI",
                         "card_code": "11223344556677889900", "card_status": "INSERTED"},
    "total_amount": 429900, "tax_amount": 49458, "amount": 380442,
    "seller_information": {"name": "深圳市南山区测试公司", "taxpayer_id": "202003261233701778", "address": "深圳市南山区深南大道10000号"},
    "buyer_information": {"type": "ORGANIZATION", "name": "深圳市南山区测试企业", "taxpayer_id": "202003261233701779"},
    "extra_information": {"drawer": "张三"}, "items": [LINE], "remark": "备注"}
RED = {"fapiao_code": "044001911212", "fapiao_number": "12897795", "check_code": "69001808340631374775", "password": "-",
       "fapiao_time": "2020-07-02T12:00:00+08:00"}
DIGITAL = {"fapiao_number": "24312000000012345678", "fapiao_time": "2026-11-22T08:00:00+08:00"}
I = "/fapiao_information/0"


def _sent():
    def row(ident, comment, payload, *flags, **other):
        return sent(CALL, ident, comment, payload, *flags, **other)

    return [
        row("application", "All invoices of an application, on a sub-merchant's behalf.", BASE, "Target", "SubMerchant"),
        row("invoice", "One invoice of it.", BASE | {"fapiao_id": "20200701123456"}, "Target", "SubMerchant"),
        row("direct", "By a direct merchant: no query at all.", BASE, "Target", "SubMerchant", caller=merchant("direct")),
        row("direct-invoice", "One invoice, by a direct merchant.", BASE | {"fapiao_id": "20200701123456"}, "Target", caller=merchant("direct")),
        row("shuffled", "Fields given in another order.", {"fapiao_id": "f1", "fapiao_apply_id": "a1"}, "Target"),
        row("identifier", "Every kind of character an identifier may have, in path and query.", {"fapiao_apply_id": "aZ09-_|*", "fapiao_id": "|*"}, "Target"),
        row("longest", "32 characters.", {"fapiao_apply_id": "*" * 32, "fapiao_id": "|" * 32}, "Limit"),
        row("certificate", "The ring has a certificate.", BASE, "Serial", caller=merchant(ring=("platform-2",))),
    ]


def _refused():
    rows = [
        *identifier_rows(), *identifier_rows("/fapiao_id"),
        ("no-application", "Without fapiao_apply_id.", "/fapiao_apply_id", DROP, "input.missing"),
        ("near-name", "A name near to fapiao_id.", "/fapiao_ids", "f1", "input.unknown"),
        ("camel-case", "A name in another style.", "/fapiaoId", "f1", "input.unknown"),
        ("application-number", "The identifier as a number.", "/fapiao_apply_id", 4200000444201910, "input.type"),
        ("application-null", "The identifier as null.", "/fapiao_apply_id", None, "input.type"),
        ("invoice-null", "An optional field as null.", "/fapiao_id", None, "input.type"),
    ]
    base = BASE | {"fapiao_id": "f1"}
    return [*refusals(base, rows), refused("account-caller", "An account has no such call.", BASE, "input.call", caller=account())]


def _of(*invoices, **more):
    return compact({"total_count": len(invoices), "fapiao_information": list(invoices)} | more)


def _sealed():
    """Phone and email of the buyer, sealed for the merchant; the answer has them opened."""
    words = {"phone": "13800000000", "email": "user@example.com"}
    pairs = [{"ciphertext": b64(keyset.seal("partner", word.encode(), f"query {name}")), "plaintext": word} for name, word in words.items()]
    invoice = copy.deepcopy(INVOICE)
    invoice["buyer_information"] |= {name: pair["ciphertext"] for name, pair in zip(words, pairs, strict=True)}
    opened = copy.deepcopy(invoice)
    opened["buyer_information"] |= words
    phone_only = copy.deepcopy(INVOICE)
    phone_only["buyer_information"]["phone"] = pairs[0]["ciphertext"]
    phone_opened = copy.deepcopy(INVOICE)
    phone_opened["buyer_information"]["phone"] = words["phone"]
    return [
        told("answer-sealed", "Phone and email, sealed for the merchant.", _of(invoice), "Sealed", answer=survive(_of(opened)), opened=pairs),
        told("answer-sealed-twice", "The same phone in two invoices, one more without.", _of(phone_only, INVOICE, phone_only), "Sealed",
             answer=survive(_of(phone_opened, INVOICE, phone_opened)), opened=pairs[:1]),
    ]


def _told():
    digital = {k: v for k, v in INVOICE.items() if k != "card_information"} | {"blue_fapiao": DIGITAL}
    empty = DIGITAL | {"fapiao_code": "", "check_code": "", "password": ""}
    failed = {k: v for k, v in digital.items() if k != "blue_fapiao"} | {
        "status": "ISSUE_FAILED", "fapiao_error_code": "BIZ_ERROR", "fapiao_error_message": "开票人未登录"}
    strange = INVOICE | {"status": "SOMETHING_NEW", "card_information": INVOICE["card_information"] | {"card_status": "NEW_STATUS"}}
    raw = _of(INVOICE)
    big = raw.replace('"fapiao_id"', '"trace_id":24312000000012345678,"fapiao_id"', 1)
    deep = raw.replace('"drawer"', '"ids":[1,9007199254740991,9007199254740992,-9007199254740993],"drawer"')
    return [
        told("answer", "An issued invoice in the wallet.", raw, "Shape"),
        told("answer-reversed", "A reversed invoice has a blue and a red side.", _of(INVOICE | {"status": "REVERSED", "red_fapiao": RED}), "Shape"),
        told("answer-two", "Two invoices.", _of(INVOICE, INVOICE | {"fapiao_id": "20200701123457"}), "Shape"),
        told("answer-none", "The list is empty.", _of(), "Optional"),
        told("answer-no-list", "The list is absent.", '{"total_count":0}', "Optional"),
        told("answer-digital", "A digital invoice: no code, check code, password, card.", _of(digital), "Digital"),
        told("answer-digital-empty", "A digital invoice with empty texts.", _of(digital | {"blue_fapiao": empty}), "Digital"),
        told("answer-no-extra", "Empty texts in lines and extra information.", _of(INVOICE | {
            "extra_information": {"payee": "", "reviewer": "", "drawer": ""}, "items": [LINE | {"unit": "", "specification": ""}], "remark": ""}), "Optional"),
        told("answer-failed", "A failed invoice with its reason.", _of(failed), "Shape"),
        told("answer-unknown-words", "A status and a card status nobody knows yet.", _of(strange), "OpenEnum"),
        told("answer-unknown-fields", "Unknown fields on three levels.",
             _of(INVOICE | {"new": {"a": [1, "2", None, True]}, "items": [LINE | {"n": 0.5}]}, more="x"), "UnknownField"),
        told("answer-big-number", "20 digits in an unknown field.", big, "BigNumber", "UnknownField"),
        told("answer-big-numbers-deep", "Numbers on both sides of the border, inside a list.", deep, "BigNumber", "UnknownField"),
        told("answer-spaces", "White space between the tokens.", " \r\n\t" + raw.replace(",", " ,\n "), "Shape"),
        told("answer-direct", "For a direct merchant.", raw, "Shape", caller=merchant("direct")),
        *_sealed(),
    ]


def _untold():
    raw = _of(INVOICE)
    rows = [
        ("count-text", "The count is a text.", raw.replace('"total_count":1', '"total_count":"one"'), "parse.type", "/total_count"),
        ("count-fraction", "The count has a fraction.", raw.replace('"total_count":1', '"total_count":1.5'), "parse.type", "/total_count"),
        ("count-missing", "Without the count.", raw.replace('"total_count":1,', ""), "parse.missing", "/total_count"),
        ("list-object", "An object instead of the list.", compact({"total_count": 1, "fapiao_information": INVOICE}), "parse.type", "/fapiao_information"),
        ("invoice-text", "A text in the list.", _of("f1"), "parse.type", I),
        ("status-number", "A status that is a number.", _of(INVOICE | {"status": 1}), "parse.type", I + "/status"),
        ("amount-text", "An amount that is a word.", _of(INVOICE | {"total_amount": "much"}), "parse.type", I + "/total_amount"),
        ("second-invoice", "The fault is in the second invoice.", _of(INVOICE, INVOICE | {"fapiao_id": True}), "parse.type", "/fapiao_information/1/fapiao_id"),
        ("array", "A list where an object is due.", "[]", "parse.type", None),
        ("text", "A text where an object is due.", '"ok"', "parse.type", None),
    ]
    cases = [untold(f"answer-{ident}", comment, body, code, "Shape", pointer=pointer) for ident, comment, body, code, pointer in rows]
    broken = {"truncated": raw[:-1], "empty": "", "html": "<html></html>", "trailing-comma": raw[:-1] + ",}",
              "single-quotes": raw.replace('"', "'"), "nan": '{"total_count":NaN}'}
    return cases + [untold(f"answer-{name}", f"Not JSON: {name}.", body, "parse.json", "NotJson") for name, body in broken.items()]


def documents():
    about = "Querying an application (fapiao-applications/{fapiao_apply_id}), as a request and as an answer; `open` lists what the merchant key opens."
    source = "WeChat Pay APIv3 fapiao: query; APIv3 protocol rules, sensitive fields"
    return {"calls/query.json": document(about, source, FLAGS, _sent() + _refused() + _told() + _untold())}
