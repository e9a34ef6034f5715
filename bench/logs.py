"""A million lines of a back office's log taken in and audited: seconds against the goal, and memory against 100,000."""

from __future__ import annotations

import asyncio
import shutil
import sys
from pathlib import Path

from bench.command import site
from bench.measure import CSTUI, HOME, Cost, Row, child

sys.path.insert(0, str(HOME / "tests"))  # the seeded log is the tests', too

SHORT, LONG = 100_000, 1_000_000
AGENTS = 60
IMPORT, AUDIT = 60.0, 10.0
"""Seconds that it may take (issue 7)."""
CONSTANT = 1.3


async def furnish(folder: Path, lines: int) -> Path:
    """A department in a fresh site's store, and its log beside."""
    import seeded_log
    import seeding

    from cstui.host import Host

    department = seeded_log.Department(lines=lines, agents=AGENTS)
    log = folder / "month.csv"
    seeded_log.write(department, log)
    async with Host.open(folder / "config.toml") as host:
        await host.call(seeding.furnish(department))
    return log


def costs(folder: Path, lines: int) -> tuple[Cost, Cost]:
    """Importing so many lines, which audits them, too; and auditing them once more."""
    made = site(folder / str(lines))
    log = asyncio.run(furnish(made, lines))
    taken = child((*CSTUI, "confidentiality", "import-log", "--system", "SEED", "--file", str(log)), made)
    audited = child((*CSTUI, "confidentiality", "audit", "--since", "2026-10-24"), made)
    shutil.rmtree(made)
    return taken, audited


def measure(folder: Path) -> list[Row]:
    (short, short_audit), (long, long_audit) = costs(folder, SHORT), costs(folder, LONG)
    alone = long.wall - long_audit.wall
    against = f"the same of {SHORT:,} lines"
    return [
        Row(f"import of {LONG:,} log lines", "the goal", "s", alone, IMPORT, alone / IMPORT, 1, 1.0),
        Row(f"audit of {LONG:,} events", "the goal", "s", long_audit.wall, AUDIT, long_audit.wall / AUDIT, 1, 1.0),
        Row(f"import and audit of {LONG:,} log lines: peak memory", against, "MiB", long.memory, short.memory,
            long.memory / short.memory, 1, CONSTANT),
        Row(f"audit of {LONG:,} events: peak memory", against, "MiB", long_audit.memory, short_audit.memory,
            long_audit.memory / short_audit.memory, 1, CONSTANT),
    ]  # fmt: skip
