"""Places that are to be put in order after their use, in one query."""

from __future__ import annotations

from cstui.api import Context, DueItem, Text, choice, utc
from cstui_hygiene.kinds import DutyState, Slot
from cstui_hygiene.models import DutyAssignment
from cstui_hygiene.roster import DAY
from cstui_hygiene.rota.jobs import rule_of


async def after_use(ctx: Context) -> list[DueItem]:
    """Those of today, and of yesterday where nobody did them; older ones were overtaken by the day's cleaning."""
    jobs = DutyAssignment.filter(
        slot=Slot.AFTER_USE, state=DutyState.DUE, day__gte=ctx.today - DAY, day__lte=ctx.today
    ).select_related("area", "assignee")
    return [
        _item(ctx, job)
        for job in await jobs.order_by("due_at", "id")
        if ctx.rule(rule_of(job.area, job.slot), job.day).on
    ]  # fmt: skip


def _item(ctx: Context, job: DutyAssignment) -> DueItem:
    late = utc(ctx.now) - job.due_at
    overdue = utc(ctx.now) > job.due_at
    proof = [Text("hygiene.proof.due", name=job.area.name, slot=choice("hygiene", job.slot.value), due=job.due_at)]
    if overdue:
        proof.append(Text("hygiene.proof.late", late=late))
    return DueItem(
        id=f"hygiene.after_use.{job.pk}",
        severity="info" if job.assignee else "warning",
        title=Text("hygiene.due.after_use" if job.assignee else "hygiene.due.after_use_nobody", name=job.area.name),
        rule=rule_of(job.area, job.slot),
        person=job.assignee.name if job.assignee else "",
        person_id=job.assignee_id,
        due=job.due_at,
        state=Text("hygiene.state.late", late=late) if overdue else Text("hygiene.state.due", due=job.due_at),
        register="hygiene.duties",
        records=(job.pk,),
        actions=("hygiene.done", "hygiene.enter_done", "hygiene.assign_duty", "hygiene.skip_duty")
        if job.assignee
        else ("hygiene.assign_duty", "hygiene.enter_done", "hygiene.skip_duty"),
        proof=tuple(proof),
    )
