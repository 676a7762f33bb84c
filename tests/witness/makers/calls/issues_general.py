"""calls/issue_general.json: issuing for general trades (the newer partner generation)."""
from ..envelope import APPLY_ID, document
from ..rules import SAFE_INTEGER
from .common import DROP, FLAGS, P, Call, accepted, account, changed, identifier_rows, merchant, refusals, refused, sent
from .issues import BUYER, COMPANY, reversed_deep

LINE = dict.fromkeys(["tax_code", "goods_name", "specification", "unit", "quantity", "total_amount", "tax_rate", "discount", "preferential_policy_code"])
PAYMENT = dict.fromkeys(["pay_channel", "transaction_id", "out_trade_no", "amount"])
LATER = dict.fromkeys(["amount", "out_trade_no", "fapiao_bill_type", "user_apply_message"])
CODE = "3010101020203000000"
SALE = {"tax_code": CODE, "goods_name": "出租汽车旅客运输服务", "specification": "A4", "unit": "次", "quantity": 100000000,
        "total_amount": 429900, "tax_rate": 1300, "discount": False, "preferential_policy_code": 8}
DISCOUNT = {"tax_code": CODE, "goods_name": "出租汽车旅客运输服务", "total_amount": -47005, "tax_rate": 1300, "discount": True}
PAID = {"pay_channel": "WECHAT_PAY", "transaction_id": APPLY_ID, "out_trade_no": "order-1", "amount": 382895}
INFORMATION = {"fapiao_id": "20200701123456", "total_amount": 382895, "items": [SALE, DISCOUNT], "export_business_policy_code": 1,
               "vat_refund_levy_code": 2, "billing_person_id": "123456", "billing_person": "**伟 0020", "fapiao_bill_type": "COMM_FAPIAO",
               "transaction_information": [PAID], "remark": "备注"}
BASE = {"fapiao_apply_id": APPLY_ID, "fapiao_information": INFORMATION, "buyer_information": COMPANY | {
    "amount": 382895, "out_trade_no": "order-1", "fapiao_bill_type": "COMM_FAPIAO", "user_apply_message": "请尽快开具"}}
SMALL = {"fapiao_apply_id": "order-1", "buyer_information": {"type": "INDIVIDUAL", "name": "张三"}, "fapiao_information": {
    "fapiao_id": "f1", "total_amount": 1, "items": [{"tax_code": CODE, "goods_name": "服务", "total_amount": 1, "tax_rate": 0, "discount": False}],
    "billing_person_id": "1", "fapiao_bill_type": "COMM_FAPIAO",
    "transaction_information": [{"pay_channel": "WECHAT_PAY", "transaction_id": "4200000444", "amount": 1}]}}
I, ITEM_0, ITEM_1, PAY = "/fapiao_information", "/fapiao_information/items/0", "/fapiao_information/items/1", "/fapiao_information/transaction_information/0"


def digital(name, path, **own):
    """One of the four calls for digital invoices: `own` is what its line has besides."""
    invoice = {"fapiao_id": None, "total_amount": None, "items": LINE | own, "export_business_policy_code": None, "vat_refund_levy_code": None,
               "billing_person_id": None, "billing_person": None, "fapiao_bill_type": None, "transaction_information": PAYMENT, "remark": None}
    body = {"sub_mchid": None, "fapiao_apply_id": None, "buyer_information": BUYER | LATER, "fapiao_information": invoice}
    return Call(name, "POST", P + "/fapiao-applications/" + path, sub="body", body=body)


CALL = digital("issue_general", "issue-general")


def lines(number):
    """The smallest request with so many lines of one fen."""
    line = SMALL["fapiao_information"]["items"][0]
    payload = changed(changed(SMALL, I + "/items", [line] * number), I + "/total_amount", number)
    return changed(payload, PAY + "/amount", number)


