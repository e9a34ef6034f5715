"""Outsiders use neither computers nor material, save by leave that was given beforehand (confidentiality-45)."""

from __future__ import annotations

from datetime import datetime

from cstui.api import BadInput, Context, Refusal, Text, Verbatim, choice, utc
from cstui.approvals import Request
from cstui_confidentiality.audit.acts import find_by_hand
from cstui_confidentiality.kinds import GrantState, VisitScope
from cstui_confidentiality.models import OutsiderPass
from cstui_confidentiality.visitors.inputs import RequestVisit, VisitSeen

RULE, REQUESTED = "confidentiality-45", "confidentiality.visits"


async def request(ctx: Context, data: RequestVisit) -> Text:
    """Ask for leave before the visitor comes."""
    if ctx.actor.staff_id is None:
        raise Refusal("confidentiality.refusal.not_staff", field="host", value=ctx.actor.login)
    start, end = utc(data.start_at), utc(data.end_at)
    if end <= start:
        raise BadInput("confidentiality.refusal.visit_ends", field="end_at", value=end, start=start)
    ctx.rule(RULE).forbid(start < ctx.now, "confidentiality.refusal.beforehand", field="start_at", value=start)
    made = await OutsiderPass.create(
        pass_no=await OutsiderPass.next_number("pass_no", "O", ctx.today), visitor=data.visitor,
        host_id=ctx.actor.staff_id, scope=data.scope, purpose=data.purpose, start_at=start, end_at=end,
        requested_at=utc(ctx.now),
    )  # fmt: skip
    if ctx.rule(RULE).on:
        title = Text(
            "confidentiality.asked.visit", visitor=Verbatim(data.visitor), purpose=Verbatim(data.purpose),
            scope=choice("confidentiality", data.scope), start=start, end=end,
        )  # fmt: skip
        await ctx.ask(REQUESTED, made.id, title)
    else:
        await _decide(ctx, made, GrantState.APPROVED)
    return Text(f"confidentiality.done.visit_{made.state.value}", visit=made.pass_no)


async def approved(ctx: Context, request: Request) -> None:
    await _decide(ctx, await OutsiderPass.get(id=request.record_id), GrantState.APPROVED)


async def refused(ctx: Context, request: Request) -> None:
    await _decide(ctx, await OutsiderPass.get(id=request.record_id), GrantState.REFUSED)


async def withdrawn(ctx: Context, request: Request) -> None:
    await _decide(ctx, await OutsiderPass.get(id=request.record_id), GrantState.WITHDRAWN)


async def _decide(ctx: Context, visit: OutsiderPass, state: GrantState) -> None:
    visit.state = state
    if state is GrantState.APPROVED:
        visit.approved_by, visit.approved_at = ctx.actor.login, utc(ctx.now)
    await visit.save()


async def seen(ctx: Context, data: VisitSeen) -> Text:
    """Somebody saw a visitor use what is the company's: with leave all is well, without it a finding about the host."""
    at = utc(data.at or ctx.now)
    if at > ctx.now:
        raise BadInput("confidentiality.refusal.visit_later", field="at", value=at)
    if visit := await covering(data.visitor, data.scope, at):
        return Text("confidentiality.done.visit_allowed", visitor=data.visitor, visit=visit.pass_no)
    if ctx.rule(RULE).on:
        why = Text("confidentiality.why.visitor", visitor=Verbatim(data.visitor), what=Verbatim(data.what), at=at,
                   scope=choice("confidentiality", data.scope))  # fmt: skip
        await find_by_hand(ctx, rule=RULE, staff=data.host, severity="warning", why=why)
    return Text("confidentiality.done.visit_found", visitor=data.visitor)


async def covering(visitor: str, scope: VisitScope, at: datetime) -> OutsiderPass | None:
    """Leave that was given before that moment and holds then, its last second included."""
    passes = OutsiderPass.filter(visitor=visitor, scope=scope, state=GrantState.APPROVED, approved_at__lte=at)
    return await passes.filter(start_at__lte=at, end_at__gte=at).first()


def state_of(ctx: Context, visit: OutsiderPass) -> Text:
    """How far it is; once its time is over it is over, though nothing was written."""
    over = visit.state is GrantState.APPROVED and ctx.now > visit.end_at
    return choice("confidentiality", "over" if over else visit.state.value)
