"""F5 in the dashboard: a plugin's files are read again, pages and forms stay, a fault is a card and all else works on."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import lost_site

from cstui import engine
from cstui.plugins import forget
from cstui.tui.screens.faults import Faults
from cstui.tui.screens.form import Form
from cstui.tui.screens.register import Register
from cstui.tui.screens.today import Today
from cstui.tui.screens.view import ViewPage

NOTES = """
from cstui.api import Action, Area, Input, Line, Piece, Text, View, ViewLine

__version__ = "1"


class Note(Input):
    words: Line


async def note(ctx, data):
    return Text("notes.done.noted", words=data.words)


async def board(ctx, width):
    return [ViewLine((Piece("first board", cells=20), Piece(ctx.today, "dim")))]


AREA = Area(
    "notes",
    strings=str(__import__("pathlib").Path(__file__).parent / "notes_words"),
    actions=(Action("notes.note", run=note, needs="notes.note", input=Note),),
    views=(View("notes.board", board),),
)
"""
WORDS = 'title = "Notes"\nfield.words = "Words"\nview.board = "Board"\ndone.noted = "Noted: {words}"\naction.note = "note"\n'


@pytest.fixture(autouse=True)
def forget_site_modules(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.delenv("CSTUI_STRICT")  # as it is for people
    yield
    forget()


@pytest.fixture
def site(tmp_path: Path, lost_template: Path) -> Path:
    """A site with two plugins of its own: one with records, one with a form and a view."""
    config = lost_site(tmp_path, lost_template)
    words = tmp_path / "dropins" / "notes_words"
    words.mkdir()
    for lang in ("en", "zh_CN"):
        (words / f"{lang}.toml").write_text(WORDS, "utf-8")
    (tmp_path / "dropins" / "notes.py").write_text(NOTES, "utf-8")
    return config


def change(path: Path, *pairs: tuple[str, str]) -> None:
    text = path.read_text("utf-8")
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new)
    path.write_text(text, "utf-8")


async def test_pages_stay_where_they_are_with_the_declarations_as_they_are_now(sit, site: Path, tmp_path: Path) -> None:
    lost = tmp_path / "dropins" / "lost" / "__init__.py"
    async with sit(config=site) as desk:
        app = desk.app
        assert app.host
        for tag in ("A-1", "A-2", "B-1"):
            await app.screen.act("lost.find", {"tag": tag, "name": f"umbrella {tag}"})
        app.push_screen(Register("lost.items"))
        await desk.sees("umbrella B-1")
        page = app.screen
        await desk.press("F")
        await desk.type("name~umbrella")
        await desk.press("enter")
        await desk.sees("name~umbrella")
        await desk.press("down", "down")
        assert page.current.pk == 3
        former, record = app.host, sys.modules["cstui_site.lost"].Item
        change(lost, ('Column("owner")', 'Column("found_at", width=16), Column("version", width=8)'))
        await desk.press("f5")
        await desk.until(lambda: app.host is not former)
        await desk.sees("Read again: lost, notes 1")
        assert app.screen is page and page.current.pk == 3 and page.line == "name~umbrella"
        assert page.current.record.__class__ is sys.modules["cstui_site.lost"].Item is not record
        assert desk.lines[1].split() == ["tag", "name", "found", "at", "Version"]
        # an act with the classes as they are now, through the door, on the store as it was
        await desk.press("g")
        await desk.until(lambda: isinstance(app.screen, Form))
        await desk.type("li.na")
        await desk.press("enter")
        await desk.until(lambda: app.screen is page)
        assert [row["owner"] for row in await app.call(app.host.store.query("SELECT owner FROM lost_item"))][
            2
        ] == "li.na"
        # the past that was shown is made anew, of the records as they are now
        await desk.press("H")
        await desk.type("2026-11-24 09:02")
        await desk.press("enter")
        await desk.until(lambda: page.window.then)
        shown, former = page.window.then, app.host
        await desk.press("f5")
        await desk.until(lambda: app.host is not former and page.window.then)
        assert page.window.then is not shown and page.window.then.moment == shown.moment
        await desk.sees("umbrella A-1")
        # leaving asks the store of this host, not of the former one
        app.end()
    assert app.return_code == 0 and not app.fault


async def test_a_form_keeps_what_was_typed(sit, site: Path, tmp_path: Path) -> None:
    async with sit(config=site) as desk:
        app = desk.app
        await app.screen.perform(app.host.actions["notes.note"])
        await desk.until(lambda: isinstance(app.screen, Form) and app.screen.at)
        await desk.type("half a sentence")
        form = app.screen
        change(tmp_path / "dropins" / "notes.py", ("words: Line", "words: Line\n    more: Line | None = None"))
        await desk.press("f5")
        await desk.until(lambda: isinstance(app.screen, Form) and app.screen is not form and app.screen.at)
        assert app.screen.all_typed() == {"words": "half a sentence", "more": ""}
        await desk.press("enter")
        await desk.sees("Noted: half a sentence")


async def test_a_form_that_is_opened_anew_neither_acts_by_itself_nor_writes_over_what_others_did(
    sit, site: Path, tmp_path: Path
) -> None:
    lost = tmp_path / "dropins" / "lost" / "__init__.py"
    held = '\n\nasync def held(ctx, rows):\n    return {"owner": rows[0].owner, "name": rows[0].name}\n\n\nAREA = Area('
    change(
        lost,
        ("\n\nAREA = Area(", held),
        ("    owner: Line\n", "    owner: Line | None = None\n    name: Line | None = None\n"),
        ('"lost.give", run=give,', '"lost.give", run=give, prefill=held,'),
        ("item.owner = data.owner", "item.owner, item.name = data.owner, data.name"),
    )
    async with sit(config=site) as desk:
        app = desk.app
        await app.screen.act("lost.find", {"tag": "A-1", "name": "umbrella"})
        await app.screen.perform(app.host.actions["lost.give"], target=(1,))
        await desk.until(lambda: isinstance(app.screen, Form) and app.screen.at)
        form = app.screen
        form.override = "the owner waits"
        await desk.type("Li")
        other = {"tag": "A-1", "name": "green umbrella"}
        await app.call(engine.run(app.host, "lost.find", other, app.actor))
        await desk.press("f5")
        await desk.until(lambda: isinstance(app.screen, Form) and app.screen is not form and app.screen.at)
        assert app.screen.all_typed() == {"owner": "Li", "name": "green umbrella"}
        assert (app.screen.version, app.screen.override) == (1, "the owner waits")
        # its action has nothing to fill in any more: nothing is done
        change(lost, ("input=Give, ", ""))
        await desk.press("f5")
        await desk.until(lambda: not isinstance(app.screen, Form))
        assert await app.call(app.host.store.query("SELECT owner FROM lost_item")) == [{"owner": ""}]


async def test_a_fault_is_a_card_and_the_others_work_on(sit, site: Path, tmp_path: Path) -> None:
    notes = tmp_path / "dropins" / "notes.py"
    async with sit(config=site) as desk:
        app = desk.app
        app.push_screen(ViewPage("notes.board"))
        await desk.sees("first board         2026-11-24")
        # the view fails: a card in its place, at the plugin's own line
        change(notes, ("    return [ViewLine", "    {}['nothing']\n    return [ViewLine"))
        await desk.press("f5")
        await desk.sees("KeyError: 'nothing'")
        line = notes.read_text("utf-8").splitlines().index("    {}['nothing']") + 1
        assert "notes.py, line" in " ".join(desk.painted.split()) and f"line {line}" in desk.painted
        assert "{}['nothing']" in desk.painted and "press F5" in desk.painted
        # the file can't even be read: the area is set aside, its page is left, the card lies above
        change(notes, ("async def board(ctx, width):", "async def board(ctx, width:"))
        await desk.press("f5")
        await desk.until(lambda: isinstance(app.screen, Faults))
        await desk.sees("SyntaxError")
        assert "notes" not in app.host.areas and "lost" in app.host.areas
        await desk.press("enter")
        assert isinstance(app.screen, Today)
        assert "notes" in {area for area, _ in app.screen.review.unknown}, "unknown, never done"
        await desk.press("P")
        await desk.sees("SET ASIDE")
        # mended
        change(notes, ("async def board(ctx, width:", "async def board(ctx, width):"), ("    {}['nothing']\n", ""))
        await desk.press("f5")
        await desk.sees("Read again: lost, notes 1")
        assert "notes" in app.host.areas and "SET ASIDE" not in desk.painted


async def test_a_site_that_cannot_be_opened_anew_goes_on_as_it_was(sit, site: Path, tmp_path: Path) -> None:
    async with sit(config=site) as desk:
        app = desk.app
        former, module = app.host, sys.modules["cstui_site.notes"]
        good = site.read_text("utf-8")
        site.write_text(good + "\ncolour = 1\n", "utf-8")
        await desk.press("f5")
        await desk.sees("It goes on as it was: ")
        assert app.host is former and sys.modules["cstui_site.notes"] is module
        await app.screen.act("lost.find", {"tag": "A-1", "name": "umbrella"})
        site.write_text(good, "utf-8")
        await desk.press("f5")
        await desk.until(lambda: app.host is not former)


async def test_records_without_a_place_in_the_store_are_told_with_the_way_out(sit, site: Path, tmp_path: Path) -> None:
    lost = tmp_path / "dropins" / "lost"
    new = 'found_at = fields.DatetimeField()\n    colour = fields.CharField(max_length=16, default="")'
    async with sit(config=site) as desk:
        app = desk.app
        await app.screen.act("lost.find", {"tag": "A-1", "name": "umbrella"})
        change(lost / "__init__.py", ("found_at = fields.DatetimeField()", new))
        await desk.press("f5")
        await desk.until(lambda: isinstance(app.screen, Faults))
        told = " ".join("".join(text for line in await app.screen.told() for text, _ in line).split())
        assert "lost_item.colour" in told and "cstui plugin migrate lost" in told
        await desk.press("enter")
        assert "lost" not in app.host.areas and "notes" in app.host.areas
        command = (sys.executable, "-m", "cstui", "--config", site, "plugin", "migrate", "lost", "--yes")
        made = await asyncio.to_thread(subprocess.run, command, capture_output=True, text=True, check=False)
        assert made.returncode == 0, made.stderr
        await desk.press("f5")
        await desk.sees("Read again: lost, notes 1")
        assert await app.call(app.host.store.query("SELECT tag, colour FROM lost_item")) == [
            {"tag": "A-1", "colour": ""}
        ]
        await app.screen.act("lost.find", {"tag": "A-2", "name": "glove"})
        assert not app.screen.warned


BAD = {
    "return [ViewLine((Piece('x', 'loud'),))]": ("there is no style loud", "没有样式 loud"),
    "return [ViewLine((Piece('x'),), 'notes.none', 1)]": ("there is no register notes.none", "没有登记簿 notes.none"),
    "return 1 / 0": ("division by zero", "division by zero"),
    "raise SystemExit(3)": ("tried to end the program (3)", "tried to end the program (3)"),
    "await __import__('asyncio').sleep(60)": ("no answer within", "秒内没有答复"),
}


async def test_whatever_a_view_does_the_dashboard_lives(
    sit, site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cstui.tui.screens.view.PATIENCE", 0.1)
    made = "".join(f"\n\nasync def bad{n}(ctx, width):\n    {body}\n" for n, body in enumerate(BAD))
    views = "".join(f' View("notes.bad{n}", bad{n}),' for n in range(len(BAD)))
    notes = tmp_path / "dropins" / "notes.py"
    change(
        notes, ("\n\nAREA", f"{made}\n\nAREA"), ('View("notes.board", board),', f'View("notes.board", board),{views}')
    )
    for lang in ("en", "zh_CN"):
        words = "".join(f'view.bad{n} = "Page {n}"\n' for n in range(len(BAD)))
        (tmp_path / "dropins" / "notes_words" / f"{lang}.toml").write_text(WORDS + words, "utf-8")
    async with sit(config=site) as desk:
        for n, (told, in_chinese) in enumerate(BAD.values()):
            await desk.press(":")
            await desk.type(f"page {n}")
            await desk.sees(f"Notes: Page {n}")
            await desk.press("enter")
            await desk.sees(told)
            await desk.press("L")
            await desk.sees(in_chinese)
            await desk.press("L")
            await desk.sees(told)
            await desk.press("escape")
            assert isinstance(desk.app.screen, Today)
