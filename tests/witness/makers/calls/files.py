"""calls/fapiao_files.json, calls/download_file.json and calls/upload_file.json: invoice files of the pay side."""
from .. import keyset
from ..envelope import APPLY_ID, ENTROPY, NOW, PDF, SUB_MCHID, document, invalid, valid
from ..rules import b64, compact, derived, query_string, sm3_hex
from .common import DROP, FLAGS, P, Call, account, changed, identifier_rows, merchant, refusals, refused, sent, told, untold

FILES = Call("fapiao_files", "GET", P + "/fapiao-applications/{fapiao_apply_id}/fapiao-files", sub="query", path=("fapiao_apply_id",),
             query=("sub_mchid", "fapiao_id"))
UPLOAD = Call("upload_file", "POST", P + "/fapiao-applications/upload-fapiao-file", sub="meta", part="file",
              body=dict.fromkeys(["sub_mchid", "file_type", "digest_alogrithm", "digest"]))
TRICKY = PDF + b"\r\n--" + derived(ENTROPY, "boundary 0").encode() + b"\r\n"
LINK = "https://pay.wechatpay.cn/invoicing/fapiao/fapiao-file?token=AbCd-_1234%2B%2F%3D"
ATTACHMENT = {"filename": "fapiao.pdf", "content_type": "application/pdf", "file_base64": b64(PDF)}


def _fapiao_files():
    base = {"fapiao_apply_id": APPLY_ID, "fapiao_id": "20200701123456"}
    rows = [
        *identifier_rows(), *identifier_rows("/fapiao_id"),
        ("no-application", "Without fapiao_apply_id.", "/fapiao_apply_id", DROP, "input.missing"),
        ("near-name", "A name near to fapiao_id.", "/fapiao_ids", "f1", "input.unknown"),
        ("application-null", "The identifier as null.", "/fapiao_apply_id", None, "input.type"),
        ("invoice-number", "An identifier as a number.", "/fapiao_id", 1, "input.type"),
    ]
    only = {"fapiao_apply_id": APPLY_ID}
    one = {"fapiao_id": "20200701123456", "download_url": LINK, "status": "ISSUED"}

    def listed(*files, **more):
        return compact({"fapiao_download_info_list": list(files)} | more)

    return [
        sent(FILES, "application", "All files of an application, on a sub-merchant's behalf.", only, "Target", "SubMerchant"),
        sent(FILES, "invoice", "The file of one invoice.", base, "Target", "SubMerchant"),
        sent(FILES, "direct", "By a direct merchant: no query at all.", only, "Target", "SubMerchant", caller=merchant("direct")),
        sent(FILES, "identifier", "Every kind of character an identifier may have.", {"fapiao_apply_id": "aZ09-_|*"}, "Target"),
        sent(FILES, "certificate", "The ring has a certificate.", only, "Serial", caller=merchant(ring=("platform-1",))),
        *refusals(base, rows),
        refused("account-caller", "An account has no such call.", only, "input.call", caller=account()),
        told("answer", "One file.", listed(one), "Shape"),
        told("answer-two", "A blue and a red file.", listed(one, one | {"fapiao_id": "f2", "status": "REVERSED"}), "Shape"),
        told("answer-accepted-with-link", "A link with a status that should have none.", listed(one | {"status": "ISSUE_ACCEPTED"}), "Optional"),
        told("answer-no-link", "No link yet.", listed({"fapiao_id": "f1", "status": "ISSUE_ACCEPTED"}), "Optional"),
        told("answer-empty-link", "An empty link.", listed(one | {"download_url": ""}), "Optional"),
        told("answer-empty-entry", "Nothing in an entry is required.", listed({}), "Optional"),
        told("answer-empty-list", "An empty list.", listed(), "Optional"),
        told("answer-no-list", "No list.", "{}", "Optional"),
        told("answer-unknown-status", "A status nobody knows yet.", listed(one | {"status": "SOMETHING_NEW"}), "OpenEnum"),
        told("answer-unknown-fields", "Unknown fields.", listed(one | {"file_type": "OFD"}, next="x"), "UnknownField"),
        told("answer-big-number", "20 digits in an unknown field.", listed(one)[:-1] + ',"trace":24312000000012345678}', "BigNumber", "UnknownField"),
        untold("answer-link-number", "A link that is a number.", listed(one | {"download_url": 1}), "parse.type", "Shape",
               pointer="/fapiao_download_info_list/0/download_url"),
        untold("answer-list-object", "An object instead of the list.", compact({"fapiao_download_info_list": one}), "parse.type", "Shape",
               pointer="/fapiao_download_info_list"),
        untold("answer-not-json", "HTML with status 200.", "<html></html>", "parse.json", "NotJson"),
    ]


