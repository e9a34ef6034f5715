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
from bench.measure import CSTUI, PYTHON, Row, child, costs, pairs
from bench.terminal import Answer, Terminal, started

SIZES = (50, 100_000, 1_000_000)
OPENED = 9
TYPED = 40
PAGES = 3000
"""PageDown pressed so often: some 110,000 rows."""
END, PAGE_DOWN, BACKSPACE = b"\x1b[F", b"\x1b[6~", b"\x7f"
FIELD = """
from textual.app import App
from textual.widgets import Footer, Header, Input

class Minimal(App):
    def compose(self):
        yield Header()
        yield Input(placeholder="command")
        yield Footer()

Minimal().run()
"""
TYPE = (PYTHON, "-c", FIELD)
SHOWN = re.compile(rb"0000|nothing here")
"""The first rows, or that there are none."""


def fill(store: Path, wanted: int) -> None:
    """Keys like the first one until there are so many, by SQL alone: nothing of it is journalled."""
    with closing(sqlite3.connect(store)) as db:
        triggers = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'keys_key'"
        for (name,) in db.execute(triggers).fetchall():
            db.execute(f'DROP TRIGGER "{name}"')
        names = [row[1] for row in db.execute("PRAGMA table_info(keys_key)")]
        there, last = db.execute("SELECT count(*), max(id) FROM keys_key").fetchone()
        made = {
            "id": f"{last} + n.value", "tag_no": "printf('T%08d', n.value)", "natural": "printf('T%08d', n.value)",
            "search": "printf('t%08d wf', n.value)",
        }  # fmt: skip
        db.execute(
            "CREATE TEMP TABLE n AS WITH RECURSIVE a(value) AS (SELECT 1 UNION ALL SELECT value + 1 FROM a "
            f"WHERE value < {wanted - there}) SELECT value FROM a"
        )
        values = ", ".join(made.get(name, f'k."{name}"') for name in names)
        listed = ", ".join(f'"{name}"' for name in names)
        db.execute(
            f"INSERT INTO keys_key ({listed}) SELECT {values} FROM n, (SELECT * FROM keys_key ORDER BY id LIMIT 1) k"
        )
        db.commit()


@contextmanager
def at_the_list(site: Path) -> Iterator[Terminal]:
    """The dashboard in the list of registers, where Enter opens the one of keys."""
    with started(CSTUI, site) as terminal:
        terminal.wait(USABLE)
        terminal.settle(1.0)
        terminal.press(ESCAPE, CALM)  # the tour of the first day
        choose(terminal)
        yield terminal


def choose(terminal: Terminal) -> None:
    terminal.press(b"G", CALM)
    terminal.press(b"keys.keys", CALM)


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
    return terminal.press(b"t" if at % 2 == 0 else BACKSPACE, HELD)


def measure(folder: Path) -> list[Row]:
    base = department(folder / "base")
    key = {
        "tag-no": "3-S1-A", "block": "3", "space-kind": "equipment_room", "equipment-room-name": "2号配电房",
        "door-kind": "equipment_room", "labelled": "yes",
    }  # fmt: skip
    child((*CSTUI, "keys", "register", *(word for name, value in key.items() for word in (f"--{name}", value))), base)
    sites = {size: Path(shutil.copytree(base, folder / f"site-{size}")) for size in SIZES}
    for size, site in sites.items():
        fill(site / "cstui.db", size)
    empty = Path(shutil.copytree(base, folder / "site-0"))
    with closing(sqlite3.connect(empty / "cstui.db")) as db:
        db.execute("PRAGMA foreign_keys = OFF")
        for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            db.execute(f'DROP TRIGGER "{name}"')
        db.execute("DELETE FROM keys_key")
        db.commit()
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
                a, b = pairs(lambda _: moved(ours, HELD), lambda _: moved(minimal, HELD), MOVES)
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
        Row("memory after 3,000 pages and the end", "the same before", "MiB", after, before, after / before, 1, 1.1),
        Row("memory in a register of 1,000,000 rows", AGAINST, "MiB", after, bare, after / bare, 1, 1.6),
    ]


def filtering(ours: Terminal, folder: Path) -> list[Row]:
    """A letter typed where rows are looked for, among a million."""
    ours.press(b"/", CALM)
    with started(TYPE, folder) as field:
        field.wait(re.compile(rb"command"))
        field.settle(1.0)
        left, right = pairs(lambda at: typed(ours, at), lambda at: typed(field, at), TYPED)
    mine, other = [one.seconds * 1000 for one in left], [one.seconds * 1000 for one in right]
    against = "a minimal Textual app's Input: from the key to the letter"
    return [costs("typing in the search of 1,000,000 rows", against, "ms", mine, other, 1.2)]
