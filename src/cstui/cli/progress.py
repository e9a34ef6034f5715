"""How far a long command is: one line on standard error, where that is a terminal."""

from __future__ import annotations

import sys
from time import monotonic
from types import TracebackType
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from cstui.cli.talk import Talk

PAUSE = 0.2
"""Seconds from one painting of the line to the next."""


class Progress:
    """`with Progress(talk) as told: … told(done, total)`. The line is gone at the end."""

    def __init__(self, talk: Talk) -> None:
        self.talk = talk
        self.shown = sys.stderr.isatty()
        self.next = monotonic() + PAUSE
        self.painted = False

    def __enter__(self) -> Self:
        return self

    def __call__(self, done: int, total: int | None = None) -> None:
        """So many rows are done, of so many in all where that is known."""
        if not self.shown or (now := monotonic()) < self.next:
            return
        self.next, self.painted = now + PAUSE, True
        said = self.talk.say("cli.progress.of" if total else "cli.progress.rows", done=done, total=total or 0)
        print(f"\r\x1b[K{said}", end="", file=sys.stderr, flush=True)

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self.painted:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)
