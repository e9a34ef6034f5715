"""The dashboard on the sample department against a minimal Textual app, each on a terminal of its own."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.measure import CSTUI, PYTHON, Row, child, costs, environment, pairs

FIRST, USABLE = b"opening the site", re.compile(rb"TO SETTLE|TODAY")
PATIENCE = 60.0
MINIMAL = """
from textual.app import App
from textual.widgets import DataTable, Footer, Header

class Minimal(App):
    BINDINGS = [("q", "quit", "Quit")]

    def compose(self):
        yield Header()
        yield DataTable()
        yield Footer()

    def on_mount(self):
        table = self.query_one(DataTable)
        table.add_columns("tag", "door", "state", "holder")
        table.add_rows([(f"item-{at}", f"door {at}", "in custody", "cabinet") for at in range(50)])

Minimal().run()
"""
MINIMAL_USABLE = re.compile(rb"item-3")


@dataclass(frozen=True, slots=True)
class Seen:
    """Seconds from the start to the two marks, and resident memory at the second one, in MiB."""

    first: float
    usable: float
    memory: float


def opened(words: Sequence[str], folder: Path, first: bytes, usable: re.Pattern[bytes]) -> Seen:
    """Start a program on a terminal of 120x40, wait for its marks on screen, end it. Raises RuntimeError."""
    began = time.perf_counter()
    pid, terminal = pty.fork()
    if not pid:
        fcntl.ioctl(1, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
        os.chdir(folder)
        os.execvpe(words[0], list(words), {**environment(), "TERM": "xterm-256color", "COLORTERM": "truecolor"})
    painted, at_first = b"", 0.0
    try:
        while time.perf_counter() - began < PATIENCE:
            if not select.select([terminal], [], [], 0.5)[0]:
                continue
            painted += os.read(terminal, 65536)
            if not at_first and first in painted:
                at_first = time.perf_counter() - began
            if at_first and usable.search(painted):
                return Seen(at_first, time.perf_counter() - began, _resident(pid))
        raise RuntimeError(f"{' '.join(words)}: {painted[-2000:]!r}")
    finally:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        os.close(terminal)


def _resident(pid: int) -> float:
    found = re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{pid}/status").read_text())
    return int(found[1]) / 1024 if found else 0.0


def measure(folder: Path) -> list[Row]:
    site = folder / "site"
    child((*CSTUI, "demo", "--to", str(site)), folder)
    ours, bare = pairs(
        lambda _: opened(CSTUI, site, FIRST, USABLE),
        lambda _: opened((PYTHON, "-c", MINIMAL), folder, b"item-3", MINIMAL_USABLE),
    )
    against = "minimal Textual app: Header, Footer, DataTable of 50 rows, painted"
    return [
        costs("dashboard: first frame", against, "s", [one.first for one in ours], [one.first for one in bare]),
        costs("dashboard: usable Today", against, "s", [one.usable for one in ours], [one.usable for one in bare]),
        costs("dashboard: memory at usable Today", against, "MiB", [one.memory for one in ours],
              [one.memory for one in bare]),
    ]  # fmt: skip
