"""What all calls share: callers, the request a call becomes, the answer it gets, and the ways an input is refused."""
import base64
import copy
from dataclasses import dataclass, field

from .. import keyset
from ..envelope import APPID, ENTROPY, NOW, SUB_MCHID, invalid, valid
from ..rules import authorization, b64, compact, derived, form, request_message, sm3_hex, survive, target
from .encrypted import SEALED, sealed

FLAGS = {
    "Target": "path and query parameters are placed, ordered as the official table, and encoded",
    "Body": "compact JSON, fields in the order of the official table whatever the order given, absent fields left out",
    "Escapes": "only what JSON demands is escaped; Chinese travels as it is",
    "SubMerchant": "sub_mchid is put where the call wants it, and only in partner mode",
    "Serial": "Wechatpay-Serial is on every pay request: the pinned key, else the public key, else the unexpired certificate with the latest start",
    "Sealed": "personal fields that the tables mark are sealed, however deep they stand; they are never sent in plain text",
    "SignedMeta": "an upload signs the meta text, byte-equal to its part",
    "Boundary": "a boundary that occurs in the content is passed over",
    "Empty": "a post without fields has the body {}, not none",
    "Unsigned": "a request that must not be signed carries neither Authorization nor Wechatpay-Serial",
    "Token": "the access token is in the query, encoded; without one the call is refused before it is sent",
    "OpenEnum": "an unknown word of an enumeration passes in both directions",
    "Limit": "the longest and largest permitted values pass",
    "Required": "a missing required field is refused with its path",
    "Unknown": "a field the call does not have is refused, also when its name is near to one or belongs to another generation",
    "Type": "a value of another JSON type is refused, not converted",
    "Null": "null is refused, WeChat Pay does not take it",
    "Length": "too long, too many and empty are refused",
    "Charset": "characters outside the identifier's set, and any above U+FFFF, are refused",
    "Range": "amounts below zero outside discount lines, and integers above 2^53-1, are refused",
    "Rule": "values that contradict each other by a rule of the documents are refused, naming the line",
    "Caller": "a call that a caller may not make is refused",
    "UnknownField": "fields an answer has and the table does not are kept",
    "BigNumber": "integers above 2^53-1 are given as strings of their digits, never through a float",
    "Digital": "digital invoices have no code, check code or password: absent or empty is fine",
    "Optional": "what the table calls optional may be absent",
    "Lenient": "the account side's numbers and numeric strings are read alike",
    "Accepted": "202 without a body is an answer",
    "Done": "204 without a body is an answer",
    "NotJson": "a body that is not JSON is a parse error",
    "Shape": "an answer of another shape is a parse error with its path",
    "Remote": "an error is reported as an error whatever the HTTP status",
    "File": "a file is given as bytes, after its digest was checked where there is one",
}
P = "/v3/new-tax-control-fapiao"
HOSTS = {"pay": "https://api.mch.weixin.qq.com", "account": "https://api.weixin.qq.com"}
CODE_FLAGS = {"input.missing": "Required", "input.unknown": "Unknown", "input.type": "Type", "input.length": "Length", "seal.length": "Length",
              "input.charset": "Charset", "input.rule": "Rule", "input.range": "Range", "input.call": "Caller", "input.access_token": "Token"}
DROP = object()


def merchant(kind="sub_merchant", ring=("wechatpay",), **other):
    stem = "direct" if kind == "direct" else "partner"
    given = {"kind": kind, "mchid": keyset.MERCHANTS[stem], "serial_no": keyset.serial(stem), "key": stem, "ring": list(ring)}
    return given | ({"sub_mchid": SUB_MCHID} if kind == "sub_merchant" else {}) | other


def account(**other):
    return {"kind": "account", "appid": APPID, "access_token": "ACCESS_TOKEN"} | other


@dataclass
class Call:
    """One row of the endpoint list. `sub` says where the sub-merchant's number goes; the tables (name → inner table) give the order of fields."""
    name: str
    method: str
    template: str
    system: str = "pay"
    sub: str = ""
    path: tuple = ()
    query: tuple = ()
    body: dict = field(default_factory=dict)
    part: str = ""
    constants: dict = field(default_factory=dict)
    supplied: tuple = ()
    sub_name: str = "sub_mchid"


