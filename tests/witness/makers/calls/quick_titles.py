"""calls/get_user_title_url.json, get_select_title_url.json and scan_title.json: titles from the user's WeChat."""
from ..envelope import document
from ..rules import compact
from .account_common import answers, refusals_account, requests, told_account
from .common import DROP, FLAGS, Call, account, refused, sent

USER = Call("get_user_title_url", "POST", "/card/invoice/biz/getusertitleurl", system="account", query=("access_token",),
            body=dict.fromkeys(["title", "phone", "tax_no", "addr", "bank_type", "bank_no", "user_fill", "out_title_id"]))
SELECT = Call("get_select_title_url", "POST", "/card/invoice/biz/getselecttitleurl", system="account", query=("access_token",),
              body=dict.fromkeys(["attach", "biz_name"]))
SCAN = Call("scan_title", "POST", "/card/invoice/scantitle", system="account", query=("access_token",), body={"scan_text": None})
TITLE = {"title": "测试企业", "phone": "0755-12345678", "tax_no": "91440300000000000X", "addr": "深圳市南山区", "bank_type": "测试银行", "bank_no": "62001234567890"}
LINK = "https://mp.weixin.qq.com/bizmall/invoicetitle?action=add&a=1"


def _get_user_title_url():
    base = TITLE | {"user_fill": 0, "out_title_id": "1234"}
    rows = [("no-title", "Without the title, which the enterprise sets.", "/title", DROP, "input.missing"),
            ("tax-no-21", "A taxpayer id of 21 characters.", "/tax_no", "9" * 21, "input.length"),
            ("user-fill-text", "A number as text.", "/user_fill", "0", "input.type"),
            ("user-fill-boolean", "A number as a boolean.", "/user_fill", False, "input.type"),
            ("title-null", "The title as null.", "/title", None, "input.type"),
            ("near-name", "A name near to tax_no.", "/tax_num", "9", "input.unknown")]
    return [
        *requests(USER, base),
        sent(USER, "user-fills", "The user fills it in: no title.", {"user_fill": 1}, "Body"),
        sent(USER, "nothing", "Nothing is required where user_fill is not 0.", {}, "Body"),
        sent(USER, "tax-no-20", "A taxpayer id of 20 characters.", base | {"tax_no": "9" * 20}, "Limit"),
        *refusals_account(base, rows),
        *answers({"url": LINK}, ("/url",)),
    ]


def _get_select_title_url():
    base = {"attach": "订单1", "biz_name": "测试商户"}
    return [
        *requests(SELECT, base),
        sent(SELECT, "nothing", "Neither of the two.", {}, "Body"),
        refused("attach-object", "The text as an object.", base | {"attach": {"a": 1}}, "input.type", pointer="/attach", caller=account()),
        *answers({"url": LINK}, ("/url",)),
    ]


def _scan_title():
    good = {"title_type": 0} | TITLE
    ok = {"errcode": 0, "errmsg": "ok"}
    return [
        *requests(SCAN, {"scan_text": "https://w.url.cn/s/xxxxxxx"}, ("/scan_text",)),
        refused("text-empty", "An empty text.", {"scan_text": ""}, "input.length", pointer="/scan_text", caller=account()),
        *answers(good, ("/title",), optional=("title_type", "phone", "tax_no", "addr", "bank_type", "bank_no")),
        told_account("answer-person", "A person: a title, the rest empty.", compact(ok | {"title_type": 1, "title": "张三", "phone": "", "tax_no": ""}), "Optional"),
        told_account("answer-type-text", "The type as text.", compact(ok | good | {"title_type": "0"}), "Lenient", answer=ok | good),
    ]


def documents():
    source = "WeChat Official Account: "
    return {
        "calls/get_user_title_url.json": document("A link that hands a title over (biz/getusertitleurl).", source + "invoicebizgetusertitleurl", FLAGS,
                                                  _get_user_title_url()),
        "calls/get_select_title_url.json": document("A link to choose a title (biz/getselecttitleurl).", source + "invoicebizgetselecttitleurl", FLAGS,
                                                    _get_select_title_url()),
        "calls/scan_title.json": document("The title behind a QR code (scantitle).", source + "invoicescantitle", FLAGS, _scan_title()),
    }
