"""Copies of the store: taken while others write, checked before they count."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from cstui.contract.errors import Stale, StoreFault
from cstui.store.faults import fault_of, unreadable
from cstui.store.migrate import APPLIED, lacking
from cstui.store.store import Database

if TYPE_CHECKING:
    from cstui.contract.declare import Area

PATIENCE = 2.0
"""Seconds that a restore waits for others to end."""


def copy_file(source: Path, target: Path) -> None:
    """A consistent copy of a SQLite store, complete without its side files.

    Raises StoreFault when the source is damaged, or the target exists, can't be written or has no room.
    """
    try:
        handle = os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_NOFOLLOW, 0o600)
    except OSError as error:
        raise StoreFault("store.target", value=str(target), reason=error.strerror or "") from error
    os.close(handle)
    try:
        with (
            closing(sqlite3.connect(source, timeout=30)) as original,
            closing(sqlite3.connect(target)) as copy,
        ):
            original.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")
            answer = copy.execute("PRAGMA quick_check").fetchone()[0]
        if answer != "ok":
            raise StoreFault("store.corrupt", value=str(source))
    except (sqlite3.Error, StoreFault) as error:
        target.unlink(missing_ok=True)
        if isinstance(error, StoreFault):
            raise
        raise unreadable(Database("", source), error) from error


def restore_file(source: Path, target: Path, areas: Mapping[str, Area]) -> Path | None:
    """Put a copy in the store's place; the store that was there, if any, is kept and its path returned.

    Raises StoreFault when the copy is no whole store of ours, or a newer program's; Stale while another program has
    the store open.
    """
    with closing(sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro", uri=True)) as copy:
        copy.row_factory = sqlite3.Row
        try:
            copy.execute("SELECT store_id FROM house_stamp").fetchone()
            applied = [dict(row) for row in copy.execute(APPLIED)]
        except sqlite3.DatabaseError as error:
            raise StoreFault("store.not_ours", value=str(source)) from error
    lacking(applied, areas)
    fresh = target.with_name(target.name + ".restoring")
    fresh.unlink(missing_ok=True)
    copy_file(source, fresh)
    if not target.exists():
        os.replace(fresh, target)
        return None
    number = 1
    while (kept := target.with_name(f"{target.name}.replaced-{number}")).exists():
        number += 1
    with _alone(target):
        os.link(target, kept)
        for side in ("-wal", "-shm"):  # only a damaged one has them still
            with suppress(FileNotFoundError):
                os.replace(f"{target}{side}", f"{kept}{side}")
        os.replace(fresh, target)
    return kept


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Within it no other program has the store open, and all of it is in its file; a damaged one is let be.

    Raises Stale where one has it open: SQLite leaves the log behind only for one that is alone.
    """
    with closing(sqlite3.connect(path, timeout=PATIENCE, isolation_level=None)) as store:
        try:
            store.execute("PRAGMA journal_mode=DELETE")
            store.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            fault = fault_of(Database("", path), error)
            raise (Stale("store.in_use", value=str(path)) if isinstance(fault, Stale) else fault) from error
        except sqlite3.DatabaseError:
            pass
        yield
