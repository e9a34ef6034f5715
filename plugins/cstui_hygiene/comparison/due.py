"""The comparison of the period that is over, from the first workday after it until it is published (hygiene-41)."""

from __future__ import annotations

from cstui.api import Context, DueItem, Text
from cstui_hygiene.comparison.reckoning import name_of, period_of, signed
from cstui_hygiene.kinds import AppraisalState
from cstui_hygiene.models import HygieneAppraisal
from cstui_hygiene.roster import DAY

STEPS = {
    None: ("compare", "hygiene.compare"),
    AppraisalState.COMPUTED: ("confirm", "hygiene.confirm_comparison"),
    AppraisalState.CONFIRMED: ("publish", "hygiene.publish_comparison"),
}  # fmt: skip


async def comparison_due(ctx: Context) -> list[DueItem]:
    """Nothing is asked where nothing was inspected."""
    begins = period_of(ctx, ctx.today).first
    period, rule = period_of(ctx, begins - DAY), ctx.rule("hygiene-41", begins - DAY)
    if not rule.on or ctx.today < ctx.calendar.add_workdays(begins - DAY, 1):
        return []
    rows = await HygieneAppraisal.filter(first_day=period.first, last_day=period.last).order_by("rank", "id")
    state = rows[0].state if rows else None
    if state not in STEPS or (state is None and not await signed(period)):
        return []
    word, action = STEPS[state]
    return [
        DueItem(
            id=f"hygiene.comparison.{period.first}.{word}",
            severity="warning",
            title=Text(f"hygiene.due.{word}", period=name_of(period)),
            rule=rule.id,
            state=Text(f"hygiene.choice.{state.value}") if state else Text("hygiene.state.not_compared"),
            register="hygiene.appraisals",
            records=tuple(row.id for row in rows),
            actions=(action, "hygiene.compare") if word == "confirm" else (action,),
            proof=(
                Text("hygiene.proof.comparison", first=period.first, last=period.last,
                     off=rule.missed_deduction, passing=rule.appraisal_pass_score),
            ),
        )
    ]  # fmt: skip
