"""response_verification.json: answers that are to be believed, and all the ways in which one is not."""
import hashlib

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding

from . import keyset
from .envelope import NONCE, NOW, document, invalid, put, valid
from .rules import SCHEME, b64, compact, response_message

FLAGS = {
    "PublicKey": "a signature under a WeChat Pay public key is chosen by its id",
    "Certificate": "a signature under a platform certificate is chosen by its serial, whatever else the ring holds",
    "SerialForm": "serials compare without case and without leading zero bytes",
    "HeaderCase": "header names compare without case (HTTP/2 sends them in lower case) and in any order",
    "HeaderMissing": "a missing signature header is a failure that names the header; unsigned is never success",
    "HeaderTwice": "a header that stands twice is refused, so that two readers cannot see two values",
    "HeaderForm": "a header that cannot be what it should be is refused before any cryptography",
    "Clock": "299 seconds either way are accepted, 300 refused",
    "UnknownKey": "a serial the ring does not hold is told apart from a wrong signature",
    "RawBody": "the received bytes are verified, not a re-serialised form",
    "EmptyBody": "an answer without a body is verified all the same",
    "Forged": "any change to body, nonce or timestamp, and any other key or scheme, makes the signature wrong",
    "Algorithm": "another signature type than the one supported is refused",
    "Probe": "WECHATPAY/SIGNTEST/ is a probe only when nothing else is wrong, and is never success",
    "Base64": "broken Base64 is an outcome, not a crash",
    "ErrorAnswer": "an answer outside 2xx is reported as what it is, without asking for a signature",
    "NotJson": "a verified body that is not JSON is a parse error, not a signature error",
}
RING = ["wechatpay", "platform-1", "platform-2"]
BODY = compact({"total_count": 1, "fapiao_information": []}).encode()
NAMES = ["Wechatpay-Timestamp", "Wechatpay-Nonce", "Wechatpay-Signature", "Wechatpay-Serial"]


def _headers(body=BODY, key="wechatpay", timestamp=NOW, nonce=NONCE, **other):
    """The four headers of an honest answer; `signature` and `serial` replace a value."""
    message = response_message(timestamp, nonce, body)
    signature = other.get("signature", b64(keyset.sign(key, message)))
    return list(zip(NAMES, [str(timestamp), nonce, signature, other.get("serial") or keyset.serial(key)], strict=True))


def _input(headers, body=BODY, status=200, ring=None, **other):
    pairs = [["Content-Type", "application/json; charset=utf-8"]] + [list(pair) for pair in headers]
    given = {"status": status, "headers": pairs}
    return put(body, given) | {"now": NOW, "ring": RING if ring is None else ring, "merchant": keyset.MERCHANTS["partner"]} | other


def _good(ident, comment, *flags, body=BODY, key="wechatpay", headers=None, status=200, ring=None, timestamp=NOW, **other):
    headers = headers or _headers(body, key, timestamp, **other)
    message = put(response_message(timestamp, other.get("nonce", NONCE), body), {}, "message")
    return valid(ident, comment, _input(headers, body, status, ring), message | {"key": key}, *flags)


