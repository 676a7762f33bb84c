"""calls/get_ticket.json, get_auth_url.json, get_auth_data.json and reject_insert.json: the user's consent to an invoice."""
from ..envelope import document
from ..rules import compact
from .account_common import acknowledged, answers, refusals_account, requests, told_account
from .common import FLAGS, Call, account, refused, sent

P = "/card/invoice/"
TICKET = Call("get_ticket", "GET", "/cgi-bin/ticket/getticket", system="account", query=("access_token", "type"), constants={"type": "wx_card"})
URL = Call("get_auth_url", "POST", P + "getauthurl", system="account", query=("access_token",),
           body=dict.fromkeys(["s_pappid", "order_id", "money", "timestamp", "source", "redirect_url", "ticket", "type"]))
DATA = Call("get_auth_data", "POST", P + "getauthdata", system="account", query=("access_token",), body=dict.fromkeys(["order_id", "s_pappid"]))
REJECT = Call("reject_insert", "POST", P + "rejectinsert", system="account", query=("access_token",),
              body=dict.fromkeys(["s_pappid", "order_id", "reason", "url"]))
LINK = "https://mp.weixin.qq.com/bizmall/authinvoice?action=pay&order_id=1202933957956&s_pappid=d3JlYWw&t=1"
WEB = {"s_pappid": "d3JlYWw5MDAwMDE=", "order_id": "1202933957956", "money": 1100, "timestamp": 1474875876, "source": "web",
       "redirect_url": "https://shop.example.com/done?a=1&b=发票", "ticket": "tttttttt", "type": 1}


def _get_ticket():
    good = {"ticket": "sM4AOVdWfPE4DxkXGEs8VMCPGGVi4C3VM0P37wVUCFvkVAy_90u5h9nbSlYy3-Sl", "expires_in": 7200}
    return [
        *requests(TICKET, {}),
        sent(TICKET, "type-written-out", "The type is what it must be, whether it is written out or not.", {"type": "wx_card"}, "Target"),
        refused("other-type", "A type this call does not have.", {"type": "jsapi"}, "input.unknown", pointer="/type", caller=account()),
        *answers(good, required=("/ticket", "/expires_in")),
        told_account("answer-seconds-text", "The seconds as text.", compact({"errcode": 0, "errmsg": "ok"} | good | {"expires_in": "7200"}), "Lenient",
                     answer={"errcode": 0, "errmsg": "ok"} | good),
    ]


def _get_auth_url():
    required = ("/s_pappid", "/order_id", "/money", "/timestamp", "/source", "/ticket", "/type")
    few = {name: value for name, value in WEB.items() if name != "redirect_url"}
    rows = [("near-name", "A name near to order_id.", "/orderid", "1", "input.unknown"),
            ("money-text", "An amount as text.", "/money", "1100", "input.type"),
            ("money-fraction", "An amount in yuan.", "/money", 11.5, "input.type"),
            ("money-negative", "An amount below zero.", "/money", -1, "input.range"),
            ("order-id-empty", "An empty order_id.", "/order_id", "", "input.length")]
    return [
        *requests(URL, WEB, required),
        sent(URL, "mini-program", "For a mini program, without redirect_url.", few | {"source": "wxa", "type": 0}, "Body"),
        sent(URL, "new-source", "A source nobody knows yet.", few | {"source": "watch"}, "OpenEnum"),
        sent(URL, "emoji", "This side takes any character.", WEB | {"redirect_url": "https://shop.example.com/😀"}, "Body", "Escapes"),
        *refusals_account(WEB, rows),
        *answers({"auth_url": "pages/auth/auth?orderid=1", "appid": "wx1234567890abcdef"}, required=("/auth_url",), optional=("appid",)),
    ]


def _get_auth_data():
    person = {"title": "张三", "phone": "13800000000", "email": "user@example.com", "custom_field": [{"key": "备注", "value": "请尽快"}]}
    company = {"title": "测试企业", "tax_no": "91440300000000000X", "addr": "深圳市南山区", "phone": "0755-12345678", "bank_type": "测试银行", "bank_no": "62001234",
               "custom_field": [{"key": "field1", "value": "管理理论"}]}
    good = {"invoice_status": "auth success", "auth_time": 1480342498, "user_auth_info": {"user_field": person, "biz_field": company}}
    ok = {"errcode": 0, "errmsg": "ok"}
    return [
        *requests(DATA, {"order_id": "1202933957956", "s_pappid": "d3JlYWw5MDAwMDE="}, ("/order_id", "/s_pappid")),
        *answers(good, required=("/invoice_status",), optional=("auth_time", "user_auth_info")),
        told_account("answer-never-auth", "The user has not authorised yet: no error.", compact(ok | {"invoice_status": "never auth"}), "OpenEnum"),
        told_account("answer-other-status", "A status of which only a sample is known.", compact(ok | {"invoice_status": "INVOICE_REIMBURSE_INIT"}), "OpenEnum"),
        told_account("answer-time-text", "The time as text.", compact(ok | good | {"auth_time": "1480342498"}), "Lenient", answer=ok | good),
    ]


def _reject_insert():
    base = {"s_pappid": "d3JlYWw5MDAwMDE=", "order_id": "1202933957956", "reason": "订单已退款", "url": "https://shop.example.com/help"}
    return [
        *requests(REJECT, base, ("/s_pappid", "/order_id", "/reason")),
        sent(REJECT, "no-url", "Without a page to go to.", {name: value for name, value in base.items() if name != "url"}, "Body"),
        *acknowledged(),
    ]


def documents():
    source = "WeChat Official Account: "
    return {
        "calls/get_ticket.json": document("The ticket for authorisation links (ticket/getticket).", source + "getTicket", FLAGS, _get_ticket()),
        "calls/get_auth_url.json": document("The link where a user authorises an invoice (getauthurl).", source + "invoicebizgetauthurl", FLAGS, _get_auth_url()),
        "calls/get_auth_data.json": document("Whether a user has authorised (getauthdata).", source + "invoicebizgetauthdata", FLAGS, _get_auth_data()),
        "calls/reject_insert.json": document("Turning an order down (rejectinsert).", source + "rejectinsert", FLAGS, _reject_insert()),
    }
