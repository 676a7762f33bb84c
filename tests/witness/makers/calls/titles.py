"""calls/title_url.json."""
from ..envelope import APPID, APPLY_ID, document
from ..rules import SAFE_INTEGER, compact
from .common import CHARSET, DROP, FLAGS, P, Call, account, identifier_rows, merchant, refusals, refused, sent, told, untold

FIELDS = ("sub_mchid", "fapiao_apply_id", "source", "appid", "openid", "total_amount", "seller_name",
          "show_phone_cell", "must_input_phone", "show_email_cell", "must_input_email")
CALL = Call("title_url", "GET", P + "/user-title/title-url", sub="query", query=FIELDS)
BASE = {"fapiao_apply_id": APPLY_ID, "source": "WEB", "appid": APPID, "openid": "plN5twRbHym_j-QcqCzstl0HmwEs", "total_amount": 382895}
ALL = BASE | {"source": "MINIPROGRAM", "seller_name": "深圳市南山区测试商户", "show_phone_cell": True, "must_input_phone": False,
              "show_email_cell": True, "must_input_email": True}
BOTH = ("wechatpay", "platform-1", "platform-2")


def _sent():
    def row(ident, comment, payload, *flags, **other):
        return sent(CALL, ident, comment, payload, *flags, **other)

    return [
        row("web", "A link for a web page, on a sub-merchant's behalf.", BASE, "Target", "SubMerchant"),
        row("direct", "The same by a direct merchant: no sub_mchid.", BASE, "Target", "SubMerchant", caller=merchant("direct")),
        row("all-fields", "Every field, booleans as words.", ALL, "Target"),
        row("shuffled", "Fields given in another order travel in the order of the table.", dict(reversed(ALL.items())), "Target"),
        row("identifier", "Every kind of character an identifier may have.", BASE | {"fapiao_apply_id": "aZ09-_|*"}, "Target"),
        row("awkward-name", "A name with everything that clients re-encode.", BASE | {"seller_name": "'()*!~+&=% |中文#?/;:@,$[]"}, "Target"),
        row("unknown-source", "A source nobody knows yet.", BASE | {"source": "HARMONY"}, "OpenEnum"),
        row("limits", "The longest texts and the largest amount.", BASE | {"fapiao_apply_id": "x" * 32, "appid": "a" * 32, "openid": "o" * 32,
            "seller_name": "s" * 32, "total_amount": SAFE_INTEGER}, "Limit"),
        row("other-moment", "Another moment, another nonce.", BASE, "Target", now=1795309200, entropy=bytes(range(100, 132))),
        row("ring-both", "The ring has both kinds: the public key is named.", BASE, "Serial", caller=merchant(ring=BOTH)),
        row("ring-pinned", "A pinned key goes before the rule.", BASE, "Serial", caller=merchant(ring=BOTH, pinned="platform-1")),
        row("ring-certificates", "Two certificates: the one with the later start.", BASE, "Serial", caller=merchant(ring=("platform-2", "platform-1"))),
        row("ring-certificates-swapped", "The order in the ring is of no account.", BASE, "Serial", caller=merchant(ring=("platform-1", "platform-2"))),
        row("ring-certificate", "One certificate.", BASE, "Serial", caller=merchant(ring=("platform-1",))),
        row("ring-one-expired", "The older certificate has run out.", BASE, "Serial", caller=merchant(ring=("platform-1", "platform-2")), now=2064000000),
        row("ring-empty", "Nothing in the ring: the header is left out.", BASE, "Serial", caller=merchant(ring=())),
    ]


def _refused():
    rows = [
        *[(f"no-{name.replace('_', '-')}", f"Without {name}.", f"/{name}", DROP, "input.missing") for name in BASE],
        *identifier_rows(most=len(CHARSET)),
        ("near-name", "A name near to seller_name.", "/seler_name", "测试", "input.unknown"),
        ("camel-case", "A name in another style.", "/sellerName", "测试", "input.unknown"),
        ("issue-field", "A field of the issue call.", "/scene", "WITH_WECHATPAY", "input.unknown"),
        ("amount-text", "The amount as text.", "/total_amount", "382895", "input.type"),
        ("amount-fraction", "The amount with a fraction.", "/total_amount", 3828.95, "input.type"),
        ("amount-boolean", "The amount as a boolean.", "/total_amount", True, "input.type"),
        ("amount-null", "The amount as null.", "/total_amount", None, "input.type"),
        ("amount-negative", "An amount below zero.", "/total_amount", -1, "input.range"),
        ("amount-too-large", "An amount of 2^53.", "/total_amount", SAFE_INTEGER + 1, "input.range"),
        ("amount-beyond-64-bits", "An amount of 20 digits.", "/total_amount", 24312000000012345678, "input.range"),
        ("name-null", "An optional field as null.", "/seller_name", None, "input.type"),
        ("name-number", "A text as a number.", "/seller_name", 1, "input.type"),
        ("name-33", "A name of 33 characters.", "/seller_name", "s" * 33, "input.length"),
        ("name-emoji", "A character above U+FFFF.", "/seller_name", "小店😀", "input.charset"),
        ("openid-33", "An openid of 33 characters.", "/openid", "o" * 33, "input.length"),
        ("openid-empty", "An empty openid.", "/openid", "", "input.length"),
        ("show-text", "A boolean as text.", "/show_phone_cell", "true", "input.type"),
    ]
    return [*refusals(BASE, rows), refused("account-caller", "An account has no such call.", BASE, "input.call", caller=account())]


def _told():
    link = compact({"title_url": "https://pay.wechatpay.cn/invoicing/h5/title?token=abc%2Bdef"})
    mini = compact({"miniprogram_appid": "wxb1234567890abcde", "miniprogram_path": "pages/title?token=中文", "miniprogram_user_name": "gh_1234567890ab"})
    return [
        told("answer-web", "A link for a web page.", link, "Optional"),
        told("answer-mini-program", "A link for a mini program.", mini, "Optional"),
        told("answer-nothing", "All four fields are optional.", "{}", "Optional"),
        told("answer-unknown-fields", "Fields that came later.", '{"title_url":"https://a","expire_in":1800,"more":{"n":[1,"2",true,null]}}', "UnknownField"),
        told("answer-big-number", "A number of 20 digits in an unknown field.", '{"title_url":"https://a","trace":24312000000012345678}', "BigNumber",
             "UnknownField"),
        untold("answer-type", "The link is a number.", '{"title_url":1}', "parse.type", "Shape", pointer="/title_url"),
        untold("answer-not-json", "HTML with status 200.", "<html></html>", "parse.json", "NotJson"),
        untold("answer-truncated", "Half an object.", link[:-1], "parse.json", "NotJson"),
        untold("answer-two-values", "Something follows the object.", link + "{}", "parse.json", "NotJson"),
    ]


def documents():
    about = "The link on which a user fills in a title (user-title/title-url), as a request and as an answer."
    source = "WeChat Pay APIv3 fapiao: title-url; APIv3 protocol rules"
    return {"calls/title_url.json": document(about, source, FLAGS, _sent() + _refused() + _told())}
