"""Deciding requests and findings. Requester, approvers of other steps and the person concerned stay apart."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from cstui.approvals import deputies, overrides
from cstui.approvals.deputies import DECIDING, Stands, stood_for
from cstui.approvals.inputs import Opinion, Say
from cstui.approvals.models import Decision, Finding, FindingState, Request, RequestState, Verdict, titled
from cstui.contract.action import Action, Separation
from cstui.contract.context import Context
from cstui.contract.declare import ApprovalKind
from cstui.contract.errors import Fault, NotPermitted, Refusal
from cstui.contract.records import utc
from cstui.contract.text import Text
from cstui.people import Staff, role_name

FIGURES = "site.figure_"
"""Kinds of request by which figures of rules are changed: they can wait for whoever may agree."""


async def ask(ctx: Context, kind: str, record_id: int, title: str | Text) -> Request:
    """Open a request of a declared kind; the actor is its requester. Raises KeyError for an unknown kind."""
    ctx.services.kinds[kind]
    return await Request.create(
        kind=kind,
        record_id=record_id,
        **titled(title),
        requester_id=ctx.actor.staff_id,
        requester_login=ctx.actor.login,
        opened_at=ctx.now,
    )


async def propose(
    ctx: Context,
    *,
    rule: str,
    title: str | Text,
    person: Staff | None = None,
    record_id: int | None = None,
    figure_fen: int | None = None,
    daily: bool = False,
) -> Finding | None:
    """Put a finding before whoever decides it. It has no effect of its own (money-02: nothing is fined by itself).

    `daily`: once a day for each person and rule; None where that one is there.
    """
    if (
        daily
        and await Finding.filter(
            rule=rule,
            person_id=person.pk if person else None,
            found_at__gte=utc(ctx.moment(ctx.today)),
            found_at__lt=utc(ctx.moment(ctx.today + timedelta(days=1))),
        ).exists()
    ):
        return None
    return await Finding.create(
        area=rule.rsplit("-", 1)[0],
        rule=rule,
        **titled(title),
        person=person,
        record_id=record_id,
        figure_fen=figure_fen,
        found_at=ctx.now,
    )


def roles_of_step(ctx: Context, kind: ApprovalKind, step: int) -> tuple[str, ...]:
    """Roles any one of which decides a step, as they stand today."""
    wanted = kind.steps[step]
    return (wanted,) if isinstance(wanted, str) else tuple(wanted(ctx))


async def why_not(ctx: Context, request: Request) -> Fault | None:
    """Why this actor can't decide the request now, if they can't."""
    return barred(ctx, request, await Decision.filter(request=request), await stood_for(ctx))


def barred(ctx: Context, request: Request, decisions: Sequence[Decision], stands: Stands) -> Fault | None:
    """`why_not` from what is known already: the decisions of its earlier steps, whom the actor stands in for."""
    if request.state != RequestState.ASKED:
        return Refusal("approvals.refusal.decided", value=request.told)
    kind: ApprovalKind | None = ctx.services.kinds.get(request.kind)
    if kind is None:
        return Refusal("approvals.refusal.no_kind", value=request.told, kind=request.kind)
    if ctx.is_actor(request.requester_id, request.requester_login):
        return NotPermitted("approvals.refusal.own_request", value=request.told, rule=kind.rule)
    for some in stands.roles.values():
        if name := some.get(request.requester_id or 0):
            return NotPermitted("approvals.refusal.deputys_request", value=request.told, name=name, rule=kind.rule)
    if any(_by_actor(ctx, decided) for decided in decisions):
        return NotPermitted("approvals.refusal.two_steps", value=request.told, rule=kind.rule)
    if ctx.override and kind.id.startswith(FIGURES):
        return NotPermitted("engine.can_wait", field="override", value=request.told, rule=kind.rule)
    roles = roles_of_step(ctx, kind, request.step)
    if not ctx.actor.roles.isdisjoint(roles) or replaced(ctx, request, decisions, stands):
        return None
    named = [role_name(role) for role in roles]
    if ctx.waive(Text("approvals.lacked.role", roles=named)):
        return None
    return NotPermitted("approvals.refusal.not_the_role", value=named, rule=kind.rule)


def _by_actor(ctx: Context, decided: Decision) -> bool:
    """Whether the actor decided that step, or somebody in their place."""
    instead = decided.instead_of_id is not None and decided.instead_of_id == ctx.actor.staff_id
    return instead or ctx.is_actor(decided.by_id, decided.by_login)


def replaced(ctx: Context, request: Request, decisions: Sequence[Decision], stands: Stands) -> dict[int, str]:
    """In whose place alone the actor decides the step of a request: nobody's where they hold its role themselves.

    A deputy of who decided another step would be that person a second time; one of a deputy of who asked, that deputy.
    """
    kind: ApprovalKind | None = ctx.services.kinds.get(request.kind)
    roles = roles_of_step(ctx, kind, request.step) if kind and request.state == RequestState.ASKED else ()
    if not ctx.actor.roles.isdisjoint(roles):
        return {}
    before = {person for decided in decisions for person in (decided.by_id, decided.instead_of_id)}
    before |= {pk for pk, some in stands.further.items() if request.requester_id in some}
    standing = {pk: name for role in roles for pk, name in stands.roles.get(role, {}).items()}
    return {pk: name for pk, name in standing.items() if pk not in before}


async def _decide(ctx: Context, request: Request, verdict: Verdict, note: str) -> ApprovalKind:
    decisions, stands = await Decision.filter(request=request), await stood_for(ctx)
    if fault := barred(ctx, request, decisions, stands):
        raise fault
    place = replaced(ctx, request, decisions, stands)
    if place:
        ctx.notes.append(Text("approvals.note.instead_of", names=[*place.values()][:1]))
    await Decision.create(
        request=request,
        step=request.step,
        by_id=ctx.actor.staff_id,
        by_login=ctx.actor.login,
        instead_of_id=next(iter(place), None),
        verdict=verdict,
        note=note,
        at=ctx.now,
    )
    kind: ApprovalKind = ctx.services.kinds[request.kind]
    return kind


async def approve(ctx: Context, request: Request, data: Say) -> Text:
    kind = await _decide(ctx, request, Verdict.APPROVED, data.note)
    request.step += 1
    if request.step == len(kind.steps):
        request.state = RequestState.APPROVED
        await kind.approved(ctx, request)
    await request.save()
    return Text("approvals.done.approved", title=request.told, step=request.step, steps=len(kind.steps))


async def refuse(ctx: Context, request: Request, data: Opinion) -> Text:
    kind = await _decide(ctx, request, Verdict.REFUSED, data.note)
    request.state = RequestState.REFUSED
    if kind.refused:
        await kind.refused(ctx, request)
    await request.save()
    return Text("approvals.done.refused", title=request.told)


def _why_not_withdrawn(ctx: Context, request: Request) -> Fault | None:
    if request.state != RequestState.ASKED:
        return Refusal("approvals.refusal.decided", value=request.told)
    if not ctx.is_actor(request.requester_id, request.requester_login):
        return NotPermitted("approvals.refusal.not_yours", value=request.told)
    return None


async def withdraw(ctx: Context, request: Request, data: None) -> Text:
    if (fault := _why_not_withdrawn(ctx, request)) is not None:
        raise fault
    request.state = RequestState.WITHDRAWN
    kind: ApprovalKind | None = ctx.services.kinds.get(request.kind)
    if kind and kind.withdrawn:
        await kind.withdrawn(ctx, request)
    await request.save()
    return Text("approvals.done.withdrawn", title=request.told)


async def _close(ctx: Context, finding: Finding, state: FindingState, note: str) -> Text:
    if finding.state != FindingState.OPEN:
        raise Refusal("approvals.refusal.decided", value=finding.told)
    finding.state, finding.decided_by, finding.decision = state, ctx.actor.login, note
    await finding.save()
    return Text(f"approvals.done.{state.value}", title=finding.told)


async def accept_finding(ctx: Context, finding: Finding, data: Opinion) -> Text:
    return await _close(ctx, finding, FindingState.ACCEPTED, data.note)


async def reject_finding(ctx: Context, finding: Finding, data: Opinion) -> Text:
    return await _close(ctx, finding, FindingState.REJECTED, data.note)


async def request_open(ctx: Context, request: Request) -> Text | None:
    """Why a request can't be decided by this actor now."""
    fault = await why_not(ctx, request)
    return fault.text if fault else None


async def request_mine(ctx: Context, request: Request) -> Text | None:
    """Why a request can't be withdrawn by this actor now."""
    fault = _why_not_withdrawn(ctx, request)
    return fault.text if fault else None


def _on(action: str, run: Any, mnemonic: str, model: Any = None, **more: Any) -> Action:
    register = "approvals.findings" if action.endswith("finding") else "approvals.requests"
    return Action(
        f"approvals.{action}", run=run, input=model, target="row", register=register, mnemonic=mnemonic,
        **{"needs": DECIDING, **more},
    )  # fmt: skip


ACTIONS = (
    _on("approve", approve, "y", Say, blocked=request_open),
    _on("refuse", refuse, "n", Opinion, blocked=request_open),
    _on("withdraw", withdraw, "w", needs="approvals.withdraw", blocked=request_mine),
    _on("accept_finding", accept_finding, "y", Opinion, separate=(Separation("person_id"),)),
    _on("reject_finding", reject_finding, "n", Opinion, separate=(Separation("person_id"),)),
    *deputies.ACTIONS,
    *overrides.ACTIONS,
)
