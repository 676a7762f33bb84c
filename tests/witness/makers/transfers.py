"""multipart.json and download.json: files on their way up and down."""
from .envelope import ENTROPY, PDF, SUB_MCHID, document, invalid, valid
from .rules import b64, compact, derived, form, query_string, sha256_hex, sm3_hex

FLAGS = {
    "Layout": "meta first, CRLF everywhere, the closing delimiter ends with CRLF",
    "SignedMeta": "what is signed is the meta text, byte-equal to its part",
    "Boundary": "a boundary that occurs in meta or file is passed over, and only then",
    "FileName": "quotes and line ends in a file name are percent-encoded as browsers do, all else stays",
    "Binary": "the file's bytes are not touched",
    "Link": "the link is used as it was given, further pairs are appended, what it already has is not doubled",
    "Host": "a link leads to a host of the list or below one, and nowhere else",
    "Scheme": "a link is an https URL without user information; http is for loopback only",
    "Digest": "the SM3 digest must be there and match; its case does not matter",
    "NotAFile": "an error or a page is never saved as a file",
}
LINK = "https://pay.wechatpay.cn/invoicing/fapiao/fapiao-file?token=AbCd-_1234%2B%2F%3D"
SUFFIXES = ["wechatpay.cn", "weixin.qq.com"]


def _form(ident, comment, file, *flags, meta=True, filename="fapiao.pdf", content_type="application/pdf", entropy=ENTROPY, part="file"):
    text = compact({"sub_mchid": SUB_MCHID, "file_type": "PDF", "digest_alogrithm": "SM3", "digest": sm3_hex(file)}) if meta is True else meta
    given = {"part": part, "filename": filename, "content_type": content_type, "file_base64": b64(file), "entropy": entropy.hex()}
    signed = text.encode() if text is not None else None
    mark, body = form(entropy, part, filename, content_type, file, signed)
    stages = {"boundary": mark, "content_type": f"multipart/form-data; boundary={mark}", "body_base64": b64(body), "body_sha256": sha256_hex(body)}
    if text is None:
        return valid(ident, comment, given, stages, *flags)
    return valid(ident, comment, {"meta": text} | given, stages | {"signed_body": text}, *flags)


def _forms():
    first, second = (derived(ENTROPY, f"boundary {n}").encode() for n in (0, 1))
    names = {"quote": 'a"b.pdf', "line-ends": "a\r\nb\rc\nd.pdf", "chinese": "发票 2026.pdf", "percent": "100%22.pdf", "backslash": "a\\b\\.pdf",
             "semicolon": "a;b='c'.pdf", "empty": "", "emoji": "😀.pdf"}
    cases = [
        _form("upload", "A small PDF with its meta.", PDF, "Layout", "SignedMeta", "Binary"),
        _form("upload-direct", "The meta of a direct merchant.", PDF, "Layout", "SignedMeta",
              meta=compact({"file_type": "PDF", "digest_alogrithm": "SM3", "digest": sm3_hex(PDF)})),
        _form("upload-empty", "A file without bytes.", b"", "Layout"),
        _form("upload-all-bytes", "All 256 bytes.", bytes(range(256)), "Binary"),
        _form("upload-line-ends", "A file of line ends and dashes.", b"\r\n--\r\n----\r\n\n\r", "Binary"),
        _form("upload-other-entropy", "Another moment, another boundary.", PDF, "Layout", entropy=bytes(32)),
        _form("upload-chinese-meta", "A meta text in Chinese.", PDF, "SignedMeta", meta=compact({"名称": "发票"})),
        _form("boundary-in-file", "The file holds the first delimiter: the second boundary is taken.", PDF + b"\r\n--" + first + b"\r\n", "Boundary"),
        _form("boundary-closing", "The file holds the first closing delimiter.", b"x\r\n--" + first + b"--\r\n", "Boundary"),
        _form("boundaries-in-file", "The file holds the first two delimiters: the third boundary is taken.",
              b"\r\n--" + first + b"\r\n" + b"\r\n--" + second + b"\r\n", "Boundary"),
        _form("boundary-in-meta", "The meta holds the first delimiter.", PDF, "Boundary", meta=compact({"note": f"--{first.decode()}"})),
        _form("boundary-other-entropy", "The file holds a boundary of other entropy: nothing to pass over.",
              b"\r\n--" + derived(bytes(32), "boundary 0").encode() + b"\r\n", "Boundary"),
        _form("pdf-part", "One part named pdf, without meta, as the account side takes it.", PDF, "Layout", meta=None, part="pdf"),
        _form("pdf-part-boundary", "The same with the first delimiter inside.", b"\r\n--" + first + b"\r\n", "Boundary", meta=None, part="pdf"),
    ]
    return cases + [_form(f"name-{word}", f"A file name with: {word}.", PDF, "FileName", filename=name) for word, name in names.items()]


