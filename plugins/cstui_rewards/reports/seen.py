"""Who sees reports and objections: reviewers whom they don't concern, and whoever objected by name."""

from __future__ import annotations

from typing import Any

from tortoise.expressions import Q

from cstui.api import Context
from cstui_rewards.models import PublicObjection, Report


def reports(ctx: Context) -> Any:
    """None about a nomination of or by the actor: the person concerned never examines (rewards-34)."""
    me = ctx.actor.staff_id or 0
    apart = Q(nomination=None) | (~Q(nomination__nominee_id=me) & ~Q(nomination__nominated_by_id=me))
    return Report.filter(apart).select_related("round", "nomination__nominee")


def objections(ctx: Context) -> Any:
    me = ctx.actor.staff_id or 0
    rows = PublicObjection.all().select_related("nomination__nominee", "nomination__round", "by")
    if not ctx.may("rewards.review"):
        return rows.filter(by_id=me)
    return rows.exclude(nomination__nominee_id=me).exclude(nomination__nominated_by_id=me)
