"""The dashboard on the sample department against a minimal Textual app, each on its own terminal: start and end."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.measure import CSTUI, PYTHON, Row, child, costs, pairs
from bench.terminal import started

FIRST, SEEN, USABLE = re.compile(rb"opening the site|as of "), re.compile(rb"as of "), re.compile(rb"command")
"""The first frame; Today as it was last seen; the footer of Today as it stands, where every key works."""
QUIT = (b"Q", b"\r")
ROUNDS = 11
MINIMAL = """
from textual.app import App
from textual.screen import Screen
from textual.widgets import DataTable, Footer, Header

class Table(Screen):
    def compose(self):
        yield Header()
        yield DataTable(cursor_type="row")
        yield Footer()

    def on_mount(self):
        table = self.query_one(DataTable)
        table.add_columns("tag", "door", "state", "holder")
        table.add_rows([(f"item-{at}", f"door {at}", "in custody", "cabinet") for at in range(50)])

class Minimal(App):
    BINDINGS = [("q", "quit", "Quit"), ("s", "push_screen('other')", "Other"), ("p", "pop_screen", "Back")]
    SCREENS = {"other": Table}

    def get_default_screen(self):
        return Table()

Minimal().run()
"""
BARE = (PYTHON, "-c", MINIMAL)
BARE_USABLE = re.compile(rb"item-3")
AGAINST = "minimal Textual app: Header, Footer, DataTable of 50 rows"


@dataclass(frozen=True, slots=True)
class Seen:
    """Seconds from the start to the marks, and of the end; resident memory at the last mark, in MiB."""

    first: float
    seen: float
    usable: float
    memory: float
    end: float


def opened(words: Sequence[str], folder: Path, marks: Sequence[re.Pattern[bytes]], leave: Sequence[bytes]) -> Seen:
    """Start a program, wait for its marks on screen, leave it with its keys. Raises RuntimeError."""
    with started(words, folder) as terminal:
        first, seen, usable = (terminal.wait(mark) for mark in marks)
        memory = terminal.memory()
        terminal.settle()
        return Seen(first, seen, usable, memory, terminal.end(leave))


def measure(folder: Path) -> list[Row]:
    site = folder / "site"
    child((*CSTUI, "demo", "--to", str(site)), folder)
    opened(CSTUI, site, (FIRST, USABLE, USABLE), QUIT)  # from then on there is something that was last seen
    ours, bare = pairs(
        lambda _: opened(CSTUI, site, (FIRST, SEEN, USABLE), QUIT),
        lambda _: opened(BARE, folder, (BARE_USABLE,) * 3, (b"q",)),
        ROUNDS,
    )
    against = f"{AGAINST}, painted"
    return [
        costs("dashboard: first frame", against, "s", [one.first for one in ours], [one.first for one in bare], 1.1),
        costs("dashboard: Today as last seen, keys kept", against, "s", [one.seen for one in ours],
              [one.seen for one in bare], 1.35),
        costs("dashboard: Today as it stands", against, "s", [one.usable for one in ours],
              [one.usable for one in bare]),
        costs("dashboard: memory at Today as it stands", against, "MiB", [one.memory for one in ours],
              [one.memory for one in bare]),
        costs("dashboard: end, from Enter until the process is gone", f"{AGAINST}, from q", "s",
              [one.end for one in ours], [one.end for one in bare], 0.6),
    ]  # fmt: skip
