"""Colours, characters, sizes, the mouse and the clipboard: what every terminal gets to see."""

from __future__ import annotations

import ast
import base64
import fcntl
import os
import pty
import select
import signal
import struct
import sys
import termios
import time
import tomllib
from dataclasses import fields
from pathlib import Path
from typing import Any
from unicodedata import east_asian_width

import pytest
from picture import VGA
from rich.color import Color, ColorSystem, ColorType
from rich.terminal_theme import DEFAULT_TERMINAL_THEME, TerminalTheme
from textual import events
from textual.geometry import Size

import cstui
from cstui.cells import width
from cstui.store.state import recall
from cstui.tui import theme
from cstui.tui.looks import LEAST, THEME, notice
from cstui.tui.spelling import letters
from cstui.tui.terminal import charset
from cstui.tui.widgets.line import Line
from cstui.tui.widgets.rows import Rows

HOME = Path(cstui.__file__).parent
GROUNDS = ("background", "surface", "raised", "selected")
LEGIBLE = 4.5
"""The least contrast of text, as the guidelines for accessible content have it."""


@pytest.fixture(autouse=True)
def truecolor(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("NO_COLOR", "COLORFGBG", "TMUX"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLORTERM", "truecolor")


def luminance(rgb: tuple[int, int, int]) -> float:
    red, green, blue = (v / 255 / 12.92 if v <= 10 else ((v / 255 + 0.055) / 1.055) ** 2.4 for v in rgb)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: tuple[int, int, int], other: tuple[int, int, int]) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("name", theme.PALETTES)
@pytest.mark.parametrize("system", [ColorSystem.TRUECOLOR, ColorSystem.EIGHT_BIT])
@pytest.mark.parametrize("console", [VGA, DEFAULT_TERMINAL_THEME])
def test_every_text_can_be_read_on_every_background(name: str, system: ColorSystem, console: TerminalTheme) -> None:
    palette = theme.PALETTES[name]

    def rgb(field: str) -> tuple[int, int, int]:
        return tuple(Color.parse(getattr(palette, field)).downgrade(system).get_truecolor(console))  # type: ignore[return-value]

    texts = [one.name for one in fields(palette) if one.name not in (*GROUNDS, "dark", "ansi")]
    found = {(text, ground): contrast(rgb(text), rgb(ground)) for text in texts for ground in GROUNDS}
    assert {pair: round(ratio, 2) for pair, ratio in found.items() if ratio < LEGIBLE} == {}


@pytest.mark.parametrize("name", ["dark", "light"])
def test_with_256_colours_the_row_one_is_at_stands_out_of_all_others(name: str) -> None:
    palette = theme.PALETTES[name]
    grounds = [Color.parse(getattr(palette, ground)).downgrade(ColorSystem.EIGHT_BIT).number for ground in GROUNDS]
    assert grounds[-1] not in grounds[:-1]


@pytest.mark.parametrize(
    ("asked", "environ", "taken"),
    [
        ("auto", {"TERM": "xterm-256color"}, "dark"),
        ("auto", {"TERM": "xterm", "COLORTERM": "truecolor"}, "dark"),
        ("auto", {"TERM": "linux"}, "16"),
        ("auto", {"TERM": "vt100"}, "16"),
        ("auto", {}, "16"),
        ("auto", {"TERM": "rxvt-256color", "COLORFGBG": "0;default;15"}, "light"),
        ("light", {"TERM": "xterm-256color"}, "light"),
        ("16", {"TERM": "xterm-256color"}, "16"),
        ("light", {"TERM": "linux"}, "16"),
        ("light", {"TERM": "xterm-256color", "NO_COLOR": "1"}, theme.NO_COLOR),
        ("light", {"TERM": "xterm-256color", "NO_COLOR": ""}, "light"),
    ],
)
def test_the_theme_is_what_was_asked_for_as_far_as_the_terminal_goes(
    asked: str, environ: dict[str, str], taken: str
) -> None:
    assert theme.choose(asked, environ) == taken


def strips(desk: Any) -> list[Any]:
    return list(desk.app.screen._compositor.render_strips())


def at(desk: Any, x: int, y: int) -> Any:
    """The style of a cell."""
    for segment in strips(desk)[y]:
        x -= segment.cell_length
        if x < 0:
            return segment.style
    raise IndexError


async def test_without_colour_bold_bars_and_signs_tell_the_same(
    sit: Any, run: Any, key: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    await run("keys.register", key)
    async with sit(size=(80, 24)) as desk:
        used = {
            (segment.style.color, segment.style.bgcolor)
            for strip in strips(desk)
            for segment in strip
            if segment.style and not (segment.style.color is segment.style.bgcolor is None)
        }
        assert all(colour is None or colour.is_default for pair in used for colour in pair)
        row = desk.app.screen.query_one(Rows)
        y = row.region.y + row.cursor
        assert at(desk, 10, y).reverse and not at(desk, 10, y + 3).reverse
        assert desk.lines[y].startswith(">!")
        assert at(desk, 1, 23).bold  # a key in the footer
        await desk.press("D")
        assert at(desk, *desk.app.screen.focused.region.offset).underline or desk.app.screen.focused.styles.border


async def test_a_theme_is_chosen_from_the_command_list_and_kept_for_the_login(sit: Any, run: Any) -> None:
    async with sit(size=(80, 24)) as desk:
        assert at(desk, 0, 2).bgcolor.name == theme.DARK.background
        await desk.press(":")
        await desk.type("colours light")
        await desk.press("enter")
        await desk.until(lambda: at(desk, 0, 2).bgcolor.name == theme.LIGHT.background)
        grounds = {segment.style.bgcolor.name for strip in strips(desk) for segment in strip}
        assert grounds <= {getattr(theme.LIGHT, ground) for ground in GROUNDS}
        assert await desk.app.call(recall("admin", THEME)) == "light"
    async with sit(size=(80, 24)) as desk:
        assert desk.app.theme == "light"
        await desk.app.choose_theme("auto")
        assert desk.app.theme == "dark"


async def test_the_configuration_chooses_the_theme(sit: Any, config_path: Path) -> None:
    config_path.write_text('theme = "16"\n' + config_path.read_text("utf-8"), "utf-8")
    async with sit(size=(80, 24)) as desk:
        colours = [
            colour
            for strip in strips(desk)
            for segment in strip
            for colour in (segment.style.color, segment.style.bgcolor)
            if colour
        ]
        assert {colour.number for colour in colours if not colour.is_default} >= {0, 7, 14, 15}
        assert all(colour.is_default or colour.type == ColorType.STANDARD for colour in colours)


@pytest.mark.parametrize("lang", ["en", "zh_CN"])
def test_no_word_of_the_host_has_a_character_of_ambiguous_width(lang: str) -> None:
    """But for the quotation marks and dashes of Chinese sentences, which are always of this kind."""
    told = []
    for path in sorted(HOME.rglob(f"strings/{lang}.toml")):
        if path.parts[-3] == "cli":  # no columns there
            continue
        for name, text in leaves(tomllib.loads(path.read_text("utf-8"))):
            for char in set(text) - (set("“”…—") if lang == "zh_CN" else set()):
                if east_asian_width(char) == "A":
                    told.append((path.parent.parent.name, name, char))
    assert told == []


def leaves(table: dict[str, Any], above: str = "") -> Any:
    for name, value in table.items():
        if isinstance(value, dict):
            yield from leaves(value, f"{above}{name}.")
        else:
            yield f"{above}{name}", str(value)


def test_no_sign_that_the_dashboard_paints_is_of_ambiguous_width() -> None:
    told = []
    for path in sorted((HOME / "tui").rglob("*.py")):
        tree = ast.parse(path.read_text("utf-8"))
        prose = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in prose:
                told += [(path.name, node.lineno, char) for char in node.value if east_asian_width(char) == "A"]
    assert [one for one in told if one[0] != "spelling.py"] == []  # there they stand for what is replaced


# sizes


def test_a_terminal_too_small_says_what_is_needed() -> None:
    shown = notice(["cstui needs 40x12 cells. Make the window larger."], Size(20, 3))
    assert [strip.text.rstrip() for (strip,) in shown.strips] == [
        "cstui needs 40x12",
        "cells. Make the",
        "window larger.",
    ]
    assert {strip.cell_length for (strip,) in shown.strips} == {20}
    assert len(notice(["words"], Size(1, 1)).strips) == 1


async def test_nothing_is_lost_and_nothing_done_while_the_terminal_is_too_small(sit: Any, run: Any, key: Any) -> None:
    await run("review.add", {"text": "第一项", "day": "2026-11-24"})
    async with sit(size=(80, 24)) as desk:
        await desk.press("D")
        await desk.type("tomorrow")
        before = desk.painted
        await desk.pilot.resize_terminal(LEAST.width - 1, 24)
        await desk.press("escape", "Q", "y", "x")
        assert desk.app.small and desk.app.is_running
        await desk.pilot.resize_terminal(80, LEAST.height - 1)
        assert desk.app.small
        await desk.pilot.resize_terminal(80, 24)
        await desk.until(lambda: desk.painted == before)
        await desk.pilot.resize_terminal(*LEAST)
        assert not desk.app.small
        await desk.pilot.resize_terminal(3, 2)
        await desk.press("ctrl+q")
        await desk.until(lambda: not desk.app.is_running)


# a terminal without UTF-8


@pytest.mark.parametrize(
    ("encoding", "environ", "found"),
    [
        ("utf-8", {"LANG": "zh_CN.UTF-8"}, ""),
        ("UTF-8", {}, ""),
        ("utf-8", {"LC_ALL": "C.UTF-8", "LANG": "C"}, ""),
        ("utf-8", {"LANG": "C"}, "ascii"),
        ("utf-8", {"LC_ALL": "POSIX", "LANG": "zh_CN.UTF-8"}, "ascii"),
        ("utf-8", {"LC_ALL": "C", "PYTHONIOENCODING": "utf-8"}, ""),
        ("ascii", {"PYTHONIOENCODING": "ascii"}, "ascii"),
        ("gbk", {"LANG": "zh_CN.GBK"}, "gbk"),
        ("nonsense", {}, "ascii"),
    ],
)
def test_the_character_set_is_what_python_writes_unless_the_locale_says_less(
    encoding: str, environ: dict[str, str], found: str
) -> None:
    assert charset(encoding, environ) == found


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("王芳 客服部", "WaFa KeFuBu"),
        ("3-2 401 防盗铁门", "3-2 401 FaDaTiMe"),
        ("（甲）：好。", "( Ji) : Ha. "),
        ("é … “x” — 👍", 'e . "x" - ??'),
        ("a\u0301b", "ab"),
    ],
)
def test_what_ascii_cannot_show_is_spelled_in_as_many_cells(text: str, told: str) -> None:
    spelled = "".join(letters(char, "ascii") for char in text)
    assert spelled == told
    assert width(spelled) == width(text)


