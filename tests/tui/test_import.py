"""Importing at the dashboard: the file, what its columns are, the dry run and its report, the act."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from cstui import bulk, identity, journal, registers
from cstui.tui.screens.importing import Import
from cstui.tui.screens.register import Register

STRANGE = "钥匙号码,楼栋,部位类别,单元,楼层,房号,门类,天气\n"
GOOD = STRANGE + "T1,1,业主,1,2,01,入户门,晴\nT2,1,业主,1,3,01,入户门,雨\n"
BAD = GOOD + "T3,1,业主,1,4,01,入户们,阴\n"


@pytest.fixture
def exchange(config_path: Path) -> Path:
    """Where the files of those who come by a service account lie."""
    folder = config_path.parent / "exchange"
    folder.mkdir()
    return folder


async def register(desk: Any, name: str = "keys.keys") -> None:
    await desk.press("G")
    await desk.type(name)
    await desk.press("enter")
    await desk.until(lambda: isinstance(desk.app.screen, Register) and desk.app.screen.allocation.key("import"))


async def pick(desk: Any, name: str, words: str) -> None:
    """Press I, choose the file, wait for the first question or the report."""
    await desk.press("I")
    await desk.sees(name)
    await desk.type(name)
    await desk.press("enter")
    await desk.sees(words)


async def keys(host: Any) -> int:
    ctx = await host.context(await host.actor("admin"))
    return await registers.count(host, ctx, "keys.keys")


async def test_unknown_columns_are_asked_once_and_the_dry_run_is_stored_by_enter(
    sit: Any, host: Any, exchange: Path
) -> None:
    (exchange / "k.csv").write_text(GOOD, "utf-8")
    async with sit() as desk:
        await register(desk)
        await pick(desk, "k.csv", "钥匙号码 (T1, T2): which field is it?")
        first = next(line for line in desk.lines if "> " in line and "tag number" in line)
        assert "required" in first  # the near guess is the first choice
        await desk.press("enter")
        await desk.sees("天气 (晴, 雨)")
        await desk.press("enter")
        await desk.sees("created 2, updated 0, unchanged 0, refused 0")
        assert await host.call(keys(host)) == 0
        await desk.press("enter")
        await desk.sees("Stored")
        assert await host.call(keys(host)) == 2
        await desk.press("escape")
        await desk.until(lambda: isinstance(desk.app.screen, Register))
        await desk.sees("1-1 301")
        assert desk.app.host.actions[(await host.call(journal.page(host)))[0].action].id == "site.map_headers"
        await pick(desk, "k.csv", "created 0, updated 0, unchanged 2, refused 0")  # nobody is asked again
        assert "remembered" in desk.painted.lower()
        await desk.press("enter")  # there is nothing to store
        assert isinstance(desk.app.screen, Import)


async def test_refused_lines_are_told_and_the_good_ones_stored_by_s(sit: Any, host: Any, exchange: Path) -> None:
    (exchange / "k.csv").write_text(BAD.replace("天气", "备[/nope]\x1b[2J注"), "utf-8")
    async with sit(size=(80, 24)) as desk:
        await register(desk)
        await pick(desk, "k.csv", "钥匙号码")
        await desk.press("enter")
        await desk.sees("备[/nope]")
        await desk.press("enter")
        await desk.sees("refused 1")
        assert "line 4" in desk.painted
        assert "入户们" in desk.painted
        assert "\x1b" not in desk.painted
        await desk.press("enter")  # Enter doesn't store where lines are refused: it says which key does
        assert sum("press s" in line for line in desk.lines) == 2
        assert await host.call(keys(host)) == 0
        await desk.press("s")
        await desk.sees("Stored")
        assert await host.call(keys(host)) == 2


async def test_a_required_field_without_a_column_is_asked_for(sit: Any, host: Any, exchange: Path) -> None:
    (exchange / "p.csv").write_text("甲,乙\n1001,王芳\n", "utf-8")
    async with sit() as desk:
        await register(desk, "people.staff")
        await pick(desk, "p.csv", "甲 (1001)")
        await desk.press("down", "enter")  # this one and the rest are left out
        await desk.sees("Which column is 工号")
        await desk.press("enter")
        await desk.sees("Which column is 姓名")
        await desk.press("enter")
        await desk.sees("created 1")


async def test_escape_while_it_runs_stores_nothing(
    sit: Any, host: Any, exchange: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk, "PART", 10)
    lines = "".join(f"T{n},1,业主,1,{n},01,入户门\n" for n in range(1, 4000))
    (exchange / "k.csv").write_text("钥匙编号,楼栋,部位类别,单元,楼层,房号,门类\n" + lines, "utf-8")
    async with sit() as desk:
        await register(desk)
        await pick(desk, "k.csv", " of 3999")
        assert "nothing is stored yet" in desk.painted
        assert await desk.app.call(keys(desk.app.host)) == 0  # reading goes on meanwhile
        await desk.press("escape")
        await desk.sees("Stopped: nothing was stored")
        await desk.press("escape")
        await desk.until(lambda: isinstance(desk.app.screen, Register))
        assert await host.call(keys(host)) == 0


async def test_what_cant_be_read_is_one_sentence(sit: Any, exchange: Path) -> None:
    (exchange / "k.xls").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    async with sit(size=(80, 24)) as desk:
        await register(desk)
        await pick(desk, "k.xls", "old Excel file")
        await desk.press("escape")
        await desk.until(lambda: isinstance(desk.app.screen, Register))


async def test_of_several_sheets_one_is_chosen(sit: Any, exchange: Path) -> None:
    book = openpyxl.Workbook()
    book.create_sheet("旧表", 0).append(["工号", "姓名"])
    book.worksheets[0].append([1, "甲"])
    page = book.create_sheet("在册")
    page.append(["工号", "姓名"])
    page.append([1, "乙"])
    page.append([2, "丙"])
    book.save(exchange / "p.xlsx")
    async with sit() as desk:
        await register(desk, "people.staff")
        await pick(desk, "p.xlsx", "Which sheet?")
        await desk.type("在册")
        await desk.press("enter")
        await desk.sees("created 2")


async def test_a_service_account_sees_the_exchange_folder_alone(sit: Any, exchange: Path) -> None:
    (exchange / "mine.csv").write_text(GOOD, "utf-8")
    (exchange.parent / "theirs.csv").write_text(GOOD, "utf-8")
    async with sit() as desk:
        await register(desk)
        await desk.press("I")
        await desk.sees("mine.csv")
        await desk.type("../")
        await desk.pilot.pause(0.1)
        assert "theirs.csv" not in desk.painted


async def test_whoever_has_the_account_may_go_to_other_folders(
    sit: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "lists").mkdir()
    (tmp_path / "lists" / "keys.csv").write_text(GOOD, "utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(identity, "account", lambda: "admin")
    async with sit() as desk:
        await register(desk)
        await desk.press("I")
        await desk.type("li")
        await desk.sees("lists/")
        await desk.press("enter")
        await desk.sees("keys.csv")
        await desk.press("enter")
        await desk.sees("钥匙号码")
        await desk.press("escape")
        await desk.until(lambda: isinstance(desk.app.screen, Register))


async def test_a_register_that_isnt_imported_says_so(sit: Any) -> None:
    async with sit() as desk:
        await register(desk, "keys.loans")
        await desk.press("I")
        await desk.sees("isn't filled from spreadsheets")
