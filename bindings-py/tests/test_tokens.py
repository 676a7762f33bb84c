"""Access tokens that accounts get by themselves, against the sandbox."""

from __future__ import annotations

import asyncio
import json
import threading
from typing import Any

import fapiao
import httpx
import pytest
from fapiao.stores.memory import AsyncMemoryStore, MemoryStore
from support import Sandbox, without_waiting

PDF = (b"%PDF-1.7\n%%EOF\n", "a.pdf", "application/pdf")


def token_calls(sandbox: Sandbox) -> int:
    """How often the gateway was asked for a token."""
    return sum("stable_token" in arrived["target"] for arrived in sandbox.control("/ledger?since=0")["arrivals"])


def test_an_account_with_its_secret_needs_nothing_else(sandbox: Sandbox) -> None:
    """One line for a newcomer: the token is fetched once, and kept by the account."""
    account = sandbox.account()
    with httpx.Client() as session:
        media = fapiao.Client(session).send(account.set_pdf(*PDF))
        found = fapiao.Client(session).send(account.get_pdf(s_media_id=media["s_media_id"]))
    assert "media_key" in found["pdf_url"]
    assert token_calls(sandbox) == 1


def test_clients_that_share_a_store_share_the_token(sandbox: Sandbox) -> None:
    """And the AppSecret is never kept."""
    store = MemoryStore()
    with httpx.Client() as session:
        for _ in range(3):
            fapiao.Client(session, store=store).send(sandbox.account().set_pdf(*PDF))
    assert token_calls(sandbox) == 1
    kept = json.dumps([entry.text for entry in store._entries.values()])
    assert sandbox.announced["account"]["secret"] not in kept


def test_an_asynchronous_client_has_an_asynchronous_store(sandbox: Sandbox) -> None:
    """Without one, the account keeps its token here as well."""

    async def both() -> None:
        async with httpx.AsyncClient() as session:
            account = sandbox.account()
            for store in (None, AsyncMemoryStore()):
                client = fapiao.AsyncClient(session, store=store)
                await client.send(account.set_pdf(*PDF))
                await client.send(account.set_pdf(*PDF))

    asyncio.run(both())
    assert token_calls(sandbox) == 2


def test_threads_at_once_ask_for_one_token(sandbox: Sandbox) -> None:
    """One of them fetches it; the others wait."""
    store, failed = MemoryStore(), []

    def call() -> None:
        try:
            with httpx.Client() as session:
                fapiao.Client(session, store=store).send(sandbox.account().set_pdf(*PDF))
        except Exception as error:
            failed.append(error)

    threads = [threading.Thread(target=call) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert token_calls(sandbox) == 1


def test_a_token_that_is_over_or_voided_is_replaced_once(sandbox: Sandbox) -> None:
    """The call goes through, and the observer sees why."""
    account, seen = sandbox.account(), []
    with httpx.Client() as session:
        client = fapiao.Client(session, observer=lambda attempt: seen.append((attempt["call"], attempt["error"])))
        client.send(account.set_pdf(*PDF))
        client.send(account.stable_token(force_refresh=True))
        seen.clear()
        client.send(account.set_pdf(*PDF))
    assert seen == [("set_pdf", "remote.errcode"), ("stable_token", None), ("set_pdf", None)]


def test_a_wrong_secret_is_told_and_nothing_is_done(sandbox: Sandbox) -> None:
    """Again and again, without waiting for a lease that is left behind."""
    appid = sandbox.announced["account"]["appid"]
    account = fapiao.Account(appid=appid, secret="0" * 32, **sandbox.elsewhere())
    with httpx.Client() as session:
        client = fapiao.Client(session)
        waits = without_waiting(client)
        for _ in range(2):
            with pytest.raises(fapiao.RemoteError) as refused:
                client.send(account.set_pdf(*PDF))
            assert refused.value.decision is not None
            assert refused.value.decision.effect == "no"
            assert refused.value.details["token_call"] == "stable_token"
            assert "0" * 32 not in f"{refused.value!r} {refused.value}"
    assert waits == []


class Broken:
    """A store that is down, or answers garbage."""

    def __init__(self, answer: Any) -> None:
        self.answer = answer

    def get(self, key: str, /) -> tuple[str, str] | None:
        """What is not there."""
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer, "1"

    def put(self, key: str, text: str, version: str | None, /, ttl: float | None = None) -> str | None:
        """Keeps nothing."""
        raise ConnectionError("the store is down")


@pytest.mark.parametrize("answer", [ConnectionError("the store is down"), "", "{", '{"token":9}', "null"], ids=str)
def test_a_store_that_is_down_costs_a_request_not_the_call(
    sandbox: Sandbox, answer: Any, caplog: pytest.LogCaptureFixture
) -> None:
    """It is told; no token is lost."""
    with httpx.Client() as session:
        client = fapiao.Client(session, store=Broken(answer))
        media = client.send(sandbox.account().set_pdf(*PDF))
    assert media["s_media_id"]
    assert "store" in caplog.text
    assert "access_token" not in caplog.text or "the access token was fetched" in caplog.text


def test_without_a_client_the_error_says_what_to_do(sandbox: Sandbox) -> None:
    """A signed call is one request."""
    with pytest.raises(fapiao.InputError) as missing:
        sandbox.account().get_pdf(s_media_id="1").sign()
    assert (missing.value.code, missing.value.field) == ("input.access_token", "access_token")
