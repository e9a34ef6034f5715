"""Leave that somebody may use now, and what was done by leave and nobody has looked at. Open requests: approvals."""

from __future__ import annotations

from cstui.api import Context, DueItem, Text, Verbatim, choice
from cstui_confidentiality.kinds import RequestState
from cstui_confidentiality.models import OperationRequest
from cstui_confidentiality.own import NOBODY
from cstui_confidentiality.requests.acts import RULES, is_over

_REQUESTS = "confidentiality.requests"


async def to_execute(ctx: Context) -> list[DueItem]:
    """To who asked: what they may do now, and until when."""
    mine = OperationRequest.filter(state=RequestState.APPROVED, requester_id=ctx.actor.staff_id or NOBODY)
    return [
        DueItem(
            id=f"confidentiality.request.{asked.pk}",
            severity="info",
            title=Text(
                "confidentiality.due.request_approved", operation=choice("confidentiality", asked.kind),
                system=Verbatim(asked.system.name), purpose=Verbatim(asked.purpose),
            ),
            rule=RULES[asked.kind],
            person=asked.requester.name,
            person_id=asked.requester_id,
            due=asked.valid_to,
            state=Text("confidentiality.state.until", until=asked.valid_to) if asked.valid_to else None,
            register=_REQUESTS,
            records=(asked.pk,),
            actions=("confidentiality.execute_request",),
            proof=(Text("confidentiality.proof.request_approved", at=asked.approved_at, until=asked.valid_to),),
            mine=True,
        )
        for asked in await mine.select_related("system", "requester").order_by("id")
        if not is_over(asked, ctx.now)
    ]  # fmt: skip


async def to_close(ctx: Context) -> list[DueItem]:
    """To those who audit: what others did by leave, in one matter."""
    if not ctx.may("confidentiality.audit"):
        return []
    rows = OperationRequest.filter(state=RequestState.EXECUTED).exclude(requester_id=ctx.actor.staff_id or NOBODY)
    done = await rows.select_related("requester").order_by("executed_at")
    if not done:
        return []
    return [
        DueItem(
            id="confidentiality.requests_executed",
            severity="info",
            title=Text("confidentiality.due.requests_executed", count=len(done)),
            rule="confidentiality-15",
            due=done[0].executed_at,
            state=Text("confidentiality.state.to_close"),
            register=_REQUESTS,
            records=tuple(asked.pk for asked in done),
            actions=("confidentiality.close_request",),
            proof=tuple(
                Text(
                    "confidentiality.proof.request_executed", request=asked.request_no, person=asked.requester.name,
                    operation=choice("confidentiality", asked.kind), at=asked.executed_at,
                    result=Verbatim(asked.result),
                )
                for asked in done
            ),
        )
    ]  # fmt: skip
