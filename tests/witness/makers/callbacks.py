"""callbacks.json: notifications as they arrive, which of them are to be believed, and what to answer.

In what is expected, integers that a float would round are strings of their digits.
"""
import json

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from . import keyset
from .envelope import APPLY_ID, NOW, SUB_MCHID, document, invalid, put, valid
from .envelope import NONCE as SIGNED_NONCE
from .rules import SCHEME, b64, compact, response_message

FLAGS = {
    "Event": "a genuine event is read: its name says what happened, its id whether it is new",
    "Envelope": "the samples of these events have no summary, no original_type and empty associated_data; all are optional",
    "Unknown": "events and fields that nobody knows yet are kept",
    "Keys": "the key is chosen by its id, whether it is the public key or a certificate",
    "Rotation": "more than one APIv3 key may be loaded while it is changed",
    "Merchants": "one URL may serve many merchants: whose an event is follows from the keys, and its content must agree",
    "Unsigned": "a callback without one of the four headers is never believed",
    "Forged": "any change to what is signed is a forgery",
    "Probe": "a signature that is wrong on purpose is answered like a forgery",
    "Clock": "299 seconds either way are accepted, 300 refused",
    "UnknownKey": "an id that is not loaded is told apart from a wrong signature",
    "ApiV3Key": "what no APIv3 key opens is told as that, since the signature has shown that it is genuine",
    "Algorithm": "other algorithms than the documented one are refused",
    "Form": "what is signed but does not have the documented form is told with the field at fault",
}
KEY = "0123456789abcdefghijklmnopqrstuv"
OTHER_KEY = "vutsrqponmlkjihgfedcba9876543210"
NONCE = "fdasflkja484"
DIRECT, PARTNER = keyset.MERCHANTS["direct"], keyset.MERCHANTS["partner"]
ID = "7c9fa2b0-4f9e-5b0c-8d6a-3f0a4c1d2e5b"
TIME = "2026-11-22T08:00:00+08:00"
INVOICE = {"fapiao_id": "20260701123456", "fapiao_status": "ISSUED", "card_status": "INSERT_ACCEPTED"}
STATUS = {"event": 204, "probe": 401, "forged": 401, "stale": 401, "unknown_key": 401, "wrong_api_v3_key": 500,
          "other_merchant": 500, "malformed": 400}
BOTH = [{"merchant": "direct", "api_v3_keys": [KEY]}, {"merchant": "partner", "api_v3_keys": [OTHER_KEY]}]


def _content(mchid=PARTNER, sub_mchid=SUB_MCHID, **other):
    return {"mchid": mchid} | ({"sub_mchid": sub_mchid} if sub_mchid else {}) | {"fapiao_apply_id": APPLY_ID} | other


def _resource(plaintext, key=KEY, associated_data="", nonce=NONCE, **other):
    plaintext = plaintext if isinstance(plaintext, str) else compact(plaintext)
    sealed = AESGCM(key.encode()).encrypt(nonce.encode(), plaintext.encode(), (associated_data or "").encode())
    return {"algorithm": "AEAD_AES_256_GCM", "ciphertext": b64(sealed), "nonce": nonce, "associated_data": associated_data} | other


def _body(event_type, resource, **other):
    return {"id": ID, "create_time": TIME, "resource_type": "encrypt-resource", "event_type": event_type} | other | {"resource": resource}


def _post(body, key="wechatpay", timestamp=NOW, **other):
    """The input of a case; `signature` and `serial` replace a header, `drop` leaves one out, `further` adds some."""
    body = body if isinstance(body, bytes) else compact(body).encode()
    signature = other.get("signature") or b64(keyset.sign(key, response_message(timestamp, SIGNED_NONCE, other.get("signed", body))))
    headers = [["Content-Type", "application/json"], ["Wechatpay-Timestamp", str(timestamp)], ["Wechatpay-Nonce", SIGNED_NONCE],
               ["Wechatpay-Signature", signature], ["Wechatpay-Serial", other.get("serial") or keyset.serial(key)]]
    headers = [pair for pair in headers if pair[0] != other.get("drop")] + other.get("further", [])
    receivers = other.get("receivers", [{"merchant": "partner", "api_v3_keys": other.get("api_v3_keys", [KEY])}])
    receivers = [{"mchid": keyset.MERCHANTS[each["merchant"]], "ring": other.get("ring", ["wechatpay", "platform-1"])} | each for each in receivers]
    return put(body, {"headers": headers}) | {"now": NOW, "receivers": receivers}


