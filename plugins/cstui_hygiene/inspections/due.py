"""Inspections that are due, or begun and not signed (hygiene-47)."""

from __future__ import annotations

from datetime import timedelta

from tortoise.expressions import Q

from cstui.api import Context, DueItem, Text, choice, utc
from cstui.people import Duty
from cstui_hygiene.inspections.acts import about
from cstui_hygiene.kinds import AreaState, InspectionState, Verdict
from cstui_hygiene.models import CleaningArea, HygieneInspection, InspectionItem
from cstui_hygiene.roster import minute_of

NEAR = timedelta(days=7)
WALK = ("hygiene.pass_item", "hygiene.fail_item", "hygiene.no_such_item", "hygiene.name_place")


async def inspections_due(ctx: Context) -> list[DueItem]:
    """Today's inspection that nobody began by its time, and those of which the signature is missing."""
    rows = HygieneInspection.filter(Q(day=ctx.today) | Q(state=InspectionState.DRAFT))
    known = await rows.select_related("area", "staff", "inspector").order_by("id")
    drafts = [one for one in known if one.state is InspectionState.DRAFT]
    walked = InspectionItem.filter(inspection_id__in=[one.pk for one in drafts]).order_by("id")
    items = await walked if drafts else []
    found = [_draft(ctx, one, [item for item in items if item.inspection_id == one.pk]) for one in drafts]
    rule = ctx.rule("hygiene-47")
    due = ctx.moment(ctx.today, minute_of(rule.inspection_due))
    begun = any(one.day == ctx.today for one in known)
    if rule.on and not begun and utc(ctx.now) >= due and await _works_today(ctx) and await _kept(ctx):
        found.append(
            DueItem(
                id=f"hygiene.inspection.{ctx.today}",
                severity="warning",
                title=Text("hygiene.due.inspection"),
                rule=rule.id,
                due=due,
                state=Text("hygiene.state.not_begun"),
                register="hygiene.inspections",
                actions=("hygiene.begin_inspection",),
                proof=(Text("hygiene.proof.inspection", due=due),),
            )
        )
    return found


async def _works_today(ctx: Context) -> bool:
    """By the roster, or by the calendar where none is kept."""
    days = Duty.filter(day__gte=ctx.today - NEAR, day__lte=ctx.today + NEAR)
    rostered = {*await days.distinct().values_list("day", flat=True)}
    return ctx.today in rostered if rostered else ctx.calendar.is_workday(ctx.today)


async def _kept(ctx: Context) -> bool:
    return await CleaningArea.filter(state=AreaState.ACTIVE, first_day__lte=ctx.today).exists()


def _draft(ctx: Context, one: HygieneInspection, items: list[InspectionItem]) -> DueItem:
    """It leads from item to item, then to the signature."""
    old = one.day < ctx.today
    left = [item for item in items if item.verdict is Verdict.UNDECIDED]
    title = Text("hygiene.due.inspecting", inspection=one.inspection_no, about=about(one))
    state = Text("hygiene.state.unsigned")
    if left:
        title = Text("hygiene.due.walking", item=choice("hygiene", left[0].item), **title.args)
        state = Text("hygiene.state.decided", done=len(items) - len(left), all=len(items))
    return DueItem(
        id=f"hygiene.inspecting.{one.id}",
        severity="warning" if old else "info",
        title=title,
        rule="hygiene-47",
        person=one.inspector.name,
        person_id=one.inspector_id,
        due=ctx.moment(one.day, 24 * 60),
        state=state,
        register="hygiene.items" if left else "hygiene.inspections",
        records=(left[0].pk if left else one.pk,),
        actions=WALK if left else ("hygiene.sign_inspection", "hygiene.drop_inspection"),
        proof=(Text("hygiene.proof.begun", day=one.day, person=one.inspector.name),),
    )
