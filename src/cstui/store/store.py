"""Opening the store and its locked transaction."""

from __future__ import annotations

import asyncio
import contextvars
import errno
import os
from collections.abc import AsyncIterator, Coroutine, Iterable, Mapping
from contextlib import asynccontextmanager, nullcontext, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from tortoise import connections
from tortoise.backends.base.executor import EXECUTOR_CACHE
from tortoise.context import TortoiseContext
from tortoise.exceptions import OperationalError
from tortoise.transactions import in_transaction

import cstui.store.prepared
import cstui.store.writing  # noqa: F401
from cstui.contract.errors import Fault, StoreFault
from cstui.store.faults import fault_of, of_database, unreadable
from cstui.store.queue import turn

if TYPE_CHECKING:
    from cstui.contract.declare import Area

T = TypeVar("T")
LOCK_KEY = 0x63737475  # "cstu": the advisory lock of every writer on PostgreSQL
HOUSE = {"models": ["cstui.store.models"], "migrations": "cstui.store.migrations", "default_connection": "default"}


@dataclass(frozen=True)
class Database:
    """Where the store is. `path` for SQLite, `url` for PostgreSQL; `busy` in seconds."""

    url: str
    path: Path | None = None
    synchronous: str = "FULL"
    busy: float = 10.0

    @property
    def dialect(self) -> str:
        return "sqlite" if self.path else "postgres"

    @property
    def at_lock(self) -> int:
        """Milliseconds that SQLite's own lock is waited for; the other half of `busy` is for the queue before it."""
        return int(self.busy * 500)

    @property
    def place(self) -> str:
        """Where the store is, for people: a path, or a URL without its password."""
        if self.path:
            return str(self.path)
        from urllib.parse import urlsplit

        parts = urlsplit(self.url)
        return f"{parts.hostname}:{parts.port or 5432}{parts.path}"


def tortoise_config(database: Database, areas: Iterable[Area], **credentials: Any) -> dict[str, Any]:
    """Tortoise's configuration: one app per area, one connection."""
    apps: dict[str, Any] = {"house": dict(HOUSE)}
    for area in areas:
        if area.models:
            apps[area.id] = {"models": [area.models], "default_connection": "default"}
            if area.migrations:
                apps[area.id]["migrations"] = area.migrations
    connection: Any = database.url
    if database.path:
        connection = {
            "engine": "cstui.store.sqlite",
            "credentials": {
                "file_path": str(database.path),
                "busy_timeout": int(database.busy * 1000),
                "synchronous": database.synchronous,
                **credentials,
            },
        }
    return {"connections": {"default": connection}, "apps": apps, "use_tz": True, "timezone": "UTC"}


