"""Terminals of other kinds: each shows the dashboard, lives through what happens to it, and is as it was afterwards."""

from __future__ import annotations

import os
import re
import shlex
import signal
import sys
import time
from pathlib import Path
from typing import Any

import pexpect
from conftest import Run
from tests.tui.conftest import toured
from tests.tui.test_thrift import ROOT, Tmux, tmux  # noqa: F401

COLOURS = {"linux": b"", "vt220": b"", "screen": b"", "tmux-256color": b"38;5;"}
"""How colours are told to each: those without have the terminal's own sixteen."""
MODE = re.compile(rb"\x1b\[\?([\d;]+)([hl])")
AT_FIRST = {b"25", b"7"}
"""Modes that are on in a terminal: its cursor, and going on in the next line."""


def words(config: Path) -> list[str]:
    return [sys.executable, "-m", "cstui", "--config", str(config), "--as", "admin"]


def environment(**more: str) -> Any:
    kept = {name: value for name, value in os.environ.items() if name not in ("COLORTERM", "NO_COLOR", "TMUX")}
    return kept | {"LANG": "en_US.UTF-8", "PYTHONPATH": f"{ROOT / 'src'}:{ROOT / 'plugins'}", **more}


def otherwise(raw: bytes) -> set[bytes]:
    """The modes of the terminal that were switched and aren't as they were at first."""
    last = {mode: to for modes, to in MODE.findall(raw) for mode in modes.split(b";")}
    return {mode for mode, to in last.items() if (to == b"h") != (mode in AT_FIRST)}


def test_each_shows_it_in_its_own_colours_and_is_left_as_it_was(config_path: Path) -> None:
    toured(config_path, "admin")
    command, *rest = words(config_path)
    seats = {
        term: pexpect.spawn(command, rest, env=environment(TERM=term), dimensions=(24, 80), timeout=60)
        for term in COLOURS
    }
    for term, seat in seats.items():
        raw = b""

        def until(mark: Any, seat: Any = seat) -> bytes:
            seat.expect(mark)
            return bytes(seat.before + seat.after) if mark is not pexpect.EOF else bytes(seat.before)

        raw += until(b"TO SETTLE") + until(b"help")
        os.kill(seat.pid, signal.SIGTSTP)
        seat.send(b"\x1a")  # Ctrl-Z
        seat.send(b"?")
        raw += until(b"EVERYWHERE")
        assert (b"38;5;" in raw, b"38;2;" in raw) == (COLOURS[term] != b"", False), term
        assert {b"25", b"1049", b"2004"} <= otherwise(raw), term
        seat.send(b"\x11")
        raw += until(pexpect.EOF)
        seat.close()
        assert (seat.exitstatus, otherwise(raw)) == (0, set()), term


async def test_in_tmux_a_form_lives_through_every_size_and_the_shell_finds_its_terminal_again(
    config_path: Path,
    tmux: Tmux,  # noqa: F811
    tmp_path: Path,
    run: Run,
) -> None:
    toured(config_path, "admin")
    await run("people.set_pin", {"pin": "2468"})
    state, ours = shlex.quote(str(tmp_path)), shlex.join(words(config_path))
    tmux.start(
        f"cd {state}; stty -g > before; env -u COLORTERM PYTHONPATH={environment()['PYTHONPATH']} LANG=en_US.UTF-8 {ours};"
        f" echo code $?; stty -g > after; exec cat"
    )

    def sees(*told: str) -> None:
        end = time.monotonic() + 60
        while not all(one in (seen := tmux("capture-pane", "-p")) for one in told):
            assert time.monotonic() < end, seen
            time.sleep(0.05)

    def sized(across: int, down: int) -> None:
        tmux("resize-window", "-x", str(across), "-y", str(down))

    sees("TO SETTLE")
    tmux("send-keys", "-l", ":")
    tmux("send-keys", "-l", "people.enrol")
    sees("enrol")
    tmux("send-keys", "Enter")
    sees("Tab next")
    tmux("send-keys", "K007", "Tab", "王芳")
    sees("K007", "王芳")
    for across, down in ((120, 40), (80, 24), (40, 12), (120, 40)):
        sized(20, 5)
        sees("cstui needs")
        sized(across, down)
        sees("王芳", "K007")
    tmux("send-keys", "C-k")
    sees("is locked")
    assert len(tmux("capture-pane", "-p").split()) < 25, tmux("capture-pane", "-p")  # nothing else stands there
    tmux("send-keys", "2468", "Enter")
    sees("K007", "王芳")
    tmux("send-keys", "-l", "玲")
    sees("王芳玲")
    tmux("send-keys", "C-z", "C-q")
    sees("code 0")
    flags = "#{alternate_on} #{cursor_flag} #{mouse_any_flag} #{keypad_cursor_flag} #{keypad_flag}"
    assert tmux("display-message", "-p", flags).strip() == "0 1 0 0 0"
    tmux("send-keys", "-l", "still here")
    sees("still here")
    assert (tmp_path / "before").read_text() == (tmp_path / "after").read_text()
