"""A register by keyboard: narrowed by a line, its columns chosen, marked, exported, and as it was."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from cstui import registers
from cstui.sheet import read
from cstui.tui.screens.form import Form
from cstui.tui.screens.register import Register

PEOPLE = 250


@pytest.fixture
async def staff(host: Any, run: Any) -> None:
    """Many people, every second one hired later."""
    from cstui import engine

    rows = [
        (at, {"number": f"N{at:03}", "login": f"p{at:03}", "name": f"王{at:03}", "team": f"组{at % 3}",
              "hired_on": "2026-11-01" if at % 2 else "2026-11-30"})
        for at in range(PEOPLE)
    ]  # fmt: skip
    bulk = await engine.run_bulk(host, "people.enrol", rows, await host.actor("admin"))
    assert bulk.counts["created"] == PEOPLE


async def open_(desk: Any, register_id: str) -> Register:
    await desk.press("G")
    await desk.type(register_id)
    await desk.press("enter")
    await desk.until(lambda: isinstance(desk.app.screen, Register) and desk.app.screen.window.total is not None)
    await desk.pilot.pause()
    page: Register = desk.app.screen
    return page


async def test_opening_reads_the_rows_in_sight_then_what_follows_and_counts_once(
    sit: Any, staff: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []
    for name in ("page", "count"):
        ask = getattr(registers, name)
        monkeypatch.setattr(
            registers, name, lambda *at, a=ask, n=name, **more: asked.append((n, more.get("limit"))) or a(*at, **more)
        )
    async with sit() as desk:
        asked.clear()
        page = await open_(desk, "people.staff")
        assert asked == [("page", 36), ("page", 100), ("count", None)]
        assert len({row.pk for row in page.window.rows}) == len(page.window.rows) == 136


async def test_a_line_filters_and_is_taken_back_by_escape(sit: Any, staff: None) -> None:
    async with sit() as desk:
        page = await open_(desk, "people.staff")
        await desk.sees("251 rows")
        await desk.press("F")
        await desk.type("hired_on>today team=组1")
        await desk.press("enter")
        await desk.until(lambda: page.window.total == 41)
        await desk.sees("hired_on>today team=组1")
        await desk.press("escape")
        await desk.until(lambda: page.window.total == 251)


async def test_a_mistake_in_the_line_is_told_and_stays_to_be_mended(sit: Any, staff: None) -> None:
    async with sit() as desk:
        page = await open_(desk, "people.staff")
        await desk.press("F")
        await desk.type("hird_on>today")
        await desk.press("enter")
        await desk.sees("no column hird_on; the nearest is hired")
        assert desk.app.focused.value == "hird_on>today"
        assert page.window.total == 251
        await desk.press("escape")
        assert desk.app.screen is page and not page.line


async def test_a_filter_that_the_store_refuses_leaves_what_was_shown(sit: Any, staff: None) -> None:
    async with sit() as desk:
        page = await open_(desk, "people.staff")
        await desk.press("F")
        await desk.type("team=组1")
        await desk.press("enter")
        await desk.until(lambda: page.window.total == 83)
        await desk.press("F")
        await desk.type(" hired_on=soon")
        await desk.press("enter")
        await desk.sees("soon can't be a value of hired on")
        assert desk.app.focused.value == "team=组1 hired_on=soon", "it stays to be mended"
        await desk.press("escape")
        await desk.pilot.pause()
        assert page.line == "team=组1"
        assert page.window.total == 83
        await desk.sees("83 rows")


async def test_a_filter_reads_in_the_language_of_its_reader(sit: Any, staff: None) -> None:
    async with sit(size=(80, 24)) as desk:
        page = await open_(desk, "people.staff")
        await desk.press("F")
        await desk.type("hired_on>today team=组1")
        await desk.press("enter")
        await desk.until(lambda: page.window.total == 41)
        await desk.press("ctrl+l")
        await desk.sees("入职日期>today 班组=组1")
        await desk.press("F")
        assert desk.app.focused.value == "入职日期>today 班组=组1"
        await desk.press("enter")
        await desk.until(lambda: not page.query_one("#line").display)
        assert page.line == "hired_on>today team=组1"


@pytest.mark.parametrize("size", [(80, 24), (40, 12)])
async def test_which_list_it_is_and_how_many_rows_stay_beside_a_long_filter(
    sit: Any, staff: None, size: tuple[int, int]
) -> None:
    async with sit(size=size) as desk:
        page = await open_(desk, "people.staff")
        await desk.press("F")
        await desk.type("hired_on>today team=组1 login~p number~N name~王 hired_on!=")
        await desk.press("enter")
        await desk.until(lambda: page.window.total == 41)
        await desk.pilot.pause()
        assert all(piece in desk.lines[0] for piece in ("Staff", "hired_on>", "41 rows")), desk.lines[0]


async def test_the_line_is_completed_by_tab(sit: Any, staff: None) -> None:
    async with sit() as desk:
        await open_(desk, "people.staff")
        await desk.press("F")
        await desk.type("team=组1 hir")
        await desk.sees("hired_on hired on")
        await desk.press("tab")
        assert desk.app.focused.value == "team=组1 hired_on"


async def test_a_filter_is_kept_under_a_name_for_its_login(sit: Any, staff: None) -> None:
    async with sit() as desk:
        page = await open_(desk, "people.staff")
        await desk.press("F")
        await desk.type("hired_on>today @新人")
        await desk.press("enter")
        await desk.until(lambda: page.window.total == 125)
    async with sit() as desk:
        page = await open_(desk, "people.staff")
        await desk.press("F")
        await desk.sees("@新人 hired_on>today")
        await desk.press("tab", "enter")
        await desk.until(lambda: page.window.total == 125)
        await desk.press("F")
        await desk.press(*["backspace"] * 20)
        await desk.type("@新人-")
        await desk.press("enter")
        await desk.until(lambda: page.window.total == 251)
        await desk.press("F")
        await desk.type("@新人")
        await desk.press("enter")
        await desk.sees("no filter is kept under the name 新人")


async def test_every_key_of_a_search_counts_and_keys_after_it_meet_what_was_found(sit: Any, staff: None) -> None:
    async with sit() as desk:
        page = await open_(desk, "people.staff")
        await desk.press("/", "p", "1", "2", "3", "enter", "enter")
        await desk.until(lambda: type(desk.app.screen).__name__ == "Record")
        await desk.sees("王123")
        await desk.press("escape")
        await desk.until(lambda: page.window.total == 1)
        await desk.press("escape")
        await desk.until(lambda: page.window.total == 251)


async def test_every_column_is_reached_at_80_cells_and_the_first_one_stays(sit: Any, staff: None) -> None:
    async with sit(size=(80, 24)) as desk:
        page = await open_(desk, "people.staff")
        names = [page.app.label("people", column.name) for column in page.declared.columns]
        seen: set[str] = set()
        for _ in names:
            head = desk.lines[1]
            seen |= {name for name in names if name in head}
            assert head.split()[0] == names[0], "the key column is frozen"
            await desk.press("right")
        assert seen == {*names}
        await desk.press(*["left"] * len(names))
        assert page.layout_.shifted == 0


async def test_columns_are_chosen_ordered_and_kept(sit: Any, staff: None) -> None:
    async with sit() as desk:
        page = await open_(desk, "people.staff")
        await desk.press("C")
        await desk.sees("COLUMNS")
        await desk.press("down", "-", "down", "space", "enter")  # the second one first, the one after it hidden
        first, second, *others = [column.name for column in page.declared.columns]
        await desk.until(lambda: desk.app.screen is page)
        shown = [column.name for column in page.layout_.shown(118)]
        assert shown[0] == second and len(shown) == len(others) + 1
        assert desk.lines[1].split()[0] == page.app.label("people", second).split()[0]
    async with sit() as desk:
        page = await open_(desk, "people.staff")
        assert [column.name for column in page.layout_.shown(118)] == shown
        await desk.press("C", "0", "enter")
        await desk.until(lambda: desk.app.screen is page)
        assert [column.name for column in page.layout_.shown(118)] == [first, second, *others]


async def test_a_column_is_sorted_by_from_the_chooser(sit: Any, staff: None) -> None:
    async with sit() as desk:
        page = await open_(desk, "people.staff")
        names = [column.name for column in page.declared.columns]
        at = names.index("number")
        await desk.press("C", *["down"] * at, "O", "O", "enter")
        await desk.until(lambda: page.window.rows and page.window.rows[1].values["number"] == "N249")
        assert f"{page.app.label('people', 'number')} v" in desk.lines[1]


async def test_all_that_a_filter_leaves_is_marked_and_a_range(sit: Any, staff: None) -> None:
    async with sit() as desk:
        page = await open_(desk, "people.staff")
        await desk.press("F")
        await desk.type("team=组1")
        await desk.press("enter")
        await desk.until(lambda: page.window.total == 83)
        await desk.press("*")
        await desk.sees("83 marked")
        await desk.press("*")
        await desk.until(lambda: not page.marked)
        await desk.press("M", "down", "down", "=")
        await desk.sees("4 marked")
        assert page.subject() == ("people.staff", tuple(row.pk for row in page.window.rows[:4]))


async def test_what_is_shown_is_written_to_a_file(sit: Any, staff: None, config_path: Path) -> None:
    async with sit() as desk:
        page = await open_(desk, "people.staff")
        await desk.press("F")
        await desk.type("number>=N100 number<N110")
        await desk.press("enter")
        await desk.until(lambda: page.window.total == 10)
        await desk.press("E")
        await desk.type("csv")
        await desk.press("enter")
        file = config_path.parent / "people.staff-2026-11-24.csv"
        await desk.sees(str(file)[-40:])
    table = read(file).rows if hasattr(read(file), "rows") else None
    lines = file.read_text("utf-8-sig").splitlines()
    assert len(lines) == 11 and lines[1].startswith("p100,王100")
    assert lines[0].split(",")[:2] == ["login", "name"] and (table is None or table)
    assert file.stat().st_mode & 0o077 == 0


async def test_the_end_and_the_way_back_hold_few_rows(sit: Any, staff: None) -> None:
    async with sit() as desk:
        page = await open_(desk, "people.staff")
        await desk.press("end")
        await desk.sees("p249")
        for _ in range(20):
            await desk.press("pageup")
            assert len(page.window.rows) <= 400
        await desk.press("home")
        await desk.sees("p000")


async def test_what_is_wider_further_down_is_shown_whole_where_there_is_room(sit: Any, staff: None, run: Any) -> None:
    await run("people.enrol", {"number": "Z000", "login": "z000", "name": "欧阳司徒上官诸葛"})
    async with sit() as desk:
        await open_(desk, "people.staff")
        await desk.press("end")
        await desk.sees("欧阳司徒上官诸葛")


async def test_after_an_act_the_cursor_stays_deep_in_the_list(sit: Any, staff: None, run: Any) -> None:
    async with sit() as desk:
        page = await open_(desk, "people.staff")
        await desk.press("end", "up", "up")
        await desk.until(lambda: page.current)
        here = page.current.pk
        await run("people.enrol", {"number": "A000", "login": "a000", "name": "新"})
        await desk.press("R")
        await desk.until(lambda: page.current and page.current.pk == here)


@pytest.mark.parametrize("number", ["A000", "Z000"])
async def test_after_an_act_the_cursor_is_at_what_came_into_being(sit: Any, staff: None, number: str) -> None:
    await _is_at_what_it_enrols(sit, number)


async def test_after_an_act_in_a_short_list_the_cursor_is_at_its_new_end(sit: Any) -> None:
    await _is_at_what_it_enrols(sit, "zz")


async def _is_at_what_it_enrols(sit: Any, number: str) -> None:
    async with sit() as desk:
        page = await open_(desk, "people.staff")
        await desk.press("e")
        await desk.until(lambda: isinstance(desk.app.screen, Form))
        for field, typed in (("number", number), ("name", "新来")):
            desk.app.screen.query_one(f"#field-{field}").value = typed
        await desk.press("ctrl+s")
        await desk.until(lambda: desk.app.screen is page and page.current and page.current.record.number == number)
        await desk.sees(number)


async def test_the_register_as_it_was(sit: Any, staff: None, host: Any, run: Any) -> None:
    then = datetime(2026, 11, 24, 8, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
    host.clock = lambda: then.replace(hour=9, minute=30)
    await run("people.leave", {"left_on": "2026-11-24"}, target=["p007"])
    async with sit() as desk:
        page = await open_(desk, "people.staff")
        await desk.press("H")
        await desk.type("2026-11-24 09:02")
        await desk.sees("as of")
        await desk.press("enter")
        await desk.until(lambda: page.window.then and page.window.total == 251)
        row = next(row for row in page.window.rows if row.values["login"] == "p007")
        assert row.values["left_on"] is None, "they had not left yet"
        assert not page.offers
        await desk.press("W")
        await desk.sees("this is how it was")
        await desk.press("escape")
        await desk.until(lambda: page.window.then is None and page.window.total == 251)
        row = next(row for row in page.window.rows if row.values["login"] == "p007")
        assert row.values["left_on"]


async def test_sums_stand_under_the_columns_that_have_one(sit: Any, host: Any) -> None:
    async def sums() -> dict[str, int]:
        return await registers.totals(host, await host.context(await host.actor("admin")), "keys.duplications")

    assert await host.call(sums()) == {"copies": 0, "copies_received": 0}
    async with sit() as desk:
        await open_(desk, "keys.duplications")
        await desk.sees("total")