def _kind(kind, case):
    return {"id": case["id"], "comment": case["comment"], "kind": kind} | case


def ordered(value, table):
    if isinstance(value, list):
        return [ordered(one, table) for one in value]
    if not isinstance(value, dict) or table is None:
        return value
    assert not value.keys() - table.keys(), f"fields outside the table: {value.keys() - table.keys()}"
    return {name: ordered(value[name], inner) for name, inner in table.items() if name in value}


def _word(value):
    return {True: "true", False: "false"}[value] if isinstance(value, bool) else str(value)


def _each(value):
    """A list in a query is its name once for each entry."""
    return value if isinstance(value, list) else [value]


def _chosen(caller, now):
    """The key a request names: see the flag Serial."""
    ring = caller["ring"]
    if "pinned" in caller:
        return caller["pinned"]
    if "wechatpay" in ring:
        return "wechatpay"
    certificates = [(keyset.certificate(stem), stem) for stem in ring]
    live = [(c.not_valid_before_utc, stem) for c, stem in certificates if c.not_valid_after_utc.timestamp() > now]
    return max(live)[1] if live else None


def _content(call, payload, attachment, entropy):
    """(stages about the body, signed bytes or None, Content-Type or None)."""
    if call.part:
        data = base64.b64decode(attachment["file_base64"])
        meta = None
        if call.system == "pay":
            payload = payload | {"digest_alogrithm": "SM3", "digest": sm3_hex(data)}
            meta = compact(ordered(payload, call.body)).encode()
        mark, body = form(entropy, call.part, attachment["filename"], attachment["content_type"], data, meta)
        stages = {"boundary": mark, "body_base64": b64(body)} | ({"signed_body": meta.decode()} if meta is not None else {})
        return stages, meta, f"multipart/form-data; boundary={mark}"
    if not call.body:
        # The account side wants an empty object where there is nothing to say.
        empty = "{}" if (call.system, call.method) == ("account", "POST") else ""
        return ({"body": empty}, empty.encode(), "application/json") if empty else ({}, b"", None)
    full = ordered(payload, call.body)
    # Nothing travels encrypted on the account side.
    full, hidden = sealed(full) if call.system == "pay" else (full, {})
    if hidden:
        return {"body_template": compact(full), "sealed": hidden}, None, "application/json"
    return {"body": compact(full)}, compact(full).encode(), "application/json"


def _signed(call, caller, url_target, body, now, entropy):
    message = request_message(call.method, url_target, now, derived(entropy, "nonce"), body)
    signature = b64(keyset.sign(caller["key"], message))
    header = authorization(caller["mchid"], derived(entropy, "nonce"), signature, now, caller["serial_no"])
    return {"message": message.decode(), "signature": signature, "authorization": header}


def sent(call, ident, comment, payload, *flags, caller=None, attachment=None, now=NOW, entropy=ENTROPY):
    """A valid request and everything it becomes."""
    caller = caller or (merchant() if call.system == "pay" else account())
    given = {"caller": caller, "now": now, "entropy": entropy.hex(), "request": payload} | ({"attachment": attachment} if attachment else {})
    payload = copy.deepcopy(payload)
    if call.sub and caller["kind"] == "sub_merchant":
        payload = {call.sub_name: caller["sub_mchid"]} | payload
    if call.name == "stable_token":
        payload = {"grant_type": "client_credential", "appid": caller["appid"], "secret": caller["secret"]} | payload
    payload = {name: caller[source] for name, source in call.supplied} | call.constants | payload
    if "access_token" in call.query:
        payload = {"access_token": caller["access_token"]} | payload
    path = {name: payload.pop(name) for name in call.path}
    hidden = {f"/{name}": payload[name] for name in call.query if name in SEALED and name in payload}
    # What travels encrypted stands behind the other pairs.
    names = sorted((name for name in call.query if name in payload), key=lambda name: name in SEALED)
    query = [(name, "<sealed>" if name in SEALED else _word(one)) for name in names for one in _each(payload.pop(name))]
    url_target = target(call.template, path, query)
    content, signed_body, content_type = _content(call, payload, attachment, entropy)
    if hidden:
        content, signed_body = {"sealed": hidden}, None
    headers, absent = {"Accept": "application/json"}, []
    if content_type:
        headers["Content-Type"] = content_type
    else:
        absent.append("Content-Type")
    key = _chosen(caller, now) if call.system == "pay" else None
    if key:
        headers["Wechatpay-Serial"] = keyset.serial(key)
    else:
        absent.append("Wechatpay-Serial")
    if call.system == "account":
        absent.append("Authorization")
    stages = {"method": call.method, "url": HOSTS[call.system] + url_target, "url_target": url_target, "headers": headers, "headers_absent": absent}
    stages |= content | ({"sealed_under": key} if "sealed" in content else {})
    if call.system == "pay" and signed_body is not None:
        stages |= _signed(call, caller, url_target, signed_body, now, entropy)
    return _kind("request", valid(ident, comment, given, stages, *flags))


