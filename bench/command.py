"""An act at the command line against `python -c "import tortoise"`; and the import of 3,000 keys."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

from bench.measure import CSTUI, PYTHON, Row, child, costs, environment, pairs

GOAL = 1.6
BARE_IMPORT = """
import sqlite3, sys, openpyxl
sheet = openpyxl.load_workbook(sys.argv[1], read_only=True).active
rows = [[str(cell) if cell is not None else None for cell in row] for row in sheet.iter_rows(values_only=True)][1:]
store = sqlite3.connect(sys.argv[2], isolation_level=None)
store.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;")
store.execute("CREATE TABLE key (id INTEGER PRIMARY KEY, %s)" % ", ".join(f"c{at}" for at in range(len(rows[0]))))
store.execute("BEGIN IMMEDIATE")
store.executemany("INSERT INTO key VALUES (NULL%s)" % (", ?" * len(rows[0])), rows)
store.execute("COMMIT")
assert len(rows) == 3000
"""


def site(folder: Path) -> Path:
    """A fresh site with the sample staff list; the key register lies beside it."""
    folder.mkdir(parents=True)
    child((PYTHON, "-m", "cstui.sample", "."), folder)
    child((*CSTUI, "init", "--admin", _login()), folder)
    child((*CSTUI, "import", "people.staff", "staff.xlsx"), folder)
    return folder


def _login() -> str:
    import os
    import pwd

    return pwd.getpwuid(os.getuid()).pw_name


def act(folder: Path) -> list[Row]:
    """`cstui keys lend`: one key, to one person, stored and journalled."""
    child((*CSTUI, "import", "keys.keys", "keys.xlsx"), folder)
    listed = subprocess.run(
        (*CSTUI, "list", "keys.keys", "--search", "F0", "--limit", "60", "--json"),
        cwd=folder, env=environment(), capture_output=True, check=True,
    )  # fmt: skip
    tags = [row["values"]["tag_no"] for row in json.loads(listed.stdout)["rows"]]
    listed = subprocess.run(
        (*CSTUI, "list", "people.staff", "--limit", "5", "--json"),
        cwd=folder, env=environment(), capture_output=True, check=True,
    )  # fmt: skip
    borrower = json.loads(listed.stdout)["rows"][4]["values"]["login"]
    lend = ("--borrower", borrower, "--work-reason", "检查单元门", "--signature-ref", "form 1")
    ours, bare = pairs(
        lambda number: child((*CSTUI, "keys", "lend", "--key", tags[number], *lend), folder),
        lambda _: child((PYTHON, "-c", "import tortoise"), folder),
        rounds=11,
    )
    what, against = "`cstui keys lend`, one key", '`python -c "import tortoise"`'
    return [
        costs(what + ": processor", against, "s", [one.cpu for one in ours], [one.cpu for one in bare], GOAL),
        costs(what + ": wall", against, "s", [one.wall for one in ours], [one.wall for one in bare], GOAL),
    ]


def bring(folder: Path) -> list[Row]:
    """`cstui import keys.keys keys.xlsx`, 3,000 lines into a store without keys."""
    empty = folder / "empty.db"
    shutil.copy(folder / "cstui.db", empty)

    def ours(_: int) -> float:
        for name in ("cstui.db-wal", "cstui.db-shm"):
            (folder / name).unlink(missing_ok=True)
        shutil.copy(empty, folder / "cstui.db")
        return child((*CSTUI, "import", "keys.keys", "keys.xlsx"), folder).wall

    def bare(number: int) -> float:
        return child((PYTHON, "-c", BARE_IMPORT, "keys.xlsx", f"bare-{number}.db"), folder).wall

    left, right = pairs(ours, bare, rounds=5)
    shutil.copy(empty, folder / "cstui.db")
    against = "openpyxl and sqlite3 alone: the same cells into one table, no checks, no journal"
    return [costs("import of 3,000 keys (.xlsx)", against, "s", left, right)]


def measure(folder: Path) -> list[Row]:
    made = site(folder / "site")
    return [*bring(made), *act(made)]
