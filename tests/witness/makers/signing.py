"""signing.json and authorization.json: the request's message, its signature, the header that carries it."""
from . import keyset
from .envelope import APPLY_ID, NONCE, NOW, SUB_MCHID, document, put, valid
from .rules import authorization, b64, compact, request_message, sm3_hex, target

FLAGS = {
    "TrailingLf": "the fifth line is ended by LF as well, also after a body that ends in LF itself, and a body's LF is not trimmed",
    "EmptyBody": "without a body the fifth line is empty and still there",
    "RawBody": "the bytes that travel are signed, not a re-serialised or escaped form of them",
    "EncodedTarget": "the target is signed percent-encoded, as it travels",
    "SignedMeta": "an upload signs the meta text, neither the empty string nor the whole form",
    "Utf8": "text is signed as UTF-8, its length counted in bytes",
    "Method": "the method is the one of the request, in upper case",
    "HeaderForm": "one space after the scheme, commas without spaces, values in double quotes and in the agreed order",
    "PartnerIdentity": "a service provider signs with its own number and serial, never with the sub-merchant's",
}
P = "/v3/new-tax-control-fapiao"


def _sign(ident, comment, method, url_target, body, *flags, key="partner", nonce=NONCE, timestamp=NOW):
    message = request_message(method, url_target, timestamp, nonce, body)
    given = put(body, {"key": key, "method": method, "target": url_target, "timestamp": timestamp, "nonce": nonce})
    stages = put(message, {}, "message") | {"signature": b64(keyset.sign(key, message))}
    return valid(ident, comment, given, stages, *flags)


def _signing():
    files = target(f"{P}/fapiao-applications/{{id}}/fapiao-files", {"id": APPLY_ID}, [("sub_mchid", SUB_MCHID)])
    odd = target(f"{P}/fapiao-applications/{{id}}", {"id": "a|b*c"}, [("sub_mchid", SUB_MCHID), ("fapiao_id", "it's (1) 中文")])
    meta = compact({"sub_mchid": SUB_MCHID, "file_type": "PDF", "digest_alogrithm": "SM3", "digest": sm3_hex(b"%PDF-1.7\n")}).encode()
    chinese = compact({"sub_mchid": SUB_MCHID, "reverse_reason": "退款"}).encode()
    reverse = f"{P}/fapiao-applications/{APPLY_ID}/reverse"
    issue = f"{P}/fapiao-applications"
    return [
        _sign("get", "A GET with a query and no body.", "GET", files, b"", "EmptyBody"),
        _sign("get-no-query", "A GET without a query: no question mark.", "GET", f"{P}/merchant/development-config", b"", "EmptyBody"),
        _sign("get-root", "An empty path counts as a single slash.", "GET", "/", b"", "EmptyBody"),
        _sign("get-encoded", "Reserved characters and Chinese in path and query, encoded.", "GET", odd, b"", "EncodedTarget"),
        _sign("get-direct", "The same GET by a direct merchant, under its own key.", "GET", files.split("?")[0], b"", "EmptyBody", key="direct"),
        _sign("post-json", "A POST with an ASCII JSON body.", "POST", issue, b'{"scene":"WITH_WECHATPAY"}', "RawBody"),
        _sign("post-empty-object", "A body of two bytes is a body.", "POST", issue, b"{}", "RawBody"),
        _sign("post-spaces", "White space inside the body is signed as it stands.", "POST", issue,
              b'{ "scene" : "WITH_WECHATPAY" }\r\n', "RawBody", "TrailingLf"),
        _sign("post-empty", "A POST without a body, as the old check call.", "POST", f"{P}/merchant/{SUB_MCHID}/check", b"", "EmptyBody", "Method"),
        _sign("post-lf", "A body that ends in LF gets another one.", "POST", issue, b'{"scene":"WITH_WECHATPAY"}\n', "TrailingLf", "RawBody"),
        _sign("post-only-lf", "A body that is one LF.", "POST", issue, b"\n", "TrailingLf"),
        _sign("post-chinese", "Chinese in the body, three bytes a character.", "POST", reverse, chinese, "Utf8", "RawBody"),
        _sign("post-escaped", "The same text written with JSON escapes is another message.", "POST", reverse,
              b'{"reverse_reason":"\\u9000\\u6b3e"}', "RawBody"),
        _sign("upload-meta", "An upload signs the meta text.", "POST", f"{issue}/upload-fapiao-file", meta, "SignedMeta"),
        _sign("patch", "A PATCH.", "PATCH", f"{P}/merchant/development-config", b'{"show_fapiao_cell":true}', "Method"),
        _sign("delete", "A DELETE without a body.", "DELETE", f"{P}/nothing/1", b"", "Method", "EmptyBody"),
        _sign("body-not-utf8", "Bytes that are not UTF-8 are signed as bytes.", "POST", issue, b"\xff\xfe\x00\x80", "RawBody"),
        _sign("short-nonce", "The nonce is taken as it is given.", "GET", files, b"", "EmptyBody", nonce="0"),
        _sign("early-timestamp", "The timestamp is written in plain decimal digits.", "GET", files, b"", "EmptyBody", timestamp=1),
    ]


def _header(ident, comment, key, *flags, nonce=NONCE, timestamp=NOW):
    message = request_message("GET", f"{P}/merchant/development-config", timestamp, nonce)
    mchid, serial = keyset.MERCHANTS[key], keyset.serial(key)
    signature = b64(keyset.sign(key, message))
    given = {"mchid": mchid, "serial_no": serial, "timestamp": timestamp, "nonce": nonce, "signature": signature}
    return valid(ident, comment, given, {"authorization": authorization(mchid, nonce, signature, timestamp, serial)}, *flags)


def documents():
    headers = [
        _header("partner", "A service provider's header.", "partner", "HeaderForm", "PartnerIdentity"),
        _header("direct", "A direct merchant's header.", "direct", "HeaderForm"),
        _header("mixed-nonce", "A nonce of digits and letters of both cases.", "partner", "HeaderForm", nonce="0aZ9bY8cX7dW6eV5fU4gT3hS2iR1jQ0k"),
        _header("early-timestamp", "A timestamp of one digit.", "direct", "HeaderForm", timestamp=1),
    ]
    return {
        "signing.json": document(
            "The message a request signs and its SHA256withRSA signature; `target` is given encoded.",
            "WeChat Pay APIv3: message to sign, request signing", FLAGS, _signing()),
        "authorization.json": document(
            "The Authorization header made of a signature and who made it; signatures are those of a GET of the development configuration.",
            "WeChat Pay APIv3: Authorization header", FLAGS, headers),
    }
