"""calls/fapiao_files.json, calls/download_file.json and calls/upload_file.json: invoice files of the pay side."""
from .. import keyset
from ..envelope import APPLY_ID, ENTROPY, NOW, PDF, document, invalid, valid
from ..rules import b64, compact, derived, query_string, sm3_hex
from .common import DROP, FLAGS, P, Call, account, identifier_rows, merchant, refusals, refused, sent, told, untold

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


def _download_file():
    extra = [["mchid", keyset.MERCHANTS["partner"]], ["sub_mchid", "1900000109"], ["openid", "plN5twRbHym_j-QcqCzstl0HmwEs"],
             ["invoice_code", "044001911211"], ["invoice_no", "12897794"], ["fapiao_id", "a|b*c"]]
    digest = sm3_hex(PDF)
    headers = [["Content-Type", "application/octet-stream"], ["Content-Disposition", 'attachment; filename="f1.pdf"'], ["SM3-Digest", digest.upper()]]
    json_type = [["Content-Type", "application/json; charset=utf-8"]]
    return [
        fetched("link", "The link as it was given.", LINK, {"download_url": LINK}, merchant(), "Target"),
        fetched("link-direct", "The same for a direct merchant.", LINK, {"download_url": LINK}, merchant("direct"), "Target"),
        fetched("link-extra", "Further query pairs after those the link has.", LINK + "&" + query_string(extra), {"download_url": LINK, "extra": extra},
                merchant(), "Target"),
        refused("no-link", "Without a link.", {}, "input.missing", pointer="/download_url"),
        refused("near-name", "A name near to download_url.", {"download_url": LINK, "download_uri": LINK}, "input.unknown", pointer="/download_uri"),
        refused("link-null", "The link as null.", {"download_url": None}, "input.type", "Type", "Null", pointer="/download_url"),
        refused("link-number", "The link as a number.", {"download_url": 1}, "input.type", pointer="/download_url"),
        refused("foreign-host", "A link elsewhere.", {"download_url": "https://example.com/fapiao-file?token=a"}, "download.host", "Unsigned"),
        refused("plain-http", "A link without TLS.", {"download_url": LINK.replace("https", "http")}, "download.url", "Unsigned"),
        refused("account-caller", "An account has no such call.", {"download_url": LINK}, "input.call", caller=account()),
        told("answer", "A file with its digest.", PDF, "File", answer={}, headers=headers, file_base64=b64(PDF), sm3=digest),
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
        "calls/download_file.json": document("Fetching a file by its link, unsigned both ways; `extra` holds further query pairs.",
                                             source + "download of an invoice file", FLAGS, _download_file()),
        "calls/upload_file.json": document(
            "Uploading a file (upload-fapiao-file): the request gives the type and the file, digest and algorithm follow from it.",
            source + "upload-fapiao-file; APIv3 upload rules", FLAGS, _upload_file()),
    }
