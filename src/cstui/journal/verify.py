"""Verification: trusts nothing stored, computes everything again.

Reads rows, not models, so that it works on a copy, a backup, or a store another program opened.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from cstui.journal.chain import GENESIS, Checkpoint, body_hash, entry_hash
from cstui.journal.evidence import Asking, T, answered, fault

Verdict = Literal["intact", "altered", "removed", "truncated", "rewritten", "older_copy"]
IGNORED = {"***"}


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


@dataclass(slots=True)
class Snapshot:
    """Everything that verification reads, taken in one read transaction."""

    store_id: str
    entries: Sequence[Mapping[str, Any]]
    bodies: Mapping[int, Mapping[str, Any]]
    unclaimed: Sequence[Mapping[str, Any]]
    tables: Mapping[str, Mapping[str, Mapping[str, Any]]]
    triggers: set[str]
    wanted: tuple[str, ...]
    """Patterns of the triggers that each table must have."""
    defaults: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """By table, what a row holds in a column that came with a later migration than the row."""
    evidence: Collection[str] = ()
    """Tables of evidence, too many rows to hold."""
    unsealed: str = ""
    """What is wrong with their rows against the seals in the entries."""
    highest: int = 0
    """The highest row number the journal's index ever gave out, where the store remembers it."""


def check(snapshot: Snapshot, checkpoints: Iterable[Checkpoint] = ()) -> Report:
    """The verdict on a snapshot against the checkpoints of its store."""
    points = [point for point in checkpoints if point.store_id == snapshot.store_id]
    prev, blanked, expected = GENESIS, 0, 1
    links: dict[int, str] = {0: GENESIS}
    for row in snapshot.entries:
        seq = row["seq"]
        if seq != expected:
            return Report("removed", len(snapshot.entries), expected, f"entry {expected} is missing", None, blanked)
        body = snapshot.bodies.get(seq)
        if body is None:
            return Report("removed", len(snapshot.entries), seq, "its body is missing", None, blanked)
        if body["body"] is None:
            blanked += 1
        elif body_hash(body["salt"], body["body"]) != row["body_hash"]:
            return Report("altered", len(snapshot.entries), seq, "its body was changed", None, blanked)
        link = entry_hash(snapshot.store_id, seq, row["prev"], row["at"], row["actor"], row["action"], row["body_hash"])
        if row["prev"] != prev or link != row["hash"]:
            return Report("altered", len(snapshot.entries), seq, "it doesn't fit the chain", None, blanked)
        prev = link
        links[seq] = link
        expected += 1
    count = len(snapshot.entries)
    difference = _difference(snapshot)
    anchored = None
    for point in points:
        if point.count > count:
            older = not difference and snapshot.highest <= count
            return Report(
                "older_copy" if older else "truncated", count, count + 1, f"{point.count} entries were signed", anchored
            )
        if links[point.count] != point.hash:
            return Report("rewritten", count, point.count, "it isn't the entry that was signed", anchored)
        anchored = point
    if snapshot.highest > count:
        return Report("truncated", count, count + 1, "the index remembers later entries", anchored, blanked)
    if difference:
        return Report("altered", count, 0, difference, anchored, blanked)
    return Report("intact", count, 0, "", anchored, blanked)


def replay(entries: Iterable[tuple[int, Mapping[str, Any]]]) -> dict[str, dict[str, dict[str, Any]]]:
    """The state that applying the journal's row images from empty gives: table → key → row."""
    state: dict[str, dict[str, dict[str, Any]]] = {}
    for _, body in entries:
        for change in body.get("changes", ()):
            rows = state.setdefault(change["table"], {})
            if change["after"] is None:
                rows.pop(change["key"], None)
            else:
                rows[change["key"]] = change["after"]
    return state


def _difference(snapshot: Snapshot) -> str:
    """The first way in which the tables differ from what the journal says, or ""."""
    if snapshot.unclaimed:
        row = snapshot.unclaimed[0]
        return f"{row['tab']} {row['record']} was written past the engine"
    for table in snapshot.tables:
        if not {name.format(table) for name in snapshot.wanted} <= snapshot.triggers:
            return f"{table} lost a journal trigger"
    for table in snapshot.evidence:
        if not {f"guard_{table}_update", f"guard_{table}_delete"} <= snapshot.triggers:
            return f"{table} lost a guard trigger"
    if snapshot.unsealed:
        return snapshot.unsealed
    if any(body["body"] is None for body in snapshot.bodies.values()):
        return ""  # an erased body may hold the only image of a row
    told = replay((seq, json.loads(body["body"])) for seq, body in sorted(snapshot.bodies.items()))
    for table, rows in snapshot.tables.items():
        wanted, later = told.get(table, {}), snapshot.defaults.get(table, {})
        for key in sorted(rows.keys() | wanted.keys()):
            if not _same(rows.get(key), wanted.get(key), later):
                return f"{table} {key} isn't what the journal says"
    return ""


