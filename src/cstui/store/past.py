"""The store as it was at a past moment: the journal's row images up to then, in a store of their own in memory.

Evidence never changes, so of it the rows sealed until then are looked at where they are.
"""

from __future__ import annotations

import asyncio
import contextvars
import json
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar
from zoneinfo import ZoneInfo

from tortoise import connections
from tortoise.context import TortoiseContext

from cstui.contract.days import day_named
from cstui.contract.errors import StoreFault
from cstui.contract.inputs import Moment
from cstui.journal.verify import replay
from cstui.store.store import check_file, tortoise_config

if TYPE_CHECKING:
    from cstui.host import Host


T = TypeVar("T")


@asynccontextmanager
async def past(host: Host, moment: datetime) -> AsyncIterator[None]:
    """Within it, queries answer as they would have at `moment` (UTC); nothing can be written to the store.

    Raises StoreFault on PostgreSQL, where this isn't built yet.
    """
    if host.store.dialect != "sqlite":
        raise StoreFault("store.no_past", value=host.store.place)
    until = moment.astimezone(UTC).isoformat(timespec="microseconds")
    rows = await host.store.query(
        "SELECT e.seq, b.body FROM house_entry e JOIN house_body b ON b.seq = e.seq WHERE e.at <= ? ORDER BY e.seq",
        [until],
    )
    bodies = [(row["seq"], json.loads(row["body"])) for row in rows if row["body"]]
    state = replay(bodies)
    sealed = {seal["table"]: seal["last"] for _, body in bodies for seal in body.get("added", ())}
    in_memory = replace(host.store.database, path=Path(":memory:"))
    config = tortoise_config(in_memory, host.areas.values(), foreign_keys="OFF")
    async with TortoiseContext() as context:
        await context.init(config)
        await context.generate_schemas(safe=True)
        client: Any = connections.get("default")
        for table, images in state.items():
            there = {row["name"] for row in await client.execute_query_dict(f'PRAGMA table_info("{table}")')}
            by_columns: dict[tuple[str, ...], list[list[Any]]] = {}
            for (
                image
            ) in images.values():  # of an area that isn't in use there is no table, of a field no more no column
                told = {name: value for name, value in image.items() if name in there}
                by_columns.setdefault(tuple(told), []).append(list(told.values()))
            for names, values in by_columns.items() if there else ():
                listed = ",".join(f'"{name}"' for name in names)
                marks = ",".join("?" for _ in names)
                await client.execute_many(f'INSERT INTO "{table}"({listed}) VALUES({marks})', values)
        if sealed:
            await client.execute_query("ATTACH ? AS present", [present(host.store.database.path)])
        for table, last in sealed.items():  # it stands before the empty table of this name
            view = f'CREATE TEMP VIEW "{table}" AS SELECT * FROM present."{table}" WHERE id <= {int(last)}'
            await client.execute_query(view)
        yield


def present(path: Path | None) -> str:
    """The address of the store's file, to be read only."""
    assert path
    return f"{path.absolute().as_uri()}?{check_file(path).get('read_only', 'mode=ro')}"


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
