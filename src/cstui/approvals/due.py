"""What waits to be decided: requests by their deadlines, findings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from cstui.approvals import overrides, pairs
from cstui.approvals.actions import barred, replaced, roles_of_step
from cstui.approvals.deputies import Stands, stood_for
from cstui.approvals.models import Decision, Finding, FindingState, Request, RequestState
from cstui.contract.context import Context
from cstui.contract.declare import ApprovalKind, DueItem
from cstui.contract.records import utc
from cstui.contract.text import Text
from cstui.people import role_name


async def due(ctx: Context) -> Sequence[DueItem]:
    """Open requests and findings, oldest first; those that wait for somebody else for information."""
    requests = await Request.filter(state=RequestState.ASKED).select_related("requester").order_by("id")
    decisions: dict[int, list[Decision]] = defaultdict(list)
    for decided in await Decision.filter(request__state=RequestState.ASKED) if requests else ():
        decisions[decided.request_id].append(decided)
    stands = await stood_for(ctx) if requests else Stands()
    items = [_asked(ctx, request, decisions[request.pk], stands) for request in requests]
    items += [
        DueItem(
            f"approvals.finding:{finding.pk}",
            "warning",
            finding.told,
            rule=finding.rule,
            person=finding.person.name if finding.person else "",
            person_id=finding.person_id,
            due=finding.found_at,
            state=Text("approvals.due.to_decide"),
            register="approvals.findings",
            records=(finding.pk,),
            actions=("approvals.accept_finding", "approvals.reject_finding"),
            proof=(Text("approvals.proof.finding"),),
        )
        for finding in await Finding.filter(state=FindingState.OPEN).select_related("person").order_by("id")
    ]
    return [*items, *await overrides.due(ctx), *await pairs.due(ctx)]


def _asked(ctx: Context, request: Request, decisions: Sequence[Decision], stands: Stands) -> DueItem:
    """A request, which others decide or the actor. Past its deadline it holds up whoever asked: critical for all."""
    others = barred(ctx, request, decisions, stands) is not None
    place = {} if others else replaced(ctx, request, decisions, stands)
    instead = Text("approvals.proof.instead_of", names=[*place.values()]) if place else None
    kind: ApprovalKind | None = ctx.services.kinds.get(request.kind)
    until, why = kind.deadline(ctx, request.opened_at) if kind and kind.deadline else (None, None)
    late = until is not None and utc(ctx.now) >= utc(until)
    asked = Text("approvals.proof.asked", at=request.opened_at, name=_requester(request))
    said = request.told.args.get("reason")
    reason = Text("approvals.proof.reason", reason=said) if said else None
    roles = roles_of_step(ctx, kind, request.step) if kind else ()
    decides = Text("approvals.proof.decides", roles=[role_name(role) for role in roles]) if roles else None
    return DueItem(
        f"approvals.request:{request.pk}",
        "critical" if late else "info" if others else "warning",
        request.told,
        rule=kind.rule if kind else "",
        person=_requester(request),
        person_id=request.requester_id,
        due=until or request.opened_at,
        state=Text("approvals.due.late", late=utc(ctx.now) - utc(until)) if late and until else _TO_DECIDE,
        register="approvals.requests",
        records=(request.pk,),
        actions=("approvals.approve", "approvals.refuse", "approvals.withdraw"),
        proof=tuple(text for text in (asked, reason, decides, instead, why) if text),
        mine=not others,
    )


_TO_DECIDE = Text("approvals.due.to_decide")


def _requester(request: Request) -> str:
    return request.requester.name if request.requester else request.requester_login