class Store:
    """An open store. `read_only` is the reason why it can't be written, or empty."""

    def __init__(self, database: Database, areas: Mapping[str, Area], context: TortoiseContext) -> None:
        self.database = database
        self.areas = areas
        self.context = context
        self.read_only = ""
        self.epoch = 0
        self.store_id = ""
        self._variables = contextvars.copy_context()
        self._version: int | None = None
        self._seen: tuple[Any, ...] | None = None

    @property
    def dialect(self) -> str:
        return self.database.dialect

    @classmethod
    @asynccontextmanager
    async def open(cls, database: Database, areas: Mapping[str, Area]) -> AsyncIterator[Store]:
        """Open an existing store; one that can't be written is opened read-only.

        Raises StoreFault: missing, corrupt, no store of ours, made by a newer program.
        """
        credentials = check_file(database.path) if database.path else {}
        EXECUTOR_CACHE.clear()  # Tortoise keeps its INSERTs by table, whatever database they were written for
        async with TortoiseContext() as context:
            try:
                configured = tortoise_config(database, areas.values(), busy_timeout=database.at_lock, **credentials)
                await context.init(configured)
                store = cls(database, areas, context)
                await store._read_stamp()
            except Exception as error:
                if of_database(error):
                    raise unreadable(database, error) from error
                raise
            if credentials:
                store.read_only = "store.not_writable"
            store._variables = contextvars.copy_context()
            yield store

    async def _read_stamp(self) -> None:
        rows = await self.query("SELECT store_id, epoch FROM house_stamp WHERE id = 1")
        if not rows:
            raise StoreFault("store.not_ours", value=self.place)
        self.store_id, self.epoch = rows[0]["store_id"], rows[0]["epoch"]

    @property
    def place(self) -> str:
        """Where the store is, for people."""
        return self.database.place

    async def query(self, sql: str, values: list[Any] | None = None) -> list[dict[str, Any]]:
        """Rows of a plain SQL query."""
        rows: list[dict[str, Any]] = await connections.get("default").execute_query_dict(sql, values)
        return rows

    async def columns(self) -> dict[str, dict[str, str]]:
        """The tables that are there, each with its columns and what the database holds in them ("VARCHAR(32)")."""
        rows = await self.query(
            'SELECT m.name AS "table", c.name AS "column", c.type AS "kind" FROM sqlite_master m '
            "JOIN pragma_table_info(m.name) c WHERE m.type = 'table'"
            if self.dialect == "sqlite"
            else 'SELECT table_name AS "table", column_name AS "column", udt_name AS "kind" '
            "FROM information_schema.columns WHERE table_schema = 'public'"
        )
        found: dict[str, dict[str, str]] = {}
        for row in rows:
            found.setdefault(row["table"], {})[row["column"]] = row["kind"]
        return found

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Any]:
        """A transaction that holds the store's write lock from its first statement.

        Nothing of a screen happens inside: a task started here would inherit it. Raises Stale when the lock
        can't be had in time, StoreFault when the store is read-only or was upgraded meanwhile.
        """
        if self.read_only:
            raise StoreFault(self.read_only, value=self.place)
        path = self.database.path  # PostgreSQL's locks are fair by themselves
        async with turn(path.parent, self.database.busy / 2) if path else nullcontext(), self._locked() as client:
            yield client

    @asynccontextmanager
    async def _locked(self) -> AsyncIterator[Any]:
        try:
            manager = in_transaction("default")
            client = await manager.__aenter__()
        except Exception as error:
            raise (self.fault(error) if of_database(error) else error) from error
        try:
            if self.dialect == "postgres":
                await client.execute_query(f"SET LOCAL lock_timeout = {int(self.database.busy * 1000)}")
                await client.execute_query(f"SELECT pg_advisory_xact_lock({LOCK_KEY})")
            await self._see_upgrade()
            if self.read_only:
                raise StoreFault(self.read_only, value=self.place)
            yield client
        except BaseException as error:
            await manager.__aexit__(type(error), error, error.__traceback__)
            if of_database(error):
                raise self.fault(error) from error
            raise
        else:
            try:
                await manager.__aexit__(None, None, None)
            except Exception as error:
                raise (self.fault(error) if of_database(error) else error) from error

    @asynccontextmanager
    async def snapshot(self) -> AsyncIterator[None]:
        """Within it everything that is read is as it was at the first look, whatever others write meanwhile.

        It keeps nobody waiting. Nothing may be written within it.
        """
        if self.dialect == "postgres":
            async with in_transaction("default") as transaction:
                await transaction.execute_query("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
                yield
            return
        client = connections.get("default")
        await client.execute_query("BEGIN")
        try:
            yield
        finally:
            await client.execute_query("ROLLBACK")

    async def empty_log(self) -> None:
        """Empty SQLite's log beside the file: its frames tell in which order pages were written.

        Whoever reads at this moment is waited for a second; what stays then goes with the next time. On PostgreSQL the
        server keeps its own log, which is its administrator's.
        """
        if self.dialect == "sqlite":
            await self.query("PRAGMA busy_timeout = 1000")
            with suppress(OperationalError):  # this very connection reads just now; the act is done all the same
                await self.query("PRAGMA wal_checkpoint(TRUNCATE)")
            await self.query(f"PRAGMA busy_timeout = {self.database.at_lock}")

    def fault(self, error: BaseException) -> Fault:
        """The fault that a database error means to a person."""
        return fault_of(self.database, error)

    async def patience(self, seconds: float) -> None:
        """From now on others' lock is waited for only so long; the store is about to be closed."""
        self.database = replace(self.database, busy=seconds)
        if self.dialect == "sqlite":
            await self.query(f"PRAGMA busy_timeout = {self.database.at_lock}")

    async def keep_little(self) -> None:
        """From now on SQLite keeps 2 MB of pages: long acts, which gain by more, have connections of their own."""
        if self.dialect == "sqlite":
            await self.query("PRAGMA cache_size = -2000")

    def at_once(self) -> None:
        """From now on nothing else goes on while SQLite works: for somebody who makes much of it, with no screen."""
        if self.dialect == "sqlite":
            connections.get("default").at_once()

    async def changed(self) -> bool:
        """Whether another session did something since the last call (cheap: 0.1 ms); an upgrade makes it read-only.

        What isn't the department's business, as drafts or who is connected, is no reason to look again.
        """
        if self.dialect == "sqlite":
            version = (await self.query("PRAGMA data_version"))[0]["data_version"]
            if version == self._version:
                return False
            self._version = version
        asked = "SELECT max(seq) AS seq, (SELECT epoch FROM house_stamp WHERE id = 1) AS epoch FROM house_entry"
        now = tuple((await self.query(asked))[0].values())
        seen, self._seen = self._seen, now
        if moved := seen is not None and seen != now:
            await self._see_upgrade()
        return moved

    async def _see_upgrade(self) -> None:
        epoch = await self.query("SELECT epoch FROM house_stamp WHERE id = 1")
        if not epoch or epoch[0]["epoch"] != self.epoch:
            self.read_only = "store.upgraded"

    async def call(self, coroutine: Coroutine[Any, Any, T]) -> T:
        """Run a coroutine as a task of its own that sees the store and inherits no transaction."""
        return await asyncio.get_running_loop().create_task(_staying(coroutine), context=self._variables.copy())


async def _staying(coroutine: Coroutine[Any, Any, T]) -> T:
    """A plugin that wants to end the program fails instead: from within a task it would stop the loop."""
    try:
        return await coroutine
    except SystemExit as error:
        raise RuntimeError(f"tried to end the program ({error.code})").with_traceback(error.__traceback__) from None


def check_file(path: Path) -> dict[str, str]:
    """Refuse what can't be a store; answers the credentials for a file that can only be read.

    It must not be opened here: closing it would drop the locks of all connections that this process has to it, and the
    next program to end would take the log of what others wrote for its own, and delete it.
    """
    if not path.exists():
        raise StoreFault("store.missing", value=str(path))
    if not (path.is_file() and os.access(path, os.R_OK)):
        reason = os.strerror(errno.EISDIR if path.is_dir() else errno.EACCES)
        raise StoreFault("store.unreadable", value=str(path), reason=reason)
    if not path.stat().st_size:
        raise StoreFault("store.corrupt", value=str(path))
    if os.access(path, os.W_OK) and os.access(path.parent, os.W_OK):
        return {}
    beside = path.with_name(path.name + "-wal")
    return {"read_only": "mode=ro" if beside.exists() else "mode=ro&immutable=1"}
