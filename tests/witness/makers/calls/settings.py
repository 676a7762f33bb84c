"""calls/card_template.json, update_development_config.json, development_config.json, base_information.json and tax_codes.json: how a merchant is set up."""
from ..envelope import APPID, document
from ..rules import SAFE_INTEGER, compact
from .common import DROP, FLAGS, P, Call, account, changed, merchant, refusals, refused, sent, told, untold

CELL = dict.fromkeys(["words", "description", "jump_url", "miniprogram_user_name", "miniprogram_path"])
LOOK = {"payee_name": None, "logo_url": None, "custom_cell": CELL}
TEMPLATE = Call("card_template", "POST", P + "/card-template", sub="body", body={
    "sub_mchid": None, "card_appid": None, "card_template_information": LOOK})
UPDATE = Call("update_development_config", "PATCH", P + "/merchant/development-config", sub="body", sub_name="sub_mch_code", body=dict.fromkeys(
    ["callback_url", "show_fapiao_cell", "support_vat_fapiao", "sub_mch_code"]))
CONFIG = Call("development_config", "GET", P + "/merchant/development-config")
BASICS = Call("base_information", "GET", P + "/merchant/base-information", sub="query", query=("sub_mchid",))
CODES = Call("tax_codes", "GET", P + "/merchant/tax-codes", sub="query", query=("sub_mchid", "offset", "limit"))
PARTNER, DIRECT = merchant("partner"), merchant("direct")
SMALL = {"card_appid": APPID, "card_template_information": {"logo_url": "https://mmbiz.qpic.cn/mmbiz/iaL1LJM1mF9aRKPZ/0"}}
WHOLE = {"card_appid": APPID, "card_template_information": {
    "payee_name": "深圳市南山区测试商户", "logo_url": "https://mmbiz.qpic.cn/mmbiz/iaL1LJM1mF9aRKPZ/0", "custom_cell": {
        "words": "电子发票", "description": "查看更多", "jump_url": "https://shop.example/invoices?a=b", "miniprogram_user_name": "gh_86a091e50ad4@app",
        "miniprogram_path": "pages/index?a=b"}}}
SWITCHES = {"callback_url": "https://shop.example/callbacks", "show_fapiao_cell": True, "support_vat_fapiao": False}


def _without(value, name):
    return {key: inner for key, inner in value.items() if key != name}


def _no_account(payload):
    return refused("account-caller", "An account has no such call.", payload, "input.call", caller=account())


def _template():
    look, cell = "/card_template_information", "/card_template_information/custom_cell"
    longest = changed(changed(SMALL, look + "/logo_url", "x" * 1024), look + "/payee_name", "x" * 32)
    rows = [
        *[(f"no{p.replace('/', '-').replace('_', '-')}", f"Without {p}.", p, DROP, "input.missing")
          for p in ("/card_appid", look, look + "/logo_url", cell + "/words", cell + "/description")],
        ("appid-33", "An appid of 33 characters.", "/card_appid", "a" * 33, "input.length"),
        ("payee-33", "A payee of 33 characters.", look + "/payee_name", "x" * 33, "input.length"),
        ("logo-1025", "A logo's URL of 1025 characters.", look + "/logo_url", "x" * 1025, "input.length"),
        ("logo-empty", "An empty URL.", look + "/logo_url", "", "input.length"),
        ("cell-text", "The cell as text.", cell, "电子发票", "input.type"),
        ("cell-null", "The cell as null.", cell, None, "input.type"),
        ("unknown-url", "A field the cell does not have.", cell + "/url", "https://shop.example", "input.unknown"),
        ("own-number", "The caller puts the number in.", "/sub_mchid", "1900000109", "input.unknown"),
    ]
    answer = {"card_appid": APPID, "card_id": "pDe7ajrY4G5z_SIDSauDkLSuF9NI"}
    cases = [
        sent(TEMPLATE, "all-fields", "Every field, on a sub-merchant's behalf.", WHOLE, "Body", "SubMerchant"),
        sent(TEMPLATE, "direct", "The same by a direct merchant: no sub_mchid.", WHOLE, "Body", "SubMerchant", caller=DIRECT),
        sent(TEMPLATE, "smallest", "Only what is required.", SMALL, "Body"),
        sent(TEMPLATE, "longest", "The longest texts.", longest, "Limit"),
        sent(TEMPLATE, "long-words", "A text for which no length was published is not measured.", changed(WHOLE, cell + "/words", "字" * 300), "Limit"),
        *refusals(WHOLE, rows), _no_account(WHOLE), refused("partner-caller", "A provider has no such call for itself.", WHOLE, "input.call", caller=PARTNER),
        told("answer-template", "The template's id.", compact(answer), "Shape"),
        told("answer-unknown-fields", "A field that came later.", compact(answer | {"status": 1}), "UnknownField", caller=DIRECT),
        *[untold(f"answer-no-{name.replace('_', '-')}", f"Without {name}.", compact(_without(answer, name)), "parse.missing", "Shape", pointer=f"/{name}")
          for name in answer],
    ]
    about = "Making the template of cards (card-template), as a request and as an answer."
    return {"calls/card_template.json": document(about, "WeChat Pay APIv3 fapiao: card-template; APIv3 protocol rules", FLAGS, cases)}


