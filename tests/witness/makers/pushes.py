"""pushes.json: what arrives at the server of an account, which of it is to be believed, and what to answer.

The first cases are the official example. The rest is made here: SHA-1 by hashlib, AES-256-CBC by `cryptography`.
"""
import base64
import hashlib
import struct
from urllib.parse import urlencode

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from .envelope import document, invalid, put, valid
from .rules import b64, compact

FLAGS = {
    "Official": "the official example, as published",
    "Event": "a genuine event is read, whatever its format",
    "Format": "XML and JSON are told apart by the first character, and say the same",
    "Unknown": "events and fields that nobody knows yet are kept",
    "UrlCheck": "the console's check of the URL is answered with its echostr",
    "Signature": "signature covers no body: in encrypted modes msg_signature counts, and nothing else",
    "Mode": "once a key is loaded, a push that is not encrypted is refused: a forger would choose the mode",
    "Compatible": "in compatible mode the encrypted content counts, never its plain twin",
    "Padding": "padding goes to 32 bytes: 1 to 32, each byte the same",
    "Owner": "the appid at the end is the receiver's own",
    "Rotation": "while the key is changed, the previous one opens as well",
    "Behind": "everything that is wrong behind the signature is one error: anything more would tell a forger about the padding",
    "Form": "what does not have the documented form is told as that",
    "Hostile": "entities, document types, nests and size are bounded",
}
TOKEN, KEY, OTHER_KEY = "AAAAA", "A" * 43, "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"
APPID = "wxba5fad812f8e6fb9"
TIME, NONCE, OPENID = "1714112445", "415670741", "o9AgO5Kd5ggOC-bXrbNODIiE3bGY"
OFFICIAL = ("+qdx1OKCy+5JPCBFWw70tm0fJGb2Jmeia4FCB7kao+/Q5c/ohsOzQHi8khUOb05JCpj0JB4RvQMkUyus8TPxLKJGQqcvZqzDpVzazhZv6JsXUnnR8XGT740XgXZUXQ7vJVnAG+tE"
            "8NUd4yFyjPy7GgiaviNrlCTj+l5kdfMuFUPpRSrfMZuMcp3Fn2Pede2IuQrKEYwKSqFIZoNqJ4M8EajAsjLY2km32IIjdf8YL/P50F7mStwntrA2cPDrM1kb6mOcfBgRtWygb3VIYnSe"
            "OBrebufAlr7F9mFUPAJGj04=")
EVENT = {"ToUserName": "gh_97417a04a28d", "FromUserName": OPENID, "CreateTime": 1714112445, "MsgType": "event"}
STATUS = {"event": 200, "url_check": 200, "forged": 401, "unencrypted": 401, "unreadable": 500, "malformed": 400}


def _sha1(*texts):
    return hashlib.sha1("".join(sorted(texts)).encode()).hexdigest()


def _padded(plain):
    count = 32 - len(plain) % 32
    return plain + bytes([count]) * count


def _sealed(message, key=KEY, appid=APPID, padded=_padded, length=None):
    message = message if isinstance(message, bytes) else message.encode()
    plain = bytes(range(16)) + struct.pack(">I", len(message) if length is None else length) + message + appid.encode()
    raw = base64.b64decode(key + "=")
    cipher = Cipher(algorithms.AES(raw), modes.CBC(raw[:16])).encryptor()
    return b64(cipher.update(padded(plain)) + cipher.finalize())


def _xml(members, spaced=False):
    def element(name, value):
        value = str(value) if isinstance(value, int) else f"<![CDATA[{value}]]>"
        return f"<{name}>\n  {value}\n</{name}>" if spaced else f"<{name}>{value}</{name}>"
    return "<xml>" + "".join(element(*member) for member in members.items()) + "</xml>"


def _given(body, query, keys=(KEY,), appid=APPID, token=TOKEN):
    body = body if isinstance(body, bytes) else body.encode()
    receiver = {"appid": appid, "token": token} | ({"encoding_aes_key": list(keys)} if keys else {})
    query = query if isinstance(query, str) else urlencode(query)
    return put(body, {"query": query, "receiver": receiver})


def _encrypted(encrypted, body=None, **other):
    query = {"signature": _sha1(TOKEN, TIME, NONCE), "timestamp": TIME, "nonce": NONCE, "openid": OPENID, "encrypt_type": "aes",
             "msg_signature": _sha1(TOKEN, TIME, NONCE, encrypted)} | other.pop("query", {})
    body = compact({"ToUserName": EVENT["ToUserName"], "Encrypt": encrypted}) if body is None else body
    return _given(body, {name: value for name, value in query.items() if value is not None}, **other)


