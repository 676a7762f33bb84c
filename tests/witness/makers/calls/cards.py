"""calls/insert_cards.json: invoices issued elsewhere, put into a wallet."""
from ..envelope import APPLY_ID, document
from ..rules import SAFE_INTEGER
from .common import DROP, FLAGS, P, Call, accepted, account, changed, identifier_rows, merchant, refusals, refused, sent
from .issues import BUYER, COMPANY, PERSON, reversed_deep
from .issues_general import LATER

LINE = dict.fromkeys(["tax_code", "goods_name", "specification", "unit", "quantity", "unit_price", "amount", "tax_amount", "total_amount", "tax_rate",
                      "tax_prefer_mark", "discount"])
SELLER = dict.fromkeys(["name", "taxpayer_id", "address", "telephone", "bank_name", "bank_account"])
CARD = {"fapiao_media_id": None, "fapiao_number": None, "fapiao_time": None, "fapiao_code": None, "check_code": None, "password": None,
        "total_amount": None, "tax_amount": None, "amount": None, "seller_information": SELLER,
        "extra_information": dict.fromkeys(["payee", "reviewer", "drawer"]), "items": LINE, "remark": None}
BODY = {"sub_mchid": None, "scene": None, "buyer_information": BUYER | LATER, "fapiao_card_information": CARD}
CALL = Call("insert_cards", "POST", P + "/fapiao-applications/{fapiao_apply_id}/insert-cards", sub="body", path=("fapiao_apply_id",), body=BODY)
SALE = {"tax_code": "3010101020203000000", "goods_name": "出租汽车旅客运输服务", "specification": "A4", "unit": "次", "quantity": 100000000,
        "unit_price": 380442000000, "amount": 380442, "tax_amount": 49458, "total_amount": 429900, "tax_rate": 1300,
        "tax_prefer_mark": "NO_FAVORABLE", "discount": False}
DISCOUNT = SALE | {"amount": -41597, "tax_amount": -5408, "total_amount": -47005, "discount": True}
MEDIA = "ASNFZ4mrze/+3LqYdlQyEA=="
DIGITAL = {"fapiao_media_id": MEDIA, "fapiao_number": "24312000000012345678", "fapiao_time": "2026-11-22T08:00:00+08:00",
           "total_amount": 382895, "tax_amount": 44050, "amount": 338845,
           "seller_information": {"name": "深圳市南山区测试公司", "taxpayer_id": "202003261233701778", "address": "深圳市南山区深南大道10000号"},
           "extra_information": {"drawer": "张三"}}
CLASSIC = DIGITAL | {
    "fapiao_number": "12897794", "fapiao_code": "044001911211", "check_code": "69001808340631374774", "password": "006>299-375/326>2+7/*0-+<351059<80<4*/5>",
    "seller_information": DIGITAL["seller_information"] | {"telephone": "075512345678", "bank_name": "测试银行", "bank_account": "62001234567890"},
    "extra_information": {"payee": "李四", "reviewer": "王五", "drawer": "张三"}, "items": [SALE, DISCOUNT], "remark": "备注"}
BASE = {"fapiao_apply_id": APPLY_ID, "scene": "WITH_WECHATPAY", "buyer_information": COMPANY, "fapiao_card_information": [CLASSIC]}
SMALL = {"fapiao_apply_id": "order-1", "scene": "WITHOUT_WECHATPAY", "buyer_information": PERSON, "fapiao_card_information": [DIGITAL]}
CARDS, CARD_0 = "/fapiao_card_information", "/fapiao_card_information/0"
ITEM_0, ITEM_1 = CARD_0 + "/items/0", CARD_0 + "/items/1"


def _sent():
    def row(ident, comment, payload, *flags, **other):
        return sent(CALL, ident, comment, payload, *flags, **other)

    longest = changed(changed(changed(BASE, CARD_0 + "/fapiao_media_id", "m" * 128), ITEM_0 + "/goods_name", "x" * 128), ITEM_0 + "/unit", "x" * 20)
    # These lengths are what one user checks: longer texts are warned of, not refused.
    unusual = BASE
    for name, length in {"fapiao_number": 21, "fapiao_code": 13, "check_code": 21, "password": 1025, "extra_information/drawer": 21}.items():
        unusual = changed(unusual, f"{CARD_0}/{name}", "1" * length)
    return [
        row("all-fields", "A tax-control invoice with every field, on a sub-merchant's behalf.", BASE, "Body", "Target", "SubMerchant"),
        row("direct", "The same by a direct merchant: no sub_mchid.", BASE, "Body", "SubMerchant", caller=merchant("direct")),
        row("digital", "A digital invoice: without the three fields it does not have.", SMALL, "Digital", "Body"),
        row("shuffled", "Fields given in another order travel in the order of the table.", reversed_deep(BASE), "Body"),
        row("five-invoices", "Five invoices, the most there may be.", SMALL | {"fapiao_card_information": [DIGITAL] * 5}, "Limit"),
        row("longest", "The longest texts.", longest, "Limit"),
        row("unusual", "Texts longer than users know are taken.", unusual, "Limit"),
        row("nine-lines", "For the lines no number was published.", changed(BASE, CARD_0 + "/items", [SALE] * 9), "Limit"),
        row("unknown-scene", "A scene nobody knows yet.", SMALL | {"scene": "NEW_SCENE"}, "OpenEnum"),
        row("sealed", "Phone and email.", BASE | {"buyer_information": COMPANY | {"phone": "13800000000", "email": "user@example.com"}}, "Sealed", "Serial"),
    ]


