"""The common envelope of every vector file, and the small things all makers share."""
from .rules import b64

NOW = 1795305600  # 2026-11-22T00:00:00Z
ENTROPY = bytes(range(32))
NONCE = "593BEC0C930BF1AFEB40B4A08C8FB242"
SUB_MCHID = "1900000109"
APPID = "wx5157f09efdc09600"
APPLY_ID = "4200000444201910177461284488"
PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def valid(ident, comment, given, stages, *flags):
    return {"id": ident, "comment": comment, "input": given, "stages": stages, "result": "valid", "flags": list(flags)}


def invalid(ident, comment, given, code, *flags, field=None, stages=None):
    case = {"id": ident, "comment": comment, "input": given, "stages": stages or {}, "result": "invalid", "code": code}
    if field is not None:
        case["field"] = field
    return case | {"flags": list(flags)}


def document(about, source, flags, cases):
    """Only the flags that some case carries are listed, in the order they are explained."""
    used = {flag for case in cases for flag in case["flags"]}
    unknown = used - flags.keys()
    assert not unknown, f"flags without an explanation: {sorted(unknown)}"
    return {"about": about, "source": source, "flags": {k: v for k, v in flags.items() if k in used}, "cases": cases}


def put(body, given, name="body"):
    """Adds bytes to an input: as text when they are UTF-8, else as Base64."""
    try:
        return given | {name: body.decode()}
    except UnicodeDecodeError:
        return given | {f"{name}_base64": b64(body)}