def _plain(body, **other):
    query = {"signature": _sha1(TOKEN, TIME, NONCE), "timestamp": TIME, "nonce": NONCE, "openid": OPENID} | other.pop("query", {})
    return _given(body, {name: value for name, value in query.items() if value is not None}, **({"keys": ()} | other))


def _key(event):
    kind = event.get("Event") or event.get("InfoType")
    return f"{event.get('FromUserName') or event['AppId']}:{event['CreateTime']}:{kind}"


def _good(ident, comment, given, event, *flags):
    stages = {"reception": "event", "status": 200, "body": "success", "event_type": event.get("Event") or event.get("InfoType"),
              "key": _key(event), "event": event}
    return valid(ident, comment, given, stages, *flags)


def _bad(ident, comment, reception, code, given, *flags, field=None):
    return invalid(ident, comment, given, code, *flags, field=field, stages={"reception": reception, "status": STATUS[reception]})


def _official():
    debug = EVENT | {"Event": "debug_demo", "debug_str": "hello world"}
    signature, msg_signature = "6c5c811b55cc85e0e1b54100749188c20beb3f5d", "046e02f8204d34f8ba5fa3b1db94908f3df2e9b3"
    assert (_sha1(TOKEN, TIME, NONCE), _sha1(TOKEN, TIME, NONCE, OFFICIAL)) == (signature, msg_signature)
    plain = "signature=899cf89e464efb63f54ddac96b0a0a235f53aa78&timestamp=1714037059&nonce=486452656"
    check = "signature=f464b24fc39322e44b38aa78f5edd27bd1441696&echostr=4375120948345356249&timestamp=1714036504&nonce=1514711492"
    at_once = debug | {"CreateTime": 1714037059}
    return [
        _good("official-safe", "The published example of the safe mode.", _encrypted(OFFICIAL), debug, "Official", "Unknown"),
        _good("official-plain", "The published example of the plain mode.", _given(compact(at_once), plain, keys=()), at_once, "Official", "Unknown"),
        valid("official-url-check", "The published example of the URL's check.", _given("", check, keys=()),
              {"reception": "url_check", "status": 200, "body": "4375120948345356249"}, "Official", "UrlCheck"),
        valid("url-check-with-key", "The URL is checked with the plain signature in every mode.", _given("", check),
              {"reception": "url_check", "status": 200, "body": "4375120948345356249"}, "UrlCheck"),
        _bad("url-check-forged", "A check by somebody else.", "forged", "push.signature", _given("", check.replace("f464", "f465")), "UrlCheck",
             field="signature"),
    ]


