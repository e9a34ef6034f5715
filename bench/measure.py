"""Running programs and comparing what they cost: medians of paired runs, and their ratio."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import TypeVar

T = TypeVar("T")
HOME = Path(__file__).parent.parent
ROUNDS = 7
PYTHON = sys.executable
CSTUI = (PYTHON, "-m", "cstui")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table: medians of ours and of the bare one in `unit`; `goal` is the ratio aimed at.

    `ratio` says how many times the bare one's cost ours is, whichever way the unit counts.
    """

    what: str
    against: str
    unit: str
    ours: float
    bare: float
    ratio: float
    rounds: int
    goal: float | None = None
    at: str = ""
    """When it was measured, and how busy the machine was."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What a child process took: seconds, and its resident memory at most, in MiB."""

    wall: float
    cpu: float
    memory: float = 0.0


def environment() -> dict[str, str]:
    """The children's environment: this tree's code, compiled once, whatever is installed."""
    path = os.pathsep.join((str(HOME / "src"), str(HOME / "plugins")))
    return {**os.environ, "PYTHONPATH": path, "LANG": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": ""}


def child(words: Sequence[str], folder: Path) -> Cost:
    """Run a program to its end. Raises RuntimeError with its words where it fails."""
    began = time.perf_counter()
    with subprocess.Popen(
        words, cwd=folder, env=environment(), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    ) as process:
        assert process.stdout
        said = process.stdout.read()
        _, status, used = os.wait4(process.pid, 0)
        wall = time.perf_counter() - began
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{' '.join(words)}: {said.decode(errors='replace')}")
    return Cost(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def pairs(ours: Callable[[int], T], bare: Callable[[int], T], rounds: int = ROUNDS) -> tuple[list[T], list[T]]:
    """Ours and the bare one in turn, after one round that isn't counted."""
    left, right = [], []
    for number in range(rounds + 1):
        first, second = ours(number), bare(number)
        if number:
            left.append(first)
            right.append(second)
    return left, right


def costs(
    what: str, against: str, unit: str, ours: Sequence[float], bare: Sequence[float], goal: float | None = None
) -> Row:
    """A row of what is the better the smaller it is. The ratio is the median of the pairs' ratios."""
    ratio = median(left / right for left, right in zip(ours, bare, strict=True))
    return Row(what, against, unit, median(ours), median(bare), ratio, len(ours), goal)
