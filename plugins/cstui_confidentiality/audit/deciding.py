"""What a person makes of a finding: explained, matched with a request, told the person off, or a case."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from cstui.api import Context, Refusal, Text, choice, utc
from cstui_confidentiality.audit.inputs import Explain, Match, OpenCase, Warn
from cstui_confidentiality.cases.opening import open_case as open_a_case
from cstui_confidentiality.kinds import FindingState
from cstui_confidentiality.models import AuditFinding, FindingEvent, OperationRequest
from cstui_confidentiality.requests.acts import match as take_up

MATCHED = ("confidentiality-12", "confidentiality-13", "confidentiality-14", "confidentiality-15", "confidentiality-16")
"""Rules of acts for which there may have been a request."""
ONE_EACH = ("confidentiality-13", "confidentiality-15")
"""Of these each change has a request of its own."""
DECIDED = ("state", "reason", "disposed_by", "disposed_at")


async def explain(ctx: Context, rows: Sequence[AuditFinding], data: Explain) -> Text:
    """It was in order after all, and why."""
    words = " · ".join(filter(None, (data.reason, data.reference)))
    await _decide(ctx, rows, FindingState.EXPLAINED, words)
    return Text("confidentiality.done.explained", findings=[one.finding_no for one in rows])


async def warn(ctx: Context, rows: Sequence[AuditFinding], data: Warn) -> Text:
    """The person was told; that is all."""
    for one in rows:
        Refusal.because(await nobody(ctx, one), field="finding", value=one.finding_no)
    await _decide(ctx, rows, FindingState.WARNED, data.reason)
    return Text("confidentiality.done.warned", findings=[one.finding_no for one in rows])


async def match(ctx: Context, rows: Sequence[AuditFinding], data: Match) -> Text:
    """There was a request, which the log didn't name: the events that it covers count no more."""
    request, cleared = data.request, 0
    for one in rows:
        Refusal.because(await match_blocked(ctx, one), field="finding", value=one.finding_no)
        left = await FindingEvent.filter(finding=one, cleared=False).order_by("event__at", "id").select_related("event")
        covered = [row for row in left if _covers(request, one, row)]
        if not covered:
            raise Refusal(
                "confidentiality.refusal.covers_none", field="request", value=request.request_no, rule=one.rule,
                number=one.finding_no, since=request.approved_at, until=request.valid_to,
            )  # fmt: skip
        if one.rule in ONE_EACH:
            covered = covered[:1]
        if request.executed_event_id is None or one.rule in ONE_EACH:
            await take_up(ctx, request, covered[0].event)
        for row in covered:
            row.cleared = True
        await FindingEvent.change(covered, ["cleared"])
        cleared += len(covered)
        one.count -= len(covered)
        if one.count:
            await AuditFinding.change([one], ["count"])
        else:
            await _decide(ctx, [one], FindingState.EXPLAINED, request.request_no, "count")
    return Text("confidentiality.done.matched", events=cleared, request=request.request_no)


def _covers(request: OperationRequest, finding: AuditFinding, row: FindingEvent) -> bool:
    """Whether a request was leave for an event: of its person, system and kind, and valid then."""
    event = row.event
    return (
        (finding.staff_id is None or request.requester_id == finding.staff_id)
        and request.system_id == event.system_id
        and request.kind.value == event.kind.value
        and request.approved_at is not None
        and request.approved_at <= event.at
        and (request.valid_to is None or event.at <= request.valid_to)
    )


async def open_case(ctx: Context, finding: AuditFinding, data: OpenCase) -> Text:
    """What was found becomes a case against the person."""
    Refusal.because(await nobody(ctx, finding), field="finding", value=finding.finding_no)
    assert finding.staff
    case = await open_a_case(
        ctx, subject=finding.staff, article=finding.rule, ground=data.ground, facts=data.facts, finding=finding
    )
    await _decide(ctx, [finding], FindingState.CASE, case.case_no)
    return Text("confidentiality.done.case_of_finding", finding=finding.finding_no, case=case.case_no)


async def case_prefill(ctx: Context, rows: Sequence[AuditFinding]) -> Mapping[str, Any]:
    """A draft: what, whose account, when."""
    (finding,) = rows
    parts = (finding.finding_no, finding.rule, finding.account_no, f"{finding.day:%Y-%m-%d}", f"x{finding.count}")
    return {"facts": " · ".join(part for part in parts if part)}


async def _decide(ctx: Context, rows: Sequence[AuditFinding], state: FindingState, reason: str, *more: str) -> None:
    for one in rows:
        Refusal.because(await decided(ctx, one), field="finding", value=one.finding_no)
        one.state, one.reason = state, reason[:200]
        one.disposed_by, one.disposed_at = ctx.actor.login, utc(ctx.now)
    await AuditFinding.change(rows, [*DECIDED, *more])


async def decided(ctx: Context, finding: AuditFinding) -> Text | None:
    """Somebody has decided it already."""
    if finding.state is FindingState.OPEN:
        return None
    state = choice("confidentiality", finding.state.value)
    return Text("confidentiality.blocked.decided", finding=finding.finding_no, state=state)


async def nobody(ctx: Context, finding: AuditFinding) -> Text | None:
    """It is decided, or about nobody who is known."""
    if finding.staff_id is None:
        return Text("confidentiality.blocked.nobody", finding=finding.finding_no, account=finding.account_no)
    return await decided(ctx, finding)


async def match_blocked(ctx: Context, finding: AuditFinding) -> Text | None:
    """It is decided, or about an act for which there are no requests."""
    if finding.rule not in MATCHED or not finding.way:
        return Text("confidentiality.blocked.no_requests", finding=finding.finding_no)
    return await decided(ctx, finding)