def _events():
    authorized = EVENT | {"Event": "user_authorize_invoice", "SuccOrderId": "1202933957956", "FailOrderId": "", "AppId": "wx1cb0f7ebd24a0fd1",
                          "Source": "web"}
    status = EVENT | {"Event": "update_invoice_status", "Status": "INVOICE_REIMBURSE_LOCK", "CardId": "pYFnAjk1", "Code": "186921658591"}
    title = EVENT | {"Event": "submit_invoice_title", "title": "深圳市某某公司", "phone": "0755-1", "tax_no": "91440300708461136T", "addr": "深圳",
                     "bank_type": "某某银行", "bank_no": "1", "attach": "t1", "title_type": "InvoiceUserTitleBusinessType"}
    result = EVENT | {"Event": "cloud_invoice_invoiceresult_event", "fpqqlsh": "test20160511000461", "nsrsbh": "110109500321655", "status": 100}
    ticket = {"AppId": "wxcomponent1", "CreateTime": 1413192605, "InfoType": "component_verify_ticket", "ComponentVerifyTicket": "ticket@@@abc"}
    unknown = EVENT | {"Event": "card_sku_remind", "CardId": "p1", "Detail": "x"}
    cases = []
    for name, event in [("authorized", authorized), ("status", status), ("title", title), ("result", result)]:
        cases += [
            _good(f"{name}-xml", "As XML, in the safe mode.", _encrypted(_sealed(_xml(event)), _xml({"ToUserName": "gh_1", "Encrypt": _sealed(_xml(event))})),
                  event, "Event", "Format"),
            _good(f"{name}-json", "As JSON, in the safe mode.", _encrypted(_sealed(compact(event))), event, "Event", "Format"),
            _good(f"{name}-spaced", "As XML with white space around each value, in the plain mode.", _plain(_xml(event, True)), event, "Event", "Format"),
        ]
    nested = "<xml>" + _xml(unknown)[5:-6] + "<List><Item>1</Item><Item>2</Item></List></xml>"
    texts = {name: str(value) for name, value in unknown.items()}
    compatible = _xml(EVENT | {"Event": "update_invoice_status", "Status": "FORGED", "CardId": "x", "Code": "y", "Encrypt": _sealed(_xml(status))})
    other = _sealed(compact(status), OTHER_KEY)
    return cases + [
        _good("ticket", "A third-party platform's ticket: InfoType in place of Event, and the platform's own appid.",
              _encrypted(_sealed(_xml(ticket), appid="wxcomponent1"), _xml({"AppId": "wxcomponent1", "Encrypt": _sealed(_xml(ticket), appid="wxcomponent1")}),
                         appid="wxcomponent1"), ticket, "Event"),
        _good("unknown-xml", "An event that nobody knows yet keeps its elements; lists become lists.", _plain(nested),
              texts | {"List": {"Item": ["1", "2"]}}, "Unknown"),
        _good("unknown-json", "As JSON, numbers included.", _plain(compact(unknown | {"n": 7})), unknown | {"n": 7}, "Unknown"),
        _good("compatible", "The plain twin says something else: the encrypted content counts.",
              _encrypted(_sealed(_xml(status)), compatible), status, "Compatible"),
        _good("previous-key", "Encrypted under the key before.", _encrypted(other, keys=(KEY, OTHER_KEY)), status, "Rotation"),
        _good("raw", "encrypt_type=raw is plain.", _plain(compact(status), query={"encrypt_type": "raw"}), status, "Mode"),
        _good("byte-order-mark", "A byte order mark before the body.", _plain("\ufeff" + compact(status)), status, "Format"),
        _good("no-refusal", "Without FailOrderId.", _plain(compact({k: v for k, v in authorized.items() if k != "FailOrderId"})),
              {k: v for k, v in authorized.items() if k != "FailOrderId"}, "Event"),
        *[_good(f"padding-{32 - (36 + extra) % 32 or 32}", "Padding of another length.",
                _encrypted(_sealed(compact(status | {"Code": "1" * (12 + extra)}))), status | {"Code": "1" * (12 + extra)}, "Padding") for extra in (0, 7, 15, 31)],
    ]


