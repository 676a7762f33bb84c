"""Eight threads share one caller."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor

import fapiao
from support import PUBLIC_KEY_ID, caller
from test_vectors import signature

THREADS, ROUNDS = 8, int(os.environ.get("FAPIAO_ROUNDS", "500"))
BODY = b'{"total_count":0}'


def test_many_threads_sign_and_verify() -> None:
    provider = {"kind": "sub_merchant", "mchid": "1900000100", "serial_no": "1", "sub_mchid": "1900000109"}
    shop = caller({**provider, "key": "partner", "ring": ["wechatpay"]})
    headers = signature(BODY)

    def rounds(thread: int) -> int:
        for number in range(ROUNDS):
            signed = shop.fapiao_files(fapiao_apply_id=f"{thread}-{number}").sign()
            assert f"{thread}-{number}" in signed.url and signed.headers["wechatpay-serial"] == PUBLIC_KEY_ID
            assert signed.read(status=200, headers=headers, content=BODY) == {"total_count": 0}
        return ROUNDS

    with ThreadPoolExecutor(THREADS) as pool:
        assert sum(pool.map(rounds, range(THREADS))) == THREADS * ROUNDS


def test_one_call_is_signed_afresh_each_time() -> None:
    shop = caller({"kind": "direct", "mchid": "1", "serial_no": "1", "key": "direct"})
    call: fapiao.Call[object] = shop.fapiao_files(fapiao_apply_id="1")
    with ThreadPoolExecutor(THREADS) as pool:
        made = list(pool.map(lambda _: call.sign(), range(64)))
    assert len({id(signed._flow) for signed in made}) == 64
