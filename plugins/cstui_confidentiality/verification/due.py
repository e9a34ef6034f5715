"""Checks of customers that somebody left undecided, told to whoever checks. What was told unverified: the audit."""

from __future__ import annotations

from cstui.api import Context, DueItem, Text, choice
from cstui_confidentiality.kinds import VerificationState
from cstui_confidentiality.models import IdentityVerification
from cstui_confidentiality.own import NOBODY

_NEXT = {
    VerificationState.OPEN: ("confidentiality.pass_verification", "confidentiality.fail_verification"),
    VerificationState.PASSED: ("confidentiality.release_items",),
    VerificationState.FAILED: ("confidentiality.refuse_customer", "confidentiality.told_unverified"),
}
"""What follows; after a passed check perhaps nothing, so only that day is it waited for."""


async def unfinished(ctx: Context) -> list[DueItem]:
    rows = IdentityVerification.filter(agent_id=ctx.actor.staff_id or NOBODY, state__in=list(_NEXT))
    return [
        DueItem(
            id=f"confidentiality.verification.{check.pk}.{check.state.value}",
            severity="info",
            title=Text("confidentiality.due.verification", verification=check.verification_no, ticket=check.ticket),
            rule="confidentiality-05",
            person=check.agent.name,
            person_id=check.agent_id,
            due=check.asked_at,
            state=choice("confidentiality", check.state),
            register="confidentiality.verifications",
            records=(check.pk,),
            actions=_NEXT[check.state],
            proof=(
                Text(
                    "confidentiality.proof.verification", at=check.asked_at,
                    least=ctx.rule("confidentiality-05").verify_factors_min,
                ),
            ),
            mine=True,
        )
        for check in await rows.select_related("agent").order_by("id")
        if check.state is not VerificationState.PASSED or ctx.local(check.asked_at).date() == ctx.today
    ]  # fmt: skip
