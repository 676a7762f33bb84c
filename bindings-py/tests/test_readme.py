"""The program in the README, as it stands there, against the sandbox."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import fapiao
import pytest
from support import ROOT, Sandbox, key_file


def test_the_readme_runs(sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    text = (ROOT / "bindings-py/README.md").read_text()
    (program,) = re.findall(r"```python\n(.*?)```", text, re.S)
    for name in ("partner.key.pem", "wechatpay.pub.pem"):
        (tmp_path / name).write_bytes(key_file(name))
    monkeypatch.chdir(tmp_path)
    # Only the addresses are other ones: the sandbox's, where no invoice exists yet.
    made: Any = fapiao.Partner.__init__

    def elsewhere(self: Any, **given: Any) -> None:
        made(self, **given, **sandbox.elsewhere())

    monkeypatch.setattr(fapiao.Partner, "__init__", elsewhere)
    with pytest.raises(fapiao.RemoteError) as raised:
        exec(program, {})
    assert raised.value.remote is not None and raised.value.remote["code"] in {"NOT_FOUND", "RESOURCE_NOT_EXISTS"}
    loop = program[program.index("with httpx.Client") :]
    before = program[: program.index("call = ")]
    exec(before + loop, {})
    assert len(sandbox.control("/ledger")["arrivals"]) == 2