def _sent():
    def row(ident, comment, payload, *flags, **other):
        return sent(CALL, ident, comment, payload, *flags, **other)

    payment = SMALL["fapiao_information"]["transaction_information"][0]
    sealed = BASE | {"buyer_information": BASE["buyer_information"] | {"phone": "13800000000", "email": "user@example.com"}}
    number = changed(changed(SMALL, PAY + "/transaction_id", DROP), PAY + "/out_trade_no", "order-1")
    longest = changed(changed(SMALL, PAY + "/transaction_id", "4" * 64), PAY + "/out_trade_no", "o" * 64)
    longest = changed(changed(longest, ITEM_0 + "/goods_name", "x" * 128), ITEM_0 + "/specification", "x" * 20)
    longest = changed(changed(longest, I + "/billing_person_id", "1" * 64), I + "/billing_person", "x" * 64)
    return [
        row("all-fields", "Every field but those that are sealed.", BASE, "Body", "SubMerchant"),
        row("smallest", "Only what is required.", SMALL, "Body"),
        row("shuffled", "Fields given in another order travel in the order of the table.", reversed_deep(BASE), "Body"),
        row("eight-lines", "Eight lines, the most there may be.", lines(8), "Limit"),
        row("ten-payments", "Ten payments, the most there may be.", changed(SMALL, I + "/transaction_information", [payment] * 10), "Limit"),
        row("longest", "The longest texts.", longest, "Limit"),
        row("long-remark", "A text for which no length was published is not measured.", changed(SMALL, I + "/remark", "x" * 300), "Limit"),
        row("special-type", "A special invoice.", changed(SMALL, I + "/fapiao_bill_type", "VAT_FAPIAO"), "Body"),
        row("unknown-type", "A kind of invoice nobody knows yet.", changed(SMALL, I + "/fapiao_bill_type", "NEW_FAPIAO"), "OpenEnum"),
        row("unknown-policy", "A policy number nobody knows yet.", changed(SMALL, ITEM_0 + "/preferential_policy_code", 99), "OpenEnum"),
        row("merchant-number", "A payment by the merchant's own number alone.", number, "Body"),
        row("unknown-channel", "A way to pay nobody knows yet asks for no number.",
            changed(changed(SMALL, PAY + "/transaction_id", DROP), PAY + "/pay_channel", "NEW_PAY"), "OpenEnum"),
        row("paid-more", "Less is invoiced than was paid.", changed(SMALL, PAY + "/amount", 2), "Body"),
        row("sealed", "Phone and email.", sealed, "Sealed", "Serial"),
        row("sealed-certificate", "Sealed under a certificate.", sealed, "Sealed", "Serial", caller=merchant(ring=("platform-1",))),
    ]


