"""What all calls of the Official Account side share: the caller, the wrong token, and the cases that every call has."""
from ..envelope import APPID
from ..rules import compact, survive
from .common import DROP, account, changed, merchant, refused, sent, told, untold

OK = {"errcode": 0, "errmsg": "ok"}
NO_TOKEN = {"kind": "account", "appid": APPID}
AWKWARD = account(access_token="a+b/c=d%20e")


def told_account(ident, comment, body, *flags, **other):
    return told(ident, comment, body, *flags, **{"caller": account()} | other)


def untold_account(ident, comment, body, code, *flags, **other):
    return untold(ident, comment, body, code, *flags, **{"caller": account()} | other)


def wrong_token():
    body = compact({"errcode": 40001, "errmsg": "invalid credential, access_token is invalid or not latest rid: 5f3b8c1a-1b2c3d4e-5f6a7b8c"})
    return untold_account("answer-error", "An error with status 200.", body, "remote.errcode", "Remote")


def requests(call, base, required=(), strangers=("openid_",)):
    """The request as it stands, shuffled, with a token to encode, without one, by a merchant; each required field left out, null and of another type."""
    body = "Empty" if not call.body and call.method == "POST" else "Body" if call.body else "Target"
    cases = [sent(call, "whole", "Every field there is.", base, body, "Token"),
             sent(call, "token", "A token with characters that must be encoded.", base, "Token", caller=AWKWARD)]
    if len(base) > 1:
        cases.append(sent(call, "shuffled", "Fields given in another order.", dict(reversed(base.items())), "Body"))
    for pointer in required:
        name = pointer.strip("/").replace("/", "-").replace("_", "-")
        cases += [refused(f"no-{name}", f"Without {pointer}.", changed(base, pointer, DROP), "input.missing", pointer=pointer, caller=account()),
                  refused(f"{name}-null", f"{pointer} as null.", changed(base, pointer, None), "input.type", "Type", "Null", pointer=pointer, caller=account()),
                  refused(f"{name}-type", f"{pointer} as true.", changed(base, pointer, True), "input.type", pointer=pointer, caller=account())]
    for name in strangers:
        cases.append(refused(f"unknown-{name.strip('_').replace('_', '-')}", f"{name} is no field of this call.", base | {name: "x"}, "input.unknown", pointer=f"/{name}",
                             caller=account()))
    return [*cases, refused("no-token", "An account without an access token.", base, "input.access_token", caller=NO_TOKEN),
            refused("merchant-caller", "A merchant has no such call.", base, "input.call", caller=merchant())]


def refusals_account(base, rows):
    """Rows of (id, comment, JSON pointer, value or DROP, code)."""
    return [refused(ident, comment, changed(base, pointer, value), code, pointer=pointer, caller=account()) for ident, comment, pointer, value, code in rows]


def answers(good, required=(), optional=()):
    """A success, with errcode as text, another errmsg, unknown fields; without each required field, of another type; the wrong token."""
    body = OK | good
    cases = [told_account("answer", "A success.", compact(body), "Shape"),
             told_account("answer-errcode-text", "The errcode as text.", compact(body | {"errcode": "0"}), "Lenient", answer=survive(compact(body))),
             told_account("answer-other-errmsg", "A success whose errmsg is not ok.", compact(body | {"errmsg": "发票数据获取成功"}), "Lenient"),
             told_account("answer-unknown-fields", "Fields that came later, one of 20 digits.", compact(body)[:-1] + ',"new":{"n":1},"trace":24312000000012345678}',
                          "UnknownField", "BigNumber")]
    if optional:
        few = compact({name: value for name, value in body.items() if name not in optional})
        cases.append(told_account("answer-few-fields", "Nothing but what is always there.", few, "Optional"))
        cases.append(told_account("answer-null", "What is not there as null.", compact(body | dict.fromkeys(optional)), "Optional"))
    for pointer in required:
        name = pointer.strip("/").replace("/", "-").replace("_", "-")
        cases += [untold_account(f"answer-no-{name}", f"Without {pointer}.", compact(changed(body, pointer, DROP)), "parse.missing", "Shape", pointer=pointer),
                  untold_account(f"answer-{name}-type", f"{pointer} as true.", compact(changed(body, pointer, True)), "parse.type", "Shape", pointer=pointer)]
    return [*cases, wrong_token()]


def acknowledged():
    """The answers of a call that has nothing to tell."""
    return answers({})
