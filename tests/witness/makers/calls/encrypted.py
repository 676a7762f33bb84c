"""Which fields travel encrypted."""

SEALED = ("phone", "email", "certificate_no", "certificate_number", "operate_user")


def sealed(value, at=""):
    """(the value with <sealed> for what travels encrypted, the pointers of that with their plaintexts)."""
    if isinstance(value, list):
        members = [(str(index), one) for index, one in enumerate(value)]
    elif isinstance(value, dict):
        members = list(value.items())
    else:
        return value, {}
    out, found = {}, {}
    for name, one in members:
        if name in SEALED and isinstance(one, str):
            out[name], inner = "<sealed>", {f"{at}/{name}": one}
        else:
            out[name], inner = sealed(one, f"{at}/{name}")
        found |= inner
    return (list(out.values()) if isinstance(value, list) else out), found