def _input(url=LINK, extra=(), suffixes=None, response=None):
    given = {"download_url": url, "extra": [list(pair) for pair in extra], "allowed_suffixes": SUFFIXES if suffixes is None else suffixes}
    return given | ({"response": response} if response else {})


def _links():
    extra = [("mchid", "1900000001"), ("openid", "plN5twRbHym_j-QcqCzstl0HmwEs"), ("invoice_code", "044001911211"), ("invoice_no", "12897794"),
             ("fapiao_id", "a|b*c")]
    bare = LINK.split("?")[0]

    def good(ident, comment, url, given, flag="Link"):
        return valid(ident, comment, given, {"url": url}, flag)

    return [
        good("link", "The link as it was given.", LINK, _input()),
        good("extra", "Five pairs after the token.", f"{LINK}&{query_string(extra)}", _input(extra=extra)),
        good("extra-no-query", "Pairs on a link without a query.", f"{bare}?{query_string(extra[:1])}", _input(bare, extra[:1])),
        good("extra-encoded", "A value that must be encoded.", f"{LINK}&name=%E4%B8%AD%20%26%3D%2B", _input(extra=[("name", "中 &=+")])),
        good("extra-empty", "An empty value keeps its equals sign.", f"{LINK}&openid=", _input(extra=[("openid", "")])),
        good("token-kept", "A token given again does not replace the one the link has, nor stand twice.", f"{LINK}&openid=o",
             _input(extra=[("token", "another"), ("openid", "o")])),
        good("odd-query", "Escapes of the link are not touched.", LINK + "&a=%e4%b8%ad+%7E~", _input(LINK + "&a=%e4%b8%ad+%7E~")),
        good("suffix-itself", "The host is the suffix itself.", "https://wechatpay.cn/f?token=a", _input("https://wechatpay.cn/f?token=a"), "Host"),
        good("deeper-host", "A host three labels below.", "https://a.b.c.wechatpay.cn/f?t=1", _input("https://a.b.c.wechatpay.cn/f?t=1"), "Host"),
        good("other-suffix", "The second suffix.", "https://mp.weixin.qq.com/f?t=1", _input("https://mp.weixin.qq.com/f?t=1"), "Host"),
        good("own-suffix", "A list of one's own.", "https://files.example.com/f?t=1",
             _input("https://files.example.com/f?t=1", suffixes=["example.com"]), "Host"),
        good("loopback", "http on a loopback address, which is on the list.", "http://127.0.0.1:8080/f?token=a",
             _input("http://127.0.0.1:8080/f?token=a", suffixes=["127.0.0.1"]), "Scheme"),
    ]


