"""The dashboard in use against a minimal Textual app, both open at the same time and asked in turn."""

from __future__ import annotations

from pathlib import Path

from bench.dashboard import AGAINST, BARE, BARE_USABLE, USABLE
from bench.measure import CSTUI, Row, child, costs, pairs
from bench.terminal import Answer, Terminal, started

DOWN, UP, ESCAPE = b"\x1b[B", b"\x1b[A", b"\x1b"
MOVES, CHANGES = 40, 12
HELD = 0.04
"""Seconds of silence between two moves: shorter than a cursor rests."""
STRETCH = 10
"""Rows in one direction: fewer than any list here has, since at its end nothing is painted."""
CALM = 0.4
"""Seconds of silence after which nothing more follows."""
IDLE = 20.0


def p95(values: list[float]) -> float:
    """The value that one in twenty exceeds."""
    return sorted(values)[round(0.95 * (len(values) - 1))]


def moved(terminal: Terminal, number: int, quiet: float) -> Answer:
    """One row further, on a screen where all is quiet: a stretch down, a stretch up, and again."""
    terminal.settle(0.2)
    return terminal.press(UP if number // STRETCH % 2 else DOWN, quiet)


def to_top(bare: Terminal) -> None:
    """The minimal app's cursor to its first row."""
    bare.press(b"\x1b[1;5H", HELD)


def moves(where: str, ours: Terminal, bare: Terminal) -> list[Row]:
    """Row by row through both lists, from the top."""
    to_top(bare)
    left, right = pairs(lambda at: moved(ours, at, HELD), lambda at: moved(bare, at, HELD), MOVES)
    seconds, other = [one.seconds * 1000 for one in left], [one.seconds * 1000 for one in right]
    against = f"{AGAINST}, its row cursor: from the key to the last byte of the cursor's new place"
    late, late_bare = p95(seconds), p95(other)
    sizes, sizes_bare = [float(one.size) for one in left], [float(one.size) for one in right]
    return [
        costs(f"row move in {where}, p50", against, "ms", seconds, other, 1.0),
        Row(f"row move in {where}, p95", against, "ms", late, late_bare, late / late_bare, MOVES, 1.2),
        costs(f"row move in {where}", f"{AGAINST}, its row cursor", "bytes", sizes, sizes_bare, 1.0),
    ]


def changes(ours: Terminal, bare: Terminal) -> list[Row]:
    """To a register that was visited before, chosen in the list of registers, until nothing more follows."""

    def there(_: int) -> Answer:
        ours.press(b"G", CALM)
        answer = ours.press(b"\r", CALM)
        ours.press(ESCAPE, CALM)
        return answer

    def there_bare(_: int) -> Answer:
        answer = bare.press(b"s", CALM)
        bare.press(b"p", CALM)
        return answer

    left, right = pairs(there, there_bare, CHANGES)
    against = f"{AGAINST}, to a second such screen that was visited before"
    seconds, other = [one.seconds * 1000 for one in left], [one.seconds * 1000 for one in right]
    sizes, sizes_bare = [one.size / 1024 for one in left], [one.size / 1024 for one in right]
    return [
        costs("change of screen, visited before", against, "ms", seconds, other, 5.0),
        costs("change of screen, visited before (at most 12 KiB)", against, "KiB", sizes, sizes_bare),
    ]


def idle(ours: Terminal, bare: Terminal) -> list[Row]:
    """Left alone, one after the other."""
    left: list[float] = []
    right: list[float] = []
    for terminal, found in ((ours, left), (bare, right)):
        terminal.settle(CALM)
        used, size = terminal.idle(IDLE)
        found += [used / IDLE * 100, float(size)]
    shares = [one / other if other else 0.0 for one, other in zip(left, right, strict=True)]
    said = f"{AGAINST}; {IDLE:g} s without a key"
    return [
        Row("idle (at most 0.3 % of a core)", said, "%", left[0], right[0], shares[0], 1),
        Row("idle, written (nothing, unless the clock's minute ends)", said, "bytes", left[1], right[1], shares[1], 1),
    ]


def measure(folder: Path) -> list[Row]:
    site = folder / "site"
    child((*CSTUI, "demo", "--to", str(site)), folder)
    with started(CSTUI, site) as ours, started(BARE, folder) as bare:
        ours.wait(USABLE)
        bare.wait(BARE_USABLE)
        ours.settle()
        ours.press(ESCAPE, CALM)  # the tour of the first day
        rows = moves("Today", ours, bare)
        to_top(bare)
        left, right = pairs(lambda at: moved(ours, at, CALM), lambda at: moved(bare, at, CALM), CHANGES)
        rows.append(
            costs("row move in Today until its detail and history stand", f"{AGAINST}, its row cursor", "ms",
                  [one.seconds * 1000 for one in left], [one.seconds * 1000 for one in right])
        )  # fmt: skip
        rows += changes(ours, bare)
        rows += idle(ours, bare)
        ours.press(b"G", CALM)
        ours.press(b"\r", CALM)
        return [*rows, *moves("a register", ours, bare)]
