"""The day shift says that it watered the plants, or cleaned their leaves (hygiene-29, hygiene-30)."""

from __future__ import annotations

from datetime import date

from cstui.api import BadInput, Context, Refusal, Text, choice, utc
from cstui.people import Staff
from cstui_hygiene.kinds import PlantTask
from cstui_hygiene.models import PlantCare
from cstui_hygiene.plants.inputs import Care
from cstui_hygiene.roster import Roster

RULES = {PlantTask.WATER: "hygiene-29", PlantTask.LEAF_CLEAN: "hygiene-30"}


async def water(ctx: Context, data: Care) -> Text:
    return await _care(ctx, data, PlantTask.WATER)


async def clean_leaves(ctx: Context, data: Care) -> Text:
    return await _care(ctx, data, PlantTask.LEAF_CLEAN)


async def _care(ctx: Context, data: Care, task: PlantTask) -> Text:
    day = data.day or ctx.today
    if day > ctx.today:
        raise BadInput("hygiene.refusal.care_later", field="day", value=day)
    person = data.done_by or await Staff.get_or_none(pk=ctx.actor.staff_id)
    if person is None:
        raise BadInput("hygiene.refusal.care_by", field="done_by", value=ctx.actor.login)
    shift = (await Roster.read(ctx, day, day)).day_shift(day)
    own = next((one for one in shift if one.staff.pk == person.pk), None)
    ctx.rule(RULES[task], day).forbid(
        own is None, "hygiene.refusal.not_day_shift", field="done_by", value=person.login, person=person.name, day=day,
    )  # fmt: skip
    done = await PlantCare.filter(day=day, task=task).select_related("done_by").order_by("id")
    if len(done) >= times(ctx, task, day):
        raise Refusal(
            "hygiene.refusal.cared", field="day", value=day, rule=RULES[task], person=done[-1].done_by.name,
            task=choice("hygiene", task.value),
        )  # fmt: skip
    await PlantCare.create(
        care_no=f"{day}/{task.value}/{len(done) + 1}", day=day, task=task, done_by=person, done_at=utc(ctx.now),
        shift=own.shift if own else None,
    )  # fmt: skip
    return Text(f"hygiene.done.{task.value}", person=person.name, day=day)


def times(ctx: Context, task: PlantTask, day: date) -> int:
    """How often a task is done on a day on which it is owed."""
    return max(1, ctx.rule("hygiene-29", day).water_frequency) if task is PlantTask.WATER else 1
