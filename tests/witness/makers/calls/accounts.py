"""calls/set_pdf.json, get_pdf.json, download_pdf.json and stable_token.json: the Official Account side."""
from ..envelope import APPID, PDF, document
from ..rules import b64, compact
from .account_common import NO_TOKEN, told_account, untold_account, wrong_token
from .common import DROP, FLAGS, Call, account, merchant, refusals, refused, sent, told, untold
from .files import ATTACHMENT, TRICKY, fetched, no_file

PLATFORM = "/card/invoice/platform/"
SET = Call("set_pdf", "POST", PLATFORM + "setpdf", system="account", query=("access_token",), part="pdf")
GET = Call("get_pdf", "POST", PLATFORM + "getpdf", system="account", query=("access_token",), body=dict.fromkeys(["action", "s_media_id"]),
           constants={"action": "get_url"})
TOKEN = Call("stable_token", "POST", "/cgi-bin/stable_token", system="account", body=dict.fromkeys(["grant_type", "appid", "secret", "force_refresh"]))
LINK = "https://mp.weixin.qq.com/intp/invoice/getpdf?action=media_pdf&media_key=abc-DEF_123"
OK = '{"errcode":0,"errmsg":"ok",'
SECRET = {"kind": "account", "appid": APPID, "secret": "0123456789abcdef0123456789abcdef"}


def _set_pdf():
    return [
        sent(SET, "pdf", "One part, named pdf.", {}, "Unsigned", "Token", attachment=ATTACHMENT),
        sent(SET, "token", "A token with characters that must be encoded.", {}, "Token", attachment=ATTACHMENT, caller=account(access_token="a+b/c=d_e-f~g h")),
        sent(SET, "awkward-name", "Quotes and line ends in the file name.", {}, "Unsigned", attachment=ATTACHMENT | {"filename": 'a"b\r\n发票.pdf'}),
        sent(SET, "boundary-inside", "The file holds the first boundary.", {}, "Boundary", attachment=ATTACHMENT | {"file_base64": b64(TRICKY)}),
        refused("no-token", "An account without an access token.", {}, "input.access_token", caller=NO_TOKEN, attachment=ATTACHMENT),
        refused("merchant-caller", "A merchant has no such call.", {}, "input.call", caller=merchant(), attachment=ATTACHMENT),
        refused("unknown", "A field the call does not have.", {"file_type": "PDF"}, "input.unknown", pointer="/file_type", caller=account(),
                attachment=ATTACHMENT),
        told_account("answer", "The media id as text.", OK + '"s_media_id":"75343643847283742"}', "Shape"),
        told_account("answer-number", "The media id as a number of 17 digits keeps its digits.", OK + '"s_media_id":75343643847283742}', "BigNumber", "Lenient"),
        told_account("answer-small-number", "A small number is given as text too.", OK + '"s_media_id":12345}', "Lenient",
              answer={"errcode": 0, "errmsg": "ok", "s_media_id": "12345"}),
        told_account("answer-errcode-text", "The errcode is a text.", '{"errcode":"0","errmsg":"ok","s_media_id":"1"}', "Lenient",
              answer={"errcode": 0, "errmsg": "ok", "s_media_id": "1"}),
        untold_account("answer-no-id", "Without the media id.", OK[:-1] + "}", "parse.missing", "Shape", pointer="/s_media_id"),
        wrong_token(),
    ]


def _get_pdf():
    base = {"action": "get_url", "s_media_id": "75343643847283742"}
    rows = [
        ("no-id", "Without s_media_id.", "/s_media_id", DROP, "input.missing"),
        ("near-name", "A name near to s_media_id.", "/s_mediaid", "1", "input.unknown"),
        ("id-number", "The media id as a number, which would lose digits.", "/s_media_id", 75343643847283742, "input.type"),
        ("id-null", "The media id as null.", "/s_media_id", None, "input.type"),
        ("other-action", "An action this call does not have.", "/action", "get_pdf", "input.unknown"),
        ("id-empty", "An empty media id.", "/s_media_id", "", "input.length"),
    ]
    link = f'"pdf_url":"{LINK}",'
    good = {"errcode": 0, "errmsg": "ok", "pdf_url": LINK, "pdf_url_expire_time": 7200}
    return [
        sent(GET, "media", "The link of an uploaded file.", base, "Body", "Token"),
        sent(GET, "shuffled", "Fields given in another order.", dict(reversed(base.items())), "Body"),
        sent(GET, "no-action", "The action is what it must be, whether it is written out or not.", {"s_media_id": "75343643847283742"}, "Body"),
        sent(GET, "token", "A token with characters that must be encoded.", base, "Token", caller=account(access_token="a+b/c=d%20")),
        *refusals(base, rows, caller=account()),
        refused("no-token", "An account without an access token.", base, "input.access_token", caller=NO_TOKEN),
        refused("merchant-caller", "A merchant has no such call.", base, "input.call", caller=merchant("direct")),
        told_account("answer", "A link and its seconds.", OK + link + '"pdf_url_expire_time":7200}', "Shape"),
        told_account("answer-seconds-text", "The seconds as text.", OK + link + '"pdf_url_expire_time":"7200"}', "Lenient", answer=good),
        told_account("answer-errcode-text", "The errcode as text.", '{"errcode":"0","errmsg":"ok",' + link + '"pdf_url_expire_time":7200}', "Lenient", answer=good),
        told_account("answer-other-errmsg", "A success whose errmsg is not ok.", OK.replace("ok", "成功") + link + '"pdf_url_expire_time":7200}', "Lenient"),
        told_account("answer-unknown-fields", "Unknown fields and 20 digits.", OK + link + '"pdf_url_expire_time":7200,"trace":24312000000012345678}',
              "UnknownField", "BigNumber"),
        untold_account("answer-no-link", "Without the link.", OK + '"pdf_url_expire_time":7200}', "parse.missing", "Shape", pointer="/pdf_url"),
        untold_account("answer-link-number", "The link is a number.", OK + '"pdf_url":1,"pdf_url_expire_time":7200}', "parse.type", "Shape", pointer="/pdf_url"),
        wrong_token(),
    ]


