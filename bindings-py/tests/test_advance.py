"""Lives driven against the sandbox: by the proposed calls alone, by two workers, over crashes."""

from __future__ import annotations

from typing import Any

import fapiao
import httpx
import pytest
from fapiao.life import Advanced, InvoiceLife, advance, advance_async, keep
from fapiao.stores.memory import AsyncMemoryStore, MemoryStore
from support import Sandbox, without_waiting

APPLICATION = "4200000444201910177461284488"
LINE = {"tax_code": "3010101020203000000", "quantity": 1, "total_amount": 100, "tax_rate": 600, "discount": False}
BUYER = {"type": "INDIVIDUAL", "name": "张三", "phone": "13800000000", "email": "a@example.com"}


class Shop:
    """A merchant, its lives and its files, by the sandbox's clock."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.sandbox = sandbox
        self.merchant = sandbox.merchant(clock=self.clock)
        self.files: list[tuple[str, str]] = []
        self.fail = False

    def clock(self) -> float:
        return float(self.sandbox.control("/clock")["now"])

    def life(self, *more: dict[str, Any]) -> InvoiceLife:
        """The life of an order of one yuan, of which title and amount are known."""
        mchid = self.sandbox.announced["pay"]["direct"]["mchid"]
        life = InvoiceLife(way="direct", mchid=mchid, fapiao_apply_id=APPLICATION, clock=self.clock)
        life.take({"input": "order", "amount": 100}, {"input": "buyer"}, *more)
        return life

    @property
    def how(self) -> dict[str, Any]:
        return {"calls": {"issue": self.issue, "reverse": self.reverse}, "save": self.save}

    def issue(self, request: dict[str, Any]) -> fapiao.Call[Any]:
        invoices = [{**invoice, "items": [LINE]} for invoice in request["fapiao_information"]]
        whole: Any = {**request, "fapiao_information": invoices, "scene": "WITH_WECHATPAY", "buyer_information": BUYER}
        return self.merchant.issue(**whole)  # type: ignore[no-any-return]

    def reverse(self, request: dict[str, Any]) -> fapiao.Call[Any]:
        return self.merchant.reverse(**request, reverse_reason="退货")  # type: ignore[no-any-return]

    def save(self, entry: dict[str, Any]) -> None:
        if self.fail:
            raise OSError("the disk is full")
        self.files.append((entry["fapiao_id"], entry["status"]))

    def until(self, done: Advanced) -> bool:
        """Lets the time pass that a step wants; says whether the life goes on."""
        if done.taken:
            return True
        if done.step["do"] != "wait":
            return False
        self.sandbox.control("/clock", {"advance": max(1, done.step["until"] - int(self.clock()))})
        return True


def test_a_life_reaches_its_end_by_the_proposed_steps_alone(sandbox: Sandbox) -> None:
    """Issued once, in the wallet, its file saved once; reversed when the money goes back."""
    shop, store = Shop(sandbox), MemoryStore()
    with httpx.Client() as session:
        client = fapiao.Client(session, store=store)
        life, made = shop.life(), []
        for _ in range(40):
            done = advance(life, client, shop.merchant, **shop.how)
            made += [done.step["call"]] if done.taken else []
            if not shop.until(done):
                break
        assert (life.state()["whole"], done.step["do"]) == ("ISSUED", "end"), done
        assert shop.files == [(f"{APPLICATION}-1", "ISSUED")]
        assert made[0] == "issue"
        assert made.count("fapiao_files") == 1
        again = shop.life({"input": "refund", "refund_id": "r-1", "amount": 100, "state": "asked"})
        keep(again, store)
        for _ in range(40):
            done = advance(again, client, shop.merchant, **shop.how)
            if not shop.until(done):
                break
        assert (again.state()["whole"], again.may_refund(100)["answer"]) == ("REVERSED", "yes"), done
    assert shop.files == [(f"{APPLICATION}-1", "ISSUED")]


def test_of_two_workers_at_one_life_one_sends(sandbox: Sandbox) -> None:
    """The loser has read the life before the other one kept it."""
    shop, store = Shop(sandbox), MemoryStore()
    with httpx.Client() as session:
        client, other = fapiao.Client(session, store=store), fapiao.Client(session, store=store)
        second: list[Advanced] = []

        def slow(request: dict[str, Any]) -> fapiao.Call[Any]:
            second.append(advance(shop.life(), other, shop.merchant, **shop.how))
            return shop.issue(request)

        first = advance(shop.life(), client, shop.merchant, calls={"issue": slow})
    assert [first.taken, second[0].taken] == [False, True]
    assert first.step["do"] == "wait"
    assert len(store._entries) >= 1
    assert issues_sent(sandbox) == 1


def test_a_lost_answer_is_told_and_asked_about_later(sandbox: Sandbox) -> None:
    """As long as nothing answers, it is not known; then the life ends as it should, with one invoice."""
    shop, store = Shop(sandbox), MemoryStore()
    sandbox.control("/faults", {"fault": "cut_after", "count": None})
    with httpx.Client() as session:
        client, life = fapiao.Client(session, store=store), shop.life()
        without_waiting(client)
        done = advance(life, client, shop.merchant, **shop.how)
        assert (done.taken, done.answer, type(done.error)) == (True, None, fapiao.TransportError)
        assert life.may_refund(100)["answer"] == "not_now"
        sandbox.control("/faults", method="DELETE")
        again = shop.life()
        while shop.until(done := advance(again, client, shop.merchant, **shop.how)):
            assert done.step.get("call") != "issue"
    assert (again.state()["whole"], issues_sent(sandbox)) == ("ISSUED", 1)


def test_who_is_killed_while_a_call_is_out_leaves_it_asked_about(sandbox: Sandbox) -> None:
    """What stands in the store by then says that it was sent."""
    shop, store = Shop(sandbox), MemoryStore()

    class Killed(BaseException):
        """As if the process ended."""

    def killed(request: httpx.Request) -> None:
        raise Killed

    with httpx.Client(event_hooks={"request": [killed]}) as session, pytest.raises(Killed):
        advance(shop.life(), fapiao.Client(session, store=store), shop.merchant, **shop.how)
    with httpx.Client() as session:
        client, life = fapiao.Client(session, store=store), shop.life()
        made = []
        for _ in range(60):
            done = advance(life, client, shop.merchant, **shop.how)
            made += [done.step["call"]] if done.taken else []
            if not shop.until(done):
                break
    assert made[0] == "query"
    assert life.state()["whole"] == "ISSUED"
    assert shop.files == [(f"{APPLICATION}-1", "ISSUED")]


def test_a_file_that_could_not_be_saved_is_fetched_again(sandbox: Sandbox) -> None:
    """What the program raises ends the step; the answer stays known."""
    shop, store = Shop(sandbox), MemoryStore()
    with httpx.Client() as session:
        client, life = fapiao.Client(session, store=store), shop.life()
        shop.fail = True
        with pytest.raises(OSError, match="disk"):
            while shop.until(advance(life, client, shop.merchant, **shop.how)):
                pass
        shop.fail = False
        while shop.until(advance(life, client, shop.merchant, **shop.how)):
            pass
    assert shop.files == [(f"{APPLICATION}-1", "ISSUED")]


def test_what_cannot_be_made_is_refused_before_anything_is_kept_or_sent(sandbox: Sandbox) -> None:
    """A client without a store, a call without its buyer, another call than the step's."""
    shop = Shop(sandbox)
    with httpx.Client() as session:
        with pytest.raises(fapiao.InputError, match="store") as without:
            advance(shop.life(), fapiao.Client(session), shop.merchant, **shop.how)
        assert without.value.field == "store"
        client = fapiao.Client(session, store=MemoryStore())
        with pytest.raises(TypeError, match="caller must be the merchant"):
            advance(shop.life(), client, "1900000001", **shop.how)  # type: ignore[arg-type]
        with pytest.raises(TypeError, match="client must be a fapiao.Client here, not httpx.Client"):
            advance(shop.life(), session, shop.merchant, **shop.how)  # type: ignore[arg-type]
        with pytest.raises(fapiao.InputError) as bare:
            advance(shop.life(), client, shop.merchant)
        assert bare.value.code == "input.missing"
        wrong = {"issue": lambda request: shop.merchant.query(fapiao_apply_id=APPLICATION)}
        with pytest.raises(TypeError, match=r"calls\['issue'\]"):
            advance(shop.life(), client, shop.merchant, calls=wrong)
    assert issues_sent(sandbox) == 0


