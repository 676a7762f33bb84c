"""calls/issue.json: issuing for tax-control and block-chain invoices (direct merchants and the older partner generation)."""
from ..envelope import APPLY_ID, document
from ..rules import SAFE_INTEGER
from .common import DROP, FLAGS, P, Call, accepted, account, changed, identifier_rows, merchant, refusals, refused, sent, untold

BUYER = dict.fromkeys(["type", "name", "taxpayer_id", "address", "telephone", "bank_name", "bank_account", "phone", "email"])
LINE = dict.fromkeys(["tax_code", "goods_category", "goods_name", "goods_id", "specification", "unit", "quantity", "total_amount", "tax_rate",
                      "tax_prefer_mark", "discount"])
INVOICE = {"fapiao_id": None, "total_amount": None, "need_list": None, "remark": None, "items": LINE}
BODY = {"sub_mchid": None, "scene": None, "fapiao_apply_id": None, "buyer_information": BUYER, "fapiao_information": INVOICE}
CALL = Call("issue", "POST", P + "/fapiao-applications", sub="body", body=BODY)
SALE = {"tax_code": "3010101020203000000", "goods_category": "出租汽车客运服务", "goods_name": "出租汽车旅客运输服务", "specification": "A4", "unit": "次",
        "quantity": 100000000, "total_amount": 429900, "tax_rate": 1300, "tax_prefer_mark": "NO_FAVORABLE", "discount": False}
DISCOUNT = {"tax_code": "3010101020203000000", "quantity": 100000000, "total_amount": -47005, "tax_rate": 1300, "discount": True}
COMPANY = {"type": "ORGANIZATION", "name": "深圳市南山区测试企业", "taxpayer_id": "202003261233701778", "address": "深圳市南山区深南大道10000号",
           "telephone": "075512345678", "bank_name": "测试银行", "bank_account": "62001234567890"}
BASE = {"scene": "WITH_WECHATPAY", "fapiao_apply_id": APPLY_ID, "buyer_information": COMPANY, "fapiao_information": [
    {"fapiao_id": "20200701123456", "total_amount": 382895, "need_list": False, "remark": "备注", "items": [SALE, DISCOUNT]}]}
PERSON = {"type": "INDIVIDUAL", "name": "张三"}
SMALL = {"scene": "WITHOUT_WECHATPAY", "fapiao_apply_id": "order-1", "buyer_information": PERSON, "fapiao_information": [
    {"fapiao_id": "f1", "total_amount": 1, "items": [{"tax_code": "1", "quantity": 100000000, "total_amount": 1, "discount": False}]}]}
REMARK = "/fapiao_information/0/remark"
INVOICE_0, ITEM_0, ITEM_1 = "/fapiao_information/0", "/fapiao_information/0/items/0", "/fapiao_information/0/items/1"


def reversed_deep(value):
    if isinstance(value, dict):
        return {name: reversed_deep(value[name]) for name in reversed(value)}
    return [reversed_deep(one) for one in value] if isinstance(value, list) else value


def _sent():
    def row(ident, comment, payload, *flags, **other):
        return sent(CALL, ident, comment, payload, *flags, **other)

    phone = BASE | {"buyer_information": COMPANY | {"phone": "13800000000"}}
    both = BASE | {"buyer_information": {"email": "user@example.com", "phone": "13800000000"} | COMPANY}
    five = [SMALL["fapiao_information"][0] | {"fapiao_id": f"f{n}"} for n in range(1, 6)]
    return [
        row("company", "For a company, a line and its discount line, on a sub-merchant's behalf.", BASE, "Body", "SubMerchant"),
        row("direct", "The same by a direct merchant: no sub_mchid.", BASE, "Body", "SubMerchant", caller=merchant("direct")),
        row("smallest", "Only what is required, for a person.", SMALL, "Body"),
        row("smallest-direct", "The same by a direct merchant.", SMALL, "Body", caller=merchant("direct")),
        row("shuffled", "Fields given in another order travel in the order of the table.", reversed_deep(BASE), "Body"),
        row("goods-id", "Goods referred to by their configured number.", changed(SMALL, ITEM_0 + "/goods_id", 123456), "Body"),
        row("escapes", "A remark with everything JSON escapes.", changed(SMALL, REMARK, 'a"b\\c/d\r\n\t\b\f\x1f\x7f<&>\u2028é中文'), "Escapes"),
        row("five-invoices", "Five invoices, the most there may be.", SMALL | {"fapiao_information": five}, "Limit"),
        row("eight-lines", "Eight lines, the most there may be.",
            changed(changed(SMALL, INVOICE_0 + "/items", [SMALL["fapiao_information"][0]["items"][0]] * 8), INVOICE_0 + "/total_amount", 8), "Limit"),
        row("longest", "The longest texts.", changed(changed(SMALL, REMARK, "x" * 200), INVOICE_0 + "/fapiao_id", "f" * 32), "Limit"),
        row("largest", "The largest quantity.", changed(SMALL, ITEM_0 + "/quantity", SAFE_INTEGER), "Limit"),
        row("unknown-scene", "A scene nobody knows yet.", SMALL | {"scene": "WITH_SOMETHING_NEW"}, "OpenEnum"),
        row("unknown-mark", "A preferential mark nobody knows yet.", changed(SMALL, ITEM_0 + "/tax_prefer_mark", "NEW_MARK"), "OpenEnum"),
        row("basic-plane", "The last character below U+10000 passes.", changed(SMALL, REMARK, "\uffee 中"), "Escapes"),
        row("sealed-phone", "A phone number is sealed under the public key.", phone, "Sealed", "Serial"),
        row("sealed-both", "Phone and email.", both, "Sealed", "Serial"),
        row("sealed-certificate", "Sealed under the later certificate.", both, "Sealed", "Serial", caller=merchant(ring=("platform-2", "platform-1"))),
        row("sealed-pinned", "Sealed under the pinned key.", both, "Sealed", "Serial",
            caller=merchant(ring=("wechatpay", "platform-1", "platform-2"), pinned="platform-1")),
        row("sealed-direct", "Sealed for a direct merchant.", phone, "Sealed", caller=merchant("direct")),
        row("sealed-longest", "An address of 214 bytes.", BASE | {"buyer_information": COMPANY | {"email": "x" * 214}}, "Sealed", "Limit"),
    ]


