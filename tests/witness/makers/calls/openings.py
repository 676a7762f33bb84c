"""calls/check.json, check_status.json, sp_invite_url.json and sp_invite_mch_info.json: whether merchants may be invoiced for, and how they come to it."""
from ..envelope import document
from ..rules import SAFE_INTEGER, compact
from .common import DROP, FLAGS, P, Call, account, changed, merchant, refusals, refused, sent, told, untold

CHECK = Call("check", "POST", P + "/merchant/{sub_mchid}/check", sub="path", path=("sub_mchid",))
STATUS = Call("check_status", "GET", P + "/merchant/{sub_mchid}/check-status", sub="path", path=("sub_mchid",))
INVITE = Call("sp_invite_url", "GET", P + "/fapiaomerchant/getspinviteurl", sub="query", query=(
    "operation_type", "fapiao_mode", "fapiao_ability_type_list", "invite_channel", "operate_user", "invite_code", "sub_mchid"))
LIST = Call("sp_invite_mch_info", "GET", P + "/fapiaomerchant/listspinvitemchinfo", query=(
    "query_time_start", "query_time_end", "offset", "limit", "invite_code", "mch_invite_status"))
PARTNER = merchant("partner")
INVITATION = {"operation_type": "AUTH_BINDING", "fapiao_mode": ["THIRD_OR_SELF_FAPIAO"], "invite_code": "invite-1"}
DIGITAL = INVITATION | {"fapiao_mode": ["THIRD_OR_SELF_FAPIAO", "TENCENT_DIGITAL_TAX"], "fapiao_ability_type_list": ["BASE_ABILITY", "REFINED_OIL_ABILITY"]}
WEEK = {"query_time_start": "2026-11-15T08:00:00+08:00", "query_time_end": "2026-11-22T08:00:00+08:00", "offset": 0, "limit": 20,
        "mch_invite_status": "MCH_INVITE_SUCC"}


def _nobody_else(payload, *kinds):
    callers = {"direct": merchant("direct"), "partner": PARTNER, "sub-merchant": merchant(), "account": account()}
    return [refused(f"{kind}-caller", f"No call of this kind of caller: {kind}.", payload, "input.call", caller=callers[kind]) for kind in kinds]


def _check():
    cases = [
        sent(CHECK, "check", "The sub-merchant's number is in the path, and there is no body.", {}, "Target", "SubMerchant"),
        sent(CHECK, "certificate", "The ring has a certificate.", {}, "Serial", caller=merchant(ring=("platform-1",))),
        *refusals({}, [("own-number", "The caller puts its number in.", "/sub_mchid", "1900000109", "input.unknown"),
                       ("apply-id", "fapiao_apply_id is no field of this call.", "/fapiao_apply_id", "1", "input.unknown")]),
        *_nobody_else({}, "direct", "partner", "account"),
        told("answer-done", "204 without a body: all is well.", "", "Done", answer={}, status=204),
        untold("answer-body", "A body where none belongs.", '{"title_url":"https://a"}', "verify.other_answer", "Accepted", pointer="body"),
    ]
    about = "Checking a sub-merchant by the older documents (check), as a request and as an answer."
    return {"calls/check.json": document(about, "WeChat Pay APIv3 fapiao: check; APIv3 protocol rules", FLAGS, cases)}


def _statuses():
    person = {"id": "123456", "name": "**伟 0020"}
    digital = {"status": "ENABLED", "access_time": "2026-01-01T00:00:00+08:00", "expired_time": "2027-01-01T00:00:00+08:00",
               "ability_info": [{"type": "BASE_ABILITY", "status": "AUTHORIZED"},
                                {"type": "REFINED_OIL_ABILITY", "status": "AUTHORIZE_FAILED", "authorize_fail_reason": "资料不全"}]}
    whole = {"sub_mchid": "1900000109", "third_mode": {"status": "ENABLED"}, "digital_tax_mode": digital | {"billing_person_info": [person]}}
    one = changed(whole, "/digital_tax_mode/billing_person_info", person)
    failed = {"sub_mchid": "1900000109", "digital_tax_mode": {"status": "APPLY_FAILED", "access_fail_reason": "资料不全"}}
    newer = {"sub_mchid": "1900000109", "third_mode": {"status": "PAUSED"}, "digital_tax_mode": {"status": "NEW", "ability_info": [
        {"type": "NEW_ABILITY", "status": "NEW"}]}}
    at = "/digital_tax_mode/billing_person_info"
    return [
        told("answer-open", "All is open; who issues is a list.", compact(whole), "Optional"),
        told("answer-one-person", "Who issues as one object, as one source has it: read as a list.", compact(one), "Lenient", answer=whole),
        told("answer-nothing", "Nothing but the number.", '{"sub_mchid":"1900000109"}', "Optional"),
        told("answer-failed", "The application failed.", compact(failed), "Optional"),
        told("answer-newer", "Words nobody knows yet.", compact(newer), "OpenEnum"),
        told("answer-unknown-fields", "A field that came later.", compact(whole | {"new": {"n": 24312000000012345678}}), "UnknownField", "BigNumber"),
        told("answer-person-unnamed", "Of who issues nothing is told.", compact(changed(whole, at, [{}])), "Optional"),
        untold("answer-no-number", "Without the number.", "{}", "parse.missing", "Shape", pointer="/sub_mchid"),
        untold("answer-no-status", "A mode without a status.", '{"sub_mchid":"1","third_mode":{}}', "parse.missing", "Shape", pointer="/third_mode/status"),
        untold("answer-person-text", "Who issues as text.", compact(changed(whole, at, "123456")), "parse.type", "Shape", pointer=at),
        untold("answer-person-id", "An id that is a number, in the one object.", compact(changed(whole, at, {"id": 123456})), "parse.type", "Shape",
               pointer=at + "/0/id"),
        untold("answer-not-json", "HTML with status 200.", "<html></html>", "parse.json", "NotJson"),
    ]


