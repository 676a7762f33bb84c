"""moment.json and target.json: text that follows from entropy, and paths and queries as they travel."""
import hashlib

from .envelope import APPLY_ID, ENTROPY, SUB_MCHID, document, valid
from .rules import derived, target

FLAGS = {
    "Rejection": "bytes of 248 and above are skipped, so that no character is likelier than another",
    "Counter": "the stream goes on with the next counter when one block does not give 32 characters",
    "Label": "each use has its own label, so that nonce and boundaries do not repeat each other",
    "Reserved": "every byte outside RFC 3986 unreserved is encoded, so that no HTTP client changes the target after it was signed",
    "Unreserved": "nothing inside RFC 3986 unreserved is encoded: a client that normalises would change it back",
    "Space": "a space is %20, never a plus sign, and a plus sign is %2B",
    "UpperHex": "hex digits are upper-case",
    "Utf8": "text is encoded byte by byte from UTF-8",
    "RepeatedKey": "a key may stand more than once, in the order given",
    "NoQuery": "without a query there is no question mark",
    "Placement": "a slash or a percent sign inside a value does not become structure, and what looks encoded is encoded again",
}
P = "/v3/new-tax-control-fapiao"
APPLICATION = P + "/fapiao-applications/{fapiao_apply_id}"


def _moment(ident, comment, entropy, label, *flags):
    return valid(ident, comment, {"entropy": entropy.hex(), "label": label}, {"text": derived(entropy, label)}, *flags)


def _moments():
    others = {f"seed-{n}": hashlib.sha256(bytes([n])).digest() for n in range(1, 5)}
    cases = [
        _moment("nonce", "The nonce of counting entropy.", ENTROPY, "nonce", "Label"),
        _moment("boundary-0", "The first boundary of the same entropy.", ENTROPY, "boundary 0", "Label"),
        _moment("boundary-1", "The second boundary, for when the first occurs in the content.", ENTROPY, "boundary 1", "Label"),
        _moment("boundary-10", "A boundary with a number of two digits.", ENTROPY, "boundary 10", "Label"),
        _moment("zeros", "Entropy of zero bytes still gives text.", bytes(32), "nonce", "Label"),
        _moment("ones", "Entropy of 0xFF bytes.", b"\xff" * 32, "nonce", "Label"),
    ]
    for name, entropy in others.items():
        cases.append(_moment(f"{name}-nonce", "The nonce of hashed entropy.", entropy, "nonce", "Label"))
        cases.append(_moment(f"{name}-boundary", "The first boundary of hashed entropy.", entropy, "boundary 0", "Label"))
    for case in cases:
        entropy, label = bytes.fromhex(case["input"]["entropy"]), case["input"]["label"]
        block = hashlib.sha256(b"fapiao " + label.encode() + b"\0" + entropy + bytes(4)).digest()
        case["flags"] += ["Rejection", "Counter"] if any(b >= 248 for b in block) else []
    assert any("Rejection" in case["flags"] for case in cases), "some case must skip a byte"
    return cases


def _target(ident, comment, template, path, query, *flags):
    given = {"template": template, "path": path, "query": [list(pair) for pair in query]}
    return valid(ident, comment, given, {"target": target(template, path, query)}, *flags)


def _values():
    """One case per awkward value, in a query and in a path."""
    values = {
        "apostrophe": ("'", "Reserved"), "parentheses": ("(1)", "Reserved"), "asterisk": ("*", "Reserved"), "exclamation": ("!", "Reserved"),
        "tilde": ("~", "Unreserved"), "plus": ("+", "Space"), "ampersand": ("a&b", "Reserved"), "equals": ("a=b", "Reserved"),
        "percent": ("100%", "Reserved"), "bar": ("a|b", "Reserved"), "space": ("a b", "Space"), "chinese": ("中文", "Utf8"),
        "unreserved": ("AZaz09-._~", "Unreserved"), "slash": ("a/b", "Placement"), "question": ("a?b#c", "Placement"),
        "looks-encoded": ("%2F%e4", "Placement"), "time": ("2026-11-22T08:00:00+08:00", "Space"), "control": ("a\nb\tc\x7f", "Reserved"),
        "delimiters": ("$,/:;=?@[]", "Reserved"), "others": ("\"<>\\^`{}", "Reserved"), "lower-hex": ("\u00ab\u00ef", "UpperHex"),
        "emoji": ("😀", "Utf8"),
    }
    cases = []
    for name, (value, flag) in values.items():
        cases.append(_target(f"query-{name}", f"A query value with: {name}.", P + "/user-title", {}, [("seller_name", value)], flag))
        cases.append(_target(f"path-{name}", f"A path parameter with: {name}.", APPLICATION, {"fapiao_apply_id": value}, [], flag))
    return cases


def documents():
    targets = [
        _target("no-query", "A path alone.", P + "/merchant/development-config", {}, [], "NoQuery"),
        _target("path", "A path parameter, no query.", APPLICATION + "/reverse", {"fapiao_apply_id": APPLY_ID}, [], "NoQuery"),
        _target("path-and-query", "A path parameter and one pair.", APPLICATION + "/fapiao-files", {"fapiao_apply_id": APPLY_ID}, [("sub_mchid", SUB_MCHID)]),
        _target("pairs", "Pairs stay in the order given.", P + "/user-title/title-url", {}, [("source", "WEB"), ("appid", "wx1"), ("a", "b")]),
        _target("repeated", "A repeated key.", P + "/fapiaomerchant/getspinviteurl", {}, [("t", "B_ABILITY"), ("t", "A_ABILITY")], "RepeatedKey"),
        _target("empty-value", "An empty value keeps its equals sign.", P + "/user-title", {}, [("seller_name", "")]),
        _target("key", "A key is encoded like a value.", P + "/user-title", {}, [("a b[]", "1")], "Reserved"),
        *_values(),
    ]
    return {
        "moment.json": document("Text derived from a moment's 32 bytes of entropy (hex) and a label.", "own design: moment", FLAGS, _moments()),
        "target.json": document("Path and query as they are signed and sent.", "RFC 3986 section 2; WeChat Pay APIv3: message to sign",
                                FLAGS, targets),
    }