def _missing_and_unknown():
    required = ["/scene", "/fapiao_apply_id", "/buyer_information", "/fapiao_information", "/buyer_information/type", "/buyer_information/name",
                INVOICE_0 + "/fapiao_id", INVOICE_0 + "/total_amount", INVOICE_0 + "/items", ITEM_1 + "/tax_code", ITEM_1 + "/quantity",
                ITEM_1 + "/total_amount", ITEM_1 + "/discount"]
    rows = [(f"no{pointer.replace('/', '-').replace('_', '-')}", f"Without {pointer}.", pointer, DROP, "input.missing") for pointer in required]
    unknown = {"/remark": "x", "/buyer_information/mail": "x", INVOICE_0 + "/need_lists": True, ITEM_0 + "/tax_prefer_marks": "x",
               INVOICE_0 + "/fapiaoId": "x"}
    later = {INVOICE_0 + "/billing_person_id": "x", INVOICE_0 + "/fapiao_bill_type": "VAT_FAPIAO", INVOICE_0 + "/transaction_information": [],
             "/buyer_information/fapiao_bill_type": "COMM_FAPIAO", "/buyer_information/user_apply_message": "x", ITEM_0 + "/preferential_policy_code": 1}
    rows += [(f"unknown{p.replace('/', '-').replace('_', '-').lower()}", f"{p} is no field of this call.", p, v, "input.unknown") for p, v in unknown.items()]
    rows += [(f"later{p.replace('/', '-').replace('_', '-')}", f"{p} belongs to the newer generation.", p, v, "input.unknown") for p, v in later.items()]
    return [*rows, ("company-no-taxpayer-id", "A company without taxpayer_id.", "/buyer_information/taxpayer_id", DROP, "input.missing")]


def _contradictions():
    """What each line has right on its own, and the invoice as a whole has not."""
    lines, total = INVOICE_0 + "/items", INVOICE_0 + "/total_amount"
    other = DISCOUNT | {"tax_code": "3010101020204000000"}
    rows = [
        ("sum-above", "One fen more than the lines.", total, 382896, total),
        ("sum-below", "One fen less than the lines.", total, 382894, total),
        ("discount-first", "A discount line with nothing before it.", lines, [DISCOUNT, SALE], ITEM_0 + "/discount"),
        ("discount-twice", "A discount line after another one.", lines, [SALE, DISCOUNT, DISCOUNT | {"total_amount": 0 - 1}], lines + "/2/discount"),
        ("discount-other-code", "A discount line with another tax code than the line it discounts.", lines, [SALE, other], ITEM_1 + "/tax_code"),
    ]
    cases = []
    for ident, comment, pointer, value, wrong in rows:
        payload = changed(BASE, pointer, value)
        if ident == "discount-twice":
            payload = changed(payload, total, 382894)
        cases.append(refused(ident, comment, payload, "input.rule", pointer=wrong))
    return cases