def _check_status():
    cases = [
        sent(STATUS, "status", "The sub-merchant's number is in the path.", {}, "Target", "SubMerchant"),
        *refusals({}, [("own-number", "The caller puts its number in.", "/sub_mchid", "1900000109", "input.unknown")]),
        *_nobody_else({}, "direct", "partner", "account"), *_statuses(),
    ]
    about = "Checking a sub-merchant by the newer documents (check-status), as a request and as an answer."
    return {"calls/check_status.json": document(about, "WeChat Pay APIv3 fapiao: check-status; APIv3 protocol rules", FLAGS, cases)}


def _invite():
    def row(ident, comment, payload, *flags, **other):
        return sent(INVITE, ident, comment, payload, *flags, **({"caller": PARTNER} | other))

    rows = [
        *[(f"no-{name.replace('_', '-')}", f"Without {name}.", f"/{name}", DROP, "input.missing") for name in INVITATION],
        ("no-abilities", "Digital invoices without a trade.", "/fapiao_ability_type_list", DROP, "input.missing"),
        ("no-mode", "An empty list of modes.", "/fapiao_mode", [], "input.length"),
        ("mode-text", "A mode instead of a list.", "/fapiao_mode", "TENCENT_DIGITAL_TAX", "input.type"),
        ("mode-number", "A mode that is a number.", "/fapiao_mode/0", 1, "input.type"),
        ("code-129", "An invite code of 129 characters.", "/invite_code", "x" * 129, "input.length"),
        ("code-empty", "An empty invite code.", "/invite_code", "", "input.length"),
        ("user-215", "A name too long to seal.", "/operate_user", "x" * 215, "seal.length"),
        ("user-null", "An optional field as null.", "/operate_user", None, "input.type"),
        ("channel-emoji", "A character above U+FFFF.", "/invite_channel", "😀", "input.charset"),
        ("own-number", "The caller puts the number in.", "/sub_mchid", "1900000109", "input.unknown"),
    ]
    link = {"invite_url": "https://pay.wechatpay.cn/invoicing/invite?code=1", "miniprogram_appid": "wxb1234567890abcde", "miniprogram_path": "pages/a?b=c"}
    cases = [
        row("own-platform", "For a platform of the merchant's own.", INVITATION, "Target"),
        row("digital", "Lists repeat their name.", DIGITAL | {"invite_channel": "网点 1"}, "Target"),
        row("shuffled", "Fields given in another order.", dict(reversed(DIGITAL.items())), "Target"),
        row("sub-merchant", "For one sub-merchant: its number goes along.", DIGITAL, "Target", "SubMerchant", caller=merchant()),
        row("sealed", "Who invites is sealed, and stands behind the other pairs.", DIGITAL | {"operate_user": "张三"}, "Sealed", "Serial"),
        row("sealed-sub-merchant", "The same for a sub-merchant, under a certificate.", DIGITAL | {"operate_user": "张三"}, "Sealed", "Serial",
            caller=merchant(ring=("platform-1",))),
        row("longest", "The longest invite code.", INVITATION | {"invite_code": "x" * 128}, "Limit"),
        row("unknown-words", "Words nobody knows yet.", INVITATION | {"operation_type": "NEW", "fapiao_mode": ["NEW_MODE"]}, "OpenEnum"),
        *refusals(DIGITAL, rows, caller=PARTNER), *_nobody_else(DIGITAL, "direct", "account"),
        told("answer-link", "The link in its three forms.", compact(link), "Shape", caller=PARTNER),
        told("answer-unknown-fields", "A field that came later.", compact(link | {"expire_in": 1800}), "UnknownField", caller=PARTNER),
        *[untold(f"answer-no-{name.replace('_', '-')}", f"Without {name}.", compact({k: v for k, v in link.items() if k != name}), "parse.missing", "Shape",
                 pointer=f"/{name}", caller=PARTNER) for name in link],
    ]
    about = "The link that invites a merchant (getspinviteurl); where operate_user is sealed, the URL has <sealed>, encoded, in its place."
    source = "WeChat Pay APIv3 fapiao: getspinviteurl; APIv3 protocol rules, sensitive fields"
    return {"calls/sp_invite_url.json": document(about, source, FLAGS, cases)}


