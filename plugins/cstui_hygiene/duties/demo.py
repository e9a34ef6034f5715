"""Areas, rotas and duties of the sample department: published each month, done each day, now and then missed.

Left for today: a closing job missed yesterday, an opening one this morning, and a duty whose person goes on leave.
"""

from __future__ import annotations

from datetime import date, datetime

from cstui_hygiene.duties.state import is_missed
from cstui_hygiene.kinds import DutyState, RotaState, Slot
from cstui_hygiene.models import CleaningArea, DutyAssignment, DutyRota
from cstui_hygiene.roster import DAY
from cstui_hygiene.rota.acts import IN_FORCE, month_end
from cstui_hygiene.stage import Act, Moments, Part

QUIET = 9
"""In so many days before today nothing is missed but what is left for today."""
STICKERS = {
    "code": "BS-01", "name": "小广告清除", "kind": "public_zone", "frequency": "weekly", "weekday": "2",
    "standard": "墙面、灯杆无非法张贴", "crew": "named",
}  # fmt: skip


def moments(part: Part) -> Moments:
    stage, first = part.stage, part.stage.first
    found: Moments = [(first, "08:30", _areas(part)), (first, "08:45", _draft(part, first)),
                      (first, "09:00", _publish(part, first))]  # fmt: skip
    month = month_end(first)
    while month - 5 * DAY <= part.today:
        following = month + DAY
        found += [(max(first, month - 5 * DAY), "14:00", _draft(part, following)),
                  (max(first, month - 4 * DAY), "14:10", _publish(part, following))]  # fmt: skip
        month = month_end(following)
    for day in part.days(first + DAY):
        found += [(day, "07:50", _morning(part, day)), (day, "15:40", _afternoon(part, day))]
        if day < part.today - QUIET * DAY:
            found.append((day, "10:40", _missed(part, day)))
            if part.random.random() < 0.08:
                found.append((day, "16:30", _stand_in(part, day + DAY)))
    return [*found, (stage.today, "08:10", _leave(part))]


def _areas(part: Part) -> Act:
    async def areas() -> None:
        for preset in ("office", "machine_room", "warehouse"):
            await part.stage.run("hygiene.use_preset", {"preset": preset})
        keeper = part.members[-1].login
        await part.stage.run("hygiene.set_area", {**STICKERS, "keeper": keeper})
        await part.stage.run("hygiene.name_keeper", {"keeper": keeper}, target=["WH-FL"])

    return areas


def _draft(part: Part, month: date) -> Act:
    async def draft() -> None:
        await part.stage.run("hygiene.generate_rota", {"month": f"{month:%Y-%m}"})

    return draft


def _publish(part: Part, month: date) -> Act:
    async def publish() -> None:
        await part.stage.run("hygiene.publish_rota", {}, target=[f"{month:%Y-%m}"])

    return publish


def _morning(part: Part, day: date) -> Act:
    """What the night and the early shift did is entered by the team leader of the day."""

    async def enter() -> None:
        at = part.stage.moment(day, "07:42")
        await _enter(part, day, at, part.stage.moment(day, "09:00"))

    return enter


def _afternoon(part: Part, day: date) -> Act:
    async def enter() -> None:
        await _enter(part, day, part.stage.moment(day, "15:35"), part.stage.moment(day, "23:00"))

    return enter


async def _enter(part: Part, day: date, at: datetime, until: datetime) -> None:
    """All duties due between two moments were done at the first, but for a few."""
    due = DutyAssignment.filter(
        state=DutyState.DUE, due_at__gt=at, due_at__lte=until, day__lte=day, assignee_id__isnull=False,
        rota__state__in=IN_FORCE,
    )  # fmt: skip
    duties = await due.exclude(slot=Slot.AFTER_USE).order_by("id")
    if day == part.today:
        left = {duty.slot: duty.pk for duty in duties if duty.slot is not Slot.WEEKLY}
        done = [duty for duty in duties if duty.pk not in left.values()]
    else:
        share = 0.02 if day < part.today - QUIET * DAY else 0
        done = [duty for duty in duties if part.random.random() >= share]
    if done:
        raw = {"done_at": at.isoformat()}
        await part.stage.run("hygiene.enter_done", raw, part.leader(day), target=[duty.pk for duty in done])


def _missed(part: Part, day: date) -> Act:
    """Of what was missed a closing job is carried over, and others are mostly made up the same morning."""

    async def see_to() -> None:
        ctx = await part.stage.context()
        rows = DutyAssignment.filter(state=DutyState.DUE, day__gte=day - DAY, day__lte=day, carried_from_id=None)
        duties = await rows.exclude(slot=Slot.AFTER_USE).select_related("area", "rota", "assignee")
        missed = [duty for duty in duties if duty.assignee and is_missed(ctx, duty)]
        carried = {
            *await DutyAssignment.filter(carried_from_id__isnull=False).values_list("carried_from_id", flat=True)
        }
        for duty in missed:
            if duty.slot is Slot.CLOSE and duty.pk not in carried:
                await part.stage.run("hygiene.carry_duty", {}, part.leader(day), target=[duty.pk])
            elif duty.slot is Slot.OPEN and part.random.random() < 0.6:
                await part.stage.run("hygiene.enter_done", {}, part.leader(day), target=[duty.pk])

    return see_to


def _stand_in(part: Part, day: date) -> Act:
    """Somebody can't tomorrow, and whoever is next does it; the rota is published anew."""

    async def swap() -> None:
        duty = await DutyAssignment.filter(day=day, slot=Slot.OPEN, state=DutyState.DUE, area__crew="rota").first()
        if duty and duty.assignee_id:
            raw = {"reason": "家中有事，换班"}
            await part.stage.run("hygiene.assign_duty", raw, part.leader(day), target=[duty.pk])
        for rota in await DutyRota.filter(state=RotaState.AMENDED):
            await part.stage.run("hygiene.publish_rota", {}, target=[rota.rota_no])

    return swap


def _leave(part: Part) -> Act:
    """Somebody who has a duty tomorrow goes on leave."""

    async def leave() -> None:
        areas = await CleaningArea.filter(crew="rota").values_list("id", flat=True)
        rows = DutyAssignment.filter(day=part.today + DAY, state=DutyState.DUE, area_id__in=areas)
        duty = await rows.filter(assignee_id__isnull=False).order_by("id").first().select_related("assignee")
        if duty and duty.assignee:
            day = f"{part.today + DAY}"
            raw = {"staff": duty.assignee.login, "first_day": day, "last_day": day, "kind": "annual"}
            await part.stage.run("people.record_absence", raw)

    return leave
