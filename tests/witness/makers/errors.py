"""errors.json: what the two systems answer when something is wrong."""
from .envelope import document, invalid, valid
from .rules import compact

FLAGS = {
    "Code": "the system's own code is passed through, known or not",
    "Detail": "the field at fault is read from detail, whatever else its shape",
    "RequestId": "the Request-ID is kept, and the number after its last dash",
    "NotJson": "HTML and empty bodies are an outcome of their own, not a crash",
    "Redirect": "a redirect is reported, not followed",
    "Errcode": "on the account side errcode decides, whatever the HTTP status",
    "Lenient": "errcode may be a text",
    "Errmsg": "the words of errmsg decide nothing",
}
JSON_TYPE = ["Content-Type", "application/json; charset=utf-8"]
REQUEST_ID = "08F78BB5AF0610D302189F99DD5C20BA56F89845"


def _pay(ident, comment, status, code, message, *flags, detail=None, tail=None):
    body = {"code": code, "message": message} | ({"detail": detail} if detail is not None else {})
    headers = [JSON_TYPE] + ([["Request-ID", f"{REQUEST_ID}-{tail}"]] if tail is not None else [])
    stages = {"remote_code": code, "message": message}
    if tail is not None:
        stages |= {"request_id": f"{REQUEST_ID}-{tail}", "request_id_tail": tail}
    if isinstance(detail, dict) and "field" in detail:
        stages["field"] = detail["field"]
    given = {"system": "pay", "status": status, "headers": headers, "body": compact(body)}
    return invalid(ident, comment, given, "remote.api", "Code", *flags, stages=stages)


def _raw(ident, comment, system, status, body, code, *flags, kind="text/html", more=(), stages=None):
    given = {"system": system, "status": status, "headers": [["Content-Type", kind], *more], "body": body}
    return invalid(ident, comment, given, code, *flags, stages=stages)


def _pay_errors():
    currency = {"field": "/amount/currency", "value": "XYZ", "issue": "Currency code is invalid", "location": "body"}
    sign = {"field": "signature", "location": "authorization", "detail": {"issue": "sign not match"}, "sign_information": {
        "method": "POST", "url": "/v3/new-tax-control-fapiao/fapiao-applications/upload-fapiao-file",
        "truncated_sign_message": "POST\n/v3/new-tax-control-fapiao/fapiao-applications/upload-fapiao-file\n1795305600\n593B", "sign_message_length": 260}}
    return [
        _pay("param-error", "A parameter is wrong, with detail.", 400, "PARAM_ERROR", "参数错误", "Detail", detail=currency),
        _pay("invalid-request", "A rule is broken.", 400, "INVALID_REQUEST", "Http头缺少Accept或User-Agent"),
        _pay("sign-error", "The signature is wrong, with what the server signed.", 401, "SIGN_ERROR", "错误的签名，验签失败", "Detail", "RequestId",
             detail=sign, tail=268443699),
        _pay("no-auth", "The product is not open.", 403, "NO_AUTH", "商户无权限访问", "RequestId", tail=0),
        _pay("not-exists", "No such application.", 404, "RESOURCE_NOT_EXISTS", "查询的资源不存在"),
        _pay("already-exists", "A code of the general rules.", 400, "RESOURCE_ALREADY_EXISTS", "资源已存在"),
        _pay("limited", "Called too often.", 429, "FREQUENCY_LIMITED", "频率超限", "RequestId", tail=268447840),
        _pay("limited-general", "The same by its general name.", 429, "RATELIMIT_EXCEEDED", "频率超限"),
        _pay("system-error", "The server's fault.", 500, "SYSTEM_ERROR", "系统错误"),
        _pay("unavailable", "The service is off.", 503, "SERVICE_UNAVAILABLE", "服务不可用"),
        _pay("unknown-code", "A code nobody knows yet.", 400, "SOMETHING_NEW", "新错误", "RequestId", tail=270924358),
        _pay("same-code-other-text", "One code, another text.", 400, "PARAM_ERROR", "sub_mchid不合法"),
        _pay("query-field", "The fault is in the query: a plain name.", 400, "PARAM_ERROR", "参数错误", "Detail",
             detail={"field": "sub_mchid", "value": "1", "issue": "length", "location": "query"}),
        _pay("detail-text", "A detail that is a text.", 400, "PARAM_ERROR", "参数错误", "Detail", detail="something"),
        _pay("detail-list", "A detail that is a list.", 400, "PARAM_ERROR", "参数错误", "Detail", detail=[{"issue": "x"}]),
        _pay("detail-empty", "A detail without a field.", 400, "PARAM_ERROR", "参数错误", "Detail", detail={}),
        _raw("html-503", "A gateway's page.", "pay", 503, "<html><body>503 Service Temporarily Unavailable</body></html>", "remote.not_json", "NotJson"),
        _raw("html-502-id", "A gateway's page with a Request-ID.", "pay", 502, "<html></html>", "remote.not_json", "NotJson", "RequestId",
             more=[["request-id", f"{REQUEST_ID}-268435461"]], stages={"request_id": f"{REQUEST_ID}-268435461", "request_id_tail": 268435461}),
        _raw("empty-500", "No body.", "pay", 500, "", "remote.not_json", "NotJson"),
        _raw("truncated-500", "Half an error.", "pay", 500, '{"code":"SYSTEM_ERR', "remote.not_json", "NotJson", kind="application/json"),
        _raw("redirect", "A redirect.", "pay", 302, "", "remote.redirect", "Redirect", more=[["Location", "https://example.com/"]]),
        _raw("redirect-permanent", "A permanent redirect.", "pay", 308, "", "remote.redirect", "Redirect", more=[["Location", "/elsewhere"]]),
    ]


