"""Events that arrive twice have their effect once: with SQL exactly, with a store at least once."""

from __future__ import annotations

import json
import signal
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy
from fapiao.inbox import SqlInbox, StoreInbox
from fapiao.pushes import PushedEvent, PushReceiver
from fapiao.stores.memory import MemoryStore
from sqlalchemy.orm import sessionmaker
from support import ROOT

CASES: list[dict[str, Any]] = json.loads((ROOT / "tests/vectors/pushes.json").read_bytes())["cases"]
TABLES = "CREATE TABLE fapiao_inbox (key varchar(200) PRIMARY KEY); CREATE TABLE orders (id text)"


def pushed(name: str = "authorized-xml") -> PushedEvent:
    """A genuine push."""
    given = next(case["input"] for case in CASES if case["id"] == name)
    return PushReceiver(**given["receiver"]).receive(given["query"], given["body"].encode())


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """A database with both tables."""
    file = tmp_path / "shop.db"
    with sqlite3.connect(file) as connection:
        connection.executescript(TABLES)
    return file


def orders(database: Path) -> list[Any]:
    """What the work did."""
    with sqlite3.connect(database) as connection:
        return [row[0] for row in connection.execute("SELECT id FROM orders")]


def work(event: Any, connection: Any) -> None:
    """The program's own work."""
    connection.execute("INSERT INTO orders VALUES (?)", (event["SuccOrderId"],))


def test_an_event_that_comes_twice_has_its_effect_once(database: Path) -> None:
    """Both deliveries are answered with success."""
    inbox = SqlInbox(lambda: sqlite3.connect(database))
    assert [inbox.handle(pushed(), work).status for _ in range(3)] == [200, 200, 200]
    assert orders(database) == ["1202933957956"]


def test_a_failing_handler_leaves_nothing_and_the_event_comes_again(database: Path) -> None:
    """Neither the key nor half of the work."""
    inbox = SqlInbox(lambda: sqlite3.connect(database))

    def failing(event: Any, connection: Any) -> None:
        work(event, connection)
        raise RuntimeError("the mail server is away")

    assert inbox.handle(pushed(), failing).status == 500
    assert orders(database) == []
    assert inbox.handle(pushed(), work).status == 200
    assert orders(database) == ["1202933957956"]


def test_a_forgery_never_reaches_the_database(database: Path) -> None:
    """Nothing is opened for it."""
    inbox = SqlInbox(lambda: pytest.fail("a connection was opened"))
    assert inbox.handle(pushed("encrypt-changed"), work).status == 401


def test_eight_deliveries_at_once_have_one_effect(database: Path) -> None:
    """The loser waits for the winner's commit."""
    inbox = SqlInbox(lambda: sqlite3.connect(database, timeout=30))
    answers: list[int] = []
    threads = [threading.Thread(target=lambda: answers.append(inbox.handle(pushed(), work).status)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [200] * 8
    assert orders(database) == ["1202933957956"]


KILLED = """
import os, signal, sqlite3, sys
sys.path[:0] = sys.argv[3:]
from test_inbox import SqlInbox, pushed, work
where = sys.argv[2]

class Dying(sqlite3.Connection):
    def commit(self):
        if where == "before the commit":
            os.kill(os.getpid(), signal.SIGKILL)
        super().commit()
        os.kill(os.getpid(), signal.SIGKILL)

SqlInbox(lambda: sqlite3.connect(sys.argv[1], factory=Dying)).handle(pushed(), work)
"""


@pytest.mark.parametrize("where", ["before the commit", "after the commit"])
def test_a_process_that_is_killed_between_work_and_answer_costs_nothing(database: Path, where: str) -> None:
    """The event comes again, and its effect is there once."""
    here = str(Path(__file__).parent)
    killed = subprocess.run([sys.executable, "-c", KILLED, str(database), where, here], check=False)
    assert killed.returncode == -signal.SIGKILL
    assert orders(database) == ([] if where == "before the commit" else ["1202933957956"])
    assert SqlInbox(lambda: sqlite3.connect(database)).handle(pushed(), work).status == 200
    assert orders(database) == ["1202933957956"]


def test_sqlalchemy_shares_its_session(database: Path) -> None:
    """The key goes into the session's own transaction."""
    sessions = sessionmaker(sqlalchemy.create_engine(f"sqlite:///{database}"))

    def by_session(event: Any, session: Any) -> None:
        session.execute(sqlalchemy.text("INSERT INTO orders VALUES (:id)"), {"id": event["SuccOrderId"]})

    inbox = SqlInbox(sessions)
    assert [inbox.handle(pushed(), by_session).status for _ in range(2)] == [200, 200]
    assert orders(database) == ["1202933957956"]


def test_a_connection_without_transactions_is_refused(database: Path) -> None:
    """With autocommit, a kill would leave the key without the work."""
    inbox = SqlInbox(lambda: sqlite3.connect(database, isolation_level=None))
    assert inbox.handle(pushed(), work).status == 500
    assert orders(database) == []
    with pytest.raises(ValueError, match="plain name"):
        SqlInbox(lambda: None, table="a; DROP TABLE orders")


def test_a_store_notes_what_is_done() -> None:
    """At least once: what failed or was left behind comes again."""
    done: list[Any] = []
    clock = [1000.0]
    store = MemoryStore()
    inbox = StoreInbox(store, clock=lambda: clock[0])

    def failing(event: Any) -> None:
        raise RuntimeError("away")

    assert inbox.handle(pushed(), failing).status == 500
    assert inbox.handle(pushed(), done.append).status == 200
    assert inbox.handle(pushed(), done.append).status == 200
    assert len(done) == 1


def test_what_a_dead_worker_left_is_taken_up_after_a_while() -> None:
    """And not before: meanwhile the delivery is answered with 500."""
    clock = [1000.0]
    done: list[Any] = []
    store = MemoryStore()
    # What a worker that was killed in the middle of its work leaves.
    left = json.dumps({"inbox": 1, "state": "pending", "until": 1060.0})
    assert store.put(f"fapiao:inbox:{pushed().key}", left, None) is not None
    inbox = StoreInbox(store, clock=lambda: clock[0])
    assert inbox.handle(pushed(), done.append).status == 500
    clock[0] += 61
    assert inbox.handle(pushed(), done.append).status == 200
    assert len(done) == 1
