"""Defects come from inspections, from what one sees, from one's own look, and from monitors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from cstui.api import Context, Text, Verbatim, utc
from cstui.people import Staff
from cstui_hygiene.defects.terms import due_of
from cstui_hygiene.duties.state import in_force
from cstui_hygiene.kinds import DefectState, DutyState, Item
from cstui_hygiene.models import CleaningArea, DutyAssignment, HygieneDefect, HygieneInspection
from cstui_hygiene.sheets import LOOKS, rule_of, severity_of


@dataclass(frozen=True, slots=True)
class Found:
    """Something that isn't as it should be. `person`: whose it is, where that is known."""

    item: Item
    remark: str = ""
    place: str = ""
    person: Staff | None = None
    area: CleaningArea | None = None
    phone: bool = False


async def cleaners(area_id: int, day: date) -> list[tuple[datetime, Staff]]:
    """Who had an area to clean on a day, with the due time of each duty, in order; who did it for another counts."""
    duties = DutyAssignment.filter(area_id=area_id, day=day).exclude(state=DutyState.EXCUSED)
    return [
        (duty.due_at, person)
        for duty in await duties.select_related("rota", "assignee", "done_by").order_by("due_at", "id")
        if (person := duty.done_by or duty.assignee) and in_force(duty)
    ]


async def _cleaner(ctx: Context, area: CleaningArea) -> Staff | None:
    """Whose duty came last, else whose comes next today."""
    found = await cleaners(area.id, ctx.today)
    over = [person for due, person in found if due <= utc(ctx.now)]
    return over[-1] if over else found[0][1] if found else None


async def open_defects(
    ctx: Context, found: Sequence[Found], inspection: HygieneInspection | None = None, reported: bool = False
) -> list[HygieneDefect]:
    """Make a defect of each whose rule holds. A `reported` one waits for being accepted before anybody is told."""
    made = []
    for one in found:
        if rule := rule_of(ctx, one.item):
            person = one.person
            if person is None and one.area and not LOOKS[one.item].bodily:
                person = await _cleaner(ctx, one.area)
            defect = await HygieneDefect.create(
                defect_no=await HygieneDefect.next_number("defect_no", "D", ctx.today), inspection=inspection,
                area=one.area, item=one.item, rule=rule.id, remark=one.remark, place=one.place, phone=one.phone,
                severity=severity_of(ctx, one.item), responsible=person, named=one.person is not None,
                state=DefectState.REPORTED if reported else DefectState.OPEN, found_at=utc(ctx.now),
                found_by=ctx.actor.login, counted_from=utc(ctx.now), due_at=due_of(ctx, one.item, ctx.now),
            )  # fmt: skip
            made.append(defect)
            if not reported:
                await hand_on(ctx, defect)
    return made


async def hand_on(ctx: Context, defect: HygieneDefect) -> None:
    """Put a defect before others whom it concerns: quality, discipline, reception. It has no effect by itself."""
    if LOOKS[defect.item].copied:
        await _propose(ctx, defect, defect.item.value)
    if defect.phone:
        await _propose(ctx, defect, "phone")
    await offer_repeat(ctx, defect)


async def offer_repeat(ctx: Context, defect: HygieneDefect) -> None:
    """Litter of the same person a second time in a month is offered to discipline (hygiene-05).

    What they found themselves isn't held against them.
    """
    person = defect.responsible
    if defect.item is not Item.LITTER or not defect.named or person is None or defect.found_by == person.login:
        return
    first = ctx.local(defect.found_at).date().replace(day=1)
    before = HygieneDefect.filter(
        item=Item.LITTER, named=True, responsible=person, found_at__gte=ctx.moment(first),
        found_at__lte=defect.found_at,
    )  # fmt: skip
    before = before.exclude(id=defect.id).exclude(found_by=person.login)
    before = before.exclude(state__in=[DefectState.REPORTED, DefectState.REFUSED])
    if times := await before.count():
        await _propose(ctx, defect, "litter", times=times + 1)


async def _propose(ctx: Context, defect: HygieneDefect, word: str, **more: int) -> None:
    """Only who was named stands in a finding; whose turn it was to clean puts it right, and did nothing wrong."""
    person = defect.responsible if defect.named else None
    where = Verbatim(f"{defect.area.name if defect.area else ''} {defect.place}".strip() or defect.defect_no)
    await ctx.propose(
        rule=defect.rule, person=person, record_id=defect.id,
        title=Text(f"hygiene.finding.{word}", person=person.name if person else "—", where=where,
                   what=defect.remark and f" · {defect.remark}", **more),
    )  # fmt: skip