def fetched(ident, comment, url, request, caller, *flags):
    """An unsigned GET of a link."""
    given = {"caller": caller, "now": NOW, "entropy": ENTROPY.hex(), "request": request}
    stages = {"method": "GET", "url": url, "url_target": "/" + url.split("/", 3)[3], "headers": {"Accept": "*/*"},
              "headers_absent": ["Authorization", "Wechatpay-Serial", "Content-Type"]}
    case = valid(ident, comment, given, stages, "Unsigned", *flags)
    return {"id": ident, "comment": comment, "kind": "request"} | case


def no_file(ident, comment, status, headers, body, code, caller):
    given = {"status": status, "headers": headers, "body": body, "caller": caller}
    return {"id": ident, "comment": comment, "kind": "answer"} | invalid(ident, comment, given, code, "File")


def _links():
    """Links as they are fetched: what the caller adds, what the program adds, what the link has already."""
    openid = [("openid", "plN5twRbHym_j-QcqCzstl0HmwEs")]
    ids = [*openid, ("invoice_code", "044001911211"), ("invoice_no", "12897794"), ("fapiao_id", "a|b*c")]
    mchid, sub_mchid = ("mchid", keyset.MERCHANTS["partner"]), ("sub_mchid", SUB_MCHID)
    own = ("mchid", keyset.MERCHANTS["direct"])
    direct = {"download_url": LINK} | dict(ids)
    further = [("name", "中 &=+"), ("name", "")]
    listed = {"extra_query": [{"name": name, "value": value} for name, value in further]}
    there = LINK + "&mchid=1&openid=o"

    def row(ident, comment, url, pairs, request, *flags, caller=None):
        return fetched(ident, comment, url + ("&" + query_string(pairs) if pairs else ""), request, caller or merchant(), *flags)

    cases = [
        row("link", "The link as it was given: nothing is known of what a sub-merchant's newer links want.", LINK, [], {"download_url": LINK}, "Target"),
        row("link-direct", "A direct merchant's number, then its four ids.", LINK, [own, *ids], direct, "Target", caller=merchant("direct")),
        row("link-direct-shuffled", "The same in another order.", LINK, [own, *ids], dict(reversed(direct.items())), "Target", caller=merchant("direct")),
        row("link-older-form", "With an openid a sub-merchant's link is of the older form: both numbers are added.", LINK, [mchid, sub_mchid, *ids],
            direct, "Target", "SubMerchant"),
        row("link-openid-only", "The openid alone says so.", LINK, [mchid, sub_mchid, *openid], {"download_url": LINK} | dict(openid), "SubMerchant"),
        row("link-some-ids", "Without an openid only what the program passes.", LINK, ids[1:], {"download_url": LINK} | dict(ids[1:]), "SubMerchant"),
        row("link-extra", "Further pairs come last, in the order given.", LINK, further, {"download_url": LINK} | listed, "Target"),
        row("link-extra-direct", "The same for a direct merchant.", LINK, [own, *ids, *further], direct | listed, "Target", caller=merchant("direct")),
        row("link-has-pairs", "What the link has already is not added again.", there, [*ids[1:]], direct | {"download_url": there}, "Target",
            caller=merchant("direct")),
        row("link-has-extra", "Nor is a further pair.", LINK, [], {"download_url": LINK, "extra_query": [{"name": "token", "value": "x"}]}, "Target"),
    ]
    missing = [refused(f"direct-no-{name.replace('_', '-')}", f"A direct merchant's link needs {name}.", changed(direct, "/" + name, DROP), "input.missing",
                       pointer="/" + name, caller=merchant("direct")) for name, _ in ids]
    rows = [
        ("openid-number", "An openid that is a number.", "/openid", 1, "input.type"),
        ("openid-33", "An openid of 33 characters.", "/openid", "o" * 33, "input.length"),
        ("invoice-code-13", "An invoice code of 13 characters.", "/invoice_code", "1" * 13, "input.length"),
        ("invoice-no-21", "An invoice number of 21 characters.", "/invoice_no", "1" * 21, "input.length"),
        ("fapiao-id-space", "An identifier with a space.", "/fapiao_id", "a b", "input.charset"),
        ("mchid-given", "The merchant number is the caller's matter.", "/mchid", "1900000001", "input.unknown"),
        ("extra-name", "A name near to extra_query.", "/extra", [], "input.unknown"),
        ("extra-object", "Further pairs as an object.", "/extra_query", {"a": "b"}, "input.type"),
        ("extra-null", "Further pairs as null.", "/extra_query", None, "input.type"),
    ]
    return [*cases, *missing, *refusals(direct, rows, caller=merchant("direct"))]


