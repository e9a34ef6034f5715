"""What is out and should be back (confidentiality-37)."""

from __future__ import annotations

from cstui.api import Context, DueItem, Text, utc
from cstui_confidentiality.kinds import PassState
from cstui_confidentiality.models import RemovalPass
from cstui_confidentiality.removal.acts import DAY, RULE


async def out(ctx: Context) -> list[DueItem]:
    """Overdue: critical; back today: a warning."""
    if not ctx.rule(RULE).on:
        return []
    rows = RemovalPass.filter(state=PassState.OUT, due_back__lte=ctx.moment(ctx.today, DAY))
    return [_item(ctx, one) for one in await rows.order_by("due_back", "id").select_related("asset", "carrier")]


def _item(ctx: Context, one: RemovalPass) -> DueItem:
    late = utc(ctx.now) - one.due_back if one.due_back and utc(ctx.now) >= one.due_back else None
    day = ctx.local(one.out_at or one.requested_at).date()
    return DueItem(
        id=f"confidentiality.out.{one.pk}",
        severity="critical" if late is not None else "warning",
        title=Text("confidentiality.due.out", asset=one.asset.asset_no, title=one.asset.title),
        rule=RULE,
        person=one.carrier.name,
        person_id=one.carrier_id,
        due=one.due_back,
        state=Text("confidentiality.state.late", late=late)
        if late is not None
        else Text("confidentiality.state.back_today"),
        register="confidentiality.passes",
        records=(one.pk,),
        actions=("confidentiality.give_back", "confidentiality.lost"),
        proof=(
            Text("confidentiality.proof.out", at=one.out_at, purpose=one.purpose),
            Text("confidentiality.proof.back", day=day, allowed=ctx.rule(RULE, day).removal_due_back,
                 due=one.due_back),
        ),
    )  # fmt: skip
