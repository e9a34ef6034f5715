"""The store as it was at a past moment: as it is, with what was changed since then taken back.

That is done in temporary tables of a connection of its own, which stand before the store's tables of the same names:
it takes as long as the tables are long and as much was done since, however old the department is. Evidence and journal
are only added to: of them is looked at, where it is, what was there then.
"""

from __future__ import annotations

import asyncio
import contextvars
import json
from collections.abc import AsyncIterator, Coroutine, Iterable, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, TypeVar
from zoneinfo import ZoneInfo

from tortoise import connections
from tortoise.context import TortoiseContext
from tortoise.models import Model
from tortoise.transactions import in_transaction

from cstui.contract.days import day_named
from cstui.contract.inputs import Moment
from cstui.contract.records import AnonymousRecord, Evidence
from cstui.store.models import Entry, EntryBody, EntryRef
from cstui.store.store import check_file, tortoise_config
from cstui.store.triggers import columns, masked, secret_columns

if TYPE_CHECKING:
    from cstui.host import Host


T = TypeVar("T")
Images = Mapping[int, Mapping[str, Any] | None]
"""A table's rows by key, as they were; None for one that wasn't there."""
PART = 500
"""Entries of the journal, or rows, that are asked for at once."""
ONE_SESSION = "schema=pg_temp&minsize=1&maxsize=1&max_queries=2000000000&max_inactive_connection_lifetime=0"
"""One connection to PostgreSQL for all, which sees no tables but its temporary ones: if it breaks, nothing answers."""


@asynccontextmanager
async def past(host: Host, moment: datetime) -> AsyncIterator[None]:
    """Within it, queries answer as they would have at `moment`; nothing can be written to the store."""
    database, place = host.store.database, "main"
    if database.path:
        config = tortoise_config(database, host.areas.values(), **{"read_only": "mode=ro", **check_file(database.path)})
    else:
        place = (await host.store.query("SELECT quote_ident(current_schema()) AS name"))[0]["name"]
        url = f"{database.url}{'&' if '?' in database.url else '?'}{ONE_SESSION}"
        config = tortoise_config(replace(database, url=url), host.areas.values())
    async with TortoiseContext() as context:
        await context.init(config)
        async with _one_moment(database.dialect) as client:
            assert context.apps is not None
            await _go_back(client, place, moment, context.apps.apps)
        yield


