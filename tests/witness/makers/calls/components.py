"""calls/component_token.json, preauth_code.json, query_auth.json and authorizer_token.json: third-party platforms."""
from ..envelope import APPID, document
from ..rules import compact
from .common import DROP, FLAGS, Call, account, changed, merchant, refused, sent, told, untold

COMPONENT = "/cgi-bin/component/"
PLATFORM = "wx0c0c0c0c0c0c0c0c"
TICKET = "ticket@@@pXz-1_2"
FULL = {"kind": "component", "appid": PLATFORM, "secret": "0123456789abcdef0123456789abcdef", "verify_ticket": TICKET,
        "access_token": "COMPONENT_TOKEN"}
APP = ("component_appid", "appid")
TOKEN = Call("component_token", "POST", COMPONENT + "api_component_token", system="account",
             body=dict.fromkeys(["component_appid", "component_appsecret", "component_verify_ticket"]),
             supplied=(APP, ("component_appsecret", "secret"), ("component_verify_ticket", "verify_ticket")))
QUERY = {"system": "account", "query": ("component_access_token",), "supplied": (APP, ("component_access_token", "access_token"))}
CODE = Call("preauth_code", "POST", COMPONENT + "api_create_preauthcode", body=dict.fromkeys(["component_appid"]), **QUERY)
AUTH = Call("query_auth", "POST", COMPONENT + "api_query_auth", body=dict.fromkeys(["component_appid", "authorization_code"]), **QUERY)
NEXT = Call("authorizer_token", "POST", COMPONENT + "api_authorizer_token",
            body=dict.fromkeys(["component_appid", "authorizer_appid", "authorizer_refresh_token"]), **QUERY)
INFO = {"authorizer_appid": APPID, "authorizer_access_token": "AUTHORIZER_TOKEN", "expires_in": 7200, "authorizer_refresh_token": "refreshtoken@@@1"}


def _cases(call, base, good, required, mandatory):
    """Requests, each field left out or wrong, other callers; answers, without each member or with a wrong one, and an error."""
    cases = [sent(call, "whole", "Every field there is.", base, "Body", "Token", caller=FULL),
             refused("account-caller", "An account has no such call.", base, "input.call", caller=account()),
             refused("merchant-caller", "A merchant has no such call.", base, "input.call", caller=merchant()),
             refused("unknown", "A field the call does not have.", base | {"appid": "x"}, "input.unknown", pointer="/appid", caller=FULL)]
    for name in required:
        pointer, dashed = f"/{name}", name.replace("_", "-")
        cases += [refused(f"no-{dashed}", f"Without {name}.", changed(base, pointer, DROP), "input.missing", pointer=pointer, caller=FULL),
                  refused(f"{dashed}-null", f"{name} as null.", changed(base, pointer, None), "input.type", "Type", "Null", pointer=pointer, caller=FULL),
                  refused(f"{dashed}-number", f"{name} as a number.", changed(base, pointer, 1), "input.type", pointer=pointer, caller=FULL)]
    cases.append(told("answer", "A success; no errcode.", compact(good), "Shape", caller=FULL))
    cases.append(told("answer-unknown-fields", "Fields that came later.", compact(good)[:-1] + ',"trace":24312000000012345678}', "UnknownField", "BigNumber",
                      caller=FULL))
    for pointer in mandatory:
        dashed = pointer.strip("/").replace("/", "-").replace("_", "-")
        cases.append(untold(f"answer-no-{dashed}", f"Without {pointer}.", compact(changed(good, pointer, DROP)), "parse.missing", "Shape", pointer=pointer,
                            caller=FULL))
        cases.append(untold(f"answer-{dashed}-list", f"{pointer} is a list.", compact(changed(good, pointer, [])), "parse.type", "Shape", pointer=pointer,
                            caller=FULL))
    error = compact({"errcode": 61005, "errmsg": "component ticket is expired, rid: 1"})
    return [*cases, untold("answer-error", "An error with status 200.", error, "remote.errcode", "Remote", caller=FULL)]


def documents():
    token = _cases(TOKEN, {}, {"component_access_token": "COMPONENT_TOKEN", "expires_in": 7200}, [], ["/component_access_token", "/expires_in"])
    code = _cases(CODE, {}, {"pre_auth_code": "PRE_AUTH_CODE", "expires_in": 1800}, [], ["/pre_auth_code", "/expires_in"])
    auth = _cases(AUTH, {"authorization_code": "queryauthcode@@@1"}, {"authorization_info": INFO | {"func_info": [{"funcscope_category": {"id": 26}}]}},
                  ["authorization_code"], ["/authorization_info", *(f"/authorization_info/{name}" for name in INFO)])
    again = _cases(NEXT, {"authorizer_appid": APPID, "authorizer_refresh_token": "refreshtoken@@@1"},
                   {name: value for name, value in INFO.items() if name != "authorizer_appid"}, ["authorizer_appid", "authorizer_refresh_token"],
                   [f"/{name}" for name in INFO if name != "authorizer_appid"])
    about = "Third-party platforms: {}."
    source = "developers.weixin.qq.com: open platform, tokens of third-party platforms"
    return {f"calls/{name}.json": document(about.format(what), source, FLAGS, cases) for name, what, cases in [
        ("component_token", "the platform's access token", token), ("preauth_code", "the code of an authorisation page", code),
        ("query_auth", "the first token of an account", auth), ("authorizer_token", "the next token of an account", again)]}
