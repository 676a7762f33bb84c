"""The examples, run as their first lines say."""

from __future__ import annotations

import json
import subprocess
import sys

from support import ROOT, Sandbox


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
