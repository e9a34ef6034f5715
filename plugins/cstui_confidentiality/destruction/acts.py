"""What isn't to be kept is destroyed by one person before another, who says so themselves (confidentiality-20)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from cstui.api import BadInput, Context, Refusal, Text, choice, utc
from cstui.people import Staff
from cstui_confidentiality.destruction.inputs import CarryOut, Destroy, PlanDestruction
from cstui_confidentiality.kinds import AssetState, DestructionState, PassState
from cstui_confidentiality.models import ConfidentialAsset, DestroyedAsset, RemovalPass, SecureDestruction
from cstui_confidentiality.scope.acts import names, unless_in
from cstui_confidentiality.scope.circle import KEEP, not_in_charge

RULE = "confidentiality-20"


async def destroy(ctx: Context, assets: Sequence[ConfidentialAsset], data: Destroy) -> Text:
    """Done here and now."""
    made = await _begin(ctx, assets, data, utc(ctx.now))
    await _done(ctx, made, assets)
    return Text("confidentiality.done.destroyed", destruction=made.destruction_no, assets=names(assets))


async def plan(ctx: Context, assets: Sequence[ConfidentialAsset], data: PlanDestruction) -> Text:
    """For a later moment, with others perhaps."""
    if data.planned_for <= utc(ctx.now):
        raise BadInput("confidentiality.refusal.planned_past", field="planned_for", value=data.planned_for)
    made = await _begin(ctx, assets, data, data.planned_for)
    return Text("confidentiality.done.destruction_planned", destruction=made.destruction_no, assets=names(assets),
                at=data.planned_for)  # fmt: skip


async def _begin(ctx: Context, assets: Sequence[ConfidentialAsset], data: Destroy, at: datetime) -> SecureDestruction:
    for asset in assets:
        Refusal.because(await destroy_blocked(ctx, asset), field="asset", value=asset.asset_no, rule=RULE)
    _second(ctx, data.witness)
    made = await SecureDestruction.create(
        destruction_no=await SecureDestruction.next_number("destruction_no", "V", ctx.today), method=data.method,
        state=DestructionState.PLANNED, at=at, by_id=_actor(ctx), witness=data.witness,
    )  # fmt: skip
    await DestroyedAsset.insert(DestroyedAsset(destruction=made, asset=asset) for asset in assets)
    return made


async def _done(ctx: Context, made: SecureDestruction, assets: Sequence[ConfidentialAsset]) -> None:
    for asset in assets:
        asset.state, asset.embargo, asset.content = AssetState.DESTROYED, False, ""
        await asset.save()
    made.state, made.at = DestructionState.DONE, utc(ctx.now)
    await made.save()


def _second(ctx: Context, witness: Staff | None) -> None:
    """As many witnesses as the site asks for: one, or none."""
    rule = ctx.rule(RULE)
    rule.forbid(rule.witnesses > 0 and witness is None, "confidentiality.refusal.no_witness", field="witness", value="")


def _actor(ctx: Context) -> int:
    if ctx.actor.staff_id is None:
        raise Refusal("confidentiality.refusal.not_on_staff", field="by", value=ctx.actor.login)
    return ctx.actor.staff_id


async def destroy_blocked(ctx: Context, asset: ConfidentialAsset) -> Text | None:
    if blocked := not_in_charge(ctx, asset) or unless_in(asset, AssetState.MARKED):
        return blocked
    line = await DestroyedAsset.filter(asset=asset).select_related("destruction").first()
    if line:
        return Text("confidentiality.blocked.planned", asset=asset.asset_no,
                    destruction=line.destruction.destruction_no)  # fmt: skip
    if await RemovalPass.filter(asset=asset, state=PassState.OUT).exists():
        return Text("confidentiality.blocked.is_out", asset=asset.asset_no)
    return None


async def destroy_effect(ctx: Context, assets: Sequence[ConfidentialAsset], data: Destroy) -> Text:
    return Text("confidentiality.effect.destroy", count=len(assets), assets=names(assets))


async def carry_out_effect(ctx: Context, rows: Sequence[SecureDestruction], data: CarryOut) -> Text:
    lines = await DestroyedAsset.filter(destruction=rows[0]).select_related("asset")
    assets = [line.asset for line in lines]
    return Text("confidentiality.effect.destroy", count=len(assets), assets=names(assets))


async def carry_out(ctx: Context, destruction: SecureDestruction, data: CarryOut) -> Text:
    """What was planned is done, by whoever does it now."""
    Refusal.because(await carry_out_blocked(ctx, destruction), field="destruction", value=destruction.destruction_no)
    destruction.witness = data.witness
    _second(ctx, data.witness)
    destruction.by_id = _actor(ctx)
    assets = await ConfidentialAsset.filter(id__in=[line.asset_id for line in destruction.assets]).order_by("asset_no")
    await _done(ctx, destruction, assets)
    return Text("confidentiality.done.destroyed", destruction=destruction.destruction_no, assets=names(assets))


async def carry_out_blocked(ctx: Context, destruction: SecureDestruction) -> Text | None:
    return _unless(destruction, DestructionState.PLANNED)


async def carry_out_prefill(ctx: Context, rows: Sequence[SecureDestruction]) -> Mapping[str, Any]:
    return {"witness": rows[0].witness.login} if rows and rows[0].witness else {}


async def verify(ctx: Context, destruction: SecureDestruction, data: None) -> Text:
    """Whoever saw it says so; without a witness, whoever keeps the register makes sure."""
    Refusal.because(await verify_blocked(ctx, destruction), field="destruction", value=destruction.destruction_no)
    destruction.state, destruction.verified_by = DestructionState.VERIFIED, ctx.actor.login
    await destruction.save()
    return Text("confidentiality.done.destruction_verified", destruction=destruction.destruction_no)


async def verify_blocked(ctx: Context, destruction: SecureDestruction) -> Text | None:
    saw = destruction.witness_id == ctx.actor.staff_id if destruction.witness_id else ctx.may(KEEP)
    if destruction.state is DestructionState.DONE and not saw:
        return Text("confidentiality.blocked.not_witness", destruction=destruction.destruction_no,
                    person=destruction.witness.name if destruction.witness else "")  # fmt: skip
    return _unless(destruction, DestructionState.DONE)


def _unless(destruction: SecureDestruction, state: DestructionState) -> Text | None:
    if destruction.state is state:
        return None
    return Text("confidentiality.blocked.destruction_state", destruction=destruction.destruction_no,
                state=choice("confidentiality", destruction.state))  # fmt: skip
