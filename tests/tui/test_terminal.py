"""The dashboard in a real terminal: what reaches it raw, and how it ends."""

from __future__ import annotations

import os
import pty
import re
import select
import signal
import sqlite3
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Iterator
from fcntl import ioctl
from pathlib import Path

import pytest

READY = b"command"
"""Stands in the footer of Today."""
EVIL = "[/nope]\x1b]0;PWNED\x07\x1b[2J\x9b31m\u202e\u2066\x00\u200b" + "Ａ" + "👨\u200d👩\u200d👧" + "x" * 10_000
OWN = re.compile(rb"\x1b(\[[0-9;?<>=$]*[a-zA-Z]|[=>]|\][0-9]+;[^\x07\x1b]*(\x07|\x1b\\)|P[^\x1b]*\x1b\\)")
"""What Textual itself sends."""


class Seat:
    """A process in a pseudo-terminal."""

    def __init__(self, config: Path, size: tuple[int, int] = (120, 40)) -> None:
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            environ = os.environ | {"TERM": "xterm-256color", "LANG": "en_US.UTF-8", "CSTUI_STRICT": "0"}
            words = [sys.executable, "-m", "cstui", "--config", str(config), "--as", "admin"]
            os.execve(sys.executable, words, environ)
        ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
        self.raw = b""
        self.code: int | None = None

    def read(self, seconds: float = 0.3) -> None:
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            if select.select([self.fd], [], [], left)[0]:
                try:
                    self.raw += os.read(self.fd, 65536)
                except OSError:
                    return

    def until(self, true: Callable[[], object], seconds: float = 30) -> None:
        end = time.monotonic() + seconds
        while not true():
            assert time.monotonic() < end, self.raw[-2000:]
            self.read(0.1)

    def press(self, keys: str) -> None:
        os.write(self.fd, keys.encode())
        self.read()

    def ended(self) -> bool:
        if self.code is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            self.code = os.waitstatus_to_exitcode(status) if pid else None
        return self.code is not None


@pytest.fixture
def seats() -> Iterator[Callable[[Path], Seat]]:
    made: list[Seat] = []

    def sit_down(config: Path) -> Seat:
        made.append(Seat(config))
        return made[-1]

    yield sit_down
    for seat in made:
        if not seat.ended():
            os.kill(seat.pid, signal.SIGKILL)
            os.waitpid(seat.pid, 0)


def test_no_text_of_people_acts_on_the_terminal(config_path: Path, seats: Callable[[Path], Seat]) -> None:
    with sqlite3.connect(config_path.with_name("cstui.db")) as store:
        store.execute("UPDATE people_staff SET name = ?, number = '[/nope]'", [EVIL])
    seat = seats(config_path)
    seat.until(lambda: READY in seat.raw)
    for keys in ("G", "people.staff", "\r", "\r", "\x1b", "J", "\r", "\x1b", "\x1b", "?", "\x1b", ":", "\x1b"):
        seat.press(keys)
    seat.press("/")
    seat.press("[/nope]")
    own = OWN.sub(b"", seat.raw).decode("utf-8", "replace")
    assert "[/nope]" in own
    assert "^[]0;PWNED^G^[[2J<U+009B>31m<U+202E><U+2066>^@" in own
    assert b"\x1b]0;PWNED" not in seat.raw
    assert not set(own) & set("\x1b\x9b\x9d\u202e\u2066\u200b\x00")


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129)])
def test_a_signal_ends_it_in_order(
    config_path: Path, seats: Callable[[Path], Seat], number: signal.Signals, code: int
) -> None:
    seat = seats(config_path)
    seat.until(lambda: READY in seat.raw)
    os.kill(seat.pid, number)
    seat.until(seat.ended)
    assert seat.code == code, seat.raw[-3000:].decode(errors="replace")
    assert b"\x1b[?1049l" in seat.raw
    assert not config_path.with_name("cstui.db-wal").exists()


def test_it_goes_when_the_terminal_goes(config_path: Path, seats: Callable[[Path], Seat]) -> None:
    seat = seats(config_path)
    seat.until(lambda: READY in seat.raw)
    os.close(seat.fd)
    end = time.monotonic() + 10
    while not seat.ended():
        assert time.monotonic() < end
        time.sleep(0.1)
    assert not config_path.with_name("cstui.db-wal").exists()


def test_it_goes_with_a_terminal_of_which_only_a_parent_is_told(config_path: Path) -> None:
    """`make` is told by the system that the terminal hung up, and waits for what it started: nobody tells that."""
    words = (sys.executable, "-m", "cstui", "--config", str(config_path), "--as", "admin")
    pid, fd = pty.fork()
    if not pid:
        signal.signal(signal.SIGHUP, signal.SIG_IGN)
        child = subprocess.Popen(words, env={**os.environ, "TERM": "xterm-256color"})
        config_path.with_name("pid").write_text(str(child.pid), "utf-8")
        os._exit(child.wait() % 256)
    ioctl(fd, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
    painted = b""
    while READY not in painted:
        painted += os.read(fd, 65536)
    os.close(fd)
    end = time.monotonic() + 10
    while not os.waitpid(pid, os.WNOHANG)[0]:
        if time.monotonic() > end:
            os.kill(int(config_path.with_name("pid").read_text("utf-8")), signal.SIGKILL)
            os.waitpid(pid, 0)
            raise AssertionError("it goes on without a terminal")
        time.sleep(0.1)
    assert not config_path.with_name("cstui.db-wal").exists()


def test_it_is_silent_while_nothing_happens(config_path: Path, seats: Callable[[Path], Seat]) -> None:
    seat = seats(config_path)
    seat.until(lambda: READY in seat.raw)
    seat.read(1)
    before = len(seat.raw)
    seat.read(5)
    assert len(seat.raw) - before < 300  # the clock may have moved on by a minute


BROKEN = """
from dataclasses import replace
from cstui.api import Column, hookimpl

def broken(ctx, row):
    raise RuntimeError("13800001111")

@hookimpl
def cstui_amend_area(area):
    if area.id == "people":
        staff, *others = area.registers
        return replace(area, registers=(replace(staff, columns=(Column("login", value=broken),)), *others))
"""


def test_an_unforeseen_fault_is_one_sentence(config_path: Path, seats: Callable[[Path], Seat]) -> None:
    plugins = config_path.parent / "plugins"
    plugins.mkdir(mode=0o700)
    (plugins / "broken.py").write_text(BROKEN)
    config_path.write_text(config_path.read_text() + f'\n[plugins]\ndirs = ["{plugins}"]\n')
    seat = seats(config_path)
    seat.until(lambda: READY in seat.raw)
    for keys in ("G", "people.staff", "\r"):
        seat.press(keys)
    seat.until(seat.ended)
    assert seat.code == 70
    assert b"cstui had to stop (RuntimeError)" in seat.raw
    assert b"Traceback" not in seat.raw and b"13800001111" not in seat.raw
    log = config_path.with_name("cstui.log")
    assert "RuntimeError" in log.read_text() and log.stat().st_mode & 0o077 == 0