def _wrong_values():
    line, invoice = SMALL["fapiao_information"][0]["items"][0], SMALL["fapiao_information"][0]
    return [
        *identifier_rows(), *identifier_rows(INVOICE_0 + "/fapiao_id"),
        ("invoices-object", "One invoice instead of a list, as the newer call takes it.", "/fapiao_information", invoice, "input.type"),
        ("invoice-text", "A text in the list.", INVOICE_0, "f1", "input.type"),
        ("buyer-text", "The buyer as text.", "/buyer_information", "张三", "input.type"),
        ("quantity-text", "The quantity as text.", ITEM_0 + "/quantity", "100000000", "input.type"),
        ("amount-fraction", "Yuan instead of fen.", ITEM_0 + "/total_amount", 4299.5, "input.type"),
        ("discount-text", "A boolean as text.", ITEM_1 + "/discount", "true", "input.type"),
        ("discount-number", "A boolean as a number.", ITEM_1 + "/discount", 1, "input.type"),
        ("name-number", "A text as a number.", "/buyer_information/name", 1, "input.type"),
        ("remark-null", "An optional field as null.", REMARK, None, "input.type"),
        ("buyer-null", "An object as null.", "/buyer_information", None, "input.type"),
        ("item-null", "A null in the list.", ITEM_1, None, "input.type"),
        ("line-negative", "An amount below zero on a line that is no discount.", ITEM_0 + "/total_amount", -1, "input.range"),
        ("line-zero", "A line of nothing.", ITEM_0 + "/total_amount", 0, "input.range"),
        ("discount-positive", "A discount that raises the price.", ITEM_1 + "/total_amount", 47005, "input.range"),
        ("discount-zero", "A discount of nothing.", ITEM_1 + "/total_amount", 0, "input.range"),
        ("invoice-negative", "An invoice below zero.", INVOICE_0 + "/total_amount", -382895, "input.range"),
        ("discount-off", "A discount line that does not say so.", ITEM_1, DISCOUNT | {"discount": False}, "input.range"),
        ("quantity-too-large", "A quantity of 2^53.", ITEM_0 + "/quantity", SAFE_INTEGER + 1, "input.range"),
        ("discount-too-large", "An amount of minus 2^53.", ITEM_1 + "/total_amount", -SAFE_INTEGER - 1, "input.range"),
        ("six-invoices", "Six invoices.", "/fapiao_information", [invoice] * 6, "input.length"),
        ("nine-lines", "Nine lines.", INVOICE_0 + "/items", [line] * 9, "input.length"),
        ("remark-201", "A remark of 201 characters.", REMARK, "x" * 201, "input.length"),
        ("name-257", "A name of 257 characters.", "/buyer_information/name", "x" * 257, "input.length"),
        ("taxpayer-id-33", "A taxpayer_id of 33 characters.", "/buyer_information/taxpayer_id", "1" * 33, "input.length"),
        ("address-129", "An address of 129 characters.", "/buyer_information/address", "x" * 129, "input.length"),
        ("goods-name-129", "A goods name of 129 characters.", ITEM_0 + "/goods_name", "x" * 129, "input.length"),
        ("unit-21", "A unit of 21 characters.", ITEM_0 + "/unit", "x" * 21, "input.length"),
        ("tax-code-empty", "An empty tax code.", ITEM_0 + "/tax_code", "", "input.length"),
        ("name-empty", "An empty name.", "/buyer_information/name", "", "input.length"),
        ("email-215", "A mail address too long to seal.", "/buyer_information/email", "x" * 215, "seal.length"),
        ("remark-emoji", "A character above U+FFFF.", REMARK, "谢谢😀", "input.charset"),
        ("name-supplementary", "A Chinese character above U+FFFF.", "/buyer_information/name", "𠮷野家", "input.charset"),
    ]


def _where(rows):
    """A row that changes a whole line is at fault in its amount."""
    cases = refusals(BASE, rows)
    for case in cases:
        if case["id"] == "discount-off":
            case["field"] = ITEM_1 + "/total_amount"
    return cases


def documents():
    refusal = [*_where(_missing_and_unknown() + _wrong_values()), *_contradictions(),
               refused("account-caller", "An account has no such call.", BASE, "input.call", caller=account())]
    told = [accepted(), accepted() | {"id": "answer-accepted-direct", "comment": "The same for a direct merchant."},
            accepted() | {"id": "answer-empty-object", "comment": "An empty object in place of nothing."},
            untold("answer-not-json", "HTML with status 200.", "<html></html>", "verify.other_answer", "Accepted", pointer="body"),
            untold("answer-other-call", "A JSON body, right for another call.", '{"title_url":"https://a"}', "verify.other_answer", "Accepted",
                   pointer="body", status=202)]
    told[1]["input"] = told[1]["input"] | {"caller": merchant("direct")}
    told[2]["input"] = told[2]["input"] | {"body": "{}"}
    about = "Issuing an invoice (fapiao-applications); where fields are sealed, `body_template` has <sealed> in their place and nothing is signed."
    source = "WeChat Pay APIv3 fapiao: issue; APIv3 protocol rules, sensitive fields"
    return {"calls/issue.json": document(about, source, FLAGS, _sent() + refusal + told)}
