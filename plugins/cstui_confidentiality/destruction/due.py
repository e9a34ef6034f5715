"""What is marked and not destroyed yet, and what was destroyed and nobody confirmed (confidentiality-20)."""

from __future__ import annotations

from datetime import datetime

from cstui.api import Context, DueItem, Text, utc
from cstui_confidentiality.destruction.acts import RULE
from cstui_confidentiality.kinds import AssetState, DestructionState
from cstui_confidentiality.models import ConfidentialAsset, DestroyedAsset, SecureDestruction

DAY = 24 * 60


def due_of(ctx: Context, marked_at: datetime) -> tuple[datetime, Text]:
    """By when something that was marked is destroyed: the end of a working day, and how that came about."""
    day = ctx.local(marked_at).date()
    allowed = ctx.rule(RULE, day).destroy_after_use_due
    last = ctx.calendar.add_workdays(day, allowed)
    return ctx.moment(last, DAY), Text("confidentiality.proof.destroy", day=day, allowed=allowed, last=last)


async def to_destroy(ctx: Context) -> list[DueItem]:
    """Marked assets: a warning, critical once they are past due."""
    if not ctx.rule(RULE).on:
        return []
    rows = await ConfidentialAsset.filter(state=AssetState.MARKED).order_by("marked_at", "id").select_related("keeper")
    lines = DestroyedAsset.filter(asset_id__in=[one.pk for one in rows]).select_related("destruction")
    planned = {line.asset_id: line.destruction for line in await lines} if rows else {}
    return [_marked(ctx, asset, planned.get(asset.pk)) for asset in rows if asset.marked_at]


def _marked(ctx: Context, asset: ConfidentialAsset, planned: SecureDestruction | None) -> DueItem:
    due, how = due_of(ctx, asset.marked_at or ctx.now)
    late = utc(ctx.now) - due
    proof = [Text("confidentiality.proof.marked", at=asset.marked_at), how]
    if planned:
        proof.append(Text("confidentiality.proof.planned", destruction=planned.destruction_no, at=planned.at))
    return DueItem(
        id=f"confidentiality.destroy.{asset.pk}",
        severity="critical" if utc(ctx.now) >= due else "warning",
        title=Text("confidentiality.due.destroy", asset=asset.asset_no, title=asset.title),
        rule=RULE,
        person=asset.keeper.name,
        person_id=asset.keeper_id,
        due=due,
        state=Text("confidentiality.state.late", late=late)
        if utc(ctx.now) >= due
        else Text("confidentiality.state.planned" if planned else "confidentiality.state.to_destroy"),
        register="confidentiality.destructions" if planned else "confidentiality.assets",
        records=(planned.pk if planned else asset.pk,),
        actions=("confidentiality.carry_out_destruction",) if planned else _ACTIONS,
        proof=tuple(proof),
    )


_ACTIONS = ("confidentiality.destroy", "confidentiality.plan_destruction", "confidentiality.spare_asset")


async def to_verify(ctx: Context) -> list[DueItem]:
    """Destructions that the witness hasn't confirmed."""
    if not ctx.rule(RULE).on:
        return []
    rows = SecureDestruction.filter(state=DestructionState.DONE).order_by("at", "id").select_related("by", "witness")
    return [
        DueItem(
            id=f"confidentiality.verify.{one.pk}",
            severity="warning" if ctx.local(one.at).date() < ctx.today else "info",
            title=Text("confidentiality.due.verify", destruction=one.destruction_no, person=one.by.name),
            rule=RULE,
            person=one.witness.name if one.witness else "",
            person_id=one.witness_id,
            due=one.at,
            state=Text("confidentiality.state.to_verify"),
            register="confidentiality.destructions",
            records=(one.pk,),
            actions=("confidentiality.verify_destruction",),
            proof=(Text("confidentiality.proof.verify", person=one.by.name, at=one.at),),
        )
        for one in await rows
    ]
