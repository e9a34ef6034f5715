"""The weekly control of documents, and the half-yearly question (confidentiality-46)."""

from __future__ import annotations

from datetime import datetime

from cstui.api import Context, DueItem, Severity, Text
from cstui_confidentiality.controls import acts
from cstui_confidentiality.controls.acts import RULE
from cstui_confidentiality.kinds import ControlState, Located
from cstui_confidentiality.models import ControlCheck, ControlLine

DAY = 24 * 60
WALK = ("confidentiality.line_in_order", "confidentiality.line_wrong_readers", "confidentiality.line_missing")


async def checks(ctx: Context) -> list[DueItem]:
    """On its day a control is a warning, later critical; one that was begun leads from line to line."""
    rule = ctx.rule(RULE)
    draft = await ControlCheck.filter(state=ControlState.DRAFT).select_related("inspector").first() if rule.on else None
    day = await acts.check_due(ctx) if rule.on else None
    if day is None or (draft is None and ctx.today < day):
        return []
    due = ctx.moment(day, DAY)
    how = Text("confidentiality.proof.check", every=rule.document_control_check, day=day)
    severity: Severity = "critical" if ctx.today > day else "warning" if ctx.today == day else "info"
    if draft:
        return [await _draft(draft, severity, due, how)]
    return [
        DueItem(
            id=f"confidentiality.check.{day}",
            severity=severity,
            title=Text("confidentiality.due.check"),
            rule=RULE,
            due=due,
            state=Text("confidentiality.state.not_begun"),
            register="confidentiality.checks",
            actions=("confidentiality.begin_check",),
            proof=(how,),
        )
    ]


async def _draft(check: ControlCheck, severity: Severity, due: datetime, how: Text) -> DueItem:
    lines = await ControlLine.filter(check=check).order_by("id").select_related("asset")
    left = [line for line in lines if line.located is Located.UNDECIDED]
    title = Text("confidentiality.due.signing", check=check.check_no)
    state = Text("confidentiality.state.to_sign")
    if left:
        number = left[0].asset.asset_no if left[0].asset else ""
        title = Text("confidentiality.due.looking", check=check.check_no, asset=number, title=acts.asked(left[0]))
        state = Text("confidentiality.state.of", count=len(lines) - len(left), all=len(lines))
    return DueItem(
        id=f"confidentiality.checking.{check.pk}",
        severity=severity,
        title=title,
        rule=RULE,
        person=check.inspector.name,
        person_id=check.inspector_id,
        due=due,
        state=state,
        register="confidentiality.check_lines" if left else "confidentiality.checks",
        records=(left[0].pk if left else check.pk,),
        actions=WALK if left else ("confidentiality.sign_check", "confidentiality.drop_check"),
        proof=(how, Text("confidentiality.proof.begun", person=check.inspector.name, day=check.day)),
    )


async def leadership(ctx: Context) -> list[DueItem]:
    """The supervisor's own half-yearly question, asked in the next control."""
    rule = ctx.rule(RULE)
    day = await acts.leadership_due(ctx) if rule.on else None
    if day is None or ctx.today < day:
        return []
    if await ControlLine.filter(asked=acts.LEADERSHIP, check__state=ControlState.DRAFT).exists():
        return []
    return [
        DueItem(
            id=f"confidentiality.leadership.{day}",
            severity="warning",
            title=Text("confidentiality.due.leadership"),
            rule=RULE,
            due=ctx.moment(day, DAY),
            state=Text("confidentiality.state.not_begun"),
            register="confidentiality.checks",
            actions=("confidentiality.begin_check",),
            proof=(Text("confidentiality.proof.leadership", every=rule.leadership_review, day=day),),
        )
    ]
