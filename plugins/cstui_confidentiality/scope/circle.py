"""Who may read something secret: its keeper, its readers, whoever registered it (confidentiality-43).

Who keeps the register of all of them sees where things are and whose, but not what they say.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from typing import Any

from cstui.api import Context, Text, choice
from cstui.people import Staff
from cstui_confidentiality.models import ConfidentialAsset

HIDDEN = "****"
"""What stands for a value that isn't shown, as the host masks."""
KEEP, ASSETS = "confidentiality.keep", "confidentiality.assets"


def within(ctx: Context, asset: ConfidentialAsset) -> bool:
    """Whether the actor is of the circle of an asset, whose readers are at hand."""
    if not ctx.rule("confidentiality-43").on:
        return True
    return asset.registered_by == ctx.actor.login or admits(asset, ctx.actor.staff_id)


def admits(asset: ConfidentialAsset, staff_id: int | None) -> bool:
    """Whether somebody keeps or reads it."""
    return staff_id is not None and (
        asset.keeper_id == staff_id or any(one.staff_id == staff_id for one in asset.readers if one.until is None)
    )


def in_charge(ctx: Context, asset: ConfidentialAsset) -> bool:
    """Whether the actor sees to where it is and what becomes of it."""
    return ctx.may(KEEP) or (ctx.actor.staff_id is not None and asset.keeper_id == ctx.actor.staff_id)


def not_in_charge(ctx: Context, asset: ConfidentialAsset) -> Text | None:
    if in_charge(ctx, asset):
        return None
    return Text("confidentiality.blocked.not_in_charge", asset=asset.asset_no)


def kept(value: Any) -> Any:
    """A column's function: what `value(asset)` gives, to the circle and to those who keep the register."""

    def shown(ctx: Context, asset: ConfidentialAsset) -> Any:
        found = value(asset) if ctx.may(KEEP) or within(ctx, asset) else HIDDEN
        return choice("confidentiality", found.value) if isinstance(found, Enum) else found

    return shown


def told(value: Any) -> Any:
    """The same to the circle alone."""

    def shown(ctx: Context, asset: ConfidentialAsset) -> Any:
        found = value(asset)
        return found if not found or within(ctx, asset) else HIDDEN

    return shown


async def opened(ctx: Context, rows: Sequence[Any], data: Any) -> None:
    """Secret columns of an asset are about to be shown: not to whoever isn't of its circle.

    That it was tried is put before those who decide. An export shows everybody what they may read, row by row.
    """
    if data.register_id != ASSETS or data.record is None:
        return
    asset = await ConfidentialAsset.get(id=data.record).prefetch_related("readers")
    suspect = await Staff.get_or_none(pk=ctx.actor.staff_id) if ctx.actor.staff_id else None
    ctx.rule("confidentiality-43").forbid(
        not within(ctx, asset), "confidentiality.refusal.outside_circle", field="record", value=asset.asset_no,
        finding=Text("confidentiality.finding.outside_circle", asset=asset.asset_no, title=asset.title),
        suspect=suspect,
    )  # fmt: skip