def _answers(caller):
    return [
        told("answer-all", "All that is configured.", compact(SWITCHES), "Optional", caller=caller),
        told("answer-url", "The URL alone.", compact({"callback_url": "https://shop.example/"}), "Optional", caller=caller),
        told("answer-unknown-fields", "A field that came later.", compact(SWITCHES | {"new": [1]}), "UnknownField", caller=caller),
        untold("answer-no-url", "Without the URL.", compact(_without(SWITCHES, "callback_url")), "parse.missing", "Shape", pointer="/callback_url",
               caller=caller),
        untold("answer-switch-text", "A switch as text.", compact(SWITCHES | {"show_fapiao_cell": "true"}), "parse.type", "Shape", pointer="/show_fapiao_cell",
               caller=caller),
    ]


def _update():
    plain = _without(SWITCHES, "support_vat_fapiao")
    rows = [
        ("url-257", "A URL of 257 characters.", "/callback_url", "x" * 257, "input.length"),
        ("url-null", "The URL as null.", "/callback_url", None, "input.type"),
        ("switch-text", "A switch as text.", "/show_fapiao_cell", "true", "input.type"),
        ("own-number", "The caller puts the number in.", "/sub_mch_code", "1900000109", "input.unknown"),
        ("usual-name", "The number has another name here, and the caller puts it in.", "/sub_mchid", "1900000109", "input.unknown"),
    ]
    cases = [
        sent(UPDATE, "all-fields", "Every field, for a sub-merchant, whose number is named sub_mch_code.", SWITCHES, "Body", "SubMerchant"),
        sent(UPDATE, "partner", "By a provider for itself: no number.", {"callback_url": "https://shop.example/callbacks"}, "Body", caller=PARTNER),
        sent(UPDATE, "direct", "By a direct merchant: no number.", plain, "Body", "SubMerchant", caller=DIRECT),
        sent(UPDATE, "shuffled", "Fields given in another order travel in the order of the table.", dict(reversed(SWITCHES.items())), "Body"),
        sent(UPDATE, "longest", "The longest URL.", {"callback_url": "x" * 256}, "Limit"),
        *refusals(SWITCHES, rows), _no_account(SWITCHES),
        refused("direct-switch", "A direct merchant has no such switch.", SWITCHES, "input.unknown", pointer="/support_vat_fapiao", caller=DIRECT),
        *_answers(merchant()),
    ]
    about = "Setting where callbacks go, and two switches (development-config by PATCH), as a request and as an answer."
    source = "WeChat Pay APIv3 fapiao: development-config; APIv3 protocol rules"
    return {"calls/update_development_config.json": document(about, source, FLAGS, cases)}


def _config():
    cases = [
        sent(CONFIG, "direct", "By a direct merchant: no query.", {}, "Target", caller=DIRECT),
        sent(CONFIG, "partner", "By a provider: no query either.", {}, "Target", caller=PARTNER),
        refused("own-number", "A number nobody documents.", {"sub_mch_code": "1900000109"}, "input.unknown", pointer="/sub_mch_code", caller=PARTNER),
        refused("sub-merchant-caller", "No document says how to ask for a sub-merchant's.", {}, "input.call"), _no_account({}), *_answers(DIRECT),
    ]
    about = "Asking where callbacks go (development-config by GET), as a request and as an answer."
    return {"calls/development_config.json": document(about, "WeChat Pay APIv3 fapiao: development-config; APIv3 protocol rules", FLAGS, cases)}


