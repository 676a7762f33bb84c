"""calls/user_title.json."""
from .. import keyset
from ..envelope import APPLY_ID, document
from ..rules import b64, compact, survive
from .common import DROP, FLAGS, P, Call, account, identifier_rows, merchant, refusals, refused, sent, told, untold

CALL = Call("user_title", "GET", P + "/user-title", sub="query", query=("sub_mchid", "scene", "fapiao_apply_id"))
BASE = {"scene": "WITH_WECHATPAY", "fapiao_apply_id": APPLY_ID}
COMPANY = {"type": "ORGANIZATION", "name": "深圳市南山区测试企业", "taxpayer_id": "202003261233701778", "address": "深圳市南山区深南大道10000号",
           "telephone": "075512345678", "bank_name": "测试银行", "bank_account": "62001234567890"}


def _sent():
    return [
        sent(CALL, "with-wechatpay", "The title of an order paid with WeChat Pay, on a sub-merchant's behalf.", BASE, "Target", "SubMerchant"),
        sent(CALL, "direct", "The same by a direct merchant: no sub_mchid.", BASE, "Target", "SubMerchant", caller=merchant("direct")),
        sent(CALL, "shuffled", "Fields given in another order.", dict(reversed(BASE.items())), "Target"),
        sent(CALL, "unknown-scene", "A scene nobody knows yet.", BASE | {"scene": "NEW_SCENE"}, "OpenEnum"),
    ]


def _refused():
    rows = [("no-scene", "Without scene.", "/scene", DROP, "input.missing"),
            ("no-fapiao-apply-id", "Without fapiao_apply_id.", "/fapiao_apply_id", DROP, "input.missing"),
            ("scene-null", "A required field as null.", "/scene", None, "input.type"),
            ("unknown-openid", "openid is no field of this call.", "/openid", "o", "input.unknown"), *identifier_rows()]
    return [*refusals(BASE, rows), refused("account-caller", "An account has no such call.", BASE, "input.call", caller=account())]


def _told():
    words = {"phone": "13800000000", "email": "user@example.com"}
    pairs = [{"ciphertext": b64(keyset.seal("partner", word.encode(), f"user_title {name}")), "plaintext": word} for name, word in words.items()]
    sealed = COMPANY | {name: pair["ciphertext"] for name, pair in zip(words, pairs, strict=True)}
    person = {"type": "INDIVIDUAL", "name": "张三"}
    later = person | {"amount": 382895, "out_trade_no": "order-1", "fapiao_bill_type": "COMM_FAPIAO", "user_apply_message": "请尽快开具"}
    return [
        told("answer-company", "A company without phone and email.", compact(COMPANY), "Optional"),
        told("answer-person", "A person: nothing but a name.", compact(person), "Optional", caller=merchant("direct")),
        told("answer-later-fields", "The fields of the newer generation.", compact(later), "Optional"),
        told("answer-sealed", "Phone and email, sealed for the merchant.", compact(sealed), "Sealed", answer=survive(compact(COMPANY | words)), opened=pairs),
        told("answer-unknown-fields", "A field that came later.", compact(person | {"new": {"n": 1}}), "UnknownField"),
        untold("answer-no-name", "Without the name.", compact({"type": "INDIVIDUAL"}), "parse.missing", "Shape", pointer="/name"),
        untold("answer-name-number", "A name that is a number.", compact(person | {"name": 1}), "parse.type", "Shape", pointer="/name"),
        untold("answer-not-json", "HTML with status 200.", "<html></html>", "parse.json", "NotJson"),
    ]


def documents():
    about = "The title a payer filled in (user-title), as a request and as an answer; `open` lists what the merchant key opens."
    return {"calls/user_title.json": document(about, "WeChat Pay APIv3 fapiao: user-title; APIv3 protocol rules", FLAGS, _sent() + _refused() + _told())}
