"""calls/reverse.json."""
from ..envelope import APPLY_ID, document
from .common import DROP, FLAGS, P, Call, accepted, account, changed, identifier_rows, merchant, refusals, refused, sent, untold

INVOICE = dict.fromkeys(["fapiao_id", "fapiao_code", "fapiao_number"])
BODY = {"sub_mchid": None, "reverse_reason": None, "fapiao_information": INVOICE}
CALL = Call("reverse", "POST", P + "/fapiao-applications/{fapiao_apply_id}/reverse", sub="body", path=("fapiao_apply_id",), body=BODY)
ONE = {"fapiao_id": "20200701123456", "fapiao_code": "044001911211", "fapiao_number": "12897794"}
DIGITAL = {"fapiao_id": "20200701123456", "fapiao_number": "24312000000012345678"}
BASE = {"fapiao_apply_id": APPLY_ID, "reverse_reason": "退款", "fapiao_information": [ONE]}
I = "/fapiao_information"


def _sent():
    def row(ident, comment, payload, *flags, **other):
        return sent(CALL, ident, comment, payload, *flags, **other)

    return [
        row("one", "One invoice, on a sub-merchant's behalf.", BASE, "Body", "SubMerchant"),
        row("direct", "The same by a direct merchant: no sub_mchid.", BASE, "Body", "SubMerchant", caller=merchant("direct")),
        row("digital", "A digital invoice: a number of 20 digits, no code, a reason of the list.",
            BASE | {"reverse_reason": "SERVICE_SUSPENTION", "fapiao_information": [DIGITAL]}, "Body"),
        row("two", "Two invoices.", BASE | {"fapiao_information": [ONE, ONE | {"fapiao_id": "20200701123457"}]}, "Body"),
        row("no-list", "The list is optional.", {"fapiao_apply_id": APPLY_ID, "reverse_reason": "退款"}, "Body"),
        row("shuffled", "Fields given in another order travel in the order of the table.", dict(reversed(BASE.items())), "Body"),
        row("limits", "The longest texts.", changed(BASE | {"reverse_reason": "x" * 200}, I + "/0/fapiao_number", "1" * 20), "Limit"),
        row("identifier", "Every kind of character an identifier may have, in the path.", BASE | {"fapiao_apply_id": "aZ09-_|*"}, "Target"),
    ]


def _refused():
    rows = [("no-reverse-reason", "Without reverse_reason.", "/reverse_reason", DROP, "input.missing"),
            ("no-fapiao-id", "Without fapiao_id.", I + "/0/fapiao_id", DROP, "input.missing"),
            ("no-fapiao-number", "Without fapiao_number.", I + "/0/fapiao_number", DROP, "input.missing"),
            ("reason-201", "A reason of 201 characters.", "/reverse_reason", "x" * 201, "input.length"),
            ("reason-emoji", "A character above U+FFFF.", "/reverse_reason", "😀", "input.charset"),
            ("number-21", "A number of 21 characters.", I + "/0/fapiao_number", "1" * 21, "input.length"),
            ("code-13", "A code of 13 characters.", I + "/0/fapiao_code", "1" * 13, "input.length"),
            ("list-object", "An object instead of the list.", I, ONE, "input.type"),
            ("reason-null", "A required field as null.", "/reverse_reason", None, "input.type"),
            ("unknown-reason", "reason is no field of this call.", "/reason", "x", "input.unknown"), *identifier_rows(), *identifier_rows(I + "/0/fapiao_id")]
    return [*refusals(BASE, rows), refused("account-caller", "An account has no such call.", BASE, "input.call", caller=account()),
            refused("direct-no-code", "A direct merchant's invoices have a code.", BASE | {"fapiao_information": [DIGITAL]}, "input.missing",
                    pointer=I + "/0/fapiao_code", caller=merchant("direct"))]


def documents():
    told = [accepted(), untold("answer-other-call", "A JSON body, right for another call.", '{"title_url":"https://a"}', "verify.other_answer", "Accepted",
                               pointer="body", status=202)]
    about = "Reversing invoices (fapiao-applications/{fapiao_apply_id}/reverse)."
    return {"calls/reverse.json": document(about, "WeChat Pay APIv3 fapiao: reverse; APIv3 protocol rules", FLAGS, _sent() + _refused() + told)}