def _basics():
    whole = {"seller_information": {"name": "深圳市南山区测试公司", "taxpayer_id": "202003261233701778", "address": "深圳市南山区深南大道10000号",
                                    "telephone": "075512345678", "bank_name": "测试银行", "bank_account": "62001234567890"},
             "extra_information": {"payee": "李四", "reviewer": "王五", "drawer": "张三"}}
    small = {"seller_information": {"name": "测试", "taxpayer_id": "1", "address": "深圳"}, "extra_information": {"drawer": "张三"}}
    cases = [
        sent(BASICS, "sub-merchant", "A sub-merchant's.", {}, "Target", "SubMerchant"),
        sent(BASICS, "direct", "By a direct merchant: no query.", {}, "Target", "SubMerchant", caller=DIRECT),
        *refusals({}, [("own-number", "The caller puts the number in.", "/sub_mchid", "1900000109", "input.unknown")]), _no_account({}),
        refused("partner-caller", "A provider has no such call for itself.", {}, "input.call", caller=PARTNER),
        told("answer-all", "Every field.", compact(whole), "Optional"),
        told("answer-smallest", "Only what is required.", compact(small), "Optional", caller=DIRECT),
        told("answer-unknown-fields", "Fields that came later.", compact(changed(whole, "/seller_information/new", "x")), "UnknownField"),
        *[untold(f"answer-no{p.replace('/', '-').replace('_', '-')}", f"Without {p}.", compact(changed(whole, p, DROP)), "parse.missing", "Shape", pointer=p)
          for p in ("/seller_information", "/extra_information", "/seller_information/taxpayer_id", "/extra_information/drawer")],
    ]
    about = "What a merchant's invoices name (base-information), as a request and as an answer."
    return {"calls/base_information.json": document(about, "WeChat Pay APIv3 fapiao: base-information; APIv3 protocol rules", FLAGS, cases)}


def _codes():
    base = {"offset": 0, "limit": 20}
    goods = {"goods_name": "出租汽车旅客运输服务", "goods_id": 123456, "goods_category": "出租汽车客运服务", "tax_code": "3010101020203000000",
             "tax_rate": 1300, "tax_prefer_mark": "NO_FAVORABLE"}
    small = {"goods_name": "服务", "tax_code": "3010101020203000000", "tax_rate": 0, "tax_prefer_mark": "NEW_MARK"}
    page = base | {"total_count": 2, "links": {"next": "/v3/a?offset=20&limit=20", "self": "/v3/a?offset=0&limit=20"}, "data": [goods, small]}
    rows = [
        *[(f"no-{name}", f"Without {name}.", f"/{name}", DROP, "input.missing") for name in base],
        ("limit-21", "More than there may be.", "/limit", 21, "input.range"), ("limit-negative", "A limit below zero.", "/limit", -1, "input.range"),
        ("offset-negative", "An offset below zero.", "/offset", -1, "input.range"), ("offset-text", "An offset as text.", "/offset", "0", "input.type"),
        ("own-number", "The caller puts the number in.", "/sub_mchid", "1900000109", "input.unknown"),
    ]
    cases = [
        sent(CODES, "sub-merchant", "A sub-merchant's.", base, "Target", "SubMerchant"),
        sent(CODES, "direct", "By a direct merchant: no sub_mchid.", base, "Target", "SubMerchant", caller=DIRECT),
        sent(CODES, "shuffled", "Fields given in another order.", {"limit": 1, "offset": SAFE_INTEGER}, "Target", "Limit"),
        *refusals(base, rows), _no_account(base), refused("partner-caller", "A provider has no such call for itself.", base, "input.call", caller=PARTNER),
        told("answer-page", "Two kinds of goods, with links.", compact(page), "Optional", "OpenEnum"),
        told("answer-empty", "None.", compact(base | {"total_count": 0, "data": []}), "Optional", caller=DIRECT),
        told("answer-offset-text", "The offset as text, as one sample has it.", compact(page | {"offset": "0"}), "Lenient", answer=page),
        told("answer-unknown-fields", "A field that came later.", compact(changed(page, "/data/0/new", 24312000000012345678)), "UnknownField", "BigNumber"),
        *[untold(f"answer-no{p.replace('/', '-').replace('_', '-')}", f"Without {p}.", compact(changed(page, p, DROP)), "parse.missing", "Shape", pointer=p)
          for p in ("/offset", "/limit", "/total_count", "/data", "/data/0/tax_code", "/data/0/tax_rate", "/data/0/tax_prefer_mark")],
    ]
    about = "The goods a merchant has configured (tax-codes), as a request and as an answer."
    return {"calls/tax_codes.json": document(about, "WeChat Pay APIv3 fapiao: tax-codes; APIv3 protocol rules", FLAGS, cases)}


def documents():
    return _template() | _update() | _config() | _basics() | _codes()
