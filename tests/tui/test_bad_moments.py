"""What goes wrong while one works: changed or gone meanwhile, a terminal made tiny. Explained, and nothing lost."""

from __future__ import annotations

from typing import Any

from textual.widgets import Input

from cstui.tui.looks import LEAST
from cstui.tui.screens.form import Form
from cstui.tui.screens.record import Record
from cstui.tui.screens.register import Register


async def seed(run: Any, key: Any) -> None:
    await run("keys.register", key)
    await run("keys.register", {**key, "tag_no": "3-S2-A", "equipment_room_name": "泵房"})
    await run("people.enrol", {"number": "K007", "login": "wang.fang", "name": "王芳", "department": "工程部"})
    await run("people.enrol", {"number": "K008", "login": "li.qiang", "name": "李强", "department": "工程部"})


async def lending(desk: Any) -> Form:
    await desk.press("G")
    await desk.type("keys.keys")
    await desk.press("enter")
    await desk.until(lambda: getattr(desk.app.screen, "offers", None))
    await desk.press("l")
    await desk.until(lambda: isinstance(desk.app.screen, Form) and desk.app.focused)
    form = desk.app.screen
    assert isinstance(form, Form)
    return form


async def fill(desk: Any) -> None:
    await desk.type("wang.fang")
    await desk.press("tab")
    await desk.type("lamp in the hall")


async def test_a_record_that_somebody_changed_meanwhile_is_told_and_what_was_typed_stays(
    sit: Any, run: Any, key: Any
) -> None:
    await seed(run, key)
    async with sit(size=(80, 24)) as desk:
        form = await lending(desk)
        await fill(desk)
        lent = {"borrower": "li.qiang", "work_reason": "pump", "signature_ref": "book 9"}
        await run("keys.lend", lent, target=["3-S1-A"])
        await desk.press("enter")
        await desk.until(lambda: form.faults)
        said = [desk.app.say(text) for text in form.faults.values()]
        assert said[0] and said[0][:30] in desk.painted
        assert (form._typed("borrower"), form._typed("work_reason")) == ("wang.fang", "lamp in the hall")
        await desk.press("escape")
        await desk.until(lambda: isinstance(desk.app.screen, Register))
        await desk.press("R")
        await desk.sees("on loan")
        await desk.press("l")
        assert next(offer.reason for offer in desk.app.screen.offers if offer.key == "l") in desk.painted


async def test_a_letter_on_a_row_that_changed_meanwhile_is_refused_not_done_twice(sit: Any, run: Any, key: Any) -> None:
    await seed(run, key)
    async with sit() as desk:
        await desk.press("G")
        await desk.type("people.staff")
        await desk.press("enter")
        await desk.until(lambda: getattr(desk.app.screen, "offers", None))
        page = desk.app.screen
        at = next(n for n, row in enumerate(page.window.rows) if row.values["login"] == "wang.fang")
        await desk.press(*["down"] * at)
        await desk.press("l")
        await desk.until(lambda: isinstance(desk.app.screen, Form))
        await run("people.leave", {"left_on": "2026-11-24"}, target=["K007"])
        await desk.press("enter", "enter")
        await desk.until(lambda: desk.app.screen.faults)
        await desk.press("escape")
        assert desk.app.screen is page


async def test_a_record_that_is_gone_says_so_and_the_page_goes_on(sit: Any, run: Any, key: Any, host: Any) -> None:
    await seed(run, key)
    async with sit() as desk:
        page = Record("keys.keys", 9999)
        desk.app.push_screen(page)
        await desk.until(lambda: desk.app.screen is page)
        await desk.sees("9999")
        await desk.press("?", "escape", "escape")
        assert desk.app.screen.review


async def test_a_matter_that_somebody_else_settled_is_told_at_the_keys_that_would_settle_it(
    sit: Any, run: Any, key: Any
) -> None:
    await run("keys.register", {**key, "labelled": "false"})
    async with sit() as desk:
        today = desk.app.screen
        today.query_one("#queue").jump(
            next(
                n
                for n in range(len(today.queue.lines))
                if (m := today.queue.matter(n)) and "keys.label" in m.item.actions
            )
        )
        await desk.until(lambda: any(offer.action.id == "keys.label" for offer in today.offers))
        await run("keys.label", target=["3-S1-A"])
        await desk.press("p")
        await desk.until(lambda: not any(m.item.title.id.endswith("unlabelled") for m in today.review.open))
        assert desk.app.fault == ""


async def test_a_form_survives_a_small_terminal_and_comes_back_whole(sit: Any, run: Any, key: Any) -> None:
    await seed(run, key)
    async with sit(size=(80, 24)) as desk:
        form = await lending(desk)
        await fill(desk)
        at = desk.app.focused
        await desk.pilot.resize_terminal(20, 5)  # nothing can be typed there
        await desk.pilot.pause()
        await desk.pilot.resize_terminal(*LEAST)
        await desk.pilot.pause()
        assert desk.app.screen is form and desk.app.focused is at
        await desk.until(lambda: at.region.y >= 0 and at.region.bottom <= LEAST.height)
        await desk.type(" and stairs")
        await desk.press("shift+tab")
        await desk.pilot.pause()
        assert 0 <= desk.app.focused.region.y < LEAST.height
        await desk.press("tab")
        await desk.pilot.resize_terminal(80, 24)
        await desk.sees("lamp in the hall and stairs")
        assert form._typed("borrower") == "wang.fang"


async def test_every_page_lives_through_20x5(sit: Any, run: Any, key: Any) -> None:
    await seed(run, key)
    async with sit(size=(80, 24)) as desk:
        for keys in ((), ("?",), (":",), ("G",), ("J",), ("enter",), ("P",)):
            await desk.press(*keys)
            await desk.pilot.resize_terminal(20, 5)
            await desk.pilot.pause()
            await desk.press("down", "end", "home")
            await desk.pilot.resize_terminal(80, 24)
            await desk.pilot.pause()
            if keys:
                await desk.press("escape")
            await desk.until(lambda: len(desk.app.screen_stack) == 2)
        assert desk.app.screen.review


async def test_a_form_follows_a_switch_of_language_and_keeps_all_that_was_typed(sit: Any, run: Any, key: Any) -> None:
    await seed(run, key)
    async with sit(size=(80, 24)) as desk:
        form = await lending(desk)
        await desk.type("nobody.such")
        await desk.press("tab")
        await desk.type("灯")
        await desk.press("enter")
        await desk.until(lambda: form.faults)
        before = (form._typed("borrower"), form._typed("work_reason"), {*form.faults})
        await desk.press("ctrl+l")
        await desk.sees("借用人")
        await desk.until(lambda: desk.app.focused is not None)
        assert (form._typed("borrower"), form._typed("work_reason"), {*form.faults}) == before
        fault = desk.app.say(next(iter(form.faults.values())))
        assert fault[:8] in desk.painted and "Tab 下一栏" in desk.painted
        await desk.press("ctrl+l")
        await desk.sees("borrower")
        assert isinstance(desk.app.focused, Input)


async def test_the_language_is_switched_while_a_page_opens_and_closes(sit: Any, run: Any, key: Any) -> None:
    await run("keys.register", key)
    async with sit(size=(80, 24)) as desk:
        for keys in (("?", "L", "escape"), ("J", "L", "escape"), ("L", "?", "escape"), ("?", "ctrl+l", "?")):
            for one in keys:
                desk.app.simulate_key(one)
            await desk.pilot.pause()
        await desk.until(lambda: desk.app.screen.review)
        assert desk.app.is_running