def _rows():
    required = ["/fapiao_apply_id", "/buyer_information", I, *(f"{I}/{n}" for n in (
        "fapiao_id", "total_amount", "items", "billing_person_id", "fapiao_bill_type", "transaction_information")),
        *(f"{ITEM_1}/{n}" for n in ("tax_code", "goods_name", "total_amount", "tax_rate", "discount")),
        *(f"{PAY}/{n}" for n in ("pay_channel", "amount"))]
    rows = [(f"no{p.replace('/', '-').replace('_', '-')}", f"Without {p}.", p, DROP, "input.missing") for p in required]
    other = {"/scene": "WITH_WECHATPAY", I + "/need_list": False, ITEM_0 + "/goods_category": "x", ITEM_0 + "/tax_prefer_mark": "NO_FAVORABLE",
             ITEM_0 + "/refined_oil_information": {}, I + "/billing_persons": "x", PAY + "/transactionId": "x"}
    rows += [(f"unknown{p.replace('/', '-').replace('_', '-').lower()}", f"{p} is no field of this call.", p, v, "input.unknown") for p, v in other.items()]
    return [
        *rows, *identifier_rows(), *identifier_rows(I + "/fapiao_id"),
        ("company-no-taxpayer-id", "A company without taxpayer_id.", "/buyer_information/taxpayer_id", DROP, "input.missing"),
        ("invoice-list", "A list of invoices, as the older call takes it.", I, [INFORMATION], "input.type"),
        ("items-object", "One line instead of a list.", I + "/items", SALE, "input.type"),
        ("payment-object", "One payment instead of a list.", I + "/transaction_information", PAID, "input.type"),
        ("rate-fraction", "A tax rate with a fraction.", ITEM_0 + "/tax_rate", 0.13, "input.type"),
        ("rate-text", "A tax rate as text.", ITEM_0 + "/tax_rate", "1300", "input.type"),
        ("person-number", "An identifier as a number.", I + "/billing_person_id", 123456, "input.type"),
        ("remark-null", "An optional field as null.", I + "/remark", None, "input.type"),
        ("quantity-null", "An optional number as null.", ITEM_0 + "/quantity", None, "input.type"),
        ("line-negative", "An amount below zero on a line that is no discount.", ITEM_0 + "/total_amount", -1, "input.range"),
        ("line-zero", "A line of nothing.", ITEM_0 + "/total_amount", 0, "input.range"),
        ("discount-positive", "A discount that raises the price.", ITEM_1 + "/total_amount", 47005, "input.range"),
        ("invoice-negative", "An invoice below zero.", I + "/total_amount", -1, "input.range"),
        ("payment-negative", "A payment below zero.", PAY + "/amount", -1, "input.range"),
        ("order-negative", "An order amount below zero.", "/buyer_information/amount", -1, "input.range"),
        ("payment-too-large", "A payment of 2^53.", PAY + "/amount", SAFE_INTEGER + 1, "input.range"),
        ("name-257", "A name of 257 characters.", "/buyer_information/name", "x" * 257, "input.length"),
        ("tax-code-18", "A tax code of 18 characters.", ITEM_0 + "/tax_code", CODE[:18], "input.length"),
        ("tax-code-20", "A tax code of 20 characters.", ITEM_0 + "/tax_code", CODE + "0", "input.length"),
        ("goods-name-129", "A goods name of 129 characters.", ITEM_0 + "/goods_name", "x" * 129, "input.length"),
        ("specification-21", "A specification of 21 characters.", ITEM_0 + "/specification", "x" * 21, "input.length"),
        ("person-65", "A person's id of 65 characters.", I + "/billing_person_id", "1" * 65, "input.length"),
        ("person-name-65", "A person's name of 65 characters.", I + "/billing_person", "x" * 65, "input.length"),
        ("payment-number-65", "An order number of 65 characters.", PAY + "/transaction_id", "4" * 65, "input.length"),
        ("own-number-65", "An order number of the merchant's of 65 characters.", PAY + "/out_trade_no", "o" * 65, "input.length"),
        ("nine-lines", "Nine lines.", I + "/items", [SALE] * 9, "input.length"),
        ("eleven-payments", "Eleven payments.", I + "/transaction_information", [PAID] * 11, "input.length"),
        ("remark-emoji", "A character above U+FFFF.", I + "/remark", "😀", "input.charset"),
        ("message-emoji", "A message with a character above U+FFFF.", "/buyer_information/user_apply_message", "快点😀", "input.charset"),
    ]


def contradictions(base=BASE):
    """What is right field by field, and wrong together."""
    total, items = I + "/total_amount", I + "/items"
    sale, discount = base["fapiao_information"]["items"]
    second = changed(changed(base, items, [sale, discount, discount | {"total_amount": -5}]), total, 382890)
    unnamed = changed(changed(base, PAY + "/transaction_id", DROP), PAY + "/out_trade_no", DROP)
    return [
        refused("sum-above", "One fen more than the lines.", changed(base, total, 382896), "input.rule", pointer=total),
        refused("sum-below", "One fen less than the lines.", changed(base, total, 382894), "input.rule", pointer=total),
        refused("paid-less", "One fen more than was paid.", changed(base, PAY + "/amount", 382894), "input.rule", pointer=total),
        refused("discount-first", "A discount line with nothing before it.", changed(base, items, [discount, sale]), "input.rule",
                pointer=ITEM_0 + "/discount"),
        refused("discount-twice", "A discount line after another one.", second, "input.rule", pointer=items + "/2/discount"),
        refused("payment-unnamed", "A payment without any number.", unnamed, "input.missing", pointer=PAY + "/transaction_id"),
    ]


def documents():
    refusal = [*refusals(BASE, _rows()), *contradictions(), refused("direct-caller", "A direct merchant has no such call.", BASE, "input.call", caller=merchant("direct")),
               refused("account-caller", "An account has no such call.", BASE, "input.call", caller=account())]
    about = "Issuing an invoice for general trades (issue-general); where fields are sealed, `body_template` has <sealed> in their place."
    source = "WeChat Pay APIv3 fapiao: issue-general; APIv3 protocol rules, sensitive fields"
    return {"calls/issue_general.json": document(about, source, FLAGS, [*_sent(), *refusal, accepted()])}
