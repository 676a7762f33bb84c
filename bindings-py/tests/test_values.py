"""Values that cannot be right, and forms that can: numbers that are none, half a character, headers in lists."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from typing import Any

import fapiao
import pytest
from scripted import TITLE, signed
from support import PUBLIC_KEY_ID, caller, key_file, title

DIRECT = {"kind": "direct", "mchid": "1900000001", "serial_no": "1", "key": "direct", "ring": ["wechatpay"]}
PROVIDER = {**DIRECT, "kind": "partner", "mchid": "1900000100", "key": "partner"}


@pytest.mark.parametrize("value", [float("nan"), float("inf"), -float("inf")])
def test_a_number_that_is_none_is_named(value: float) -> None:
    with pytest.raises(fapiao.InputTypeError, match="/total_amount must be a whole number") as raised:
        caller(DIRECT).title_url(fapiao_apply_id="1", source="WEB", appid="a", openid="o", total_amount=value)
    assert (raised.value.code, raised.value.field) == ("input.type", "/total_amount")


def test_a_payload_without_an_end_is_named() -> None:
    line: dict[str, Any] = {}
    line["line"] = [line]
    with pytest.raises(fapiao.InputTypeError, match="itself again") as raised:
        caller(DIRECT).issue(scene="x", fapiao_apply_id="1", buyer_information={}, fapiao_information=[line])
    assert raised.value.field == "/fapiao_information/0/line/0"


HALF = "1900000109\udcff"
"""Half a surrogate pair, as `os.environ` has it for a byte that is no UTF-8."""


def test_half_a_surrogate_pair_is_named_wherever_it_is_passed() -> None:
    provider, account = caller(PROVIDER), fapiao.Account(appid="wx1")
    places: list[tuple[str, Callable[[], Any]]] = [
        ("sub_mchid", lambda: provider.sub_merchant(HALF)),
        ("access_token", lambda: account.with_access_token(HALF)),
        ("name", lambda: caller(DIRECT).call(HALF, {})),
        ("filename", lambda: caller(DIRECT).upload_file(b"%PDF", HALF, "application/pdf", file_type="PDF")),
        ("/fapiao_apply_id", lambda: caller(DIRECT).query(fapiao_apply_id=HALF)),
        ("mchid", lambda: fapiao.Direct(mchid=HALF, serial_no="1")),
        ("in_doubt", lambda: caller(DIRECT).query(fapiao_apply_id="1").sign(in_doubt=HALF)),
    ]
    for field, work in places:
        with pytest.raises(fapiao.FapiaoError) as raised:
            work()
        assert raised.value.field == field, f"{raised.value} {raised.value.field}"


def test_a_key_with_half_a_surrogate_pair_is_taken_where_nothing_is_lost() -> None:
    key, ring = key_file("direct.key.pem").decode(), {PUBLIC_KEY_ID: key_file("wechatpay.pub.pem").decode() + "\udcff"}
    made: dict[str, Any] = {"mchid": "1900000001", "serial_no": "1", "wechatpay_keys": ring}
    assert fapiao.Direct(private_key=f"# \udcff\n{key}\udcff", **made)
    with pytest.raises(fapiao.KeyFileError, match="not Base64"):
        fapiao.Direct(private_key=f"{key[:99]}\udcff{key[99:]}", **made)
    # The same in another encoding: what stands around the key does not matter.
    assert fapiao.Direct(private_key="# 张三\n".encode("gb18030") + key.encode(), **made)


@pytest.mark.parametrize("listed", [list, tuple])
def test_header_values_in_lists_are_taken(listed: Any) -> None:
    def read(more: list[str]) -> Any:
        headers = {name: listed([value]) for name, value in signed(TITLE)}
        headers["Wechatpay-Nonce"] = listed([*headers["Wechatpay-Nonce"], *more])
        return title(caller(DIRECT), "a-1").sign().read(status=200, headers=headers, content=TITLE)

    assert read([])["title_url"].startswith("https")
    with pytest.raises(fapiao.VerificationError) as raised:
        read(["another"])
    assert (raised.value.code, raised.value.field) == ("verify.header_twice", "Wechatpay-Nonce")


PROBE = """
import sys
sys.path[:0] = {path!r}
try:
    import fapiao
except ImportError as error:
    print("refused:", error, flush=True)
else:
    print("imported", flush=True)
"""
INTERPRETERS = """
import {module} as interpreters
exec({probe!r})
for _ in range(2):
    one = interpreters.create()
    interpreters.run_string(one, {probe!r})
    interpreters.destroy(one)
"""


def test_a_sub_interpreter_is_refused_in_one_clear_line() -> None:
    probe = PROBE.format(path=[entry for entry in sys.path if entry])
    program = INTERPRETERS.format(probe=probe, module="_interpreters" if sys.version_info >= (3, 13) else "_xxsubinterpreters")
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    first, *further = run.stdout.splitlines()
    assert first == "imported" and len(further) == 2
    # From 3.12 on, Python refuses the import by itself.
    why = "" if sys.version_info >= (3, 12) else "fapiao works in the main interpreter only"
    assert all(line.startswith(f"refused: {why}") for line in further)
