"""The examples, run as their first lines say."""

from __future__ import annotations

import inspect
import json
import subprocess
import sys
import textwrap
from typing import Any

import fapiao
from support import ROOT, Sandbox

SCHEMA = json.loads((ROOT / "core/schema/calls.json").read_bytes())
CALLS = [{"name": name, **call} for name, call in SCHEMA["x-calls"].items()]
KINDS = {
    fapiao.Direct: "direct",
    fapiao.Partner: "partner",
    fapiao.SubMerchant: "sub_merchant",
    fapiao.Account: "account",
    fapiao.Component: "component",
}


def test_keys_in_another_process(sandbox: Sandbox) -> None:
    announced = json.loads(json.dumps(sandbox.announced))
    for kind in announced["pay"].values():
        # The key is in the other process, and nowhere else.
        del kind["private_key"]
    program = ROOT / "bindings-py/examples/kms.py"
    run = [sys.executable, str(program), str(ROOT / "tests/keys/direct.key.pem")]
    done = subprocess.run(run, input=json.dumps(announced), capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    operations = "{'decrypt': 2, 'encrypt': 2, 'sign': 3, 'verify': 3}"
    assert done.stdout.splitlines() == [
        f"{how}: the phone came back as it was sent; {operations}" for how in ("synchronous", "awaited")
    ]
    arrivals = sandbox.control("/ledger")["arrivals"]
    assert [arrival["outcome"]["status"] for arrival in arrivals] == [200, 202, 200] * 2


def test_every_method_has_an_example_that_makes_its_call(sandbox: Sandbox) -> None:
    """As it stands in the docstring."""
    provider = sandbox.merchant("partner")
    found = sandbox.announced["component"]
    callers = {
        fapiao.Direct: {"shop": sandbox.merchant(api_v3_key="0" * 32)},
        fapiao.SubMerchant: {"shop": provider},
        fapiao.Partner: {"provider": partner(sandbox)},
        fapiao.Account: {"account": sandbox.account(access_token="TOKEN")},
        fapiao.Component: {
            "platform": fapiao.Component(
                appid=found["appid"], secret=found["secret"], verify_ticket="TICKET", **sandbox.elsewhere()
            )
        },
    }
    made = 0
    for kind, names in callers.items():
        for name in [call["name"] for call in CALLS if KINDS[kind] in call["callers"]]:
            text = inspect.getdoc(getattr(kind, name)) or ""
            example = textwrap.dedent(text.partition("Example:\n")[2])
            call = eval(example, {"client": Sender(), "pdf": b"%PDF-1.7", **names})
            assert call.name == name
            made += 1
    assert made > 60


class Sender:
    """A client that gives back what it is to send."""

    def send(self, call: fapiao.Call[Any]) -> fapiao.Call[Any]:
        assert isinstance(call, fapiao.Call)
        return call


def partner(sandbox: Sandbox) -> fapiao.Partner:
    """The sandbox's service provider itself."""
    found = sandbox.announced["pay"]["partner"]
    keys = {"wechatpay_keys": sandbox.announced["wechatpay_keys"], "private_key": found["private_key"]}
    keys["api_v3_key"] = "0" * 32
    return fapiao.Partner(mchid=found["mchid"], serial_no=found["serial_no"], **keys, **sandbox.elsewhere())