def _refused():
    status = EVENT | {"Event": "update_invoice_status", "Status": "INVOICE_REIMBURSE_LOCK", "CardId": "pYFnAjk1", "Code": "186921658591"}
    text, good = compact(status), _sealed(compact(status))
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>' + _xml(status).replace("186921658591", "1")
    behind = [
        ("other-key", "Encrypted under another key.", _sealed(text, OTHER_KEY)),
        ("other-appid", "For another account.", _sealed(text, appid="wx0000000000000000")),
        ("no-appid", "Without the appid at the end.", _sealed(text, appid="")),
        ("padding-0", "Padding of 0.", _sealed(text, padded=lambda plain: plain + bytes(32 - len(plain) % 32))),
        ("padding-33", "Padding of 33.", _sealed(text, padded=lambda plain: plain + bytes([33]) * (32 - len(plain) % 32))),
        ("padding-mixed", "Padding whose bytes differ.", _sealed(text, padded=lambda plain: _padded(plain)[:-2] + b"\x00" + _padded(plain)[-1:])),
        ("length-more", "A length beyond the end.", _sealed(text, length=1 << 20)),
        ("length-less", "A length that is too short.", _sealed(text, length=3)),
        ("cut", "A ciphertext that was cut.", b64(base64.b64decode(good)[:-7])),
        ("no-base64", "What is no Base64.", "?" * 64),
        ("empty", "An empty message.", _sealed("")),
        ("bomb", "A document type inside.", _sealed(bomb)),
        ("no-event", "A message that is no event.", _sealed(compact({"a": 1}))),
        ("missing-field", "An event without its card code.", _sealed(compact({k: v for k, v in status.items() if k != "Code"}))),
    ]
    cases = [_bad(f"behind-{name}", comment, "unreadable", "push.decrypt", _encrypted(sealed), "Behind") for name, comment, sealed in behind]
    names = ["timestamp", "nonce", "msg_signature"]
    cases += [_bad(f"without-{name.replace('_', '-')}", f"Without {name}.", "malformed", "push.form", _encrypted(good, query={name: None}), "Form", field=name)
              for name in names]
    return cases + [
        _bad("plain-signature-only", "A good signature, and a msg_signature of something else.", "forged", "push.signature",
             _encrypted(good, query={"msg_signature": _sha1(TOKEN, TIME, NONCE)}), "Signature", field="msg_signature"),
        _bad("other-token", "Signed under another Token.", "forged", "push.signature", _encrypted(good, token="BBBBB"), "Signature"),
        _bad("encrypt-changed", "The ciphertext was changed.", "forged", "push.signature",
             _encrypted(good, compact({"Encrypt": _sealed(text + " ")})), "Signature"),
        _bad("upper-case", "The signature in upper case.", "forged", "push.signature",
             _encrypted(good, query={"msg_signature": _sha1(TOKEN, TIME, NONCE, good).upper()}), "Signature"),
        _bad("plain-forged", "A plain push of somebody else.", "forged", "push.signature", _plain(text, query={"signature": "0" * 40}), "Signature"),
        _bad("downgraded", "A plain push, although a key is loaded.", "unencrypted", "push.unencrypted", _plain(text, keys=(KEY,)), "Mode",
             field="encrypt_type"),
        _bad("no-key", "Encrypted, but no key is loaded.", "unreadable", "push.decrypt", _encrypted(good, keys=()), "Mode"),
        _bad("other-encryption", "Another encryption.", "malformed", "push.form", _encrypted(good, query={"encrypt_type": "des"}), "Mode",
             field="encrypt_type"),
        _bad("twice", "A parameter stands twice.", "malformed", "push.form",
             _given(text, f"signature={_sha1(TOKEN, TIME, NONCE)}&timestamp={TIME}&timestamp={TIME}&nonce={NONCE}", keys=()), "Form", field="timestamp"),
        _bad("no-query", "Without a query.", "malformed", "push.form", _given(text, ""), "Form", field="timestamp"),
        _bad("no-encrypt", "Without Encrypt.", "malformed", "push.form", _encrypted(good, text), "Form", field="Encrypt"),
        _bad("no-body", "Without a body.", "malformed", "push.form", _plain(""), "Form", field="body"),
        _bad("form", "A form in place of the body.", "malformed", "push.form", _plain("a=1&b=2"), "Form", field="body"),
        _bad("gbk", "The body is GBK.", "malformed", "push.form", _plain(_xml(EVENT | {"Event": "e", "title": "发票"}).encode("gbk")), "Form", field="body"),
        _bad("list", "The body is a list.", "malformed", "push.form", _plain("[]"), "Form", field="body"),
        _bad("cut-xml", "XML that was cut.", "malformed", "push.form", _plain(_xml(status)[:-9]), "Form", field="body"),
        _bad("plain-missing-field", "An event without its card code.", "malformed", "push.form",
             _plain(compact({k: v for k, v in status.items() if k != "Code"})), "Form", field="/Code"),
        _bad("no-sender", "An event without its sender.", "malformed", "push.form", _plain(compact({"Event": "x", "CreateTime": 1})), "Form",
             field="FromUserName"),
        _bad("entities", "Entities that unfold.", "malformed", "push.form", _plain(bomb), "Hostile", field="body"),
        _bad("outside", "An entity of a file.", "malformed", "push.form",
             _plain('<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><xml><Event>&a;</Event></xml>'), "Hostile", field="body"),
        _bad("deep", "A nest of 2,000 elements.", "malformed", "push.form", _plain("<xml>" + "<a>" * 2000 + "</a>" * 2000 + "</xml>"), "Hostile", field="body"),
        _bad("deep-json", "A nest of 2,000 lists.", "malformed", "push.form", _plain('{"a":' + "[" * 2000 + "]" * 2000 + "}"), "Hostile"),
        _bad("header-injection", "Line ends in the query stay inside.", "forged", "push.signature",
             _given("", "signature=0&timestamp=1&nonce=a%0d%0aX:1&echostr=b%0d%0aY:2"), "Hostile", field="signature"),
    ]


def documents():
    return {"pushes.json": document(
        "Pushes to an account's server: query and raw body as they arrive; `reception` says what became of it, `status` and `body` what to answer.",
        "developers.weixin.qq.com: message push, encryption of messages; the four invoice events; component_verify_ticket", FLAGS,
        _official() + _events() + _refused())}