async def test_without_utf8_all_is_plain_letters_in_english_and_says_so(
    sit: Any, run: Any, key: Any, config_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "C")
    monkeypatch.delenv("PYTHONIOENCODING", raising=False)
    config_path.write_text(config_path.read_text("utf-8").replace('language = "en"', 'language = "zh_CN"'), "utf-8")
    await run("keys.register", {**key, "labelled": "false", "equipment_room_name": "水泵房"})
    async with sit(size=(80, 24)) as desk:
        await desk.sees("ShBeFa")
        await desk.sees("Chinese is spelled")
        assert desk.painted.isascii()
        await desk.press("L")
        await desk.sees("MiLi")  # 命令
        assert desk.painted.isascii()


# the mouse and the clipboard


async def test_a_click_goes_to_a_row_a_second_opens_it_and_the_wheel_scrolls(sit: Any, run: Any, key: Any) -> None:
    for number in range(1, 31):
        await run("review.add", {"text": f"第{number}项", "day": "2026-11-24"})
    async with sit(size=(80, 24)) as desk:
        rows = desk.app.screen.query_one(Rows)
        await desk.pilot.click(rows, offset=(10, 4))
        assert rows.cursor == 4
        top = rows.scroll_offset.y
        for _ in range(3):
            await desk.pilot._post_mouse_events([events.MouseScrollDown], widget=rows, offset=(10, 4))
        await desk.until(lambda: rows.scroll_offset.y > top)
        await desk.pilot.click(rows, offset=(10, 2))
        clicked = rows.cursor
        assert clicked == 2 + rows.scroll_offset.y
        await desk.pilot.click(rows, offset=(10, 2), times=2)
        await desk.until(lambda: desk.app.screen.query("#choices"))