def _download_file():
    digest = sm3_hex(PDF)
    headers = [["Content-Type", "application/octet-stream"], ["Content-Disposition", 'attachment; filename="f1.pdf"'], ["SM3-Digest", digest.upper()]]
    json_type = [["Content-Type", "application/json; charset=utf-8"]]
    ofd = b"PK\x03\x04ofd"
    named, bare = {"media_type": "application/pdf", "filename": "f1.pdf"}, {"media_type": "application/ofd"}
    return [
        *_links(),
        refused("no-link", "Without a link.", {}, "input.missing", pointer="/download_url"),
        refused("near-name", "A name near to download_url.", {"download_url": LINK, "download_uri": LINK}, "input.unknown", pointer="/download_uri"),
        refused("link-null", "The link as null.", {"download_url": None}, "input.type", "Type", "Null", pointer="/download_url"),
        refused("link-number", "The link as a number.", {"download_url": 1}, "input.type", pointer="/download_url"),
        refused("foreign-host", "A link elsewhere.", {"download_url": "https://example.com/fapiao-file?token=a"}, "download.host", "Unsigned"),
        refused("loopback", "A loopback address is spared TLS, not the list.", {"download_url": "http://127.0.0.1:8080/f?token=a"}, "download.host",
                "Unsigned"),
        refused("plain-http", "A link without TLS.", {"download_url": LINK.replace("https", "http")}, "download.url", "Unsigned"),
        refused("account-caller", "An account has no such call.", {"download_url": LINK}, "input.call", caller=account()),
        told("answer", "A file with its name and digest.", PDF, "File", answer=named, headers=headers, file_base64=b64(PDF), sm3=digest),
        told("answer-ofd", "An OFD file without a name.", ofd, "File", answer=bare, headers=[headers[0], ["SM3-Digest", sm3_hex(ofd)]], file_base64=b64(ofd),
             sm3=sm3_hex(ofd)),
        untold("answer-other-digest", "The digest is another file's.", PDF + b"\n", "download.digest", "File", headers=headers),
        untold("answer-no-digest", "Without a digest.", PDF, "download.digest_missing", "File", headers=headers[:2]),
        no_file("answer-json", "An error instead of a file.", 200, json_type, compact({"code": "INVALID_REQUEST", "message": "token已过期"}),
                "download.not_a_file", merchant()),
    ]


def _upload_file():
    def row(ident, comment, *flags, payload=None, **other):
        return sent(UPLOAD, ident, comment, payload or {"file_type": "PDF"}, *flags, **{"attachment": ATTACHMENT} | other)

    rows = [
        ("no-type", "Without file_type.", "/file_type", DROP, "input.missing"),
        ("spelt-right", "The algorithm's name spelt as it should have been.", "/digest_algorithm", "SM3", "input.unknown"),
        ("type-number", "The type as a number.", "/file_type", 1, "input.type"),
        ("type-null", "The type as null.", "/file_type", None, "input.type"),
    ]
    media = compact({"fapiao_media_id": "ASNFZ4mrze/+3LqYdlQyEA=="})
    return [
        row("pdf", "A PDF, on a sub-merchant's behalf.", "SignedMeta", "SubMerchant"),
        row("direct", "By a direct merchant: no sub_mchid in the meta.", "SignedMeta", "SubMerchant", caller=merchant("direct")),
        row("ofd", "An OFD file, as direct merchants may send.", "OpenEnum", payload={"file_type": "OFD"}, caller=merchant("direct"),
            attachment={"filename": "fapiao.ofd", "content_type": "application/octet-stream", "file_base64": b64(b"PK\x03\x04ofd")}),
        row("chinese-name", "A file name in Chinese.", "SignedMeta", attachment=ATTACHMENT | {"filename": "发票 2026.pdf"}),
        row("awkward-name", "Quotes and line ends in the file name.", "SignedMeta", attachment=ATTACHMENT | {"filename": 'a"b\r\nc%22\\d;e.pdf'}),
        row("boundary-inside", "The file holds the first boundary.", "Boundary", attachment=ATTACHMENT | {"file_base64": b64(TRICKY)}),
        row("certificate", "The ring has a certificate.", "Serial", caller=merchant(ring=("platform-2",))),
        *refusals({"file_type": "PDF"}, rows, attachment=ATTACHMENT),
        refused("account-caller", "An account has no such call.", {"file_type": "PDF"}, "input.call", caller=account(), attachment=ATTACHMENT),
        told("answer", "A media id that is Base64.", media, "Shape"),
        told("answer-unknown-fields", "Unknown fields.", media[:-1] + ',"expire":259200}', "UnknownField"),
        untold("answer-no-id", "Without the media id.", "{}", "parse.missing", "Shape", pointer="/fapiao_media_id"),
        untold("answer-id-number", "The media id is a number.", '{"fapiao_media_id":1}', "parse.type", "Shape", pointer="/fapiao_media_id"),
    ]


def documents():
    source = "WeChat Pay APIv3 fapiao: "
    return {
        "calls/fapiao_files.json": document("Links to invoice files (fapiao-files).", source + "fapiao-files", FLAGS, _fapiao_files()),
        "calls/download_file.json": document("Fetching a file by its link, unsigned both ways; `extra_query` holds further query pairs.",
                                             source + "download of an invoice file", FLAGS, _download_file()),
        "calls/upload_file.json": document(
            "Uploading a file (upload-fapiao-file): the request gives the type and the file, digest and algorithm follow from it.",
            source + "upload-fapiao-file; APIv3 upload rules", FLAGS, _upload_file()),
    }
