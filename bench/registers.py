"""A register of 0 to 1,000,000 rows in the dashboard, against a minimal Textual app and against an empty register."""

from __future__ import annotations

import re
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

from bench.command import site as department
from bench.dashboard import AGAINST, BARE, BARE_USABLE, USABLE
from bench.fingers import CALM, ESCAPE, HELD, MOVES, moved, p95, to_top
from bench.measure import CSTUI, PYTHON, Row, costs, pairs
from bench.terminal import Answer, Terminal, started

SIZES = (50, 100_000, 1_000_000)
OPENED = 9
TYPED = 40
PAGES = 1000
"""PageDown pressed so often: some 37,000 rows."""
END, PAGE_DOWN, BACKSPACE = b"\x1b[F", b"\x1b[6~", b"\x7f"
FIELD = """
from textual.app import App
from textual.widgets import Footer, Header, Input

class Minimal(App):
    def compose(self):
        yield Header()
        field = Input(placeholder="command")
        field.cursor_blink = False
        yield field
        yield Footer()

Minimal().run()
"""
TYPE = (PYTHON, "-c", FIELD)
SHOWN = re.compile(rb"quality-07|nothing here")
"""The first rows, or that there are none."""


def fill(store: Path, wanted: int) -> None:
    """So many postings of points, by SQL alone: nothing is journalled."""
    with closing(sqlite3.connect(store)) as db:
        for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            db.execute(f'DROP TRIGGER "{name}"')
        db.execute(
            "WITH RECURSIVE n(value) AS (SELECT 1 UNION ALL SELECT value + 1 FROM n WHERE value < ?) "
            "INSERT INTO ledger_posting (version, search, kind, amount, rule, source, day, note, posted_by, person_id) "
            "SELECT 1, printf('quality-07 note %d wf', value), 'points', value, 'quality-07', '', '2026-10-05', "
            "printf('note %d', value), 'admin', (SELECT min(id) FROM people_staff) FROM n",
            (wanted,),
        )
        db.commit()


@contextmanager
def at_the_list(site: Path) -> Iterator[Terminal]:
    """The dashboard in the list of registers, where Enter opens the one of postings."""
    with started(CSTUI, site) as terminal:
        terminal.wait(USABLE)
        terminal.settle(1.0)
        terminal.press(ESCAPE, CALM)  # the tour of the first day
        choose(terminal)
        yield terminal


def choose(terminal: Terminal) -> None:
    terminal.press(b"G", CALM)
    terminal.press(b"ledger.postings", CALM)


def opening(terminal: Terminal) -> float:
    """Seconds from Enter until the rows, or that there are none, stand there; then back in the list of registers."""
    took = terminal.until(b"\r", SHOWN)
    terminal.settle(CALM)
    terminal.press(ESCAPE, CALM)
    choose(terminal)
    return took


def typed(terminal: Terminal, at: int) -> Answer:
    """A letter, and away with it."""
    terminal.settle(0.2)
    return terminal.press(b"q" if at % 2 == 0 else BACKSPACE, HELD)


def measure(folder: Path) -> list[Row]:
    empty = department(folder / "empty")
    sites = {size: Path(shutil.copytree(empty, folder / f"site-{size}")) for size in SIZES}
    for size, site in sites.items():
        fill(site / "cstui.db", size)
    rows = []
    with at_the_list(sites[SIZES[-1]]) as ours, at_the_list(empty) as bare:
        left, right = pairs(lambda _: opening(ours), lambda _: opening(bare), OPENED)
        rows.append(costs("opening a register of 1,000,000 rows", "opening an empty one", "s", left, right, 1.2))
    with ExitStack() as stack:
        minimal = stack.enter_context(started(BARE, folder))
        minimal.wait(BARE_USABLE)
        for size in SIZES:
            with at_the_list(sites[size]) as ours:
                ours.press(b"\r", CALM)
                to_top(minimal)
                a, b = pairs(lambda at: moved(ours, at, HELD), lambda at: moved(minimal, at, HELD), MOVES)
                mine, other = [one.seconds * 1000 for one in a], [one.seconds * 1000 for one in b]
                against = f"{AGAINST}, its row cursor"
                rows.append(costs(f"row move among {size:,} rows, p50", against, "ms", mine, other, 1.0))
                late, late_bare = p95(mine), p95(other)
                rows.append(
                    Row(
                        f"row move among {size:,} rows, p95",
                        against,
                        "ms",
                        late,
                        late_bare,
                        late / late_bare,
                        MOVES,
                        1.2,
                    )
                )
                if size == SIZES[-1]:
                    rows += paging(ours, minimal)
                    rows += filtering(ours, folder)
    return rows


def paging(ours: Terminal, minimal: Terminal) -> list[Row]:
    """Memory in a million rows: at the beginning, after many pages, and at the end."""
    before = ours.memory()
    for _ in range(PAGES // 50):
        ours.press(PAGE_DOWN * 50, HELD)
    ours.press(END, CALM)
    after, bare = ours.memory(), minimal.memory()
    return [
        Row(
            f"memory after {PAGES:,} pages and the end", "the same before", "MiB", after, before, after / before, 1, 1.1
        ),
        Row("memory in a register of 1,000,000 rows", AGAINST, "MiB", after, bare, after / bare, 1, 1.6),
    ]


def filtering(ours: Terminal, folder: Path) -> list[Row]:
    """A letter typed where rows are looked for, among a million."""
    ours.press(b"/", CALM)
    with started(TYPE, folder) as field:
        field.wait(re.compile(rb"palette"))
        field.settle(1.0)
        left, right = pairs(lambda at: typed(ours, at), lambda at: typed(field, at), TYPED)
    mine, other = [one.seconds * 1000 for one in left], [one.seconds * 1000 for one in right]
    against = "a minimal Textual app's Input: from the key to the letter"
    return [costs("typing in the search of 1,000,000 rows", against, "ms", mine, other, 1.2)]
