"""Writing an entry, and reading what was done."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from secrets import token_hex
from typing import TYPE_CHECKING, Any

from cstui.contract.text import Text, pack, unpack
from cstui.journal.chain import GENESIS, Checkpoint, body_hash, entry_hash

if TYPE_CHECKING:
    from cstui.contract.context import Context
    from cstui.host import Host


COVERED = "****"
"""Who did what is done discreetly."""


@dataclass(frozen=True, slots=True)
class Told:
    """An entry as it is read: `changes` are {"table", "key", "before", "after"}.

    They are empty where it was blanked, and in lists: an import's are thousands (see `entry`).
    """

    seq: int
    at: datetime
    actor: str
    name: str
    action: str
    outcome: str
    text: Text | None
    rules: tuple[str, ...]
    input: Mapping[str, Any]
    changes: Sequence[Mapping[str, Any]]
    blanked: bool = False


def _marks(dialect: str, count: int, first: int = 1) -> str:
    return ",".join(f"${n}" if dialect == "postgres" else "?" for n in range(first, first + count))


@dataclass(frozen=True, slots=True)
class Last:
    """The journal's last entry: its number, hash and moment."""

    seq: int
    hash: str
    at: datetime


async def last(client: Any) -> Last | None:
    """The last entry, as the caller's transaction sees it."""
    rows = await client.execute_query_dict("SELECT seq, hash, at FROM house_entry ORDER BY seq DESC LIMIT 1")
    return Last(rows[0]["seq"], rows[0]["hash"], datetime.fromisoformat(rows[0]["at"])) if rows else None


async def append(
    client: Any,
    store: Any,
    before: Last | None,
    ctx: Context,
    action: str,
    body: Mapping[str, Any],
    refs: Sequence[str],
) -> int:
    """Append an entry after `before` inside the caller's transaction; answers its number."""
    seq, prev = (before.seq + 1, before.hash) if before else (1, GENESIS)
    actor = ctx.actor.login
    at = ctx.now.astimezone(UTC).isoformat(timespec="microseconds")
    packed = pack({name: value for name, value in body.items() if name != "changes"})
    if "changes" in body:  # row images are JSON as they are; an import has thousands
        packed["changes"] = body["changes"]
    text = json.dumps(packed, ensure_ascii=False, separators=(",", ":"))
    salt = token_hex(16)
    digest = body_hash(salt, text)
    link = entry_hash(store.store_id, seq, prev, at, actor, action, digest)
    dialect = store.dialect
    await client.execute_query(
        f"INSERT INTO house_entry(seq,at,actor,action,body_hash,prev,hash) VALUES({_marks(dialect, 7)})",
        [seq, at, actor, action, digest, prev, link],
    )
    await client.execute_query(f"INSERT INTO house_body(seq,salt,body) VALUES({_marks(dialect, 3)})", [seq, salt, text])
    if refs:
        await client.execute_many(
            f"INSERT INTO house_ref(seq,ref) VALUES({_marks(dialect, 2)})", [[seq, ref] for ref in refs]
        )
    return seq


def _select(dialect: str, whole: bool = False) -> str:
    """Entries with their bodies; without the changes unless whole (the database leaves them out, off our loop)."""
    light = "b.body::jsonb - 'changes'" if dialect == "postgres" else "json_remove(b.body, '$.changes')"
    body = "b.body" if whole else f"CAST({light} AS TEXT)"
    return (
        f"SELECT e.seq, e.at, e.actor, e.action, {body} AS body FROM house_entry e JOIN house_body b ON b.seq = e.seq"
    )


def _told(host: Host, row: Mapping[str, Any]) -> Told:
    body = json.loads(row["body"]) if row["body"] else {}
    text = unpack(body.get("text"))
    done = host.actions.get(row["action"])
    covered = done is not None and done.discreet
    return Told(
        seq=row["seq"],
        at=datetime.fromisoformat(row["at"]),
        actor="" if covered else row["actor"],
        name=COVERED if covered else body.get("name") or row["actor"],
        action=row["action"],
        outcome=body.get("outcome", ""),
        text=text if isinstance(text, Text) else None,
        rules=tuple(body.get("rules", ())),
        input=body.get("input") or {},
        changes=body.get("changes", ()),
        blanked=not row["body"],
    )