def _good(ident, comment, event_type, content, *flags, envelope=None, key=KEY, resource=None, signer="wechatpay", wanted=None, **other):
    body = _body(event_type, _resource(content, key, **(resource or {})), **(envelope or {}))
    event = {"id": ID, "event_type": event_type, "create_time": TIME}
    event |= {name: value for name, value in (envelope or {}).items() if name == "summary"}
    event |= {"resource": wanted or content}
    stages = {"reception": "event", "status": 204, "event": event}
    return valid(ident, comment, _post(body, signer, **other), stages, *flags)


def _bad(ident, comment, reception, code, given, *flags, field=None):
    return invalid(ident, comment, given, code, *flags, field=field, stages={"reception": reception, "status": STATUS[reception]})


def _events():
    invoices = [INVOICE]
    no_card = [{"fapiao_id": "20260701123456", "fapiao_status": "ISSUED"}]
    several = [INVOICE, {"fapiao_id": "20260701123457", "fapiao_status": "ISSUED", "card_status": "INSERTED"}]
    later = [{"fapiao_id": "1", "fapiao_status": "ARCHIVED", "card_status": "FROZEN", "seq": 7}]
    direct = [{"merchant": "direct", "api_v3_keys": [KEY]}]
    return [
        _good("issued", "Issued.", "FAPIAO.ISSUED", _content(fapiao_information=invoices), "Event", "Envelope"),
        _good("reversed", "Reversed, with the older status inside, as in the sample.", "FAPIAO.REVERSED",
              _content(fapiao_information=invoices), "Event"),
        _good("card-inserted", "In the wallet.", "FAPIAO.CARD_INSERTED", _content(fapiao_information=several), "Event"),
        _good("card-discarded", "The card is void.", "FAPIAO.CARD_DISCARDED", _content(fapiao_information=invoices), "Event"),
        _good("user-applied", "The title is filled in.", "FAPIAO.USER_APPLIED", _content(apply_time="2026-11-22T07:59:30+08:00"), "Event"),
        _good("direct", "A direct merchant's: no sub_mchid.", "FAPIAO.ISSUED", _content(DIRECT, None, fapiao_information=invoices), "Event",
              receivers=direct),
        _good("no-card", "No card.", "FAPIAO.ISSUED", _content(fapiao_information=no_card), "Event"),
        _good("empty-list", "No invoices are listed.", "FAPIAO.ISSUED", _content(fapiao_information=[]), "Event"),
        _good("no-list", "The list is missing.", "FAPIAO.REVERSED", _content(), "Event"),
        _good("full-envelope", "With everything the table has.", "FAPIAO.ISSUED", _content(fapiao_information=invoices), "Envelope",
              envelope={"summary": "发票开具成功"}, resource={"associated_data": "fapiao", "original_type": "fapiao"}),
        _good("new-event", "An event that nobody knows yet.", "FAPIAO.ARCHIVED", _content(archive={"n": 24312000000012345678}), "Unknown",
              wanted=_content(archive={"n": "24312000000012345678"})),
        _good("new-event-bare", "One that does not name its merchant.", "FAPIAO.ARCHIVED", {"a": [1, "二"]}, "Unknown"),
        _good("new-values", "Values and fields that nobody knows yet.", "FAPIAO.ISSUED", _content(fapiao_information=later, seq=1), "Unknown"),
        _good("certificate", "Signed under a platform certificate.", "FAPIAO.ISSUED", _content(fapiao_information=invoices), "Keys", signer="platform-1"),
        _good("previous-key", "Encrypted under the key before.", "FAPIAO.ISSUED", _content(fapiao_information=invoices), "Rotation",
              api_v3_keys=[OTHER_KEY, KEY]),
        _good("first-of-two", "Two merchants: the first one's.", "FAPIAO.ISSUED", _content(DIRECT, None, fapiao_information=invoices),
              "Merchants", receivers=BOTH),
        _good("second-of-two", "Two merchants: the second one's.", "FAPIAO.ISSUED", _content(fapiao_information=invoices), "Merchants",
              key=OTHER_KEY, receivers=BOTH),
        _good("typed", "The signature type is named.", "FAPIAO.ISSUED", _content(fapiao_information=invoices), "Keys",
              further=[["Wechatpay-Signature-Type", SCHEME], ["Request-ID", "08F78BB5AF0610D302189F99DD5C20BA56F89845-0"]]),
        _good("ahead-299", "299 seconds ahead.", "FAPIAO.ISSUED", _content(fapiao_information=invoices), "Clock", timestamp=NOW + 299),
        _good("old-299", "299 seconds old.", "FAPIAO.ISSUED", _content(fapiao_information=invoices), "Clock", timestamp=NOW - 299),
    ]