def test_a_store_that_keeps_nothing_stops_the_life(sandbox: Sandbox) -> None:
    """Nothing leaves that is not kept."""

    class Never:
        def get(self, key: str) -> None:
            return None

        def put(self, key: str, text: str, version: str | None, ttl: float | None = None) -> None:
            return None

    shop = Shop(sandbox)
    with httpx.Client() as session, pytest.raises(fapiao.TransportError) as refused:
        advance(shop.life(), fapiao.Client(session, store=Never()), shop.merchant, **shop.how)
    assert refused.value.code == "send.store"
    assert issues_sent(sandbox) == 0


async def walked(shop: Shop) -> InvoiceLife:
    life, store = shop.life(), AsyncMemoryStore()
    async with httpx.AsyncClient() as session:
        client = fapiao.AsyncClient(session, store=store)

        async def save(entry: dict[str, Any]) -> None:
            shop.save(entry)

        for _ in range(40):
            done = await advance_async(life, client, shop.merchant, calls={"issue": shop.issue}, save=save)
            if not shop.until(done):
                return life
    raise AssertionError("no end")


def test_asynchronous_clients_walk_the_same_way(sandbox: Sandbox) -> None:
    """With an asynchronous store."""
    import asyncio

    shop = Shop(sandbox)
    assert asyncio.run(walked(shop)).state()["whole"] == "ISSUED"
    assert shop.files == [(f"{APPLICATION}-1", "ISSUED")]


def issues_sent(sandbox: Sandbox) -> int:
    """How many requests to issue reached the gateway."""
    return sum(1 for arrival in sandbox.control("/ledger")["arrivals"] if arrival["method"] == "POST")
