"""calls/get_invoice_info.json, get_invoice_batch.json, update_invoice_status.json and update_status_batch.json: invoices handed in."""
from ..envelope import document
from ..rules import compact
from .account_common import acknowledged, answers, refusals_account, requests, told_account
from .common import FLAGS, Call, changed, sent

P = "/card/invoice/reimburse/"
ITEM = dict.fromkeys(["card_id", "encrypt_code"])
INFO = Call("get_invoice_info", "POST", P + "getinvoiceinfo", system="account", query=("access_token",), body=ITEM)
BATCH = Call("get_invoice_batch", "POST", P + "getinvoicebatch", system="account", query=("access_token",), body={"item_list": ITEM})
UPDATE = Call("update_invoice_status", "POST", P + "updateinvoicestatus", system="account", query=("access_token",), body=ITEM | {"reimburse_status": None})
ALL = Call("update_status_batch", "POST", P + "updatestatusbatch", system="account", query=("access_token",),
           body={"openid": None, "reimburse_status": None, "invoice_list": ITEM})
CARD = {"card_id": "pjZ8Yt1XGILfi-FUsewpnnolGgZk", "encrypt_code": "O/mPnGTpBu22a1szmK2OgzhFPBh9eYzv2p70L8yzyynlTOEE8fSC4PCvHfQ="}
OTHER = {"card_id": "pjZ8Yt1XGILfi-FUsewpnnolGgZl", "encrypt_code": "Xx/yY+zz=="}


def _invoice():
    user = {"fee": 11300, "title": "测试企业", "billing_time": 1480342498, "billing_no": "00000001", "billing_code": "144031539110",
            "info": [{"name": "咨询服务", "num": "2", "unit": "次", "price": 5000}], "fee_without_tax": 10000, "tax": 1300,
            "pdf_url": "https://mp.weixin.qq.com/intp/invoice/getpdf?a=1", "trip_pdf_url": "https://mp.weixin.qq.com/intp/invoice/getpdf?a=2",
            "reimburse_status": "INVOICE_REIMBURSE_INIT", "order_id": "1202933957956", "check_code": "12345678901234567890", "buyer_number": "91440300000000000X",
            "buyer_address_and_phone": "深圳市", "buyer_bank_account": "测试银行", "seller_number": "91440300000000001X", "seller_address_and_phone": "广州市",
            "seller_bank_account": "测试银行", "remarks": "备注", "cashier": "张三", "maker": "李四"}
    return {"card_id": CARD["card_id"], "begin_time": 1476068114, "end_time": 1476168114, "openid": "obLatjm43RA5C6QfMO5szKYnT3dM", "type": "广东省增值税普通发票",
            "payee": "测试有限公司", "detail": "咨询服务", "user_card_status": "EXPIRE", "user_info": user}


def _with(**user):
    return _invoice() | {"user_info": _invoice()["user_info"] | user}


def _get_invoice_info():
    ok = {"errcode": 0, "errmsg": "ok"}
    bare = {name: _invoice()["user_info"][name] for name in ("fee", "title", "billing_time", "billing_no", "reimburse_status")}
    texts = _with(fee="11300", billing_time="1480342498", fee_without_tax="10000", tax="1300")
    line = {"name": "汽油", "unit": "升", "price": 750}
    named = {"trip_pdf_ur": "https://mp.weixin.qq.com/intp/invoice/getpdf?a=2"}
    few = ("card_id", "begin_time", "end_time", "openid", "type", "payee", "detail", "user_card_status")
    return [
        *requests(INFO, CARD, ("/card_id", "/encrypt_code")),
        *answers(_invoice(), ("/user_info", *(f"/user_info/{name}" for name in bare)), optional=few),
        told_account("answer-digital", "A digital invoice: 20 digits, neither code nor check code.",
                     compact(ok | {"user_info": bare | {"billing_no": "24312000000012345678", "billing_code": "", "check_code": ""}}), "Digital"),
        told_account("answer-bare", "What every invoice has.", compact(ok | {"user_info": bare}), "Optional"),
        told_account("answer-numbers-as-text", "Numbers as text.", compact(ok | texts), "Lenient", answer=ok | _invoice()),
        told_account("answer-invoice-number-as-number", "Invoice number and code as numbers keep their digits.",
                     compact(ok | _with(billing_no=24312000000012345678, billing_code=144031539110)), "Lenient", "BigNumber",
                     answer=ok | _with(billing_no="24312000000012345678")),
        told_account("answer-quantity", "A quantity as a number with a fraction is given as text.", compact(ok | _with(info=[line | {"num": 1.5}])), "Lenient",
                     answer=ok | _with(info=[line | {"num": "1.5"}])),
        told_account("answer-cut-name", "The name of the trips' link as the official page prints it.", compact(ok | _with(**named)), "Lenient"),
        told_account("answer-new-status", "A status nobody knows yet.", compact(ok | _with(reimburse_status="INVOICE_REIMBURSE_HALF")), "OpenEnum"),
    ]


def _get_invoice_batch():
    base = {"item_list": [CARD, OTHER]}
    rows = [("empty-list", "No cards.", "/item_list", [], "input.length"), ("list-of-texts", "Cards that are no objects.", "/item_list/0", "x", "input.type")]
    return [
        *requests(BATCH, base, ("/item_list", "/item_list/1/card_id", "/item_list/1/encrypt_code")),
        *refusals_account(base, rows),
        *answers({"item_list": [_invoice(), _with(billing_no="00000002")]}, ("/item_list", "/item_list/1/user_info")),
    ]


def _update_invoice_status():
    base = CARD | {"reimburse_status": "INVOICE_REIMBURSE_LOCK"}
    return [
        *requests(UPDATE, base, ("/card_id", "/encrypt_code", "/reimburse_status")),
        sent(UPDATE, "new-status", "A status nobody knows yet.", base | {"reimburse_status": "INVOICE_REIMBURSE_HALF"}, "OpenEnum"),
        *acknowledged(),
    ]


def _update_status_batch():
    base = {"openid": "obLatjm43RA5C6QfMO5szKYnT3dM", "reimburse_status": "INVOICE_REIMBURSE_CLOSURE", "invoice_list": [CARD, OTHER]}
    required = ("/openid", "/reimburse_status", "/invoice_list", "/invoice_list/1/card_id", "/invoice_list/1/encrypt_code")
    return [
        *requests(ALL, base, required, strangers=("item_list",)),
        *refusals_account(base, [("empty-list", "No cards.", "/invoice_list", [], "input.length")]),
        sent(ALL, "one", "One card.", changed(base, "/invoice_list", [CARD]), "Body"),
        *acknowledged(),
    ]


def documents():
    source = "WeChat Official Account: "
    return {
        "calls/get_invoice_info.json": document("An invoice handed in (reimburse/getinvoiceinfo).", source + "invoicebxgetinvoice", FLAGS, _get_invoice_info()),
        "calls/get_invoice_batch.json": document("Several invoices handed in (reimburse/getinvoicebatch).", source + "getinvoicebatch", FLAGS, _get_invoice_batch()),
        "calls/update_invoice_status.json": document("The status of one (reimburse/updateinvoicestatus).", source + "invoicebxupdatainvoicestatus", FLAGS,
                                                     _update_invoice_status()),
        "calls/update_status_batch.json": document("The status of several (reimburse/updatestatusbatch).", source + "invoicereimburseupdatestatusbatch", FLAGS,
                                                   _update_status_batch()),
    }
