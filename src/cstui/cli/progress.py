"""How far a long command is: one line on standard error, where that is a terminal; and how it is stopped."""

from __future__ import annotations

import signal
import sys
from time import monotonic
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from cstui.cli.talk import Talk

PAUSE = 0.2
"""Seconds from one painting of the line to the next."""
INTERRUPTED = 128 + signal.SIGINT


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


class Stoppable(Progress):
    """Ctrl-C asks once, and the act ends where it tells how far it is (`engine.Stopped`); a second one ends at once."""

    def __init__(self, talk: Talk) -> None:
        super().__init__(talk)
        self.asked = False

    def __enter__(self) -> Self:
        self.before: Any = signal.signal(signal.SIGINT, self._ask)
        return super().__enter__()

    def _ask(self, number: int, frame: Any) -> None:
        if self.asked:
            raise KeyboardInterrupt
        self.asked = True

    def __call__(self, done: int, total: int | None = None) -> None:
        if self.asked:
            from cstui.engine import Stopped

            raise Stopped
        super().__call__(done, total)

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        signal.signal(signal.SIGINT, self.before)
        super().__exit__(kind, error, at)


def interrupted(talk: Talk) -> int:
    """Say that nothing was stored; the exit code."""
    said = talk.say("cli.import.interrupted")
    if talk.json:
        talk.document({"error": {"code": int(INTERRUPTED), "kind": "Interrupted", "text": said}})
    talk.tell(said)
    return INTERRUPTED