def _account(ident, comment, errcode, errmsg, *flags, status=200):
    body = compact({"errcode": errcode, "errmsg": errmsg})
    given = {"system": "account", "status": status, "headers": [["Content-Type", "application/json; encoding=utf-8"]], "body": body}
    return invalid(ident, comment, given, "remote.errcode", "Errcode", *flags, stages={"remote_code": str(errcode), "message": errmsg})


def _account_errors():
    rows = {-1: "system error", 40001: "invalid credential, access_token is invalid or not latest", 40002: "invalid grant_type", 40013: "invalid appid",
            40014: "invalid access_token", 40097: "invalid args", 40125: "invalid appsecret", 40164: "invalid ip 203.0.113.7, not in whitelist",
            41001: "access_token missing", 42001: "access_token expired", 43002: "require POST method", 45009: "reach max api daily quota limit",
            45011: "api minute-quota reach limit  must slower  retry next minute", 47001: "data format error", 48001: "api unauthorized",
            61007: "api is unauthorized to component", 72031: "invalid params", 72036: "invoice is busy, try again", 99999: "a code nobody knows yet"}
    cases = [_account(f"errcode-{'minus-1' if code == -1 else code}", f"errcode {code}.", code, text) for code, text in rows.items()]
    ok = {"system": "account", "status": 200, "headers": [JSON_TYPE]}
    return cases + [
        _account("errcode-text", "The errcode is a text.", "40001", "invalid credential", "Lenient"),
        _account("errcode-text-minus", "The errcode is a negative text.", "-1", "system error", "Lenient"),
        _account("errcode-hint", "An errmsg with hint and rid.", 48001, "api unauthorized hint: [a1B2c3] rid: 5f3b8c1a-1b2c3d4e-5f6a7b8c"),
        _account("errmsg-ok", "An error whose errmsg is ok.", 40013, "ok", "Errmsg"),
        _account("errcode-http-400", "An errcode with status 400.", 40013, "invalid appid", status=400),
        valid("success", "A plain success.", ok | {"body": '{"errcode":0,"errmsg":"ok"}'}, {}, "Errcode"),
        valid("success-text", "A success whose errcode is a text.", ok | {"body": '{"errcode":"0","errmsg":"ok"}'}, {}, "Errcode", "Lenient"),
        valid("success-words", "A success with other words.", ok | {"body": '{"errcode":0,"errmsg":"发票数据获取成功"}'}, {}, "Errmsg"),
        valid("success-empty-words", "A success without words.", ok | {"body": '{"errcode":0,"errmsg":""}'}, {}, "Errmsg"),
        valid("success-no-errcode", "A success without errcode, as tokens have it.", ok | {"body": '{"access_token":"a","expires_in":7200}'}, {}, "Errcode"),
        _raw("account-html", "A gateway's page.", "account", 502, "<html></html>", "remote.not_json", "NotJson"),
        _raw("account-empty", "No body.", "account", 500, "", "remote.not_json", "NotJson"),
        _raw("account-redirect", "A redirect.", "account", 301, "", "remote.redirect", "Redirect", more=[["Location", "https://example.com/"]]),
    ]


def documents():
    about = "Answers that are errors, with what is read out of them; `remote_code` is always a text. Valid cases are successes that look like errors."
    return {"errors.json": document(about, "WeChat Pay APIv3: errors; WeChat Official Account: return codes", FLAGS, _pay_errors() + _account_errors())}
