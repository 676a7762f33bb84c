"""The program in the README of the package, as it stands there, against the sandbox."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import fapiao
import pytest
from support import ROOT, Sandbox, key_file


def program(name: str) -> str:
    """The one program in Python of a README."""
    (found,) = re.findall(r"```python\n(.*?)```", (ROOT / name).read_text(), re.S)
    return str(found)


@pytest.fixture
def elsewhere(sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> Sandbox:
    """Only the addresses are other ones: the sandbox's."""
    made: Any = fapiao.Partner.__init__

    def beside(self: Any, **given: Any) -> None:
        made(self, **given, **sandbox.elsewhere())

    monkeypatch.setattr(fapiao.Partner, "__init__", beside)
    return sandbox


def test_the_readme_of_the_package_runs(elsewhere: Sandbox, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    text = program("bindings-py/README.md")
    for name in ("partner.key.pem", "wechatpay.pub.pem"):
        (tmp_path / name).write_bytes(key_file(name))
    monkeypatch.chdir(tmp_path)
    # No invoice exists yet, and both ways say so.
    with pytest.raises(fapiao.RemoteError) as raised:
        exec(text, {})
    assert raised.value.remote is not None and raised.value.remote["code"] in {"NOT_FOUND", "RESOURCE_NOT_EXISTS"}
    before, loop = text[: text.index("call = ")], text[text.index("with httpx.Client") :]
    exec(before + loop, {})
    assert len(elsewhere.control("/ledger")["arrivals"]) == 2
