"""Keys in another process, as with a KMS or an HSM: this one signs, decrypts, verifies and encrypts nothing itself.

usage: fapiao-sandbox | python kms.py tests/keys/direct.key.pem

A KMS of a cloud takes the place of `key_process.py`: give each callable one request of its SDK.
"""

from __future__ import annotations

import asyncio
import base64
import json
import subprocess
import sys
import threading
from asyncio.subprocess import PIPE
from collections import Counter
from pathlib import Path
from typing import Any

import fapiao
import httpx

PROGRAM = [sys.executable, str(Path(__file__).with_name("key_process.py"))]
PHONE = "13800000000"


class Operations:
    """What a caller takes in place of `private_key`, whether the answers come at once or are awaited."""

    def callables(self) -> dict[str, Any]:
        """The key operations, by the names of a caller's arguments."""
        return {
            "signer": lambda message: self._ask("sign", message),
            "decrypter": lambda ciphertext: self._ask("decrypt", ciphertext),
            "verifier": lambda public_key, message, signature: self._ask("verify", public_key, message, signature),
            "encrypter": lambda public_key, plaintext: self._ask("encrypt", public_key, plaintext),
        }

    def _ask(self, operation: str, *given: bytes) -> Any:
        raise NotImplementedError


class Kms(Operations):
    """The key process, asked synchronously."""

    def __init__(self, key_file: str) -> None:
        self._process = subprocess.Popen([*PROGRAM, key_file], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self._one_at_a_time = threading.Lock()
        self.asked: Counter[str] = Counter()

    def _ask(self, operation: str, *given: bytes) -> Any:
        process = self._process
        assert process.stdin is not None and process.stdout is not None
        with self._one_at_a_time:
            self.asked[operation] += 1
            process.stdin.write(question(operation, given))
            process.stdin.flush()
            return result(process.stdout.readline())

    def close(self) -> None:
        """Ends the process with its input."""
        self._process.communicate()


class AsyncKms(Operations):
    """The same, asked with `await`: nothing else of the program stands still meanwhile."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process, self._one_at_a_time = process, asyncio.Lock()
        self.asked: Counter[str] = Counter()

    @classmethod
    async def start(cls, key_file: str) -> AsyncKms:
        """Starts the key process."""
        return cls(await asyncio.create_subprocess_exec(*PROGRAM, key_file, stdin=PIPE, stdout=PIPE))

    async def _ask(self, operation: str, *given: bytes) -> Any:
        process = self._process
        assert process.stdin is not None and process.stdout is not None
        async with self._one_at_a_time:
            self.asked[operation] += 1
            process.stdin.write(question(operation, given))
            await process.stdin.drain()
            return result(await process.stdout.readline())

    async def close(self) -> None:
        """Ends the process with its input."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        await self._process.wait()


def question(operation: str, given: tuple[bytes, ...]) -> bytes:
    """One line; bytes travel as Base64."""
    return json.dumps([operation, *(base64.b64encode(value).decode() for value in given)]).encode() + b"\n"


def result(line: bytes) -> Any:
    """What was answered; a failure becomes an exception, and the call's error names its type."""
    answer = json.loads(line)
    if "failed" in answer:
        raise RuntimeError(answer["failed"])
    return answer["valid"] if "valid" in answer else base64.b64decode(answer["bytes"])


def merchant(announced: dict[str, Any], callables: dict[str, Any]) -> fapiao.Direct:
    """A merchant without a private key."""
    found = announced["pay"]["direct"]
    return fapiao.Direct(
        mchid=found["mchid"],
        serial_no=found["serial_no"],
        wechatpay_keys=announced["wechatpay_keys"],
        hosts={"main": announced["main"], "backup": announced["backup"]},
        **callables,
    )


def calls(shop: fapiao.Direct, order: str) -> list[fapiao.Call[Any]]:
    """A title link, and an invoice with encrypted fields: the sandbox's payer fills in the title between them."""
    line = {"tax_code": "3010101020203000000", "quantity": 100_000_000, "tax_rate": 600, "discount": False}
    fields: Any = {
        "scene": "WITH_WECHATPAY",
        "buyer_information": {"type": "INDIVIDUAL", "name": "张三", "phone": PHONE, "email": "buyer@example.com"},
        "fapiao_information": [{"fapiao_id": order, "total_amount": 100, "items": [{**line, "total_amount": 100}]}],
    }
    title = shop.title_url(
        fapiao_apply_id=order, source="WEB", appid="wx5157f09efdc09600", openid="openid", total_amount=100
    )
    return [title, shop.issue(fapiao_apply_id=order, **fields), shop.query(fapiao_apply_id=order)]


def synchronous(key_file: str, announced: dict[str, Any], order: str) -> None:
    """Walks with a synchronous session."""
    kms = Kms(key_file)
    title, issue, query = calls(merchant(announced, kms.callables()), order)
    with httpx.Client() as session:
        client = fapiao.Client(session)
        client.send(title)
        session.post(f"{announced['control']}/title", json={"fapiao_apply_id": order})
        client.send(issue)
        found = client.send(query)
    show("synchronous", found, kms.asked)
    kms.close()


async def awaited(key_file: str, announced: dict[str, Any], order: str) -> None:
    """Walks with `await`."""
    kms = await AsyncKms.start(key_file)
    title, issue, query = calls(merchant(announced, kms.callables()), order)
    async with httpx.AsyncClient() as session:
        client = fapiao.AsyncClient(session)
        await client.send(title)
        await session.post(f"{announced['control']}/title", json={"fapiao_apply_id": order})
        await client.send(issue)
        found = await client.send(query)
    show("awaited", found, kms.asked)
    await kms.close()


def show(how: str, found: Any, asked: Counter[str]) -> None:
    """Prints what came back, and what the other process was asked for."""
    opened = found["fapiao_information"][0]["buyer_information"]["phone"] == PHONE
    print(f"{how}: the phone came back {'as it was sent' if opened else 'changed'}; {dict(sorted(asked.items()))}")


def main(key_file: str) -> None:
    """Walks both ways."""
    announced = json.loads(sys.stdin.readline())
    synchronous(key_file, announced, "kms-1")
    asyncio.run(awaited(key_file, announced, "kms-2"))


if __name__ == "__main__":
    main(*sys.argv[1:])