def _rows():
    required = ["/fapiao_apply_id", "/scene", "/buyer_information", CARDS, *(f"{CARD_0}/{name}" for name in DIGITAL),
                *(f"{CARD_0}/seller_information/{name}" for name in ("name", "taxpayer_id", "address")), CARD_0 + "/extra_information/drawer",
                *(f"{ITEM_0}/{name}" for name in LINE if name not in ("specification", "unit"))]
    rows = [(f"no{p.replace('/', '-').replace('_', '-')}", f"Without {p}.", p, DROP, "input.missing") for p in required]
    return [
        *rows, *identifier_rows(),
        ("company-no-taxpayer-id", "A company without taxpayer_id.", "/buyer_information/taxpayer_id", DROP, "input.missing"),
        ("unknown-id", "fapiao_id is no field of this call.", CARD_0 + "/fapiao_id", "f1", "input.unknown"),
        ("unknown-list", "The list has another name here.", "/fapiao_information", [CLASSIC], "input.unknown"),
        ("cards-object", "One invoice instead of a list.", CARDS, CLASSIC, "input.type"),
        ("number-number", "An invoice number as a number.", CARD_0 + "/fapiao_number", 12897794, "input.type"),
        ("code-null", "An optional field as null.", CARD_0 + "/fapiao_code", None, "input.type"),
        ("amount-fraction", "Yuan instead of fen.", CARD_0 + "/amount", 3388.45, "input.type"),
        ("six-invoices", "Six invoices.", CARDS, [CLASSIC] * 6, "input.length"),
        ("no-invoices", "An empty list.", CARDS, [], "input.length"),
        ("media-129", "A media id of 129 characters.", CARD_0 + "/fapiao_media_id", "m" * 129, "input.length"),
        ("tax-code-33", "A tax code of 33 characters.", ITEM_0 + "/tax_code", "1" * 33, "input.length"),
        ("goods-name-129", "A goods name of 129 characters.", ITEM_0 + "/goods_name", "x" * 129, "input.length"),
        ("unit-21", "A unit of 21 characters.", ITEM_0 + "/unit", "x" * 21, "input.length"),
        ("time-date", "A day without a time.", CARD_0 + "/fapiao_time", "2026-11-22", "input.charset"),
        ("remark-emoji", "A character above U+FFFF.", CARD_0 + "/remark", "😀", "input.charset"),
        ("total-negative", "An invoice below zero.", CARD_0 + "/total_amount", -1, "input.range"),
        ("line-negative", "An amount below zero on a line that is no discount.", ITEM_0 + "/amount", -1, "input.range"),
        ("tax-negative", "A tax below zero on a line that is no discount.", ITEM_0 + "/tax_amount", -1, "input.range"),
        ("line-zero", "A line of nothing.", ITEM_0 + "/total_amount", 0, "input.range"),
        ("discount-positive", "A discount that raises the price.", ITEM_1 + "/total_amount", 47005, "input.range"),
        ("total-too-large", "An amount of 2^53.", CARD_0 + "/total_amount", SAFE_INTEGER + 1, "input.range"),
    ]


def documents():
    first = changed(BASE, CARD_0 + "/items", [DISCOUNT, SALE])
    refusal = [*refusals(BASE, _rows()),
               refused("discount-first", "A discount line with nothing before it.", first, "input.rule", pointer=ITEM_0 + "/discount"),
               refused("account-caller", "An account has no such call.", BASE, "input.call", caller=account())]
    about = "Putting invoices issued elsewhere into a wallet (insert-cards); where fields are sealed, `body_template` has <sealed> in their place."
    source = "WeChat Pay APIv3 fapiao: insert-cards; APIv3 protocol rules, sensitive fields"
    return {"calls/insert_cards.json": document(about, source, FLAGS, [*_sent(), *refusal, accepted()])}
