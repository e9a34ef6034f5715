"""Verification: trusts nothing stored, computes everything again.

Reads rows, not models, so that it works on a copy, a backup, or a store another program opened; part by part, so that
a journal of many years takes no more memory than the records that there are.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cstui.journal.chain import Checkpoint
from cstui.journal.evidence import Asking, T, answered, fault
from cstui.journal.walk import ENTRIES, Verdict, Walk

IGNORED = {"***"}
PART = 500
"""Entries, or records, that are asked for at once."""


@dataclass(frozen=True, slots=True)
class Report:
    """`seq` is the first bad entry (or 0), `detail` what is wrong with it; `anchored` the last checkpoint it met."""

    verdict: Verdict
    count: int
    seq: int = 0
    detail: str = ""
    anchored: Checkpoint | None = None
    blanked: int = 0

    @property
    def good(self) -> bool:
        return self.verdict == "intact"


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What one read transaction told of a store."""

    walk: Walk
    highest: int
    """The highest row number the journal's index ever gave out, where the store remembers it."""
    difference: str
    """The first way in which the tables differ from what the journal says, or ""."""

    @property
    def store_id(self) -> str:
        return self.walk.store_id


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a database is asked for its schema and its rows' images, and which triggers each table must have."""

    columns: str
    triggers: str
    wanted: tuple[str, ...]
    rows: str
    image: Callable[[Mapping[str, Any]], Mapping[str, Any]]


SQLITE = Dialect(
    "SELECT m.name AS tab, c.name AS col, c.dflt_value AS standard FROM sqlite_master m "
    "JOIN pragma_table_info(m.name) c WHERE m.type = 'table' ORDER BY m.name",
    "SELECT name FROM sqlite_master WHERE type = 'trigger'",
    ("journal_{}_insert", "journal_{}_update", "journal_{}_delete"),
    'SELECT * FROM "{}"',
    dict,
)
POSTGRES = Dialect(
    "SELECT table_name AS tab, column_name AS col, column_default AS standard FROM information_schema.columns "
    "WHERE table_schema = 'public' ORDER BY table_name",
    "SELECT tgname AS name FROM pg_trigger",
    ("journal_{}",),
    'SELECT id, to_jsonb(t)::text AS image FROM "{}" t',
    lambda row: json.loads(row["image"]),
)


def check(snapshot: Snapshot, checkpoints: Iterable[Checkpoint] = ()) -> Report:
    """The verdict on a snapshot against the checkpoints of its store."""
    points = [point for point in checkpoints if point.store_id == snapshot.store_id]
    walk = snapshot.walk
    count, blanked, anchored = walk.count, walk.blanked, None
    if walk.fault:
        verdict, seq, detail = walk.fault
        return Report(verdict, count, seq, detail, None, blanked)
    difference = snapshot.difference
    for point in points:
        if point.count > count:
            older = not difference and snapshot.highest <= count
            return Report(
                "older_copy" if older else "truncated", count, count + 1, f"{point.count} entries were signed", anchored
            )
        if walk.hash_of(point.count) != point.hash:
            return Report("rewritten", count, point.count, "it isn't the entry that was signed", anchored)
        anchored = point
    if snapshot.highest > count:
        return Report("truncated", count, count + 1, "the index remembers later entries", anchored, blanked)
    if difference:
        return Report("altered", count, 0, difference, anchored, blanked)
    return Report("intact", count, 0, "", anchored, blanked)


def _snapshot(dialect: Dialect) -> Asking[Snapshot]:
    """Everything of a store. Its records are the tables with a `version`, its evidence those with a `search` alone."""
    walk, after = Walk((yield "SELECT store_id FROM house_stamp")[0]["store_id"]), 0
    while part := (yield f"{ENTRIES.format(after=after)} LIMIT {PART}"):
        for row in part:
            walk.take(row)
        after = part[-1]["seq"]
    highest = (yield "SELECT max(seq) AS seq FROM house_ref")[0]["seq"] or 0
    difference = "" if walk.fault else (yield from _difference(dialect, walk))
    return Snapshot(walk, highest, difference)


def _difference(dialect: Dialect, walk: Walk) -> Asking[str]:
    for row in (yield "SELECT * FROM house_change ORDER BY id LIMIT 1"):
        return f"{row['tab']} {row['record']} was written past the engine"
    columns: dict[str, dict[str, Any]] = {}
    for row in (yield dialect.columns):
        columns.setdefault(row["tab"], {})[row["col"]] = _literal(row["standard"])
    triggers = {row["name"] for row in (yield dialect.triggers)}
    records = [table for table, own in columns.items() if "version" in own]
    evidence = {table: [*own] for table, own in columns.items() if "search" in own and "version" not in own}
    for table in records:
        if not {name.format(table) for name in dialect.wanted} <= triggers:
            return f"{table} lost a journal trigger"
    for table in evidence:
        if not {f"guard_{table}_update", f"guard_{table}_delete"} <= triggers:
            return f"{table} lost a guard trigger"
    if unsealed := (yield from fault(evidence, walk)):
        return unsealed
    if walk.blanked:
        return ""  # an erased body may hold the only image of a row
    for table in records:
        if key := (yield from _differing(dialect, table, walk, columns[table])):
            return f"{table} {key} isn't what the journal says"
    return ""


def _differing(dialect: Dialect, table: str, walk: Walk, later: Mapping[str, Any]) -> Asking[str]:
    """The key of a row that isn't what the journal says, or "". What was told of the table is used up."""
    told, after = walk.state.pop(table, {}), 0
    while rows := (yield f"{dialect.rows.format(table)} WHERE id > {int(after)} ORDER BY id LIMIT {PART}"):
        for row in rows:
            key = str(row["id"])
            if key not in told or not _same(dialect.image(row), {**later, **dict(zip(*told.pop(key), strict=True))}):
                return key
        after = rows[-1]["id"]
    return next(iter(told), "")


def _same(row: Mapping[str, Any], told: Mapping[str, Any]) -> bool:
    return all(
        told.get(name) in IGNORED or (value == told.get(name) and type(value) is type(told.get(name)))
        for name, value in row.items()
    )


def _literal(sql: str | None) -> Any:
    """The value of a column's default as the schema writes it: '' or ''::text, 0, true; None for anything else."""
    if sql and sql.startswith("'"):
        return sql[1 : sql.rindex("'")].replace("''", "'")
    try:
        return json.loads(sql) if sql else None
    except ValueError:
        return None


def _answered(store: sqlite3.Connection, asking: Asking[T]) -> T:
    rows: Any = None
    try:
        while True:
            rows = [dict(row) for row in store.execute(asking.send(rows))]
    except StopIteration as end:
        return end.value  # type: ignore[no-any-return]


def snapshot_of_file(path: Path) -> Snapshot:
    """Of a SQLite store, in one read transaction. Raises sqlite3.DatabaseError if it is no store."""
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=30)) as store:
        store.row_factory = sqlite3.Row
        store.execute("BEGIN")
        return _answered(store, _snapshot(SQLITE))


async def snapshot_of_store(store: Any) -> Snapshot:
    """Of an open PostgreSQL store, in one read transaction; rows as their own JSON images."""
    from tortoise.transactions import in_transaction

    async with in_transaction("default") as client:
        await client.execute_query("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        return await answered(client, _snapshot(POSTGRES))