def _list():
    def row(ident, comment, payload, *flags):
        return sent(LIST, ident, comment, payload, *flags, caller=PARTNER)

    rows = [
        *[(f"no-{name.replace('_', '-')}", f"Without {name}.", f"/{name}", DROP, "input.missing") for name in WEEK],
        ("start-date", "A day without a time.", "/query_time_start", "2026-11-15", "input.charset"),
        ("end-local", "A time without an offset.", "/query_time_end", "2026-11-22T08:00:00", "input.charset"),
        ("eight-days", "One second more than seven days.", "/query_time_end", "2026-11-22T08:00:01+08:00", "input.rule"),
        ("zones", "Seven days by the clock, eight hours more by the offset.", "/query_time_end", "2026-11-22T08:00:00Z", "input.rule"),
        ("offset-negative", "An offset below zero.", "/offset", -1, "input.range"),
        ("offset-text", "An offset as text.", "/offset", "0", "input.type"),
        ("limit-negative", "A limit below zero.", "/limit", -1, "input.range"),
        ("limit-too-large", "A limit of 2^53.", "/limit", SAFE_INTEGER + 1, "input.range"),
        ("own-number", "sub_mchid is no field of this call.", "/sub_mchid", "1900000109", "input.unknown"),
    ]
    done = {"sub_mchid": "1900000109", "mch_invite_status": "MCH_INVITE_SUCC", "ep_name": "深圳市南山区测试企业", "tax_id": "202003261233701778",
            "invite_code": "invite-1", "operate_time": "2026-11-20T08:00:00+08:00"}
    failed = {name: value for name, value in done.items() if name != "sub_mchid"} | {
        "mch_invite_status": "MCH_INVITE_FAILED", "invite_failed_code": "NOT_IN_PILOT_SCOPE", "invite_failed_reason": "不在试点范围"}
    page = {"total_count": 2, "offset": 0, "limit": 20}
    links = {"next": "/v3/a?offset=20&limit=20", "prev": "/v3/a?offset=0&limit=20", "self": "/v3/a?offset=10&limit=20"}
    local = changed({"l": [done]}, "/l/0/operate_time", "2026-11-20T08:00:00")["l"]
    cases = [
        row("week", "A week, the longest there may be.", WEEK, "Target"),
        row("zones-week", "A week in two time zones.", WEEK | {"query_time_end": "2026-11-22T00:00:00Z"}, "Target"),
        row("one-code", "One invitation, fields in another order.", dict(reversed((WEEK | {"invite_code": "invite-1"}).items())), "Target"),
        row("unknown-status", "A status nobody knows yet.", WEEK | {"mch_invite_status": "NEW"}, "OpenEnum"),
        row("largest", "The largest offset.", WEEK | {"offset": SAFE_INTEGER}, "Limit"),
        *refusals(WEEK, rows, caller=PARTNER), *_nobody_else(WEEK, "direct", "sub-merchant", "account"),
        told("answer-page", "A success and a failure, with links.", compact(page | {"links": links, "mch_invite_result_list": [done, failed]}), "Optional",
             caller=PARTNER),
        told("answer-empty", "Nobody.", compact(page | {"total_count": 0}), "Optional", caller=PARTNER),
        told("answer-local-time", "A time without an offset, as samples have it.", compact(page | {"mch_invite_result_list": local}), "Lenient", caller=PARTNER),
        told("answer-newer", "Words nobody knows yet.", compact(page | {"mch_invite_result_list": [failed | {"invite_failed_code": "NEW"}]}), "OpenEnum",
             caller=PARTNER),
        *[untold(f"answer-no-{name.replace('_', '-')}", f"Without {name}.", compact({k: v for k, v in page.items() if k != name}), "parse.missing", "Shape",
                 pointer=f"/{name}", caller=PARTNER) for name in page],
        untold("answer-no-tax-id", "A merchant without its taxpayer id.",
               compact(page | {"mch_invite_result_list": [{k: v for k, v in done.items() if k != "tax_id"}]}), "parse.missing", "Shape",
               pointer="/mch_invite_result_list/0/tax_id", caller=PARTNER),
    ]
    about = "What became of invitations (listspinvitemchinfo), as a request and as an answer."
    return {"calls/sp_invite_mch_info.json": document(about, "WeChat Pay APIv3 fapiao: listspinvitemchinfo; APIv3 protocol rules", FLAGS, cases)}


def documents():
    return _check() | _check_status() | _invite() | _list()
