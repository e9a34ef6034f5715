"""How large the store is, what makes it so, how fast it grows, and what lies about it that may go."""

from __future__ import annotations

import re
import shutil
from collections.abc import AsyncIterator, Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from cstui.cli.doctor.finding import Finding, size

if TYPE_CHECKING:
    from cstui.cli.call import Call
    from cstui.host import Host

LOG_FULL = 64_000_000
"""Bytes of SQLite's log beside the store that say that somebody reads without end: else it is emptied long before."""
SPARE = 100_000_000
"""Bytes that should be free besides two copies of the store, which an upgrade and a dry run make."""
TABLES, MONTHS = 5, 4
REMOTE = frozenset({"9p", "afs", "ceph", "cifs", "lustre", "nfs", "nfs4", "smb3", "smbfs"})
"""File systems of other machines (with all that begin with "fuse."): SQLite's log needs memory that programs share."""


async def look(call: Call, host: Host) -> AsyncIterator[Finding]:
    """Size, largest tables, growth; for a file also its disk and what was left beside it."""
    say, path = call.talk.say, host.settings.store_file
    if path is None:
        rows = await host.store.query("SELECT pg_database_size(current_database()) AS bytes")
        held = int(rows[0]["bytes"])
        yield Finding("size", size(held), figures={"bytes": held})
    else:
        held = path.stat().st_size
        yield await _of_file(call, host, path, held)
    tables = await _tables(host)
    listed = ", ".join(f"{name} {rows:,}" for name, rows in tables.items())
    yield Finding("tables", say("cli.doctor.rows", value=listed), figures={"rows": tables})
    yield await _growth(call, host)
    if path:
        free = shutil.disk_usage(path.parent).free
        scarce = free < 2 * held + SPARE
        told = say("cli.doctor.disk_scarce" if scarce else "cli.doctor.disk_free", value=size(free))
        yield Finding("disk", told, scarce, {"free": free})
        kind = file_system(path, Path("/proc/self/mountinfo").read_text("utf-8", "replace"))
        if kind in REMOTE or kind.startswith("fuse."):
            yield Finding("disk", say("cli.doctor.remote", value=kind), True)
        for finding in left_behind(call, path, host.clock()):
            yield finding


async def _of_file(call: Call, host: Host, path: Path, held: int) -> Finding:
    pages = {}
    for pragma in ("page_size", "freelist_count"):
        (row,) = await host.store.query(f"PRAGMA {pragma}")
        pages[pragma] = int(row[pragma])
    unused = pages["page_size"] * pages["freelist_count"]
    beside = path.with_name(f"{path.name}-wal")
    logged = beside.stat().st_size if beside.exists() else 0
    full = logged > LOG_FULL
    told = call.talk.say("cli.doctor.held", value=size(held), free=size(unused), log=size(logged))
    if full:
        told += " " + call.talk.say("cli.doctor.log_full")
    return Finding("size", told, full, {"bytes": held, "free": unused, "log": logged})


async def _tables(host: Host) -> dict[str, int]:
    """The tables with the most rows, those of areas that aren't loaded included; no running count of a ballot."""
    from cstui.contract.records import AnonymousRecord, models_in

    listed = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    if host.store.dialect == "postgres":
        listed = "SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'"
    ballots = {one._meta.db_table for area in host.areas.values() for one in models_in(area.models, AnonymousRecord)}
    names = [name for row in await host.store.query(listed) if (name := str(row["name"])) not in ballots]
    rows = {name: (await host.store.query(f'SELECT count(*) AS n FROM "{name}"'))[0]["n"] for name in names}
    return dict(sorted(rows.items(), key=lambda one: (-one[1], one[0]))[:TABLES])


async def _growth(call: Call, host: Host) -> Finding:
    """The journal by month: every act is in it."""
    octets = "length(CAST(b.body AS BLOB))" if host.store.dialect == "sqlite" else "octet_length(b.body)"
    rows = await host.store.query(
        f"SELECT substr(e.at, 1, 7) AS month, count(*) AS entries, sum({octets}) AS bytes "
        f"FROM house_entry e JOIN house_body b ON b.seq = e.seq GROUP BY 1 ORDER BY 1 DESC LIMIT {MONTHS}"
    )
    months = [{"month": row["month"], "entries": int(row["entries"]), "bytes": int(row["bytes"] or 0)} for row in rows]
    told = "; ".join(
        call.talk.say("cli.doctor.month", month=one["month"], n=one["entries"], value=size(one["bytes"]))
        for one in months
    )
    return Finding("growth", told or "—", figures={"months": months})


def file_system(path: Path, mounts: str) -> str:
    """The kind of file system that a path lies on, by the text of /proc/self/mountinfo."""
    best, kind = -1, ""
    for line in mounts.splitlines():
        before, _, after = line.partition(" - ")
        place = re.sub(r"\\(\d{3})", lambda found: chr(int(found[1], 8)), before.split()[4])  # a blank stands as \040
        if path.resolve().is_relative_to(place) and len(place) > best:
            best, kind = len(place), after.split()[0]
    return kind


def left_behind(call: Call, path: Path, now: datetime) -> Iterator[Finding]:
    """Copies that upgrades and restores kept, and what a killed program left beside the store."""
    say = call.talk.say
    kept: dict[Path, int] = {}
    dead: dict[Path, int] = {}
    last, newest = datetime.min.replace(tzinfo=UTC), ""
    for file in sorted(path.parent.iterdir()):
        if file.name.startswith(
            (".trial-", *(f"{path.name}.{kind}" for kind in ("before-", "replaced-", "restoring")))
        ):
            with suppress(FileNotFoundError):  # a dry run ends just now
                changed, held = datetime.fromtimestamp(file.lstat().st_mtime, UTC), _bytes(file)
                if file.name.startswith(".trial-") or file.suffix in {".new", ".restoring"}:
                    dead |= {file: held} if changed < now - timedelta(days=1) else {}
                else:
                    kept[file] = held
                    if changed > last and not file.name.endswith(("-wal", "-shm")):
                        last, newest = changed, file.name
    for found, name in ((kept, "copies_kept"), (dead, "left_over")):
        if found:
            names, held = ", ".join(file.name for file in found), sum(found.values())
            told = say(f"cli.doctor.{name}", n=len(found), size=size(held), value=names, newest=newest)
            yield Finding("copies", told, found is dead, {"files": [str(file) for file in found], "bytes": held})


def _bytes(place: Path) -> int:
    """What a file or a folder with its files takes."""
    files = place.iterdir() if place.is_dir() and not place.is_symlink() else (place,)
    return sum(file.lstat().st_size for file in files)