def changed(payload, pointer, value):
    """A copy with the value at a JSON pointer replaced, added, or dropped."""
    payload = copy.deepcopy(payload)
    *way, last = pointer.strip("/").split("/")
    place = payload
    for step in way:
        place = place[int(step)] if isinstance(place, list) else place[step]
    if value is DROP:
        del place[last]
    else:
        place[int(last) if isinstance(place, list) else last] = value
    return payload


def refused(ident, comment, payload, code, *flags, pointer=None, caller=None, attachment=None):
    given = {"caller": caller or merchant(), "now": NOW, "entropy": ENTROPY.hex(), "request": payload}
    given |= {"attachment": attachment} if attachment else {}
    return _kind("request", invalid(ident, comment, given, code, *(flags or [CODE_FLAGS[code]]), field=pointer))


def refusals(base, rows, **other):
    """Rows of (id, comment, JSON pointer, value or DROP, code), each one change away from a good payload."""
    cases = []
    for ident, comment, pointer, value, code in rows:
        flags = ["Type", "Null"] if value is None else []
        cases.append(refused(ident, comment, changed(base, pointer, value), code, *flags, pointer=pointer, **other))
    return cases


def _answer_input(body, status, caller, opened, headers):
    given = {"status": status} | ({"headers": headers} if headers else {})
    given |= {"body": body} if isinstance(body, str) else {"body_base64": b64(body)}
    return given | {"caller": caller} | ({"open": opened} if opened else {})


def told(ident, comment, body, *flags, answer=None, status=200, caller=None, opened=None, **file):
    """A valid answer: by default the body itself, with big integers as strings."""
    given = _answer_input(body, status, caller or merchant(), opened, file.pop("headers", None))
    return _kind("answer", valid(ident, comment, given, {"answer": survive(body) if answer is None else answer} | file, *flags))


def untold(ident, comment, body, code, *flags, pointer=None, status=200, caller=None, headers=None):
    given = _answer_input(body, status, caller or merchant(), None, headers)
    return _kind("answer", invalid(ident, comment, given, code, *flags, field=pointer))


def accepted():
    return told("answer-accepted", "202 without a body: the request was accepted, nothing more.", "", "Accepted", answer={"accepted": True}, status=202)


CHARSET = {"space": "a b", "chinese": "订单1", "slash": "a/b", "dot": "a.b", "emoji": "order😀", "full-width": "ＡＢＣ", "lf": "abc\n"}


def identifier_rows(pointer="/fapiao_apply_id", most=2):
    """What is refused in an identifier of at most 32 characters from its set; one call shows all, the others the first few."""
    name = pointer.rsplit("/", 1)[1].replace("_", "-")
    values = dict(list(CHARSET.items())[:most])
    rows = [(f"{name}-{word}", f"{name.replace('-', '_')} with: {word}.", pointer, value, "input.charset") for word, value in values.items()]
    return [*rows, (f"{name}-33", f"{name.replace('-', '_')} of 33 characters.", pointer, "x" * 33, "input.length"),
            (f"{name}-empty", f"{name.replace('-', '_')} is empty.", pointer, "", "input.length")]
