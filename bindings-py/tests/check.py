"""What must hold wherever the package is installed, with nothing else beside it. usage: check.py ROOT"""

from __future__ import annotations

import json
import pickle
import sys
import time
from pathlib import Path
from typing import Any, get_type_hints

import fapiao
from fapiao import types

PUBLIC_KEY_ID = "PUB_KEY_ID_0119000001002026112200000000001"


def main(root: Path) -> None:
    """Signs the first vector, then looks at errors and keys."""
    document = json.loads((root / "tests/vectors/calls/fapiao_files.json").read_bytes())
    case = next(case for case in document["cases"] if "authorization" in case.get("stages", {}))
    given, stages = case["input"], case["stages"]
    who = given["caller"]
    provider: Any = fapiao.Partner if who["kind"] == "sub_merchant" else fapiao.Direct
    merchant = provider(
        mchid=who["mchid"],
        serial_no=who["serial_no"],
        private_key=(root / f"tests/keys/{who['key']}.key.pem").read_bytes(),
        wechatpay_keys={PUBLIC_KEY_ID: (root / "tests/keys/wechatpay.pub.pem").read_text()},
        clock=lambda: given["now"],
        entropy=lambda count: bytes.fromhex(given["entropy"]),
    )
    shop = merchant.sub_merchant(who["sub_mchid"]) if who["kind"] == "sub_merchant" else merchant
    call = shop.fapiao_files(**given["request"])
    started = time.process_time()
    signed = call.sign()
    first = (time.process_time() - started) * 1000
    assert (signed.method, signed.url) == (stages["method"], stages["url"]), signed.url
    assert signed.headers["authorization"] == stages["authorization"], signed.headers
    errors(shop)
    hints()
    keys(merchant, shop, signed)
    version = ".".join(map(str, sys.version_info[:3]))
    print(f"   CPython {version}: {case['id']} signed after {first:.1f} ms of processor time, errors pickle, keys do not")
    assert first < 10, "the first signature waited for the CPU-jitter entropy of aws-lc"


def errors(shop: Any) -> None:
    """Errors are pickled whole."""
    try:
        shop.fapiao_files(fapiao_apply_id=1)
    except fapiao.InputTypeError as error:
        again = pickle.loads(pickle.dumps(error))
        assert (type(again), again.code, again.field, again.help) == (type(error), error.code, error.field, error.help)
        assert isinstance(error, TypeError) and isinstance(error, ValueError)
    else:
        raise AssertionError("a number was taken for an id")


def hints() -> None:
    """Every type of requests and answers says what its fields are, also to programs that read it."""
    for name in types.__all__:
        get_type_hints(getattr(types, name))


def keys(*holders: Any) -> None:
    """What holds keys refuses."""
    for holder in holders:
        try:
            pickle.dumps(holder)
        except TypeError as error:
            assert "pickle" in str(error), error
        else:
            raise AssertionError(f"{holder} was pickled")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