def _honest():
    chinese = compact({"code": "开票成功", "名称": "深圳市某某科技有限公司"}).encode()
    big = b'{"id":24312000000012345678,"rate":0.130,"e":1E+2}'
    plain = _headers()
    lower = [(name.lower(), value) for name, value in plain]
    typed = [*plain, ("Wechatpay-Signature-Type", SCHEME)]
    serial = keyset.serial("platform-1")
    return [
        _good("public-key", "Signed under the public key.", "PublicKey"),
        _good("certificate-1", "Signed under the older certificate.", "Certificate", key="platform-1"),
        _good("certificate-2", "Signed under the newer certificate.", "Certificate", key="platform-2"),
        _good("only-certificate", "A ring with one certificate.", "Certificate", key="platform-1", ring=["platform-1"]),
        _good("only-public-key", "A ring with the public key alone.", "PublicKey", ring=["wechatpay"]),
        _good("accepted", "202 without a body.", "EmptyBody", body=b"", status=202),
        _good("no-content", "204 without a body.", "EmptyBody", body=b"", status=204),
        _good("lower-case", "Header names in lower case.", "HeaderCase", headers=lower),
        _good("upper-case", "Header names in upper case.", "HeaderCase", headers=[(n.upper(), v) for n, v in plain]),
        _good("reversed", "Headers in another order.", "HeaderCase", headers=plain[::-1]),
        _good("typed", "The signature type is named, and is the known one.", "Algorithm", headers=typed),
        _good("others", "Other headers stand between.", "HeaderCase",
              headers=[("Request-ID", "08F78BB5AF0610D302189F99DD5C20BA56F89845-0"), *plain, ("Set-Cookie", "a=1"), ("Set-Cookie", "b=2")]),
        _good("old-299", "The timestamp is 299 seconds old.", "Clock", timestamp=NOW - 299),
        _good("ahead-299", "The timestamp is 299 seconds ahead.", "Clock", timestamp=NOW + 299),
        _good("serial-lower", "The serial in lower case.", "SerialForm", key="platform-1", serial=serial.lower()),
        _good("serial-zeros", "The serial with a leading zero byte.", "SerialForm", key="platform-1", serial="00" + serial),
        _good("serial-zeros-lower", "Two leading zero bytes and lower case.", "SerialForm", key="platform-2",
              serial="0000" + keyset.serial("platform-2").lower()),
        _good("chinese", "A body in Chinese.", "RawBody", body=chinese),
        _good("big-numbers", "Numbers that a re-serialisation would change.", "RawBody", body=big),
        _good("spaces", "White space and key order as received.", "RawBody", body=b'{ "b" : 1 ,\r\n\t"a" : 2 }\n'),
        _good("nonce-33", "A nonce of 33 characters, as one published sample has.", "HeaderForm", nonce=NONCE + "0"),
        _good("nonce-64", "A nonce of 64 characters.", "HeaderForm", nonce=NONCE * 2),
        _good("nonce-short", "A nonce of one character.", "HeaderForm", nonce="0"),
        _good("escapes", "Escapes that a re-serialisation would undo.", "RawBody", body=b'{"url":"https:\\/\\/a","t":"\\u4e2d"}'),
    ]


def _headers_wrong():
    cases = []
    for index, name in enumerate(NAMES):
        short = name.removeprefix("Wechatpay-").lower()
        plain = _headers()
        cases.append(invalid(f"missing-{short}", f"Without {name}.", _input(plain[:index] + plain[index + 1:]), "verify.header_missing",
                             "HeaderMissing", field=name))
        cases.append(invalid(f"twice-{short}", f"{name} stands twice, with the same value and another case.",
                             _input([*plain, (name.lower(), plain[index][1])]), "verify.header_twice", "HeaderTwice", field=name))
    texts = {"word": "abc", "fraction": f"{NOW}.5", "hex": "0x6B02B880", "date": "Sun, 22 Nov 2026 00:00:00 GMT"}
    for name, text in texts.items():
        cases.append(invalid(f"timestamp-{name}", f"The timestamp is not Unix seconds: {name}.", _input(_headers(timestamp=text)),
                             "verify.header", "HeaderForm", field=NAMES[0]))
    long_nonce = "0123456789abcdef" * 4 + "0"
    return [
        *cases,
        invalid("twice-different", "Two different nonces.", _input([*_headers(), (NAMES[1], "another")]), "verify.header_twice",
                "HeaderTwice", field=NAMES[1]),
        invalid("unsigned", "A 200 without any signature header.", _input([]), "verify.header_missing", "HeaderMissing"),
        invalid("unsigned-accepted", "A 202 without any signature header.", _input([], b"", 202), "verify.header_missing", "HeaderMissing"),
        invalid("nonce-65", "A nonce of 65 characters, correctly signed.", _input(_headers(nonce=long_nonce)), "verify.header",
                "HeaderForm", field=NAMES[1]),
        invalid("other-type", "Another signature type.", _input([*_headers(), ("Wechatpay-Signature-Type", "WECHATPAY2-SM2-WITH-SM3")]),
                "verify.algorithm", "Algorithm", field="Wechatpay-Signature-Type"),
    ]


