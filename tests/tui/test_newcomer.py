"""What a newcomer meets who has nothing but the screen: each of these once made somebody hesitate."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from conftest import NOW
from textual import events

from cstui.contract.errors import Refusal
from cstui.tui.screens.form import Form
from cstui.tui.screens.palette import Menu
from cstui.tui.widgets.rows import Rows

KEEPER = {"number": "K001", "name": "王芳", "login": "wang.fang", "department": "客服部"}
AGENT = {"number": "K002", "name": "李强", "login": "li.qiang", "department": "工程部"}
PRIVATELY = {"borrower": "li.qiang", "purpose": "private", "work_reason": "to fetch a parcel"}
ROLES = 'admin = ["*"]\ncustodian = ["keys.*"]\nstaff = ["review.look", "keys.look"]\n'


@pytest.fixture
async def keeper(run: Any, key: Any, config_path: Path) -> None:
    """A key, its keeper, and somebody who may only look."""
    config_path.write_text(config_path.read_text().replace('admin = ["*"]\n', ROLES))
    await run("people.enrol", KEEPER)
    await run("people.enrol", AGENT)
    await run("people.grant_role", {"role": "custodian"}, target=["wang.fang"])
    await run("people.grant_role", {"role": "staff"}, target=["li.qiang"])
    await run("keys.register", key)


async def asked(desk: Any, words: str, *keys: str) -> None:
    """Type into the form that stands open, and go on."""
    await desk.until(lambda: isinstance(desk.app.screen, Form))
    await desk.type(words)
    await desk.press(*keys)


async def go(desk: Any, register: str) -> None:
    await desk.press("G")
    await desk.type(register)
    await desk.press("enter")
    await desk.until(lambda: getattr(desk.app.screen, "offers", None))


async def test_whoever_may_not_reads_who_may_and_whom_to_ask(sit: Any, keeper: None) -> None:
    async with sit(login="li.qiang", size=(80, 24)) as desk:
        await go(desk, "keys.keys")
        await desk.press("l")
        await desk.sees("for key custodian to do; ask 王芳")
        assert "keys.lend" not in desk.painted
        await desk.press("escape", "D")  # what only an administrator may, who isn't on the staff list by a name
        await desk.sees("for administrator to do; ask admin")


async def test_whoever_does_not_sign_the_day_is_not_told_to(sit: Any, keeper: None) -> None:
    async with sit(login="li.qiang", size=(80, 24)) as desk:
        await desk.sees("Nothing is due.")
        assert "Sign off with S" not in desk.painted


async def test_a_question_stands_in_the_queue_until_its_answer_is_taken(sit: Any, keeper: None, run: Any) -> None:
    await run("people.grant_role", {"role": "admin"}, target=["li.qiang"])
    async with sit(size=(80, 24)) as desk:
        await desk.press("A")
        await asked(desk, "li.qiang", "tab")
        await asked(desk, "who will keep them?", "enter")
        await desk.until(lambda: any("asked 李强" in line for line in desk.lines if ">!" in line))
        await run("review.answer", {"answer": "me"}, login="li.qiang", target=[1])
        await desk.app._watch()
        await desk.until(lambda: any("李强 answered" in line for line in desk.lines if ">!" in line))


async def test_an_empty_filter_line_says_how_one_is_written(sit: Any, keeper: None) -> None:
    async with sit(size=(80, 24)) as desk:
        await go(desk, "keys.keys")
        await desk.press("F")
        await desk.sees("such as state=on_loan")
        await desk.sees("tag_no tag number")
        await desk.type("st")
        await desk.until(lambda: "such as" not in desk.painted)


async def test_the_end_of_yesterday_is_told_as_yesterday(sit: Any, keeper: None) -> None:
    async with sit() as desk:
        await go(desk, "keys.keys")
        await desk.press("H")
        await desk.type("yesterday")
        await desk.press("enter")
        await desk.sees("as of 11-23 24:00")


async def test_the_statement_on_screen_has_the_whole_reason(sit: Any, keeper: None, run: Any, key: Any) -> None:
    await run("keys.register", {**key, "tag_no": "3-S2-A", "copy_no": "2", "labelled": "false"})
    why = "the label printer is being repaired until tomorrow noon"
    async with sit(size=(80, 24)) as desk:
        await desk.press("D")
        await asked(desk, "tomorrow", "tab")
        await asked(desk, why, "enter")
        await desk.sees("deferred to 2026-11-25")
        await desk.press(*"*", "space", "S")
        await desk.sees("Enter signs")
        await desk.press("enter")
        await desk.sees("Signed by")
        assert why in " ".join(" ".join(desk.painted.split()).split())


async def test_a_note_says_when_it_was_made(sit: Any, keeper: None) -> None:
    async with sit() as desk:
        await desk.press("N")
        await asked(desk, "asked at the gate", "enter")
        await desk.sees("11-24 09:02  admin  asked at the gate")


async def test_the_menu_of_a_day_not_signed_off_begins_with_signing_it(sit: Any, keeper: None) -> None:
    async with sit() as desk:
        desk.app.host.clock = lambda: NOW + timedelta(days=1)
        await desk.press("R", "home")
        assert "2026-11-24 not signed off" in desk.lines[3]
        await desk.press("enter")
        await desk.until(lambda: isinstance(desk.app.screen, Menu))
        assert desk.app.screen.shown[0].id == "core:sign_off"


async def test_a_day_in_place_of_a_moment_is_told_what_is_missing(sit: Any, keeper: None) -> None:
    async with sit(size=(80, 24)) as desk:
        await go(desk, "keys.keys")
        await desk.press("x")
        await asked(desk, "gone from its hook", "tab")
        await asked(desk, "yesterday", "shift+tab")
        await desk.sees("add the time of day: yesterday 18:00")


async def test_a_draft_can_be_thrown_away(sit: Any, keeper: None) -> None:
    async with sit(size=(80, 24)) as desk:
        await go(desk, "keys.keys")
        await desk.press("x")
        await asked(desk, "gone from its hook", "escape")
        await desk.press("x")
        await desk.sees("Ctrl+R begins")
        assert "gone from its hook" in desk.painted
        await desk.press("ctrl+r")
        await desk.until(lambda: "gone from its hook" not in desk.painted)
        assert not desk.app.drafts.kept
        await asked(desk, "left at the gate")
        assert desk.app.screen._typed("circumstances") == "left at the gate"


@pytest.mark.parametrize(("opens", "field"), [("/", "#search"), ("F", "#line")])
async def test_letters_struck_right_after_the_key_of_a_line_are_typed_there(
    sit: Any, keeper: None, opens: str, field: str
) -> None:
    async with sit(size=(80, 24)) as desk:
        await go(desk, "keys.keys")
        page = desk.app.screen
        for sign in (opens, "l", "6"):
            desk.app.post_message(events.Key(sign, sign))
        await desk.until(lambda: page.query_one(field).value == "l6")
        assert desk.app.screen is page


async def test_what_was_done_is_read_to_its_end(sit: Any, keeper: None) -> None:
    async with sit(size=(80, 24)) as desk:
        page = desk.app.screen
        rows = page.query_one(Rows).size.height
        page.status("the key came back late " * 6 + "and is looked at by its keeper", "good")
        await desk.sees("keeper")
        await desk.press("L")
        page.status("短")
        await desk.until(lambda: page.query_one(Rows).size.height == rows)


async def test_a_finding_says_what_follows_and_its_form_calls_it_by_its_title(sit: Any, keeper: None, run: Any) -> None:
    with pytest.raises(Refusal):
        await run("keys.lend", PRIVATELY, target=["3-S1-A"])
    async with sit() as desk:
        await desk.press("/", *"private", "enter")
        await desk.sees("To be accepted or rejected. Either goes on")
        await desk.press("y")
        await desk.until(lambda: isinstance(desk.app.screen, Form))
        await desk.sees("accept the finding  For private purposes: 李强 wanted 3-S1-A")
