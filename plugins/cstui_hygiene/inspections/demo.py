"""Inspections, defects, own checks and comparisons of the sample department.

Left for today: a defect past its time, one to be looked at again, one that a monitor reported, two missing checks.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from cstui.people import Duty
from cstui_hygiene.kinds import DefectState, Item, Verdict
from cstui_hygiene.models import HygieneAppraisal, HygieneDefect, InspectionItem
from cstui_hygiene.roster import DAY, SERVICE
from cstui_hygiene.stage import Act, Moments, Part

MONTH = 35 * DAY
"""So long an area was looked at on each day of work."""
AREAS = ("OF-FL", "OF-RE", "MR-FL", "OF-FR", "MR-NB", "OF-WI", "MR-DC")
REMARKS = ("桌下有纸屑", "台面有水渍", "线缆没有理顺", "物品没有归位", "角落有积尘")
FORGOTTEN = "机柜后有灰尘"
EASY = (Item.FLOOR, Item.DESK, Item.EQUIPMENT, Item.CHAIR, Item.PUT_BACK, Item.WINDOW, Item.BOARD, Item.DEAD_CORNER)
"""Items that fail now and then."""
SHIFTS = (("early", "07:56", "15:57"), ("day", "08:26", "17:28"), ("late", "13:55", "21:58"), ("night", "21:56", ""))
"""Shifts, and when their people look at their own places."""


def moments(part: Part) -> Moments:
    today, workdays = part.today, part.workdays(part.stage.first + DAY)
    found: Moments = [(part.stage.first, "09:20", _monitors(part))]
    for number, day in enumerate(workdays):
        if day < today and (number % 2 == 0 or day > today - 8 * DAY):
            found.append((day, "11:10", _inspect(part, day, number)))
        if today - MONTH <= day < today:
            found.append((day, "10:40", _inspect(part, day, 3 * number)))
        if day < today - DAY:
            found += [(day, "13:40", _fix(part)), (day, "16:10", _recheck(part, day))]
    firsts = {day.replace(day=1): day for day in reversed(workdays) if day < today}
    found += [(day, "09:30", _compare(part)) for first, day in firsts.items() if first > part.stage.first]
    return [*found, *_checks(part, today - DAY), *_left(part)]


def _monitors(part: Part) -> Act:
    async def grant() -> None:
        for team in part.teams:
            monitor = next(one for one in reversed(part.members) if one.team_id == team.pk)
            await part.stage.run("people.grant_role", {"role": "hygiene_monitor"}, target=[monitor.login])

    return grant


def _inspect(part: Part, day: date, number: int) -> Act:
    """In turn an area, and the place of somebody at work that day."""

    async def inspect() -> None:
        there = await part.at_noon(day)
        staff = [one for one in there if one.team_id and one.login not in part.leaders]
        if number % 3 == 0 or not staff:
            raw = {"area": AREAS[number // 3 % len(AREAS)], "kind": "daily"}
        else:
            raw = {"staff": part.random.choice(staff).login, "kind": "weekly" if number % 5 == 0 else "daily"}
        inspector = part.leader(day)
        begun = await part.stage.run("hygiene.begin_inspection", raw, inspector)
        await walk(part, begun.rows[0], inspector)

    return inspect


async def walk(part: Part, inspection: int, inspector: str) -> None:
    """Decide all items of an inspection, of which one or two may fail, and sign it."""
    items = await InspectionItem.filter(inspection_id=inspection, verdict=Verdict.UNDECIDED).order_by("id")
    if corners := [one.pk for one in items if one.item is Item.DEAD_CORNER]:
        await part.stage.run("hygiene.name_place", {"place": "打印机后"}, inspector, target=corners)
    weak = [one.pk for one in items if one.item in EASY and part.random.random() < 0.1]
    if weak:
        raw = {"remark": part.random.choice(REMARKS)}
        await part.stage.run("hygiene.fail_item", raw, inspector, target=weak)
    if sound := [one.pk for one in items if one.pk not in weak]:
        await part.stage.run("hygiene.pass_item", {}, inspector, target=sound)
    await part.stage.run("hygiene.sign_inspection", {}, inspector, target=[inspection])


def _fix(part: Part) -> Act:
    async def fix() -> None:
        open_: dict[str, list[int]] = defaultdict(list)
        waiting = HygieneDefect.filter(state=DefectState.OPEN).exclude(remark=FORGOTTEN).select_related("responsible")
        for defect in await waiting.order_by("id"):
            open_[defect.responsible.login if defect.responsible else part.members[0].login].append(defect.pk)
        for login, defects in open_.items():
            await part.stage.run("hygiene.fix_defect", {}, login, target=defects)

    return fix


def _recheck(part: Part, day: date) -> Act:
    async def recheck() -> None:
        for defect in await HygieneDefect.filter(state=DefectState.FIXED).order_by("id"):
            await part.stage.run("hygiene.recheck_defect", {"look": "put_right"}, part.leader(day), target=[defect.pk])

    return recheck


def _compare(part: Part) -> Act:
    async def compare() -> None:
        outcome = await part.stage.run("hygiene.compare", {})
        rows = [one.pk for one in await HygieneAppraisal.filter(id__in=outcome.rows)]
        for act in ("hygiene.confirm_comparison", "hygiene.publish_comparison"):
            await part.stage.run(act, {}, target=rows[:1])

    return compare


def _checks(part: Part, first: date) -> Moments:
    """Own checks are kept since yesterday. Who comes right out of a night shift looks an hour after it."""
    found: Moments = []
    for day in (first, first + DAY):
        for shift, come, go in SHIFTS:
            found.append((day, come, _arrive(part, day, shift)))
            leaves = (day, go) if go else (day + DAY, "07:57")
            found.append((*leaves, _go(part, day, shift, missing=2 if (day, shift) == (first, "early") else 0)))
        found.append((day, "09:01", _arrive(part, day, "early", tired=True)))
    return found


async def _on(day: date, shift: str) -> list[str]:
    duties = Duty.filter(day=day, shift__code=shift, staff__department=SERVICE)
    return [duty.staff.login for duty in await duties.order_by("staff__number").select_related("staff")]


def _arrive(part: Part, day: date, shift: str, tired: bool = False) -> Act:
    async def arrive() -> None:
        night = await _on(day - DAY, "night") if shift == "early" else []
        for login in await _on(day, shift):
            if (login in night) == tired:
                await part.stage.run("hygiene.arrive", {"dress_ok": "yes", "tidy_ok": "yes"}, login)

    return arrive


def _go(part: Part, day: date, shift: str, missing: int) -> Act:
    async def go() -> None:
        for login in (await _on(day, shift))[missing:]:
            raw = {"desk_ok": "yes", "rubbish_ok": "yes", "chair_ok": "yes"}
            await part.stage.run("hygiene.leave", raw, login)

    return go


def _left(part: Part) -> Moments:
    """Defects that still wait for somebody."""
    stage, today = part.stage, part.today

    async def overdue() -> None:
        raw = {"item": "floor", "area": "MR-FL", "remark": FORGOTTEN}
        await stage.run("hygiene.raise_defect", raw, part.leader(today))

    async def fixed() -> None:
        person = part.members[4].login
        raw = {"item": "equipment", "person": person, "remark": "显示器和线缆积灰"}
        made = await stage.run("hygiene.raise_defect", raw, part.leader(today))
        await stage.run("hygiene.fix_defect", {}, person, target=list(made.rows))

    async def reported() -> None:
        monitor = next(one for one in reversed(part.members) if one.team_id == part.teams[0].pk)
        raw = {"item": "lights", "area": "OF-FR", "remark": "门前左侧灯不亮"}
        await stage.run("hygiene.report_defect", raw, monitor.login)

    return [(today - 3 * DAY, "16:20", overdue), (today - DAY, "14:20", fixed), (today - DAY, "15:50", reported)]
