"""Eight threads share one caller: no error, no growth, and they do not wait for each other."""

from __future__ import annotations

import hashlib
import os
import statistics
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

import fapiao
from conftest import FIGURES
from support import PUBLIC_KEY_ID, caller
from test_vectors import signature

THREADS, WINDOWS, ROUNDS = 8, 40, 125
"""Rounds of each thread in each window."""
BODY = b'{"total_count":0}'
MOST_GROWTH = 4 * 1024 * 1024
"""Bytes that eight threads' heaps may still settle by; 150 bytes lost in each round would show as 5 MB."""

Round = Callable[[int, int], None]


class Pace(NamedTuple):
    """How fast rounds go, and on how many processors."""

    seconds: float
    processor: float

    def processors(self) -> float:
        """Processors at work at the same time."""
        return self.processor / self.seconds


def pace(pool: ThreadPoolExecutor, threads: int, rounds: int, work: Round) -> Pace:
    """Seconds of the clock and of the processors for each round."""

    def all_rounds(thread: int) -> int:
        for number in range(rounds):
            work(thread, number)
        return rounds

    started, used = time.perf_counter(), time.process_time()
    done = sum(pool.map(all_rounds, range(threads)))
    return Pace((time.perf_counter() - started) / done, (time.process_time() - used) / done)


def bare(thread: int, number: int) -> None:
    """Work that is known to release the interpreter: what this machine gives at this moment."""
    hashlib.pbkdf2_hmac("sha256", b"fapiao", b"salt", 800)


def resident() -> int:
    """Bytes this process has in memory."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def test_many_threads_sign_and_verify() -> None:
    provider = {"kind": "sub_merchant", "mchid": "1900000100", "serial_no": "1", "sub_mchid": "1900000109"}
    shop = caller({**provider, "key": "partner", "ring": ["wechatpay"]})
    headers = signature(BODY)

    def ours(thread: int, number: int) -> None:
        signed = shop.fapiao_files(fapiao_apply_id=f"{thread}-{number}").sign()
        assert f"{thread}-{number}" in signed.url and signed.headers["wechatpay-serial"] == PUBLIC_KEY_ID
        assert signed.read(status=200, headers=headers, content=BODY) == {"total_count": 0}

    alone, together, machine, memory = [], [], [], []
    with ThreadPoolExecutor(THREADS) as pool:
        # In turn, so that what else this machine does strikes all alike.
        for _ in range(WINDOWS):
            alone.append(pace(pool, 1, ROUNDS // 5, ours))
            together.append(pace(pool, THREADS, ROUNDS, ours))
            machine.append(pace(pool, THREADS, ROUNDS // 5, bare))
            memory.append(resident())
    grown = memory[-1] - memory[WINDOWS // 5]
    share = statistics.median(ours.processors() / given.processors() for ours, given in zip(together, machine))
    dearer = statistics.median(many.processor / one.processor for many, one in zip(together, alone))
    FIGURES.append(
        f"{THREADS} threads × {WINDOWS * ROUNDS} sign + verify: on {median(together):.2f} processors at once, where the"
        f" machine gives {median(machine):.2f} ({share:.2f}); a round costs {dearer:.2f} × what it costs one thread;"
        f" memory {grown / 1024:+.0f} KB after the first fifth"
    )
    assert share >= 0.8 and dearer <= 1.3
    assert grown <= MOST_GROWTH


def median(paces: list[Pace]) -> float:
    """Processors at work at the same time."""
    return statistics.median(pace.processors() for pace in paces)


def seen_meanwhile(work: Callable[[int], object], rounds: int) -> set[int]:
    """How far the work of another thread had come whenever this one got its turn: nobody is made to give way."""
    done: list[object] = []

    def all_rounds() -> None:
        for number in range(rounds):
            done.append(work(number))

    thread = threading.Thread(target=all_rounds)
    interval, seen = sys.getswitchinterval(), set()
    sys.setswitchinterval(1_000)
    try:
        thread.start()
        while thread.is_alive():
            seen.add(len(done))
            time.sleep(0)
    finally:
        sys.setswitchinterval(interval)
    thread.join()
    return seen - {0, rounds}


def test_the_interpreter_is_free_while_core_works() -> None:
    shop = caller({"kind": "direct", "mchid": "1", "serial_no": "1", "key": "direct", "ring": ["wechatpay"]})
    calls: list[fapiao.Call[object]] = [shop.query(fapiao_apply_id=str(number)) for number in range(400)]
    assert seen_meanwhile(lambda number: calls[number].sign(), len(calls))
    assert not seen_meanwhile(lambda number: sum(range(10_000)), len(calls)), "this test sees what is not there"


def test_one_call_is_signed_afresh_each_time() -> None:
    shop = caller({"kind": "direct", "mchid": "1", "serial_no": "1", "key": "direct"})
    call: fapiao.Call[object] = shop.fapiao_files(fapiao_apply_id="1")
    with ThreadPoolExecutor(THREADS) as pool:
        made = list(pool.map(lambda _: call.sign(), range(64)))
    assert len({id(signed._run.flow) for signed in made}) == 64