async def test_a_click_on_a_key_in_the_footer_presses_it(sit: Any, run: Any, key: Any) -> None:
    await run("keys.register", key)
    async with sit(size=(80, 24)) as desk:
        footer = desk.app.screen.query_one("#footer", Line)
        line = desk.lines[23]
        await desk.pilot.click(footer, offset=(line.index("help") + 1, 0))
        await desk.until(lambda: type(desk.app.screen).__name__ == "Help")
        footer = desk.app.screen.query_one("#footer", Line)
        await desk.pilot.click(footer, offset=(footer.cell_of("Esc"), 0))
        await desk.until(lambda: type(desk.app.screen).__name__ == "Today")
        await desk.pilot.click("#footer", offset=(0, 0))
        assert type(desk.app.screen).__name__ == "Today"


async def test_what_is_told_of_a_matter_is_copied_clean(sit: Any, run: Any, key: Any) -> None:
    title = "第一项[/nope]"
    await run("review.add", {"text": title, "day": "2026-11-24"})
    async with sit() as desk:
        written: list[str] = []
        desk.app._driver.write = written.append
        await desk.sees("HISTORY")
        await desk.press("Y")
        (copied,) = [text for text in written if text.startswith("\x1b]52;")]
        text = base64.b64decode(copied.removeprefix("\x1b]52;c;").removesuffix("\a")).decode()
        assert title in text and "HISTORY" in text
        assert "\x1b" not in text and not any(line.endswith(" ") for line in text.splitlines())
        await desk.sees("copied")
        desk.app.screen.copied = lambda: "汉" * 70_000
        await desk.press("Y")
        await desk.sees("too long to copy")
        desk.app.screen.copied = lambda: ""
        await desk.press("Y")
        await desk.sees("nothing to copy")