def _same(row: Mapping[str, Any] | None, told: Mapping[str, Any] | None, later: Mapping[str, Any]) -> bool:
    if row is None or told is None:
        return row is told
    told = {**later, **told}
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


def _with(columns: Mapping[str, Mapping[str, Any]], name: str) -> list[str]:
    return [table for table, own in columns.items() if name in own]


def _evidence(columns: Mapping[str, Mapping[str, Any]]) -> dict[str, list[str]]:
    """The tables of evidence with their columns."""
    return {table: [*columns[table]] for table in _with(columns, "search") if "version" not in columns[table]}


def _answered(store: sqlite3.Connection, asking: Asking[T]) -> T:
    rows: Any = None
    try:
        while True:
            rows = [dict(row) for row in store.execute(asking.send(rows))]
    except StopIteration as end:
        return end.value  # type: ignore[no-any-return]


def snapshot_of_file(path: Path) -> Snapshot:
    """Everything of a SQLite store, in one read transaction.

    Its records are the tables with a `version`, its evidence those with a `search` and no version.

    Raises sqlite3.DatabaseError if it is no store.
    """
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=30)) as store:
        store.row_factory = sqlite3.Row
        store.execute("BEGIN")
        triggers = {row[0] for row in store.execute("SELECT name FROM sqlite_master WHERE type='trigger'")}
        tables: dict[str, dict[str, Mapping[str, Any]]] = {}
        defaults: dict[str, dict[str, Any]] = {}
        for name, default, table in store.execute(
            "SELECT c.name, c.dflt_value, m.name FROM sqlite_master m JOIN pragma_table_info(m.name) c "
            "WHERE m.type = 'table' ORDER BY m.name"
        ):
            defaults.setdefault(table, {})[name] = _literal(default)
        for name in _with(defaults, "version"):
            rows = store.execute(f'SELECT * FROM "{name}"')  # a name out of the schema itself
            tables[name] = {str(row["id"]): dict(row) for row in rows}
        entries = [dict(row) for row in store.execute("SELECT * FROM house_entry ORDER BY seq")]
        bodies = {row["seq"]: dict(row) for row in store.execute("SELECT * FROM house_body")}
        evidence = _evidence(defaults)
        highest = store.execute("SELECT max(seq) FROM house_ref").fetchone()[0] or 0
        return Snapshot(
            store_id=store.execute("SELECT store_id FROM house_stamp").fetchone()[0],
            entries=entries,
            bodies=bodies,
            unclaimed=[dict(row) for row in store.execute("SELECT * FROM house_change ORDER BY id")],
            tables=tables,
            triggers=triggers,
            wanted=("journal_{}_insert", "journal_{}_update", "journal_{}_delete"),
            defaults=defaults,
            evidence=evidence,
            unsealed=_answered(store, fault(evidence, entries, bodies)),
            highest=highest,
        )


async def snapshot_of_store(store: Any) -> Snapshot:
    """Everything of an open PostgreSQL store, in one read transaction; rows as their own JSON images."""
    from tortoise.transactions import in_transaction

    async with in_transaction("default") as client:
        await client.execute_query("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        ask = client.execute_query_dict
        defaults: dict[str, dict[str, Any]] = {}
        for row in await ask(
            "SELECT table_name, column_name, column_default FROM information_schema.columns "
            "WHERE table_schema = 'public' ORDER BY table_name"
        ):
            defaults.setdefault(row["table_name"], {})[row["column_name"]] = _literal(row["column_default"])
        tables: dict[str, dict[str, Mapping[str, Any]]] = {}
        for name in _with(defaults, "version"):
            rows = await ask(f'SELECT id, to_jsonb(t)::text AS image FROM "{name}" t')
            tables[name] = {str(row["id"]): json.loads(row["image"]) for row in rows}
        entries = await ask("SELECT * FROM house_entry ORDER BY seq")
        bodies = {row["seq"]: row for row in await ask("SELECT * FROM house_body")}
        evidence = _evidence(defaults)
        return Snapshot(
            store_id=store.store_id,
            entries=entries,
            bodies=bodies,
            unclaimed=await ask("SELECT * FROM house_change ORDER BY id"),
            tables=tables,
            wanted=("journal_{}",),
            defaults=defaults,
            evidence=evidence,
            unsealed=await answered(client, fault(evidence, entries, bodies)),
            triggers={row["name"] for row in await ask("SELECT tgname AS name FROM pg_trigger")},
            highest=(await ask("SELECT max(seq) AS seq FROM house_ref"))[0]["seq"] or 0,
        )