def _download_pdf():
    given = {"pdf_url": LINK}
    bare = {"caller": account()}
    pdf, page = [["Content-Type", "application/pdf"]], [["Content-Type", "text/html; charset=utf-8"]]
    return [
        fetched("link", "The link as it was given, without a token.", LINK, given, account()),
        fetched("link-no-token", "An account without a token may fetch it.", LINK, given, NO_TOKEN),
        refused("no-link", "Without a link.", {}, "input.missing", pointer="/pdf_url", **bare),
        refused("near-name", "A name near to pdf_url.", given | {"pdf_uri": LINK}, "input.unknown", pointer="/pdf_uri", **bare),
        refused("link-null", "The link as null.", {"pdf_url": None}, "input.type", "Type", "Null", pointer="/pdf_url", **bare),
        refused("foreign-host", "A link elsewhere.", {"pdf_url": "https://mp.weixin.qq.com.example.com/a"}, "download.host", "Unsigned", **bare),
        refused("look-alike", "A host that ends alike.", {"pdf_url": "https://notweixin.qq.com/a"}, "download.host", "Unsigned", **bare),
        refused("plain-http", "A link without TLS.", {"pdf_url": LINK.replace("https", "http")}, "download.url", "Unsigned", **bare),
        refused("merchant-caller", "A merchant has no such call.", given, "input.call", caller=merchant()),
        told_account("answer", "A file; this side sends no digest.", PDF, "File", answer={"media_type": "application/pdf"}, headers=pdf, file_base64=b64(PDF)),
        no_file("answer-html", "A page instead of a file.", 200, page, "<html>链接已过期</html>", "download.not_a_file", account()),
        no_file("answer-json", "An error instead of a file.", 200, [["Content-Type", "application/json"]], '{"errcode":-1,"errmsg":"system error"}',
                "download.not_a_file", account()),
    ]


def _stable_token():
    rows = [
        ("near-name", "A name near to force_refresh.", "/force_refesh", True, "input.unknown"),
        ("force-text", "A boolean as text.", "/force_refresh", "true", "input.type"),
        ("force-number", "A boolean as a number.", "/force_refresh", 1, "input.type"),
        ("force-null", "A boolean as null.", "/force_refresh", None, "input.type"),
    ]

    def told_token(ident, comment, body, *flags, **other):
        return told(ident, comment, body, *flags, caller=SECRET, **other)

    def untold_token(ident, comment, body, code, *flags, **other):
        return untold(ident, comment, body, code, *flags, caller=SECRET, **other)

    return [
        sent(TOKEN, "normal", "Without force_refresh.", {}, "Body", "Unsigned", caller=SECRET),
        sent(TOKEN, "forced", "A forced refresh.", {"force_refresh": True}, "Body", caller=SECRET),
        sent(TOKEN, "not-forced", "The default, said aloud.", {"force_refresh": False}, "Body", caller=SECRET),
        *refusals({"force_refresh": False}, rows, caller=SECRET),
        refused("merchant-caller", "A merchant has no such call.", {}, "input.call", caller=merchant()),
        told_token("answer", "A token and its seconds; no errcode.", '{"access_token":"ACCESS_TOKEN","expires_in":7200}', "Shape"),
        told_token("answer-seconds-text", "The seconds as text.", '{"access_token":"ACCESS_TOKEN","expires_in":"7200"}', "Lenient",
                   answer={"access_token": "ACCESS_TOKEN", "expires_in": 7200}),
        told_token("answer-long", "A token of 512 characters.", compact({"access_token": "t" * 512, "expires_in": 345}), "Limit"),
        untold_token("answer-no-token", "Without the token.", '{"expires_in":7200}', "parse.missing", "Shape", pointer="/access_token"),
        untold_token("answer-no-seconds", "Without the seconds.", '{"access_token":"a"}', "parse.missing", "Shape", pointer="/expires_in"),
        untold_token("answer-token-object", "The token is an object.", '{"access_token":{},"expires_in":7200}', "parse.type", "Shape", pointer="/access_token"),
        untold_token("answer-secret", "A wrong secret.", compact({"errcode": 40125, "errmsg": "invalid appsecret, rid: 1"}), "remote.errcode", "Remote"),
        untold_token("answer-errcode-text", "The errcode of an error as text.", compact({"errcode": "40013", "errmsg": "invalid appid"}), "remote.errcode",
                     "Remote", "Lenient"),
    ]


def documents():
    source = "WeChat Official Account: "
    return {
        "calls/set_pdf.json": document("Uploading a file (platform/setpdf).", source + "invoiceplatformsetpdf", FLAGS, _set_pdf()),
        "calls/get_pdf.json": document("The link of an uploaded file (platform/getpdf).", source + "invoiceplatformgetpdf", FLAGS, _get_pdf()),
        "calls/download_pdf.json": document("Fetching a file by its link, without a token.", source + "invoiceplatformgetpdf, pdf_url", FLAGS, _download_pdf()),
        "calls/stable_token.json": document("An access token (cgi-bin/stable_token).", source + "getStableAccessToken", FLAGS, _stable_token()),
    }
