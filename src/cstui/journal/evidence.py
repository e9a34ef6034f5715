"""Evidence sealed: the rows that an act added, in its entry as first and last id, count and digest.

digest = SHA-256 of one line for each row, in order of their ids: the JSON array of its values in the named columns.

Rows are read part by part. What asks the database here is a generator that yields SQL and is sent the rows, so that it
serves an open store and a file that an auditor looks at alike.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Generator, Mapping, Sequence
from typing import Any, TypeVar

from cstui.journal.walk import Walk

T = TypeVar("T")
Asking = Generator[str, Sequence[Mapping[str, Any]], T]
"""Yields SQL, is sent its rows, answers T."""
PART = 5000

_line = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=str).encode


async def seal(client: Any, added: Mapping[str, tuple[Sequence[str], int]]) -> list[dict[str, Any]]:
    """The seals of what was added: table → its columns, and the highest id before."""
    seals = []
    for table, (columns, before) in added.items():
        made: dict[str, Any] = {"table": table, "columns": list(columns)}
        made |= await answered(client, _digest(table, columns, before))
        if made["count"]:
            seals.append(made)
    return seals


async def answered(client: Any, asking: Asking[T]) -> T:
    """The answer, asked of an open store."""
    rows: Any = None
    try:
        while True:
            rows = await client.execute_query_dict(asking.send(rows))
    except StopIteration as end:
        return end.value  # type: ignore[no-any-return]


def _digest(table: str, columns: Sequence[str], before: int, last: int | None = None) -> Asking[dict[str, Any]]:
    """First and last id, count and digest of the rows after `before`, up to `last`."""
    listed = ",".join(f'"{name}"' for name in columns)
    until = "" if last is None else f"AND id <= {int(last)} "
    digest, count, first, at = hashlib.sha256(), 0, 0, before
    while rows := (yield f'SELECT {listed} FROM "{table}" WHERE id > {int(at)} {until}ORDER BY id LIMIT {PART}'):
        for row in rows:
            digest.update(_line([*row.values()]).encode() + b"\n")
        first, count, at = first or rows[0]["id"], count + len(rows), rows[-1]["id"]
    return {"first": first, "last": at, "count": count, "digest": digest.hexdigest()}


def fault(tables: Mapping[str, Sequence[str]], walk: Walk) -> Asking[str]:
    """What is wrong with the rows of the tables of evidence (table → its columns) against all seals; "" for nothing.

    Where a body was blanked, rows that no seal covers may have been sealed in it. A journal that doesn't fit itself
    counts for nothing: who looks at the chain names the entry.
    """
    if walk.fault:
        return ""
    blanked = bool(walk.blanked)
    for table, own in walk.seals.items():
        for seq, seal in own:
            if not {*seal["columns"]} <= {*tables.get(table, ())}:
                return f"{table} isn't what entry {seq} sealed"
    for table in tables:
        own = walk.seals.get(table, [])
        before = 0
        for seq, seal in own:
            found = yield from _digest(table, seal["columns"], seal["first"] - 1, seal["last"])
            if any(found[name] != seal[name] for name in found):
                return f"{table} {seal['first']}–{seal['last']} aren't the {seal['count']} rows that entry {seq} sealed"
            if not blanked and (other := (yield _outside(table, before, seal["first"]))):
                return f"{table} {other[0]['id']} was written past the engine"
            before = seal["last"]
        if not blanked and (other := (yield _outside(table, before))):
            return f"{table} {other[0]['id']} was written past the engine"
    return ""


def _outside(table: str, after: int, before: int | None = None) -> str:
    """A row between two seals."""
    until = "" if before is None else f" AND id < {int(before)}"
    return f'SELECT id FROM "{table}" WHERE id > {int(after)}{until} ORDER BY id LIMIT 1'
