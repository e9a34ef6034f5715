"""How many keys a morning takes: some sixty matters to the sign-off, without a mouse, by what stands on the screen."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from conftest import SHANGHAI

from cstui import engine
from cstui.tui.screens.form import Form
from cstui.tui.screens.sign_off import SignOff

ALLOWED = 180
MATTERS = 60
FORMS = 15
BUILDINGS = ("1", "2", "3", "4", "5", "6")
ANSWERS = {
    "keys.due.overdue": ["r", "enter"],
    "keys.due.lost": ["k", "enter"],
    "keys.due.unlabelled": ["p"],
    "keys.due.unringed": ["g", "enter"],
    "keys.due.equipment": ["space"],
}
"""How a matter of a kind is settled on this morning."""


def at(day: int, clock: str) -> datetime:
    hour, minute = (int(part) for part in clock.split(":"))
    return datetime(2026, 11, day, hour, minute, tzinfo=SHANGHAI)


@pytest.fixture
async def busy(host: Any, run: Any) -> None:
    """A department in a busy week: keys out since Wednesday, lost ones, new ones without label, nobody appointed."""
    host.clock = lambda: at(24, "10:00")
    admin = await host.call(host.actor("admin"))
    staff = [("K1", "王芳", "wang.fang", "客服部"), ("K2", "林霞", "lin.xia", "客服部")]
    staff += [(f"E{n:02}", f"工程{n:02}", f"eng{n:02}", "工程部") for n in range(30)]
    people = [dict(zip(("number", "name", "login", "department"), one, strict=True)) for one in staff]
    await engine.run_bulk(host, "people.enrol", list(enumerate(people, 2)), admin)
    room = {"space_kind": "equipment_room", "door_kind": "equipment_room", "custodian_dept": "engineering"}
    rows = []
    for block in BUILDINGS:
        for number in range(1, 8):
            place = {"tag_no": f"{block}-S{number}", "block": block, "equipment_room_name": f"{block}栋{number}号机房"}
            rows.append(room | place | {"labelled": "true", "ring": f"{block}-S{number}"})
        rows.append(room | {"tag_no": f"{block}-N1", "block": block, "equipment_room_name": f"{block}栋弱电间"})
        rows.append(
            room
            | {"tag_no": f"{block}-R1", "block": block, "equipment_room_name": f"{block}栋泵房", "labelled": "true"}
        )
    await engine.run_bulk(host, "keys.register", list(enumerate(rows, 2)), admin)
    engineers = iter(range(30))

    async def lend(number: int) -> None:
        for block in BUILDINGS[:5]:
            raw = {
                "borrower": f"eng{next(engineers):02}",
                "work_reason": "配电箱例行检查",
                "signature_ref": "登记表 7 页",
            }
            await run("keys.lend", raw | {"due_at": f"{host.clock():%Y-%m-%d} 18:00"}, target=[f"{block}-S{number}"])

    for day, clock, numbers in ((25, "09:00", (1, 2)), (26, "09:00", (3, 4)), (27, "08:30", (5, 6))):
        host.clock = lambda day=day, clock=clock: at(day, clock)
        for number in numbers:
            await lend(number)
    host.clock = lambda: at(25, "16:00")
    for block in BUILDINGS:
        await run("keys.report_lost", {"circumstances": "巡检后清点缺失"}, target=[f"{block}-S7"])
    host.clock = lambda: at(27, "08:50")
    for text in ("给锁匠打电话", "核对业主移交清单", "约物业交接", "更新钥匙柜平面图"):
        await run("review.add", {"text": text, "day": "2026-11-27"})


async def test_a_busy_morning_is_signed_off_within_its_keys(sit: Any, busy: None, monkeypatch: Any) -> None:
    forms: list[str] = []
    compose = Form.compose

    def counted(form: Form) -> Any:
        forms.append(form.action.id)
        return compose(form)

    monkeypatch.setattr(Form, "compose", counted)
    pressed: list[str] = []
    async with sit(size=(80, 24)) as desk:
        page = desk.app.screen
        desk.app.host.clock = lambda: at(27, "09:02")
        await desk.press("R", "home")

        async def press(*keys: str) -> None:
            pressed.extend(keys)
            for key in keys:
                await desk.press(key)

        assert len(page.review.matters) >= MATTERS
        for day in page.review.unsigned:  # they stand at the top
            assert page.matter.unsigned_day == day
            await desk.sees("nobody signed that day off")
            await press("S", "enter")
            await desk.sees("checkpoint")
            await press("escape")
            await desk.until(lambda: desk.app.screen is page)
        while page.matter and page.matter.item.severity == "critical":
            matter = page.matter
            if matter.item.title.id == "keys.due.no_custodian":  # the same answer for all: mark them, then one form
                while page.matter.item.title.id == "keys.due.no_custodian":
                    await press("M")
                await press("a", "w", "f", "enter", "tab", "l", "x", "enter", "enter")
            else:
                await press(*ANSWERS[matter.item.title.id])
            await desk.until(lambda was=matter: desk.app.screen is page and page.matter.item.id != was.item.id)
        while page.matter and page.matter.item.title.id in ANSWERS and page.matter.open:
            matter = page.matter
            await press(*ANSWERS[matter.item.title.id])
            await desk.until(lambda was=matter: desk.app.screen is page and page.matter.item.id != was.item.id)
        await press("*", "space")
        await desk.until(lambda: not page.review.open)
        await press("S")
        await desk.until(lambda: isinstance(desk.app.screen, SignOff))
        assert f"settled, no longer due  {len(page.review.settled)}" in desk.painted
        await press("enter")
        await desk.until(lambda: desk.app.screen.signed)
    assert len(forms) >= FORMS, forms
    assert len(pressed) <= ALLOWED, (len(pressed), pressed)
