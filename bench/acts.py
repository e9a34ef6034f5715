"""Acts through the engine against bare sqlite3 writing the very rows they wrote, equally durable."""

from __future__ import annotations

import asyncio
import json
import shutil
import sqlite3
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from typing import Any

from bench.command import _login, site
from bench.measure import CSTUI, Row, child

ACTS = 40
ROUNDS = 5


async def _lend(folder: Path, first: int) -> float:
    """Seconds for `ACTS` loans, one after the other, on an open site."""
    from cstui import engine
    from cstui.host import Host
    from cstui.people import Staff
    from cstui_keys.models import Key

    async with Host.open(folder / "config.toml") as host:
        actor = await host.actor(_login())

        async def names() -> tuple[list[str], str]:
            tags = await Key.filter(tag_no__contains="-F0").order_by("tag_no").offset(first).limit(ACTS)
            person = await Staff.all().order_by("number").offset(4).first()
            assert person
            return [key.tag_no for key in tags], person.login

        tags, borrower = await host.call(names())
        raw = {"borrower": borrower, "work_reason": "检查单元门", "signature_ref": "form 1"}
        began = time.perf_counter()
        for tag in tags:
            await engine.run(host, "keys.lend", raw, actor, target=[tag])
        return time.perf_counter() - began


def _written(path: Path, after: int) -> list[tuple[Sequence[Any], Sequence[Any], list[Any], list[dict[str, Any]]]]:
    """Each act's entry, body, references and changed rows."""
    with sqlite3.connect(path) as store:
        made = []
        for entry in store.execute("SELECT * FROM house_entry WHERE seq > ? ORDER BY seq", (after,)).fetchall():
            body = store.execute("SELECT * FROM house_body WHERE seq = ?", entry[:1]).fetchone()
            refs = store.execute("SELECT seq, ref FROM house_ref WHERE seq = ?", entry[:1]).fetchall()
            made.append((entry, body, refs, json.loads(body[2])["changes"]))
    return made


def _bare(path: Path, acts: list[Any]) -> float:
    """Seconds for the same rows by sqlite3 alone: no triggers, no questions, one transaction an act."""
    with sqlite3.connect(path) as store:
        for (name,) in store.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            store.execute(f'DROP TRIGGER "{name}"')
    store = sqlite3.connect(path, isolation_level=None)
    store.execute("PRAGMA journal_mode=WAL")
    store.execute("PRAGMA synchronous=FULL")
    began = time.perf_counter()
    for entry, body, refs, changes in acts:
        store.execute("BEGIN IMMEDIATE")
        for change in changes:
            row = change["after"]
            names, marks = ",".join(f'"{name}"' for name in row), ",".join("?" * len(row))
            if change["before"] is None:
                store.execute(f"INSERT INTO {change['table']} ({names}) VALUES ({marks})", list(row.values()))
            else:
                sets = ",".join(f'"{name}"=?' for name in row)
                store.execute(f"UPDATE {change['table']} SET {sets} WHERE id=?", [*row.values(), change["key"]])
        store.execute("INSERT INTO house_entry VALUES (?,?,?,?,?,?,?)", entry)
        store.execute("INSERT INTO house_body VALUES (?,?,?)", body)
        store.executemany("INSERT INTO house_ref(seq,ref) VALUES (?,?)", refs)
        store.execute("COMMIT")
    took = time.perf_counter() - began
    store.close()
    return took


def _last(path: Path) -> int:
    with sqlite3.connect(path) as store:
        return int(store.execute("SELECT max(seq) FROM house_entry").fetchone()[0])


def measure(folder: Path) -> list[Row]:
    made = site(folder / "site")
    child((*CSTUI, "import", "keys.keys", "keys.xlsx"), made)
    ours, bare = [], []
    for number in range(ROUNDS):
        copy = made / f"bare-{number}.db"
        with sqlite3.connect(made / "cstui.db") as store, sqlite3.connect(copy) as target:
            store.backup(target)
        before = _last(copy)
        ours.append(ACTS / asyncio.run(_lend(made, number * ACTS)))
        bare.append(ACTS / _bare(copy, _written(made / "cstui.db", before)))
    ratio = median(right / left for left, right in zip(ours, bare, strict=True))
    against = "bare sqlite3: the same rows and journal rows, WAL, synchronous=FULL, BEGIN IMMEDIATE"
    shutil.rmtree(made)
    return [Row("acts through the engine (`keys.lend`)", against, "1/s", median(ours), median(bare), ratio, ROUNDS)]
