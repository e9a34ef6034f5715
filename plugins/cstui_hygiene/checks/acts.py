"""One looks at one's own place, on arrival and on leaving; checks that are missing are spoken about or excused."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from cstui.api import BadInput, Context, Refusal, Text, utc
from cstui.people import Duty, Staff
from cstui_hygiene.checks.inputs import Arriving, Excuse, Leaving
from cstui_hygiene.checks.missing import missing, owed
from cstui_hygiene.defects.opening import Found, open_defects
from cstui_hygiene.kinds import Item
from cstui_hygiene.models import PersonalCheck
from cstui_hygiene.roster import DAY

AFTER = timedelta(hours=1)
"""So long after a shift that ended past midnight its check is still that day's."""
ITEMS = {
    "dress_ok": Item.DRESS, "tidy_ok": Item.EQUIPMENT, "desk_ok": Item.DESK, "rubbish_ok": Item.LITTER,
    "chair_ok": Item.CHAIR,
}  # fmt: skip
"""What is to be put right when an answer is no."""


async def arrive(ctx: Context, data: Arriving) -> Text:
    """The look at dress and own area on arrival (hygiene-09)."""
    check = await _own(ctx)
    if check.arrived_at:
        raise Refusal("hygiene.refusal.checked", field="day", value=check.day, rule="hygiene-09", at=check.arrived_at)
    check.arrived_at = utc(ctx.now)
    return await _answered(ctx, check, data)


async def leave(ctx: Context, data: Leaving) -> Text:
    """The look at desk, rubbish and chair on leaving (hygiene-08, hygiene-12)."""
    check = await _own(ctx)
    if check.left_at:
        raise Refusal("hygiene.refusal.checked", field="day", value=check.day, rule="hygiene-08", at=check.left_at)
    check.left_at = utc(ctx.now)
    return await _answered(ctx, check, data)


async def _own(ctx: Context) -> PersonalCheck:
    """The actor's own check of the shift they are on."""
    person = await Staff.filter(id=ctx.actor.staff_id or 0).first()
    if person is None:
        raise Refusal("hygiene.refusal.checker_unknown", field="staff", value=ctx.actor.login)
    return await _of(person, await _day(ctx, person))


async def _day(ctx: Context, person: Staff) -> date:
    """The day whose shift it is: past midnight still yesterday's, until a while after that shift ended."""
    last = await Duty.filter(staff_id=person.pk, day=ctx.today - DAY).order_by("-end_at").first()
    return ctx.today - DAY if last and last.end_at + AFTER > utc(ctx.now) else ctx.today


async def _of(person: Staff, day: date) -> PersonalCheck:
    known = await PersonalCheck.filter(staff=person, day=day).select_related("staff").first()
    return known or PersonalCheck(staff=person, day=day, check_no=f"{day}/{person.number}")


async def _answered(ctx: Context, check: PersonalCheck, data: Arriving | Leaving) -> Text:
    """What isn't in order becomes a defect of one's own."""
    answers = {name: getattr(data, name) for name in type(data).model_fields}
    check.update_from_dict(answers)
    await check.save()
    wrong = [Found(ITEMS[name], person=check.staff) for name, ok in answers.items() if not ok]
    made = await open_defects(ctx, wrong)
    word = "check_found" if made else "checked"
    return Text(f"hygiene.done.{word}", person=check.staff.name, day=check.day, count=len(made))


async def remind(ctx: Context, people: Sequence[Staff], data: None) -> Text:
    """They were told that a check of theirs is missing; that it was missing still counts."""
    found = missing(ctx, await owed(ctx, people))
    late = [one for some in found.values() for one in some if not one.told]
    if not late:
        raise Refusal("hygiene.refusal.no_check_missing", field="staff", value=people[0].name, rule="hygiene-08")
    for one in late:
        check = one.check or await _of(one.staff, one.day)
        check.reminded_at = utc(ctx.now)
        await check.save()
    return Text("hygiene.done.reminded", people="、".join(dict.fromkeys(one.staff.name for one in late)),
                count=len(late))  # fmt: skip


async def excuse(ctx: Context, people: Sequence[Staff], data: Excuse) -> Text:
    """Checks that weren't made are excused and count no more."""
    if data.day and data.day > ctx.today:
        raise BadInput("hygiene.refusal.check_future", field="day", value=data.day)
    if data.day:
        checks = [await _of(person, data.day) for person in people]
    else:
        late = [one for some in missing(ctx, await owed(ctx, people)).values() for one in some]
        checks = [one.check or await _of(one.staff, one.day) for one in late]
    if not checks:
        raise Refusal("hygiene.refusal.no_check_missing", field="staff", value=people[0].name, rule="hygiene-08")
    for check in checks:
        if check.left_at:
            raise Refusal("hygiene.refusal.checked", field="day", value=check.day, rule="hygiene-08", at=check.left_at)
        check.excused = data.reason
        await check.save()
    return Text("hygiene.done.check_excused", people="、".join(person.name for person in people), count=len(checks))