@asynccontextmanager
async def _one_moment(dialect: str) -> AsyncIterator[Any]:
    """Within it everything is read as of one moment, and temporary tables are made."""
    client = connections.get("default")
    if dialect == "sqlite":
        await client.execute_script("PRAGMA temp_store = MEMORY; PRAGMA query_only = OFF")
    async with in_transaction("default") as transaction:
        if dialect == "postgres":
            await transaction.execute_query("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield transaction
    if dialect == "sqlite":
        await client.execute_script("PRAGMA query_only = ON")


async def _go_back(client: Any, place: str, moment: datetime, apps: Mapping[str, Mapping[str, type[Model]]]) -> None:
    """Put before each table of the store, which is at `place`, what it was at the moment."""
    until = moment.astimezone(UTC).isoformat(timespec="microseconds")
    then, ends = await _since(client, place, until)
    entries = f"SELECT seq FROM {place}.house_entry WHERE at <= '{until}'"
    for area, model in ((area, model) for area, group in apps.items() for model in group.values()):
        table = model._meta.db_table
        if issubclass(model, Entry | EntryBody | EntryRef):
            await _look_at(client, place, table, f"seq IN ({entries})")
        elif issubclass(model, Evidence):
            await _look_at(client, place, table, f"id < {ends.get(table) or await _next(client, place, table)}")
        else:
            empty = area == "house" or issubclass(model, AnonymousRecord)
            await _copy(client, place, model, {} if empty else then.get(table, {}), empty)


async def _since(client: Any, place: str, until: str) -> tuple[dict[str, Images], dict[str, int]]:
    """Rows that later entries changed, as they were, by table; and the id at which each table of evidence ended.

    It begins with the first later entry. Where a clock went back earlier ones follow it: theirs is the last word.
    """
    then: dict[str, dict[int, Any]] = {}
    ends: dict[str, int] = {}
    asked = (
        f"SELECT e.seq, e.at, b.body FROM {place}.house_entry e JOIN {place}.house_body b ON b.seq = e.seq "
        f"WHERE e.seq {{}} ORDER BY e.seq LIMIT {PART}"
    )
    after = f">= (SELECT min(seq) FROM {place}.house_entry WHERE at > '{until}')"
    while rows := await client.execute_query_dict(asked.format(after)):
        for row in rows:
            body, later = json.loads(row["body"] or "{}"), row["at"] > until
            for change in body.get("changes", ()):
                images, key = then.setdefault(change["table"], {}), int(change["key"])
                images[key] = images.get(key, change["before"]) if later else change["after"]
            for seal in body.get("added", ()):
                ends[seal["table"]] = ends.get(seal["table"], seal["first"]) if later else seal["last"] + 1
        after = f"> {rows[-1]['seq']}"
    return {**then}, ends


async def _next(client: Any, place: str, table: str) -> int:
    """The id after a table's last."""
    found = await client.execute_query_dict(f'SELECT max(id) AS last FROM {place}."{table}"')
    return int(found[0]["last"] or 0) + 1


async def _look_at(client: Any, place: str, table: str, which: str) -> None:
    await client.execute_script(f'CREATE TEMP VIEW "{table}" AS SELECT * FROM {place}."{table}" WHERE {which}')


async def _copy(client: Any, place: str, model: type[Model], then: Images, empty: bool) -> None:
    """A table as it is, or empty, with some of its rows as they were. What is secret isn't in the journal, nor here."""
    table, key, secret = model._meta.db_table, model._meta.db_pk_column, secret_columns(model)
    told = {name: masked(f'"{name}"') if name in secret else f'"{name}"' for name in columns(model)}
    listed = ",".join(f'{value} AS "{name}"' for name, value in told.items())
    where = " WHERE 1 = 0" if empty else ""
    await client.execute_script(f'CREATE TEMP TABLE "{table}" AS SELECT {listed} FROM {place}."{table}"{where}')
    schema = "temp." if client.capabilities.dialect == "sqlite" else ""
    await client.execute_script(f'CREATE INDEX {schema}"then_{table}" ON "{table}"("{key}")')
    keys = [str(one) for one in then]
    for at in range(0, len(keys), PART):
        await client.execute_query(f'DELETE FROM "{table}" WHERE "{key}" IN ({",".join(keys[at : at + PART])})')
    await _restore(client, table, {*columns(model)}, [image for image in then.values() if image])


async def _restore(client: Any, table: str, known: set[str], images: Iterable[Mapping[str, Any]]) -> None:
    """Rows as they were; a column that they didn't have yet is empty, one that there isn't any more is left out."""
    by_columns: dict[tuple[str, ...], list[list[Any]]] = {}
    postgres = client.capabilities.dialect == "postgres"
    for image in images:
        told = {name: value for name, value in image.items() if name in known}
        values: list[Any] = [json.dumps(told)] if postgres else [*told.values()]
        by_columns.setdefault(tuple(told), []).append(values)
    for names, rows in by_columns.items():
        listed, marks = ",".join(f'"{name}"' for name in names), ",".join("?" for _ in names)
        made = f'SELECT {listed} FROM jsonb_populate_record(NULL::"{table}", $1)' if postgres else f"VALUES({marks})"
        await client.execute_many(f'INSERT INTO "{table}"({listed}) {made}', rows)


def moment_named(typed: str, now: datetime, zone: ZoneInfo) -> datetime | None:
    """The moment (UTC) that is meant, or None. A day is meant to its end, today until now."""
    from pydantic import TypeAdapter, ValidationError

    today = now.astimezone(zone).date()
    if day := day_named(typed, today):
        typed = f"{day + timedelta(days=1)} 00:00"
    told = {"today": today, "zone": zone, "now": now}
    try:
        moment = TypeAdapter(Moment).validate_python(typed, context=told)
    except ValidationError:
        return None
    return min(moment, now) if day == today else moment


class Then:
    """The store as it was at a moment, kept open for many looks until it is closed."""

    def __init__(self, moment: datetime, context: contextvars.Context, holding: asyncio.Task[None]) -> None:
        self.moment, self._context, self._holding = moment, context, holding

    @classmethod
    async def open(cls, host: Host, moment: datetime) -> Then:
        """Raises StoreFault where the past can't be told."""
        opened: asyncio.Future[contextvars.Context] = asyncio.get_running_loop().create_future()

        async def hold() -> None:
            try:
                async with past(host, moment):
                    opened.set_result(contextvars.copy_context())
                    await asyncio.Event().wait()
            except Exception as error:
                if opened.done():
                    raise
                opened.set_exception(error)

        holding = asyncio.create_task(host.call(hold()))
        return cls(moment, await opened, holding)

    async def call(self, coroutine: Coroutine[Any, Any, T]) -> T:
        """Run what asks the store."""
        return await asyncio.get_running_loop().create_task(coroutine, context=self._context.copy())

    def close(self) -> None:
        self._holding.cancel()
