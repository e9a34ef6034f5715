"""A program on a terminal of its own: what it paints, how soon, how much of it, and how it ends."""

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
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.measure import environment

PATIENCE = 60.0
QUIET = 0.1
"""Seconds of silence after which an answer is taken to be complete."""
TICK = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Answer:
    """What followed a key: seconds until its last byte, and how many bytes."""

    seconds: float
    size: int


class Terminal:
    """A program that runs on a pseudo terminal of 120x40; `painted` is all that it wrote."""

    def __init__(self, pid: int, handle: int, began: float) -> None:
        self.pid, self.handle, self.began = pid, handle, began
        self.painted = b""

    def wait(self, mark: re.Pattern[bytes], since: int = 0) -> float:
        """Read until the mark was painted; answers the seconds since the start. Raises RuntimeError."""
        while time.perf_counter() - self.began < PATIENCE:
            if mark.search(self.painted, since):
                return time.perf_counter() - self.began
            self._read(0.5)
        raise RuntimeError(f"{mark.pattern!r} was not painted: {self.painted[-2000:]!r}")

    def press(self, keys: bytes, quiet: float = QUIET) -> Answer:
        """Type, and read until nothing more comes for `quiet` seconds."""
        before, pressed = len(self.painted), time.perf_counter()
        last = pressed
        os.write(self.handle, keys)
        while len(self.painted) == before or time.perf_counter() - last < quiet:
            if self._read(quiet):
                last = time.perf_counter()
            if time.perf_counter() - pressed > PATIENCE:
                raise RuntimeError(f"no answer to {keys!r}")
        return Answer(last - pressed, len(self.painted) - before)

    def until(self, keys: bytes, mark: re.Pattern[bytes]) -> float:
        """Type, and read until the mark was painted; answers the seconds between. Raises RuntimeError."""
        before, pressed = len(self.painted), time.perf_counter()
        os.write(self.handle, keys)
        while not mark.search(self.painted, before):
            self._read(0.5)
            if time.perf_counter() - pressed > PATIENCE:
                raise RuntimeError(f"{mark.pattern!r} was not painted: {self.painted[-2000:]!r}")
        return time.perf_counter() - pressed

    def settle(self, quiet: float = 1.0) -> None:
        """Read until nothing more comes for a while."""
        while self._read(quiet):
            pass

    def idle(self, seconds: float) -> tuple[float, int]:
        """Leave it alone: processor seconds it took meanwhile, and bytes that it wrote."""
        before, used, until = len(self.painted), self.processor(), time.perf_counter() + seconds
        while (left := until - time.perf_counter()) > 0:
            self._read(left)
        return self.processor() - used, len(self.painted) - before

    def end(self, keys: Sequence[bytes], quiet: float = QUIET) -> float:
        """Type the keys that end it; answers the seconds from the last one until the process is gone."""
        for key in keys[:-1]:
            self.press(key, quiet)
        pressed = time.perf_counter()
        os.write(self.handle, keys[-1])
        while not os.waitpid(self.pid, os.WNOHANG)[0]:
            if time.perf_counter() - pressed > PATIENCE:
                raise RuntimeError("it doesn't end")
            self._read(0.002)
        self.pid = 0
        return time.perf_counter() - pressed

    def processor(self) -> float:
        """Processor seconds that it took until now, all its threads."""
        fields = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICK

    def memory(self) -> float:
        """Resident memory in MiB."""
        found = re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{self.pid}/status").read_text())
        return int(found[1]) / 1024 if found else 0.0

    def _read(self, patience: float) -> bool:
        if not select.select([self.handle], [], [], patience)[0]:
            return False
        try:
            self.painted += os.read(self.handle, 65536)
        except OSError:  # it has closed its terminal
            time.sleep(patience)
            return False
        return True


@contextmanager
def started(words: Sequence[str], folder: Path) -> Iterator[Terminal]:
    """The program, running in a folder; it is ended when it is still there afterwards."""
    began = time.perf_counter()
    pid, handle = pty.fork()
    if not pid:
        fcntl.ioctl(1, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
        os.chdir(folder)
        os.execvpe(words[0], list(words), {**environment(), "TERM": "xterm-256color", "COLORTERM": "truecolor"})
    terminal = Terminal(pid, handle, began)
    try:
        yield terminal
    finally:
        if terminal.pid:
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)
        os.close(handle)
