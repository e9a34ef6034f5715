"""Copies of the store: taken while others write, checked before they count."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from cstui.contract.errors import StoreFault
from cstui.store.migrate import APPLIED, lacking
from cstui.store.store import Database, unreadable

if TYPE_CHECKING:
    from cstui.contract.declare import Area


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


def restore_file(source: Path, target: Path, areas: Mapping[str, Area]) -> Path:
    """Put a copy in the store's place; the store that was there is kept and its path returned.

    Raises StoreFault when the copy is no whole store of ours, or a newer program's.
    """
    fresh = target.with_name(target.name + ".restoring")
    fresh.unlink(missing_ok=True)
    with closing(sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro", uri=True)) as copy:
        copy.row_factory = sqlite3.Row
        try:
            copy.execute("SELECT store_id FROM house_stamp").fetchone()
            applied = [dict(row) for row in copy.execute(APPLIED)]
        except sqlite3.DatabaseError as error:
            raise StoreFault("store.not_ours", value=str(source)) from error
    lacking(applied, areas)
    copy_file(source, fresh)
    kept = target
    if target.exists():
        number = 1
        while (kept := target.with_name(f"{target.name}.replaced-{number}")).exists():
            number += 1
        copy_file(target, kept)
    for side in ("-wal", "-shm"):
        target.with_name(target.name + side).unlink(missing_ok=True)
    os.replace(fresh, target)
    return kept