def _bad(ident, comment, code, *flags, field=None, body=BODY, **other):
    return invalid(ident, comment, _input(_headers(**other), body), code, *flags, field=field)


def _forged():
    honest = keyset.sign("wechatpay", response_message(NOW, NONCE, BODY))
    signature = b64(honest)
    flipped = bytes([honest[0], honest[1] ^ 1]) + honest[2:]
    shorter = b64(keyset.sign("wechatpay", response_message(NOW, NONCE, BODY)[:-1]))
    message = response_message(NOW, NONCE, BODY)
    key = keyset.private("wechatpay")
    sha1 = b64(key.sign(message, padding.PKCS1v15(), hashes.SHA1()))
    pss = b64(key.sign(message, padding.PSS(padding.MGF1(hashes.SHA256()), 0), hashes.SHA256()))
    wrong, forged = "verify.signature", "Forged"
    return [
        _bad("body-byte", "One byte of the body is another.", wrong, forged, body=BODY.replace(b"1", b"2")),
        _bad("body-space", "The body was re-serialised with a space.", wrong, forged, "RawBody", body=BODY.replace(b":1", b": 1")),
        _bad("body-lf", "The body has an LF more.", wrong, forged, "RawBody", body=BODY + b"\n"),
        _bad("body-gone", "The body is gone.", wrong, forged, "EmptyBody", body=b""),
        _bad("nonce", "The nonce is another.", wrong, forged, nonce=NONCE[::-1], signature=signature),
        _bad("timestamp", "The timestamp is one second later.", wrong, forged, timestamp=NOW + 1, signature=signature),
        _bad("stranger", "Signed by a stranger under the public key's id.", wrong, forged, key="stranger", serial=keyset.serial("wechatpay")),
        _bad("other-certificate", "Signed by one certificate, named as the other.", wrong, forged, key="platform-1", serial=keyset.serial("platform-2")),
        _bad("certificate-as-key", "Signed by a certificate, named as the public key.", wrong, forged, key="platform-1",
             serial=keyset.serial("wechatpay")),
        _bad("flipped-bit", "One bit of the signature is flipped.", wrong, forged, signature=b64(flipped)),
        _bad("short-signature", "The signature has 255 bytes.", wrong, forged, signature=b64(honest[:-1])),
        _bad("long-signature", "The signature has 257 bytes.", wrong, forged, signature=b64(honest + b"\0")),
        _bad("three-bytes", "The signature has three bytes.", wrong, forged, signature="YWJj"),
        _bad("no-last-lf", "Signed without the last LF.", wrong, forged, signature=shorter),
        _bad("sha1", "Signed with SHA-1.", wrong, forged, signature=sha1),
        _bad("pss", "Signed with PSS padding.", wrong, forged, signature=pss),
        _bad("request-form", "A request's message was signed instead.", wrong, forged,
             signature=b64(keyset.sign("wechatpay", b"GET\n/\n" + message))),
        _bad("base64-characters", "Characters outside Base64.", "verify.base64", "Base64", field=NAMES[2], signature="!" + signature[1:]),
        _bad("base64-length", "A length no Base64 text has.", "verify.base64", "Base64", field=NAMES[2], signature=signature.rstrip("=")[:-1]),
        _bad("base64-padding", "Padding in the middle.", "verify.base64", "Base64", field=NAMES[2], signature="YW==" + signature[4:]),
    ]


