"""Once only: what arrives twice has its effect once.

With SQL, the event's key and the handler's own work are committed together, so the effect happens exactly once, also
where the process is killed between the work and the answer:

    inbox = fapiao.inbox.SqlInbox(lambda: psycopg.connect(DSN))

    def work(event, connection):
        connection.execute("UPDATE orders SET invoiced = true WHERE id = %s", (event["resource"]["fapiao_apply_id"],))

    answer = inbox.handle(receiver.receive(headers, body), work)

The table is the program's own: `CREATE TABLE fapiao_inbox (key varchar(200) PRIMARY KEY, received_at timestamp DEFAULT
CURRENT_TIMESTAMP)`. `StoreInbox` needs no table, and does the work at least once: a process that is killed after the
work and before it is noted does it again.
"""

from __future__ import annotations

import json
import math
import re
import sys
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from ._received import Answer, Arrived
    from .stores import Store

__all__ = ["SqlInbox", "StoreInbox"]

E = TypeVar("E")


class SqlInbox:
    """Notes each event in the transaction of the work it causes: exactly once.

    Works with the DB-API (sqlite3, psycopg, psycopg2, PyMySQL, mysqlclient …) and with connections and sessions of
    SQLAlchemy. Where two deliveries meet, the second waits for the first one's commit, and finds nothing to do.
    """

    __slots__ = ("_connect", "_table")

    def __init__(self, connect: Callable[[], Any], *, table: str = "fapiao_inbox") -> None:
        """Takes what opens a connection with a transaction.

        Args:
            connect: Opens a connection or session, which is closed again; autocommit must be off.
            table: The table with the column `key`, its primary key.
        """
        if not callable(connect):
            raise TypeError(f"connect must be callable, not {type(connect).__name__}")
        if not re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]*(\.[A-Za-z_][A-Za-z0-9_]*)?", table):
            raise ValueError("table must be a plain name, or schema.name")
        self._connect, self._table = connect, table

    def handle(self, arrived: Arrived[E], work: Callable[[E, Any], object]) -> Answer:
        """Does the work of a new event, and says what to answer: a success only once it is committed.

        Args:
            arrived: What a receiver made of a callback or push.
            work: Takes the event and the open connection. What it raises takes everything back, and the event comes
                again.
        """
        return arrived.handle(lambda event: self._once(event, arrived.key or "", work))

    def _once(self, event: E, key: str, work: Callable[[E, Any], object]) -> None:
        connection = self._connect()
        if getattr(connection, "autocommit", False) is True or getattr(connection, "isolation_level", "") is None:
            connection.close()
            raise ValueError("connect must open a connection without autocommit: key and work belong together")
        try:
            if self.take(connection, key):
                work(event, connection)
            connection.commit()
        except BaseException:
            connection.rollback()
            raise
        finally:
            connection.close()

    def take(self, connection: Any, key: str) -> bool:
        """Notes a key in the open transaction, for programs that commit themselves; tells whether it is new."""
        statement, parameters = _insert(connection, self._table, key)
        if hasattr(connection, "execute"):
            return bool(connection.execute(statement, parameters).rowcount > 0)
        # The DB-API itself knows `execute` of cursors alone, and nothing of what it returns.
        cursor = connection.cursor()
        cursor.execute(statement, parameters)
        return bool(cursor.rowcount > 0)


class StoreInbox:
    """Notes events in a store (memory, Redis …): at least once.

    While the work of an event goes on, another delivery of it is answered with 500 and comes again. A process that is
    killed after the work and before it is noted does it again.
    """

    __slots__ = ("_clock", "_pending", "_store")

    def __init__(self, store: Store, *, pending: float = 60.0, clock: Callable[[], float] | None = None) -> None:
        """Takes a store.

        Args:
            store: A blocking store; see `fapiao.stores`.
            pending: For how many seconds at most an event is left to whoever is at work on it.
            clock: Unix seconds; `time.time` by default.
        """
        self._store, self._pending, self._clock = store, pending, clock or time.time

    def handle(self, arrived: Arrived[E], work: Callable[[E], object]) -> Answer:
        """Does the work of a new event, and says what to answer."""
        return arrived.handle(lambda event: self._once(event, arrived.key or "", work))

    def _once(self, event: E, key: str, work: Callable[[E], object]) -> None:
        place = f"fapiao:inbox:{key}"
        kept = self._store.get(place)
        until = _until(kept[0]) if kept else 0.0
        if until == math.inf:
            return
        version = None
        if until <= self._clock():
            pending = _text("pending", self._clock() + self._pending)
            version = self._store.put(place, pending, kept[1] if kept else None, ttl=_KEPT)
        if version is None:
            raise RuntimeError("another delivery of this event is being handled")
        try:
            work(event)
        except BaseException:
            self._store.put(place, _text("failed"), version, ttl=_KEPT)
            raise
        self._store.put(place, _text("done"), version, ttl=_KEPT)

    def __repr__(self) -> str:
        return f"StoreInbox({type(self._store).__name__})"


# A day longer than an event can come again.
_KEPT = 2 * 86400.0


def _text(state: str, until: float | None = None) -> str:
    return json.dumps({"inbox": 1, "state": state, "until": until})


def _until(text: str) -> float:
    """Until when nobody else may take the event: for ever once it is done, and no longer where the text cannot be read."""
    try:
        kept = json.loads(text)
        return math.inf if kept["state"] == "done" else float(kept["until"] or 0)
    except (ValueError, TypeError, KeyError):
        return 0.0


def _insert(connection: Any, table: str, key: str) -> tuple[Any, Any]:
    """The statement that adds a key or does nothing, in the dialect and with the parameters of this connection."""
    module = _module(connection)
    if module == "sqlalchemy":
        from sqlalchemy import text  # the connection is its own

        bind = connection.get_bind() if hasattr(connection, "get_bind") else connection
        return text(_statement(bind.dialect.name, table, ":key")), {"key": key}
    style = getattr(sys.modules.get(module), "paramstyle", "format")
    place = {"qmark": "?", "numeric": ":1", "named": ":key"}.get(style, "%s")
    mysql = module.lower() in ("pymysql", "mysqldb", "mysql", "mariadb")
    return _statement("mysql" if mysql else module, table, place), {"key": key} if style == "named" else (key,)


def _module(connection: Any) -> str:
    """The module of the DB-API a connection comes from, subclasses included; `sqlalchemy` for its connections and sessions."""
    roots = [base.__module__.partition(".")[0] for base in type(connection).__mro__]
    if "sqlalchemy" in roots:
        return "sqlalchemy"
    return next((root for root in roots if hasattr(sys.modules.get(root), "paramstyle")), roots[0])


def _statement(dialect: str, table: str, place: str) -> str:
    column = "`key`" if dialect in ("mysql", "mariadb") else "key"
    if dialect in ("mysql", "mariadb"):
        return f"INSERT IGNORE INTO {table} ({column}) VALUES ({place})"
    return f"INSERT INTO {table} ({column}) VALUES ({place}) ON CONFLICT DO NOTHING"
