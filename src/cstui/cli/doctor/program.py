"""The program itself: its version and those of what it stands on."""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

from cstui import __version__
from cstui.cli.doctor.finding import Finding

if TYPE_CHECKING:
    from cstui.cli.call import Call

LIBRARIES = ("tortoise-orm", "pydantic", "pluggy", "textual", "openpyxl", "aiosqlite", "asyncpg")
WAL_RESET_FIXED = (3, 51, 3)
"""SQLite versions before this one can damage a file that several programs write (rare)."""


def look(call: Call) -> Iterator[Finding]:
    """Versions, and a library that is missing."""
    yield Finding("program", __version__)
    yield Finding("python", sys.version.split()[0])
    sqlite = sqlite3.sqlite_version
    if sqlite3.sqlite_version_info < WAL_RESET_FIXED:
        fixed = ".".join(map(str, WAL_RESET_FIXED))
        yield Finding("sqlite", call.talk.say("cli.doctor.wal_reset", version=sqlite, fixed=fixed))
    else:
        yield Finding("sqlite", sqlite)
    for name in LIBRARIES:
        try:
            yield Finding("library", f"{name} {version(name)}")
        except PackageNotFoundError:
            yield Finding("library", f"{name} —", True)
