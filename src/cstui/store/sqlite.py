"""Tortoise's SQLite client, but with the write lock taken first (BEGIN IMMEDIATE).

Tortoise begins deferred; of several processes that read and then write, most fail at once with "database is
locked", whatever the busy timeout. Here the lock is waited for at the beginning, and a failed begin lets go
of everything.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import aiosqlite
from tortoise.backends.sqlite.client import SqliteClient, SqliteTransactionContext, SqliteTransactionWrapper
from tortoise.connection import get_connections
from tortoise.exceptions import OperationalError

LETTING_GO: set[asyncio.Future[None]] = set()
"""Locks that nobody waits for any more."""


class Context(SqliteTransactionContext):
    __slots__ = ()

    async def __aenter__(self) -> Any:
        await self._trxlock.acquire()
        try:
            await self.ensure_connection()
            await self.connection.begin()
            self.token = get_connections().set(self.connection_name, self.connection)
        except BaseException:
            self._trxlock.release()
            raise
        return self.connection


class Transaction(SqliteTransactionWrapper):
    async def begin(self) -> None:
        try:
            if self._connection.in_transaction:
                await self._connection.rollback()
            await self._connection.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            raise OperationalError(error) from error
        except asyncio.CancelledError:
            # the connection's thread goes on waiting: the lock that it gets goes before anything else is asked of it
            letting_go = asyncio.ensure_future(self._connection.rollback())
            LETTING_GO.add(letting_go)
            letting_go.add_done_callback(LETTING_GO.discard)
            raise

    async def execute_script(self, query: str) -> None:
        """Statement by statement: sqlite3's own executescript would commit the transaction."""
        statement = ""
        for part in query.split(";"):
            statement += part + ";"
            if sqlite3.complete_statement(statement):
                if statement.strip(" ;\n"):
                    await self.execute_query(statement)
                statement = ""


class Client(SqliteClient):
    """`read_only=1` opens the file without the wish to write it."""

    def __init__(self, file_path: str, read_only: str = "", **kwargs: Any) -> None:
        super().__init__(file_path, **kwargs)
        self.read_only = read_only
        self.pragmas.setdefault("cache_size", -16000)  # kB; with the usual 2 MB a million rows take half as long again
        self.pragmas.setdefault("secure_delete", "ON")  # what nobody may link to anybody is gone when it is deleted
        if read_only:
            self.pragmas.pop("journal_mode", None)
            self.pragmas.pop("journal_size_limit", None)
            self.pragmas["query_only"] = "ON"

    async def create_connection(self, with_db: bool) -> None:
        if self._connection:
            return
        name = self.filename
        if self.read_only:
            name = f"{Path(name).absolute().as_uri()}?{self.read_only}"
        self._connection = await aiosqlite.connect(
            name, uri=bool(self.read_only), isolation_level=None, check_same_thread=False
        )
        self._connection._conn.row_factory = sqlite3.Row
        for pragma, value in self.pragmas.items():
            await (await self._connection.execute(f"PRAGMA {pragma}={value}")).close()
        await self._post_connect()

    def at_once(self) -> None:
        """From now on each statement runs in the thread of the loop: half the cost, but the loop stands meanwhile."""
        connection: Any = self._connection

        async def execute(fn: Callable[..., Any], *args: Any, **named: Any) -> Any:
            if not connection._running or not connection._connection:
                raise ValueError("Connection closed")
            return fn(*args, **named)

        connection._execute = execute

    def _in_transaction(self) -> Context:
        return Context(Transaction(self), self._lock)


client_class = Client