def _clock_and_keys():
    stranger = hashlib.sha1(b"a serial nobody has").hexdigest().upper()
    body = _headers(key="platform-1")
    return [
        _bad("old-300", "The timestamp is 300 seconds old.", "verify.clock", "Clock", timestamp=NOW - 300),
        _bad("ahead-300", "The timestamp is 300 seconds ahead.", "verify.clock", "Clock", timestamp=NOW + 300),
        _bad("zero-time", "The timestamp is zero.", "verify.clock", "Clock", timestamp=0),
        _bad("unknown-id", "A public key id the ring does not hold.", "verify.unknown_serial", "UnknownKey", key="stranger",
             serial="PUB_KEY_ID_0119000001002026112200000000009"),
        _bad("unknown-serial", "A certificate serial the ring does not hold.", "verify.unknown_serial", "UnknownKey", key="stranger", serial=stranger),
        invalid("certificate-not-held", "Signed by a real certificate that this ring does not hold: the switch has not begun.",
                _input(body, ring=["wechatpay"]), "verify.unknown_serial", "UnknownKey"),
        invalid("key-not-held", "Signed under the public key, which this ring does not hold.", _input(_headers(), ring=["platform-1"]),
                "verify.unknown_serial", "UnknownKey"),
        invalid("empty-ring", "The ring holds nothing.", _input(_headers(), ring=[]), "verify.unknown_serial", "UnknownKey"),
    ]


def _probes():
    prefix = "WECHATPAY/SIGNTEST/"
    tail = b64(hashlib.sha512(b"probe").digest() * 4)
    whole = (prefix + tail)[:341] + "A=="
    odd = prefix + tail[:100] + "a"
    lower = (prefix.lower() + tail)[:341] + "A=="
    return [
        _bad("probe", "A probe that is Base64 of 256 bytes.", "verify.probe", "Probe", signature=whole),
        _bad("probe-length", "A probe whose length no Base64 text has.", "verify.probe", "Probe", "Base64", signature=odd),
        _bad("probe-prefix", "The prefix alone.", "verify.probe", "Probe", "Base64", signature=prefix),
        _bad("probe-certificate", "A probe under a certificate's serial.", "verify.probe", "Probe", key="platform-1", signature=odd),
        invalid("probe-accepted", "A probe on a 202.", _input(_headers(b"", signature=odd), b"", 202), "verify.probe", "Probe"),
        _bad("probe-stale", "A probe with an old timestamp is an old answer.", "verify.clock", "Probe", timestamp=NOW - 300, signature=odd),
        _bad("probe-unknown", "A probe with an unknown serial is an unknown key.", "verify.unknown_serial", "Probe", key="stranger",
             serial="PUB_KEY_ID_0119000001002026112200000000009", signature=odd),
        _bad("probe-lower-case", "The prefix in lower case is no probe.", "verify.signature", "Probe", signature=lower),
    ]


def _answers():
    error = compact({"code": "PARAM_ERROR", "message": "参数错误"}).encode()
    html = b"<html><body>502 Bad Gateway</body></html>"
    cases = [
        invalid("error-json", "A 400 without signature headers.", _input([], error, 400), "remote.api", "ErrorAnswer"),
        invalid("error-server", "A 500 without signature headers.", _input([], compact({"code": "SYSTEM_ERROR", "message": "系统错误"}).encode(), 500),
                "remote.api", "ErrorAnswer"),
        invalid("redirect", "A redirect is not followed and not believed.", _input([("Location", "https://example.com/")], b"", 302),
                "remote.redirect", "ErrorAnswer"),
        invalid("html", "A gateway's HTML.", _input([], html, 502), "remote.not_json", "ErrorAnswer"),
    ]
    for name, body in {"html-signed": html, "truncated": BODY[:-1], "not-utf8": b'{"a":"\xff"}'}.items():
        given = _input(_headers(body), body, call="fapiao_files")
        cases.append(invalid(name, f"A signed 200 whose body is not JSON: {name}.", given, "parse.json", "NotJson"))
    return cases


def documents():
    cases = _honest() + _headers_wrong() + _forged() + _clock_and_keys() + _probes() + _answers()
    about = "Answers with the ring that checks them (all keys belong to `merchant`); where `call` is given, the verified body is also parsed as its answer."
    return {"response_verification.json": document(about, "WeChat Pay APIv3: response verification, signature probe traffic, errors", FLAGS, cases)}
