"""calls/set_url.json, create_card.json, insert.json, update_status.json and consume_card.json: invoice cards in the wallet."""
from ..envelope import document
from ..rules import compact
from .account_common import acknowledged, answers, refusals_account, requests, told_account
from .common import FLAGS, Call, account, changed, refused, sent

P = "/card/invoice/"
URL = Call("set_url", "POST", P + "seturl", system="account", query=("access_token",))
TEMPLATE = {"invoice_info": {"base_info": dict.fromkeys(["logo_url", "title", "custom_url_name", "custom_url", "custom_url_sub_title", "promotion_url_name",
                                                         "promotion_url", "promotion_url_sub_title"]), "payee": None, "type": None}}
CREATE = Call("create_card", "POST", P + "platform/createcard", system="account", query=("access_token",), body=TEMPLATE)
DATA = dict.fromkeys(["fee", "title", "billing_time", "billing_no", "billing_code"]) | {"info": dict.fromkeys(["name", "num", "unit", "price"])} | dict.fromkeys(
    ["fee_without_tax", "tax", "s_pdf_media_id", "s_trip_pdf_media_id", "check_code", "buyer_number", "buyer_address_and_phone", "buyer_bank_account",
     "seller_number", "seller_address_and_phone", "seller_bank_account", "remarks", "cashier", "maker"])
INSERT = Call("insert", "POST", P + "insert", system="account", query=("access_token",),
              body={"order_id": None, "card_id": None, "appid": None, "card_ext": {"nonce_str": None, "user_card": {"invoice_user_data": DATA}}})
UPDATE = Call("update_status", "POST", P + "platform/updatestatus", system="account", query=("access_token",),
              body=dict.fromkeys(["card_id", "code", "reimburse_status"]))
CONSUME = Call("consume_card", "POST", "/card/code/consume", system="account", query=("access_token",), body=dict.fromkeys(["code", "card_id"]))
INSIDE = "/card_ext/user_card/invoice_user_data"
CARD = "pjZ8Yt1XGILfi-FUsewpnnolGgZk"


def _set_url():
    link = "https://mp.weixin.qq.com/bizmall/authinvoice?action=list&s_pappid=d3JlYWw5MDAwMDE%3D"
    return [*requests(URL, {}), *answers({"invoice_url": link}, ("/invoice_url",))]


def _create_card():
    look = {"logo_url": "http://mmbiz.qpic.cn/a", "title": "测试商户", "custom_url_name": "查看详情", "custom_url": "https://shop.example.com",
            "custom_url_sub_title": "进入", "promotion_url_name": "更多", "promotion_url": "https://shop.example.com/more", "promotion_url_sub_title": "查看"}
    base = {"invoice_info": {"base_info": look, "payee": "测试（深圳）有限公司", "type": "广东省增值税普通发票"}}
    few = {"invoice_info": base["invoice_info"] | {"base_info": {"logo_url": "http://mmbiz.qpic.cn/a", "title": "测试商户"}}}
    top = "/invoice_info"
    rows = [("url-name-6", "A name of six characters for a link.", top + "/base_info/custom_url_name", "一二三四五六", "input.length"),
            ("near-name", "A name near to logo_url.", top + "/base_info/logo_ur", "x", "input.unknown"),
            ("unwrapped", "A field that stands inside base_info.", top + "/logo_url", "x", "input.unknown")]
    required = (top, top + "/base_info", top + "/base_info/logo_url", top + "/base_info/title", top + "/payee", top + "/type")
    return [
        *requests(CREATE, base, required),
        sent(CREATE, "few", "What is required, nothing more.", few, "Body"),
        sent(CREATE, "url-name-5", "A name of five characters for a link.", changed(base, top + "/base_info/custom_url_name", "一二三四五"), "Limit"),
        *refusals_account(base, rows),
        *answers({"card_id": CARD}, ("/card_id",)),
    ]


def _data():
    return {"fee": 11300, "title": "测试企业", "billing_time": 1480342498, "billing_no": "00000001", "billing_code": "144031539110",
            "info": [{"name": "咨询服务", "num": 2, "unit": "次", "price": 5000}, {"name": "折扣"}], "fee_without_tax": 10000, "tax": 1300,
            "s_pdf_media_id": "75343643847283742", "s_trip_pdf_media_id": "75343643847283743", "check_code": "12345678901234567890",
            "buyer_number": "91440300000000000X", "buyer_address_and_phone": "深圳市南山区 0755-12345678", "buyer_bank_account": "测试银行 62001234",
            "seller_number": "91440300000000001X", "seller_address_and_phone": "广州市 020-12345678", "seller_bank_account": "测试银行 62005678",
            "remarks": "备注", "cashier": "张三", "maker": "李四"}