def _refused():
    honest = _body("FAPIAO.ISSUED", _resource(_content(fapiao_information=[INVOICE])))
    body = compact(honest).encode()
    signature = b64(keyset.sign("wechatpay", response_message(NOW, SIGNED_NONCE, body)))
    names = ["Timestamp", "Nonce", "Signature", "Serial"]
    twice = [["wechatpay-serial", keyset.serial("wechatpay")]]
    cases = [_bad(f"missing-{name.lower()}", f"Without Wechatpay-{name}.", "forged", "verify.header_missing",
                  _post(honest, drop=f"Wechatpay-{name}"), "Unsigned", field=f"Wechatpay-{name}") for name in names]
    return [
        *cases,
        _bad("serial-twice", "A header stands twice.", "forged", "verify.header_twice", _post(honest, further=twice), "Unsigned",
             field="Wechatpay-Serial"),
        _bad("body-changed", "One byte of the body is another.", "forged", "verify.signature",
             _post(body.replace(b"ISSUED", b"ISSUE_"), signed=body), "Forged"),
        _bad("body-reserialised", "The body was written again with spaces.", "forged", "verify.signature",
             _post(json.dumps(honest).encode(), signed=body), "Forged"),
        _bad("other-time", "The signed time is another.", "forged", "verify.signature", _post(honest, timestamp=NOW + 1, signature=signature), "Forged"),
        _bad("stranger", "Signed by a stranger under a known id.", "forged", "verify.signature",
             _post(honest, key="stranger", serial=keyset.serial("wechatpay")), "Forged"),
        _bad("no-base64", "The signature is not Base64.", "forged", "verify.base64", _post(honest, signature="!" * 344), "Forged"),
        _bad("other-scheme", "Another signature type.", "forged", "verify.algorithm",
             _post(honest, further=[["Wechatpay-Signature-Type", "WECHATPAY2-SM2-WITH-SM3"]]), "Algorithm"),
        _bad("probe", "A signature probe.", "probe", "verify.probe", _post(honest, signature="WECHATPAY/SIGNTEST/" + signature[19:]), "Probe"),
        _bad("probe-unknown-key", "A probe under an id that is not loaded.", "unknown_key", "verify.unknown_serial",
             _post(honest, signature="WECHATPAY/SIGNTEST/" + signature[19:], serial=keyset.serial("platform-2")), "Probe"),
        _bad("probe-stale", "A probe of yesterday.", "stale", "verify.clock",
             _post(honest, signature="WECHATPAY/SIGNTEST/" + signature[19:], timestamp=NOW - 86400), "Probe"),
        _bad("old-300", "300 seconds old.", "stale", "verify.clock", _post(honest, timestamp=NOW - 300), "Clock"),
        _bad("ahead-300", "300 seconds ahead.", "stale", "verify.clock", _post(honest, timestamp=NOW + 300), "Clock"),
        _bad("unknown-key", "Signed under a certificate that is not loaded.", "unknown_key", "verify.unknown_serial",
             _post(honest, "platform-2"), "UnknownKey"),
    ]