async def history(host: Host, register_id: str, pk: int, limit: int = 50) -> list[Told]:
    """The entries that are about a record or changed it, newest first."""
    table = host.registers[register_id].model._meta.db_table  # type: ignore[attr-defined]
    mark = "$1" if host.store.dialect == "postgres" else "?"
    rows = await host.store.query(
        f"{_select(host.store.dialect)} WHERE e.seq IN (SELECT seq FROM house_ref WHERE ref = {mark}) "
        f"ORDER BY e.seq DESC LIMIT {int(limit)}",
        [f"{table}:{pk}"],
    )
    return [_told(host, row) for row in rows]


async def concerning(host: Host, refs: list[str], *, until: datetime | None = None, limit: int = 20) -> list[Told]:
    """The entries about these records ("keys_key:17"), newest first, each with what it changed of them only.

    None is later than `until`.
    """
    if not refs:
        return []
    marks = _marks(host.store.dialect, len(refs))
    bounds = ""
    if until:
        bounds = f" AND e.at <= '{until.astimezone(UTC).isoformat(timespec='microseconds')}'"
    rows = await host.store.query(
        f"{_select(host.store.dialect)} WHERE e.seq IN (SELECT seq FROM house_ref WHERE ref IN ({marks})){bounds} "
        f"ORDER BY e.seq DESC LIMIT {int(limit)}",
        refs,
    )
    if not rows:
        return []
    if host.store.dialect == "postgres":
        each = "jsonb_array_elements(b.body::jsonb -> 'changes') c(value)"
        ref = "(c.value ->> 'table') || ':' || (c.value ->> 'key')"
    else:
        each = "json_each(b.body, '$.changes') c"
        ref = "json_extract(c.value, '$.table') || ':' || json_extract(c.value, '$.key')"
    found = await host.store.query(
        f"SELECT b.seq, CAST(c.value AS TEXT) AS change FROM house_body b, {each} "
        f"WHERE b.seq IN ({','.join(str(int(row['seq'])) for row in rows)}) AND {ref} IN ({marks})",
        refs,
    )
    changes: dict[int, list[Any]] = {}
    for one in found:
        changes.setdefault(one["seq"], []).append(json.loads(one["change"]))
    return [replace(_told(host, row), changes=changes.get(row["seq"], ())) for row in rows]


async def page(host: Host, before: int | None = None, limit: int = 100) -> list[Told]:
    """Entries newest first, older than number `before`."""
    where = f"WHERE e.seq < {int(before)}" if before else ""
    rows = await host.store.query(f"{_select(host.store.dialect)} {where} ORDER BY e.seq DESC LIMIT {int(limit)}")
    return [_told(host, row) for row in rows]


async def entry(host: Host, seq: int) -> Told:
    """One entry with all that it changed. Raises LookupError if there is none."""
    rows = await host.store.query(f"{_select(host.store.dialect, whole=True)} WHERE e.seq = {int(seq)}")
    if not rows:
        raise LookupError(seq)
    return _told(host, rows[0])


async def head(host: Host, note: str = "") -> Checkpoint:
    """The checkpoint of the journal as it stands."""
    rows = await host.store.query("SELECT seq, hash FROM house_entry ORDER BY seq DESC LIMIT 1")
    seq, link = (rows[0]["seq"], rows[0]["hash"]) if rows else (0, GENESIS)
    at = host.clock().astimezone(UTC).isoformat(timespec="seconds")
    return Checkpoint(host.store.store_id, seq, link, at, note)


def write_checkpoint(path: Path, point: Checkpoint) -> None:
    """Add a checkpoint's line to the file outside the store (made private; nothing is overwritten)."""
    handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_NOFOLLOW, 0o600)
    with os.fdopen(handle, "a", encoding="utf-8") as file:
        file.write(point.line() + "\n")
        file.flush()
        os.fsync(file.fileno())