def _insert_base(data):
    return {"order_id": "1202933957956", "card_id": CARD, "appid": "wx5157f09efdc09600", "card_ext": {
        "nonce_str": "tsdgsafgfewbshcvxv", "user_card": {"invoice_user_data": data}}}


REQUIRED = ("fee", "title", "billing_time", "billing_no", "billing_code", "fee_without_tax", "tax", "s_pdf_media_id", "check_code")


def _insert_sent():
    few = _insert_base({name: value for name, value in _data().items() if name in REQUIRED})
    digital = _data() | {"billing_no": "24312000000012345678", "billing_code": "", "check_code": ""}
    half = changed(_insert_base(_data()), INSIDE + "/info/0/num", 1.5)
    return [
        sent(INSERT, "few", "What is required, nothing more.", few, "Body"),
        sent(INSERT, "digital", "A digital invoice has a number of 20 digits, and neither code nor check code.", _insert_base(digital), "Digital"),
        sent(INSERT, "half", "A quantity with a fraction.", half, "Body"),
    ]


def _insert():
    base = _insert_base(_data())
    required = ("/order_id", "/card_id", "/appid", "/card_ext", "/card_ext/nonce_str", "/card_ext/user_card", INSIDE)
    rows = [("fee-text", "An amount as text.", INSIDE + "/fee", "11300", "input.type"), ("fee-yuan", "An amount in yuan.", INSIDE + "/fee", 113.5, "input.type"),
            ("tax-negative", "An amount below zero.", INSIDE + "/tax", -1, "input.range"),
            ("billing-no-number", "An invoice number as a number, which would lose digits.", INSIDE + "/billing_no", 1, "input.type"),
            ("billing-no-empty", "An empty invoice number.", INSIDE + "/billing_no", "", "input.length"),
            ("media-letters", "A media id that is no number.", INSIDE + "/s_pdf_media_id", "7534x", "input.charset"),
            ("num-word", "A quantity that is no number.", INSIDE + "/info/0/num", "two", "input.type"),
            ("num-negative", "A quantity below zero.", INSIDE + "/info/0/num", -2, "input.range"),
            ("unnested", "The amount beside the objects it belongs into.", "/card_ext/fee", 11300, "input.unknown"),
            ("near-name", "A name near to billing_no.", INSIDE + "/billing_num", "1", "input.unknown")]
    good = {"code": "480342498012", "openid": "obLatjm43RA5C6QfMO5szKYnT3dM", "unionid": "oX-unionid"}
    return [
        *requests(INSERT, base, required + tuple(f"{INSIDE}/{name}" for name in REQUIRED), strangers=("s_pappid",)),
        *_insert_sent(),
        *refusals_account(base, rows),
        *answers(good, ("/code", "/openid"), optional=("unionid",)),
    ]


def _update_status():
    base = {"card_id": CARD, "code": "480342498012", "reimburse_status": "INVOICE_REIMBURSE_CANCEL"}
    return [
        *requests(UPDATE, base, ("/card_id", "/code", "/reimburse_status"), strangers=("encrypt_code",)),
        sent(UPDATE, "new-status", "A status nobody knows yet.", base | {"reimburse_status": "INVOICE_REIMBURSE_HALF"}, "OpenEnum"),
        refused("code-number", "A code as a number.", base | {"code": 480342498012}, "input.type", pointer="/code", caller=account()),
        *acknowledged(),
    ]


def _consume_card():
    base = {"code": "480342498012", "card_id": CARD}
    rows = [("code-21", "A code of 21 characters.", "/code", "1" * 21, "input.length"), ("card-id-33", "A card_id of 33 characters.", "/card_id", "p" * 33, "input.length")]
    return [
        *requests(CONSUME, base, ("/code",)),
        sent(CONSUME, "code-only", "The code alone.", {"code": "1" * 20}, "Limit"),
        *refusals_account(base, rows),
        *answers({"card": {"card_id": CARD}, "openid": "obLatjm43RA5C6QfMO5szKYnT3dM"}, optional=("card", "openid")),
        told_account("answer-bare-card", "A card without its template.", compact({"errcode": 0, "errmsg": "ok", "card": {}}), "Optional"),
    ]


def documents():
    source = "WeChat Official Account: "
    return {
        "calls/set_url.json": document("The platform's own link (seturl).", source + "setinvoiceurl", FLAGS, _set_url()),
        "calls/create_card.json": document("A template of invoice cards (platform/createcard).", source + "invoiceplatformcreatecard", FLAGS, _create_card()),
        "calls/insert.json": document("An invoice into the wallet (insert).", source + "insertinvoice", FLAGS, _insert()),
        "calls/update_status.json": document("The status of a card (platform/updatestatus).", source + "invoicekpupdatainvoicestatus", FLAGS, _update_status()),
        "calls/consume_card.json": document("A card out of the wallet (card/code/consume).", source + "card consume", FLAGS, _consume_card()),
    }