# a real terminal


@pytest.mark.parametrize("environ", [{"LC_ALL": "POSIX"}, {"LANG": "zh_CN.UTF-8", "PYTHONIOENCODING": "ascii"}])
def test_a_real_terminal_without_utf8_gets_plain_letters_and_what_it_needs_when_too_small(
    config_path: Path, environ: dict[str, str]
) -> None:
    pid, terminal = pty.fork()
    if pid == 0:
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG", "PYTHONIO"))}
        words = [sys.executable, "-m", "cstui", "--config", str(config_path), "--as", "admin"]
        os.execve(sys.executable, words, kept | {"TERM": "xterm-256color", "COLUMNS": "80", "LINES": "24"} | environ)

    def until(*words: bytes) -> None:
        """Reads until each of these was painted; one read may bring several of them, in any order."""
        raw = b""
        end = time.monotonic() + 60
        while not all(word in raw for word in words):
            assert time.monotonic() < end, raw[-1000:]
            if select.select([terminal], [], [], 0.1)[0]:
                raw += os.read(terminal, 65536)
            assert raw.isascii()

    try:
        fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        until(b"KeFuYiBu", b"help")
        fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 8, 30, 0, 0))
        until(b"needs")
        fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        until(b"KeFuYiBu")
        os.write(terminal, b"\x11")
        until(b"\x1b[?1049l")
    finally:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        os.close(terminal)