def _unreadable():
    content = _content(fapiao_information=[INVOICE])
    good = _resource(content)
    sealed = good["ciphertext"]

    def with_(resource=None, **body):
        return _post(_body("FAPIAO.ISSUED", good | (resource or {})) | body)

    def without(name, inside=False):
        body = _body("FAPIAO.ISSUED", {key: value for key, value in good.items() if not inside or key != name})
        return _post({key: value for key, value in body.items() if inside or key != name})

    def holding(text, event_type="FAPIAO.ISSUED", **other):
        return _post(_body(event_type, _resource(text)), **other)

    form, missing, type_ = "Form", "parse.missing", "parse.type"
    flipped = sealed[:-6] + ("A" if sealed[-6] != "A" else "B") + sealed[-5:]
    cases = [_bad(f"without-{name.replace('_', '-')}", f"Without {name}.", "malformed", missing, without(name), form, field=f"/{name}")
             for name in ["id", "event_type", "create_time", "resource"]]
    cases += [_bad(f"resource-without-{name}", f"The resource is without {name}.", "malformed", missing, without(name, True), form,
                   field=f"/resource/{name}") for name in ["algorithm", "ciphertext", "nonce"]]
    return [
        *cases,
        _bad("other-key", "Encrypted under another APIv3 key.", "wrong_api_v3_key", "decrypt.tag",
             _post(_body("FAPIAO.ISSUED", _resource(content, OTHER_KEY))), "ApiV3Key", field="api_v3_key"),
        _bad("tag-flipped", "A bit of the tag is another.", "wrong_api_v3_key", "decrypt.tag", with_({"ciphertext": flipped}), "ApiV3Key"),
        _bad("tag-cut", "The tag is cut.", "wrong_api_v3_key", "decrypt.tag", with_({"ciphertext": sealed[:8]}), "ApiV3Key"),
        _bad("other-data", "The associated data is another.", "wrong_api_v3_key", "decrypt.tag", with_({"associated_data": "fapiao"}), "ApiV3Key"),
        _bad("sm4", "SM4, which was not asked for.", "malformed", "decrypt.algorithm", with_({"algorithm": "AEAD_SM4_GCM"}), "Algorithm",
             field="/resource/algorithm"),
        _bad("nonce-11", "A nonce of 11 bytes.", "malformed", "decrypt.nonce", with_({"nonce": NONCE[:11]}), form, field="/resource/nonce"),
        _bad("ciphertext-no-base64", "The ciphertext is not Base64.", "malformed", type_, with_({"ciphertext": "?" * 32}), form,
             field="/resource/ciphertext"),
        _bad("id-number", "The id is a number.", "malformed", type_, with_(id=7), form, field="/id"),
        _bad("resource-text", "The resource is a text.", "malformed", type_, _post(_body("FAPIAO.ISSUED", "x")), form, field="/resource"),
        _bad("not-json", "The body is not JSON.", "malformed", "parse.json", _post(b"<xml></xml>"), form),
        _bad("no-object", "The body is a list.", "malformed", "parse.json", _post(b"[]"), form),
        _bad("not-utf8", "The body is GBK.", "malformed", "parse.json", _post("{\"summary\":\"发票\"}".encode("gbk")), form),
        _bad("deep", "A nest 1,000 deep.", "malformed", "parse.json", _post(b"[" * 1_000), form),
        _bad("content-not-json", "The content is not JSON.", "malformed", "parse.json", holding("ISSUED"), form, field="/resource"),
        _bad("content-without-merchant", "The content names no merchant.", "malformed", missing, holding({"fapiao_apply_id": "1"}), form,
             field="/resource/mchid"),
        _bad("content-without-application", "The content names no application.", "malformed", missing, holding({"mchid": PARTNER}), form,
             field="/resource/fapiao_apply_id"),
        _bad("content-type", "The invoices are a text.", "malformed", type_, holding(_content(fapiao_information="x")), form,
             field="/resource/fapiao_information"),
        _bad("other-merchant", "The content names a merchant that is not configured.", "other_merchant", "verify.other_merchant",
             holding(_content("1900000200")), "Merchants", field="/resource/mchid"),
        _bad("other-merchant-unknown-event", "So does an event that nobody knows yet.", "other_merchant", "verify.other_merchant",
             holding(_content("1900000200"), "FAPIAO.ARCHIVED"), "Merchants"),
        _bad("key-of-another", "Encrypted under one merchant's key, about the other.", "other_merchant", "verify.other_merchant",
             holding(content, receivers=BOTH), "Merchants"),
        _bad("sub-merchant-of-direct", "A direct merchant as somebody's sub-merchant.", "other_merchant", "verify.other_merchant",
             holding(_content(DIRECT, SUB_MCHID, fapiao_information=[]), receivers=BOTH), "Merchants"),
    ]


def documents():
    return {"callbacks.json": document(
        "Callbacks: headers and raw body as they arrive, and the merchants of the URL; `reception` says what became of it, `status` what to answer.",
        "WeChat Pay APIv3: callbacks; AEAD_AES_256_GCM; the five FAPIAO events", FLAGS, _events() + _refused() + _unreadable())}