def _bad_links():
    urls = {"http": LINK.replace("https", "http"), "words": "not a url", "empty": "", "relative": "/invoicing/fapiao-file?token=a",
            "no-host": "https:///fapiao-file", "ftp": "ftp://pay.wechatpay.cn/f", "file": "file:///etc/passwd", "data": "data:application/pdf,x",
            "user": "https://user:word@pay.wechatpay.cn/f?token=a", "user-before-foreign": "https://pay.wechatpay.cn@example.com/f"}
    hosts = {"foreign": "https://example.com/f?token=a", "look-alike": "https://evilwechatpay.cn/f", "prefix": "https://wechatpay.cn.example.com/f",
             "in-path": "https://example.com/pay.wechatpay.cn", "in-query": "https://example.com/?h=pay.wechatpay.cn", "address": "https://10.0.0.1/f"}
    bad = [invalid(f"url-{name}", f"No link to follow: {name}.", _input(url), "download.url", "Scheme") for name, url in urls.items()]
    bad += [invalid(f"host-{name}", f"A host outside the list: {name}.", _input(url), "download.host", "Host") for name, url in hosts.items()]
    return [*bad, invalid("host-removed", "A list of one's own replaces the usual one.", _input(suffixes=["example.com"]), "download.host", "Host")]


def _files():
    kind = ["Content-Type", "application/octet-stream"]
    digest = sm3_hex(PDF)
    every = b"%PDF-" + bytes(range(256))

    def answer(file, *headers, status=200):
        return _input(response={"status": status, "headers": list(headers), "body_base64": b64(file)})

    def good(ident, comment, file, *headers):
        return valid(ident, comment, answer(file, *headers), {"url": LINK, "sm3": sm3_hex(file)}, "Digest")

    def bad(ident, comment, code, flag, file, *headers):
        return invalid(ident, comment, answer(file, *headers), code, flag)

    error = compact({"code": "INVALID_REQUEST", "message": "token已过期"}).encode()
    page = b"<!DOCTYPE html><html><body>502</body></html>"
    return [
        good("file", "A file with its digest in upper case.", PDF, kind, ["SM3-Digest", digest.upper()]),
        good("file-lower", "Header name and digest in lower case.", PDF, kind, ["sm3-digest", digest]),
        good("file-all-bytes", "All 256 bytes.", every, kind, ["SM3-Digest", sm3_hex(every).upper()]),
        good("file-ofd", "An OFD file, which is a ZIP archive.", b"PK\x03\x04ofd", kind, ["SM3-Digest", sm3_hex(b"PK\x03\x04ofd")]),
        bad("digest-byte", "One byte of the file is another.", "download.digest", "Digest", PDF.replace(b"1.7", b"1.6"), kind, ["SM3-Digest", digest]),
        bad("digest-truncated", "The file is cut short.", "download.digest", "Digest", PDF[:-1], kind, ["SM3-Digest", digest]),
        bad("digest-sha256", "The digest is SHA-256.", "download.digest", "Digest", PDF, kind, ["SM3-Digest", sha256_hex(PDF).upper()]),
        bad("digest-missing", "Without the digest.", "download.digest_missing", "Digest", PDF, kind),
        bad("json", "An error instead of a file.", "download.not_a_file", "NotAFile", error, ["Content-Type", "application/json; charset=utf-8"]),
        bad("other-bytes", "Bytes that begin as no invoice file does, with their digest.", "download.not_a_file", "NotAFile", bytes(range(256)), kind,
            ["SM3-Digest", sm3_hex(bytes(range(256)))]),
        bad("html", "A page instead of a file.", "download.not_a_file", "NotAFile", page, ["Content-Type", "text/html"]),
    ]


def documents():
    return {
        "multipart.json": document("Forms with a file: with `meta` the pay upload, without it the account's single part.",
                                   "WeChat Pay APIv3: upload; WeChat Official Account: setpdf; RFC 7578", FLAGS, _forms()),
        "download.json": document("Links that are followed or not, and what comes back; the request is never signed.",
                                  "WeChat Pay APIv3 fapiao: download of an invoice file", FLAGS, _links() + _bad_links() + _files()),
    }
