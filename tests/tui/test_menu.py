"""The menu of a row: what works first, letters as keys, its title in the language of now; and what is said of a row."""

from __future__ import annotations

from typing import Any

import pytest

from cstui.tui.screens.palette import Menu

KEEPER = {"number": "K001", "name": "王芳", "login": "wang.fang", "department": "客服部"}


@pytest.fixture
async def seeded(run: Any, key: Any) -> None:
    """A building nobody keeps the keys of, and somebody who could."""
    await run("people.enrol", KEEPER)
    await run("keys.register", key)


async def opened(desk: Any) -> Menu:
    await desk.press("enter")
    await desk.until(lambda: isinstance(desk.app.screen, Menu))
    menu = desk.app.screen
    assert isinstance(menu, Menu)
    return menu


async def test_a_letter_typed_into_it_is_first_of_all_a_key(sit: Any, seeded: None) -> None:
    async with sit() as desk:
        await desk.press("L")  # 推迟 begins with T, as typed
        menu = await opened(desk)
        for letter, wanted in (("T", "core:delegate"), ("N", "core:note"), ("D", "core:defer")):
            await desk.press("end", "ctrl+u", letter)
            assert menu.shown[0].id == wanted
        await desk.press("end", "ctrl+u", "t", "u", "i")
        assert menu.shown[0].id == "core:defer"


async def test_what_works_stands_before_what_does_not(sit: Any, seeded: None) -> None:
    async with sit() as desk:
        menu = await opened(desk)
        dim = [one.dim for one in menu.shown]
        assert dim == sorted(dim) and any(dim) and not dim[0]


async def test_its_title_is_in_the_language_of_now(sit: Any, seeded: None) -> None:
    async with sit() as desk:
        await opened(desk)
        await desk.sees("Building 3 has no key custodian")
        await desk.press("ctrl+l")
        await desk.sees("3 栋没有钥匙专管员")
        await desk.until(lambda: "no key custodian" not in desk.painted)


async def test_a_form_about_a_matter_names_it(sit: Any, seeded: None) -> None:
    async with sit(size=(80, 24)) as desk:
        title = desk.app.say(desk.app.screen.matter.item.title)
        await desk.press("D")
        await desk.until(lambda: desk.app.screen.query("#title"))
        await desk.until(lambda: title in desk.lines[desk.app.screen.query_one("#title").region.y])


async def test_what_cannot_be_done_is_said_until_the_cursor_moves(sit: Any, seeded: None) -> None:
    async with sit() as desk:
        await desk.press("U")
        assert "nothing to take back" in desk.painted
        await desk.press("down")
        assert "nothing to take back" not in desk.painted


async def test_an_act_that_has_no_undo_is_named(sit: Any, seeded: None) -> None:
    async with sit() as desk:
        await desk.press("a")
        await desk.type("wang.fang")
        await desk.press("enter")
        await desk.until(lambda: desk.app.last)
        await desk.press("U")
        await desk.sees("'appoint custodian' can't be taken back")


async def test_a_fault_calls_its_field_as_the_form_does(sit: Any, seeded: None) -> None:
    async with sit(size=(80, 24)) as desk:
        await desk.press("L", "a")
        await desk.type("zzz")
        await desk.press("enter")
        await desk.sees("钥匙专管员：没有 zzz；请核对")


async def test_the_rules_are_read_from_the_command_list(sit: Any) -> None:
    async with sit(size=(120, 40)) as desk:
        await desk.press(":")
        await desk.type("rules")
        await desk.until(
            lambda: getattr(desk.app.screen, "shown", None) and desk.app.screen.shown[0].id == "core:rules"
        )
        await desk.press("enter")
        await desk.sees("money-02")
        ctx = await desk.app.call(desk.app.host.context(desk.app.actor))
        text = "".join(run for line in await desk.app.screen.told() for run, _ in line)
        assert all(rule in text for rule in desk.app.host.rules)
        assert str(ctx.rule("keys-03").rule.source) in text


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_how_to_search_and_to_sign_off_is_always_in_the_footer(sit: Any, seeded: None, size: Any) -> None:
    async with sit(size=size) as desk:
        assert "S sign off" in desk.lines[-1] and "/ search" in desk.lines[-1]
        await desk.press("L")
        await desk.until(lambda: "S 日清" in desk.lines[-1] and "/ 查找" in desk.lines[-1])


async def test_who_may_not_sign_off_is_told_so_before_anything_else(sit: Any, seeded: None) -> None:
    async with sit(login="wang.fang", size=(80, 24)) as desk:
        assert desk.app.screen.core_reason("sign_off")
        await desk.press("S")
        await desk.sees("for administrator to do; ask admin")
        await desk.until(lambda: len(desk.app.screen_stack) == 2)


async def test_the_counts_of_the_header_stand_apart_from_the_name(sit: Any, seeded: None, run: Any) -> None:
    await run("people.enrol", {"number": "K002", "name": "欧阳上官慕容", "login": "ouyang", "department": "客服部"})
    async with sit(login="ouyang", size=(60, 24)) as desk:
        await desk.press("L")
        await desk.until(lambda: "  严重" in desk.lines[0])


async def test_today_knows_what_was_done_on_another_page(sit: Any, seeded: None) -> None:
    async with sit() as desk:
        today = desk.app.screen
        await desk.press("G")
        await desk.type("keys.keys")
        await desk.press("enter")
        await desk.until(lambda: getattr(desk.app.screen, "offers", None))
        await desk.press("l")
        for words in ("wang.fang", "repair W-1182"):
            await desk.type(words)
            await desk.press("tab")
        await desk.press("tab", "tab", "tab", "tab", "tab", "tab")
        await desk.type("form 117")
        await desk.press("enter")
        await desk.until(lambda: desk.app.last)
        await desk.press("escape")
        await desk.until(lambda: any(m.item.person == "王芳" for m in today.review.matters))
