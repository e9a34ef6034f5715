"""Deciding requests and findings. Requester, approvers of other steps and the person concerned stay apart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Annotated, Any

from pydantic import Field

from cstui.approvals.models import Decision, Deputy, Finding, FindingState, Request, RequestState, Verdict, titled
from cstui.contract.action import Action, Separation
from cstui.contract.context import Context
from cstui.contract.declare import ApprovalKind, Ref
from cstui.contract.errors import BadInput, Fault, NotPermitted, Refusal
from cstui.contract.inputs import Code, Day, Input, Words
from cstui.contract.records import utc
from cstui.contract.text import Text
from cstui.people import Staff, holders_of, role_name


class Say(Input):
    note: Annotated[Words, Field(max_length=500)] = ""


class Reason(Input):
    note: Annotated[Words, Field(max_length=500)]


class Depute(Input):
    staff: Annotated[Staff, Ref("people.staff")]
    deputy: Annotated[Staff, Ref("people.staff")]
    role: Annotated[Code, Field(max_length=32)]
    first_day: Day
    last_day: Day


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


async def stood_for(ctx: Context) -> dict[str, set[int]]:
    """Whom the actor stands in for today, by role, as far as they hold it."""
    if ctx.actor.staff_id is None:
        return {}
    named: dict[str, set[int]] = {}
    today = Deputy.filter(deputy_id=ctx.actor.staff_id, first_day__lte=ctx.today, last_day__gte=ctx.today)
    for role, staff in await today.values_list("role", "staff_id"):
        named.setdefault(role, set()).add(staff)
    return {role: some & {holder.pk for holder in await holders_of(role, ctx.today)} for role, some in named.items()}


async def why_not(ctx: Context, request: Request) -> Fault | None:
    """Why this actor can't decide the request now, if they can't."""
    return barred(ctx, request, await Decision.filter(request=request), await stood_for(ctx))


def barred(
    ctx: Context, request: Request, decisions: Sequence[Decision], stands: Mapping[str, set[int]]
) -> Fault | None:
    """`why_not` from what is known already: the decisions of its earlier steps, whom the actor stands in for."""
    if request.state != RequestState.ASKED:
        return Refusal("approvals.refusal.decided", value=request.told)
    kind: ApprovalKind | None = ctx.services.kinds.get(request.kind)
    if kind is None:
        return Refusal("approvals.refusal.no_kind", value=request.told, kind=request.kind)
    if _same(ctx, request.requester_id, request.requester_login):
        return NotPermitted("approvals.refusal.own_request", value=request.told, rule=kind.rule)
    for decided in decisions:
        if _same(ctx, decided.by_id, decided.by_login):
            return NotPermitted("approvals.refusal.two_steps", value=request.told, rule=kind.rule)
    # a deputy of who asked, or of who decided another step, would be that person a second time
    besides = {request.requester_id, *(decided.by_id for decided in decisions)}
    roles = roles_of_step(ctx, kind, request.step)
    if any(role in ctx.actor.roles or stands.get(role, set()) - besides for role in roles):
        return None
    return NotPermitted("approvals.refusal.not_the_role", value=[role_name(role) for role in roles], rule=kind.rule)


def _same(ctx: Context, staff_id: int | None, login: str) -> bool:
    """Whether the actor is that person: a login may change hands, a member of staff doesn't."""
    return login == ctx.actor.login if staff_id is None else staff_id == ctx.actor.staff_id


async def _decide(ctx: Context, request: Request, verdict: Verdict, note: str) -> ApprovalKind:
    if fault := await why_not(ctx, request):
        raise fault
    await Decision.create(
        request=request,
        step=request.step,
        by_id=ctx.actor.staff_id,
        by_login=ctx.actor.login,
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


async def refuse(ctx: Context, request: Request, data: Reason) -> Text:
    kind = await _decide(ctx, request, Verdict.REFUSED, data.note)
    request.state = RequestState.REFUSED
    if kind.refused:
        await kind.refused(ctx, request)
    await request.save()
    return Text("approvals.done.refused", title=request.told)


def _why_not_withdrawn(ctx: Context, request: Request) -> Fault | None:
    if request.state != RequestState.ASKED:
        return Refusal("approvals.refusal.decided", value=request.told)
    if not _same(ctx, request.requester_id, request.requester_login):
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


async def name_deputy(ctx: Context, data: Depute) -> Text:
    if data.last_day < data.first_day:
        raise BadInput("people.refusal.period", field="last_day", value=data.last_day)
    if data.staff.pk == data.deputy.pk:
        raise BadInput("approvals.refusal.own_deputy", field="deputy", value=data.deputy.name)
    if data.deputy.pk == ctx.actor.staff_id:
        raise NotPermitted("approvals.refusal.deputy_oneself", field="deputy", value=data.deputy.name)
    await Deputy.create(
        staff=data.staff, deputy=data.deputy, role=data.role, first_day=data.first_day, last_day=data.last_day
    )
    return Text("approvals.done.deputy", name=data.deputy.name, staff=data.staff.name, role=role_name(data.role))


async def end_deputy(ctx: Context, deputy: Deputy, data: None) -> Text:
    await deputy.delete()
    return Text("approvals.done.deputy_ended")


async def _close(ctx: Context, finding: Finding, state: FindingState, note: str) -> Text:
    if finding.state != FindingState.OPEN:
        raise Refusal("approvals.refusal.decided", value=finding.told)
    finding.state, finding.decided_by, finding.decision = state, ctx.actor.login, note
    await finding.save()
    return Text(f"approvals.done.{state.value}", title=finding.told)


async def accept_finding(ctx: Context, finding: Finding, data: Reason) -> Text:
    return await _close(ctx, finding, FindingState.ACCEPTED, data.note)


async def reject_finding(ctx: Context, finding: Finding, data: Reason) -> Text:
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
        **{"needs": "approvals.decide", **more},
    )  # fmt: skip


ACTIONS = (
    _on("approve", approve, "y", Say, blocked=request_open),
    _on("refuse", refuse, "n", Reason, blocked=request_open),
    _on("withdraw", withdraw, "w", needs="approvals.withdraw", blocked=request_mine),
    _on("accept_finding", accept_finding, "y", Reason, separate=(Separation("person_id"),)),
    _on("reject_finding", reject_finding, "n", Reason, separate=(Separation("person_id"),)),
    Action("approvals.name_deputy", run=name_deputy, needs="approvals.name_deputy", input=Depute,
           register="approvals.deputies", mnemonic="n"),
    Action("approvals.end_deputy", run=end_deputy, needs="approvals.name_deputy", target="row",
           register="approvals.deputies", mnemonic="e"),
)  # fmt: skip
