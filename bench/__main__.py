"""`python -m bench [NAME …] [--minutes N]`: a table on stdout, bench/results.json, and docs/measurements.md."""

from __future__ import annotations

import json
import os
import platform
import sqlite3
import tempfile
from argparse import ArgumentParser
from dataclasses import asdict, replace
from datetime import UTC, datetime
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from typing import Any

from bench.measure import HOME, Row

RESULTS, PAGE = HOME / "bench" / "results.json", HOME / "docs" / "measurements.md"
NAMES = ("dashboard", "fingers", "registers", "command", "acts", "long", "logs", "rota", "line", "together")
LIBRARIES = ("textual", "tortoise-orm", "aiosqlite", "pydantic", "pluggy", "openpyxl")
INTRODUCTION = """\
# Measurements

Written by `make bench`. Ours and the bare one ran in turn in one run; figures are medians, the ratio is the median
of the pairs' ratios: how many times the bare one's cost ours is. Absolute figures depend on the machine and on what
else runs there; the ratios are what to compare. "load" is how many processes wanted the machine's two cores.

## Long imports

An import is one act: it holds the store's write lock from its first line to its last. Whoever reads goes on reading.
Whoever writes waits, by default 10 s (`busy_timeout`), and is then told that the store is busy: import tens of
thousands of lines when the department is quiet. A dry run is the same act on a copy of the store and locks nobody out.
Memory hardly grows with the file, what a line costs not at all.

## At the same time

`python -m bench together --minutes 10`: 16 processes lend keys and take them back, a loan a second each, and all want
one key; four dashboards on terminals of their own show Today of the sample department. The run fails with any act that
fails. That nothing is lost, a loser is told who has the key, and each screen shows what is new is a test, too
(`tests/process/test_together.py`). A screen reads again every 1.5 s at most, so that what is new stands there after
0.8 s on average and the moment it takes to read and paint Today. 16 and 50 writers without a pause:
[the queue](decisions/fair-queue.md).

## A thin line

Over a real sshd and a relay that lets 64 kbit/s through, 200 ms there and back (`python -m bench line`; the kernel's
netem wasn't there): a step of the cursor is some 300 bytes and as good as on the line's own floor, an echo of as many
bytes; with the other record's detail and history it is 200 to 3,000 bytes. Left alone for 130 s the dashboard wrote 112
bytes, its clock's two minutes, and took 0.13 % of a core; locked it wrote nothing and took 0.10 % (11-29, load 7):
sshd's ClientAlive has silence enough to ask whether the client is still there.
"""


def table(rows: list[Row]) -> str:
    """The rows in Markdown."""
    lines = [
        "| what | ours | bare | ratio | goal | rounds | against | when |",
        "|---|---:|---:|---:|---:|---:|---|---|",
    ]
    for row in rows:
        goal = f"≤ {row.goal:g}" if row.goal else ""
        lines.append(
            f"| {row.what} | {row.ours:.3g} {row.unit} | {row.bare:.3g} {row.unit} | {row.ratio:.2f} | {goal} "
            f"| {row.rounds} | {row.against} | {row.at} |"
        )
    return "\n".join(lines)


def machine() -> str:
    """What it ran on."""
    libraries = ", ".join(f"{name} {version(name)}" for name in LIBRARIES)
    load = " ".join(f"{one:.1f}" for one in os.getloadavg())
    return (
        f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC · {platform.system()} {platform.machine()}, {os.cpu_count()} cores, "
        f"load {load} · Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, {libraries}"
    )


def main(names: list[str], **given: float) -> None:
    """Measure these, or all, in place of what was measured of them before; the page is written from all results."""
    results: dict[str, list[dict[str, Any]]] = json.loads(RESULTS.read_text("utf-8")) if RESULTS.exists() else {}
    for name in names or NAMES:
        with tempfile.TemporaryDirectory(prefix="cstui-bench-") as folder:
            at = f"{datetime.now(UTC):%m-%d %H:%M}, load {os.getloadavg()[1]:.0f}"
            made = [replace(row, at=at) for row in import_module(f"bench.{name}").measure(Path(folder), **given)]
        print(table(made), flush=True)
        results[name] = [asdict(row) for row in made]
        RESULTS.write_text(json.dumps(results, indent=1, ensure_ascii=False) + "\n", "utf-8")
    rows = [Row(**row) for name in NAMES for row in results.get(name, ())]
    PAGE.write_text(f"{INTRODUCTION}\n{machine()}\n\n{table(rows)}\n", "utf-8")


if __name__ == "__main__":
    parser = ArgumentParser(prog="python -m bench")
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(NAMES))
    parser.add_argument("--minutes", type=float, help="how long `together` works")
    asked = parser.parse_args()
    main(asked.names, **({"minutes": asked.minutes} if asked.minutes else {}))
