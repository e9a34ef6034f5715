"""`python -m bench [command|acts|dashboard …]`: a table on stdout and in docs/measurements.md, bench/results.json."""

from __future__ import annotations

import json
import os
import platform
import sqlite3
import sys
import tempfile
from dataclasses import asdict, replace
from datetime import UTC, datetime
from importlib import import_module
from importlib.metadata import version
from pathlib import Path

from bench.measure import HOME, Row

NAMES = ("dashboard", "fingers", "command", "acts", "long")
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


def main(names: list[str]) -> None:
    rows: list[Row] = []
    for name in names or NAMES:
        with tempfile.TemporaryDirectory(prefix="cstui-bench-") as folder:
            at = f"{datetime.now(UTC):%m-%d %H:%M}, load {os.getloadavg()[1]:.0f}"
            made = [replace(row, at=at) for row in import_module(f"bench.{name}").measure(Path(folder))]
        print(table(made), flush=True)
        rows += made
    (HOME / "bench" / "results.json").write_text(
        json.dumps({"machine": machine(), "rows": [asdict(row) for row in rows]}, indent=1, ensure_ascii=False) + "\n",
        "utf-8",
    )
    if not names:
        text = f"{INTRODUCTION}\n{machine()}\n\n{table(rows)}\n"
        (HOME / "docs" / "measurements.md").write_text(text, "utf-8")


main(sys.argv[1:])
