"""Leave for acts in back ends: asked for, given by whom the rule names, used once and in time (rules 12, 13, 15, 16).

Who decides is the approvals' matter. What a system's log tells of the act is matched by the audit.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from cstui.api import BadInput, Context, Refusal, Text, Verbatim, choice, utc
from cstui.approvals import Request
from cstui_confidentiality.kinds import Operation, RequestState
from cstui_confidentiality.models import AccessEvent, OperationRequest
from cstui_confidentiality.requests.inputs import ExecuteRequest, RequestOperation

CHANGES, EXPORTS = "confidentiality.changes", "confidentiality.exports"
"""Kinds of requests: for acts on a customer's account, and for what leaves its place."""
RULES: Mapping[Operation, str] = {
    Operation.QUERY: "confidentiality-14",
    Operation.MODIFY: "confidentiality-13",
    Operation.ACCOUNT_CHANGE: "confidentiality-13",
    Operation.CUSTOMER_LOGIN: "confidentiality-12",
    Operation.EXPORT: "confidentiality-16",
    Operation.COPY: "confidentiality-16",
    Operation.DELETE: "confidentiality-16",
}
"""By which rule an operation needs leave."""
VALID = "confidentiality-16"
_APPROVAL = {CHANGES: "confidentiality-13", EXPORTS: "confidentiality-16"}
"""The rule that names who decides a kind."""


def kind_of(operation: Operation) -> str:
    """Which kind of request an operation is."""
    return EXPORTS if RULES[operation] == "confidentiality-16" else CHANGES


async def request(ctx: Context, data: RequestOperation) -> Text:
    """Ask for one act; where the rule doesn't hold nobody needs to be asked."""
    if ctx.actor.staff_id is None:
        raise Refusal("confidentiality.refusal.not_staff", field="requester", value=ctx.actor.login)
    _with_ticket(ctx, data)
    asked = await OperationRequest.create(
        request_no=await OperationRequest.next_number("request_no", "R", ctx.today),
        requester_id=ctx.actor.staff_id,
        system=data.system,
        kind=data.operation,
        subject_ref=data.subject_ref,
        purpose=data.purpose,
        ticket=data.ticket,
        requested_at=utc(ctx.now),
    )
    kind = kind_of(data.operation)
    if ctx.rule(_APPROVAL[kind]).on:
        title = Text(
            "confidentiality.asked.operation", operation=choice("confidentiality", data.operation),
            system=Verbatim(data.system.name), number=asked.request_no, purpose=Verbatim(data.purpose),
        )  # fmt: skip
        await ctx.ask(kind, asked.id, title)
    else:
        await _accept(ctx, asked)
    return Text(f"confidentiality.done.request_{asked.state.value}", request=asked.request_no)


def _with_ticket(ctx: Context, data: RequestOperation) -> None:
    """Changes belong to a ticket; a customer's account isn't entered without one unless the site says so."""
    rule = ctx.rule(RULES[data.operation])
    entering = data.operation is Operation.CUSTOMER_LOGIN
    needed = rule.customer_login_needs_ticket if entering else rule.id == "confidentiality-13"
    rule.forbid(
        needed and not data.ticket, "confidentiality.refusal.ticket", field="ticket", value="",
        operation=choice("confidentiality", data.operation),
    )  # fmt: skip


async def approved(ctx: Context, request: Request) -> None:
    await _accept(ctx, await OperationRequest.get(id=request.record_id))


async def _accept(ctx: Context, asked: OperationRequest) -> None:
    """Leave is given from now on, for as long as it is valid."""
    asked.state, asked.approved_by, asked.approved_at = RequestState.APPROVED, ctx.actor.login, utc(ctx.now)
    rule = ctx.rule(VALID)
    asked.valid_to = utc(ctx.now) + rule.export_valid if rule.on else None
    await asked.save()


async def refused(ctx: Context, request: Request) -> None:
    await _end(request, RequestState.REFUSED)


async def withdrawn(ctx: Context, request: Request) -> None:
    await _end(request, RequestState.WITHDRAWN)


async def _end(request: Request, state: RequestState) -> None:
    asked = await OperationRequest.get(id=request.record_id)
    asked.state = state
    await asked.save()


async def execute(ctx: Context, asked: OperationRequest, data: ExecuteRequest) -> Text:
    """Who asked did it, once, while leave was valid; its last second included. When it was the log knows best."""
    Refusal.because(await execute_blocked(ctx, asked))
    at = asked.executed_at or utc(data.executed_at or ctx.now)
    if at > ctx.now or (asked.approved_at and at < asked.approved_at):
        raise BadInput("confidentiality.refusal.executed_when", field="executed_at", value=at, since=asked.approved_at)
    ctx.rule(VALID).forbid(
        is_over(asked, at), "confidentiality.refusal.leave_over", field="executed_at", value=at, until=asked.valid_to
    )
    asked.state, asked.executed_at, asked.result = RequestState.EXECUTED, at, data.result
    await asked.save()
    return Text("confidentiality.done.request_executed", request=asked.request_no)


def is_over(asked: OperationRequest, at: datetime) -> bool:
    """Whether leave that was given doesn't hold any more at a moment."""
    return asked.valid_to is not None and at > asked.valid_to


def state_of(ctx: Context, asked: OperationRequest) -> Text:
    """How far it is; leave that nobody used in time has expired, though nothing was written."""
    expired = asked.state is RequestState.APPROVED and is_over(asked, ctx.now)
    return choice("confidentiality", "expired" if expired else asked.state.value)


def _unless(ctx: Context, asked: OperationRequest, *states: RequestState) -> Text | None:
    if asked.state in states:
        return None
    return Text("confidentiality.blocked.request", request=asked.request_no, state=state_of(ctx, asked))


async def execute_blocked(ctx: Context, asked: OperationRequest) -> Text | None:
    if asked.requester_id != ctx.actor.staff_id:
        return Text("confidentiality.blocked.another_asked", request=asked.request_no, person=asked.requester.name)
    told = asked.state is RequestState.EXECUTED and not asked.result  # the log told it, nobody what came of it
    return None if told else _unless(ctx, asked, RequestState.APPROVED)


async def match(ctx: Context, asked: OperationRequest, event: AccessEvent) -> None:
    """The log tells of the act: from now on this request belongs to this event, and to no other (rule 15)."""
    ctx.rule("confidentiality-15").forbid(
        asked.executed_event_id not in (None, event.id), "confidentiality.refusal.request_matched", field="request",
        value=asked.request_no,
    )  # fmt: skip
    asked.executed_event_id, asked.executed_at = event.id, asked.executed_at or event.at
    if asked.state is RequestState.APPROVED:
        asked.state = RequestState.EXECUTED
    await asked.save()


async def close(ctx: Context, rows: Sequence[OperationRequest], data: None) -> Text:
    """Somebody else than who did it has seen what came of it."""
    for asked in rows:
        Refusal.because(await close_blocked(ctx, asked), field="request", value=asked.request_no)
        asked.state = RequestState.CLOSED
    await OperationRequest.change(rows, ["state"])
    return Text("confidentiality.done.requests_closed", requests=[asked.request_no for asked in rows])


async def close_blocked(ctx: Context, asked: OperationRequest) -> Text | None:
    return _unless(ctx, asked, RequestState.EXECUTED)
