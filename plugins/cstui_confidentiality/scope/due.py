"""What waits to be classed, published, or kept by somebody (confidentiality-01, 06, 43)."""

from __future__ import annotations

from typing import Any

from tortoise.expressions import Q

from cstui.api import Context, DueItem, Text, utc
from cstui_confidentiality.kinds import AssetState, CategoryState
from cstui_confidentiality.models import ConfidentialAsset, SecrecyCategory
from cstui_confidentiality.scope.acts import LIVING

DAY = 24 * 60


async def classes_missing(ctx: Context) -> list[DueItem]:
    """A scope with fewer classes than the regulation has; it isn't asked of a site that has none at all."""
    rule = ctx.rule("confidentiality-01")
    known: Any = await SecrecyCategory.all().values_list("state", flat=True) if rule.on else []
    active = sum(state == CategoryState.ACTIVE for state in known)
    if not known or active >= rule.categories:
        return []
    return [
        DueItem(
            id="confidentiality.classes",
            severity="warning",
            title=Text("confidentiality.due.classes"),
            rule=rule.id,
            state=Text("confidentiality.state.of", count=active, all=rule.categories),
            register="confidentiality.categories",
            actions=("confidentiality.load_categories", "confidentiality.set_category"),
            proof=(Text("confidentiality.proof.classes", count=active, all=rule.categories),),
        )
    ]


async def unclassed(ctx: Context) -> list[DueItem]:
    """What belongs to no class, or to one that was superseded."""
    rule = ctx.rule("confidentiality-01")
    if not rule.on:
        return []
    bare = ConfidentialAsset.filter(Q(category_id=None) | Q(category__state=CategoryState.SUPERSEDED))
    rows = bare.exclude(state__in=[AssetState.DESTROYED, AssetState.PUBLISHED])
    return [
        DueItem(
            id=f"confidentiality.unclassed.{asset.pk}",
            severity="warning",
            title=Text("confidentiality.due.unclassed", asset=asset.asset_no, title=asset.title),
            rule=rule.id,
            person=asset.keeper.name,
            person_id=asset.keeper_id,
            state=Text("confidentiality.state.unclassed"),
            register="confidentiality.assets",
            records=(asset.pk,),
            actions=("confidentiality.class_asset",),
            proof=(
                Text("confidentiality.proof.superseded", code=asset.category.code)
                if asset.category
                else Text("confidentiality.proof.unclassed"),
            ),
        )
        for asset in await rows.order_by("asset_no").select_related("category", "keeper")
    ]


async def embargoes_ending(ctx: Context) -> list[DueItem]:
    """Embargoes that end today, or ended and nobody said whether it was published."""
    rule = ctx.rule("confidentiality-06")
    if not rule.on:
        return []
    rows = ConfidentialAsset.filter(
        embargo=True, state__in=LIVING, embargo_until__not_isnull=True, embargo_until__lt=ctx.moment(ctx.today, DAY)
    )
    return [
        DueItem(
            id=f"confidentiality.embargo.{asset.pk}",
            severity="warning",
            title=Text("confidentiality.due.embargo", asset=asset.asset_no, title=asset.title),
            rule=rule.id,
            person=asset.keeper.name,
            person_id=asset.keeper_id,
            due=asset.embargo_until,
            state=Text("confidentiality.state.embargo_over")
            if asset.embargo_until and asset.embargo_until <= utc(ctx.now)
            else Text("confidentiality.state.embargo_today"),
            register="confidentiality.assets",
            records=(asset.pk,),
            actions=("confidentiality.publish", "confidentiality.move_embargo"),
            proof=(Text("confidentiality.proof.embargo", until=asset.embargo_until),),
        )
        for asset in await rows.order_by("embargo_until", "id").select_related("keeper")
    ]


async def unkept(ctx: Context) -> list[DueItem]:
    """What is kept by somebody who has left: nobody answers for it."""
    rule = ctx.rule("confidentiality-43")
    if not rule.on:
        return []
    rows = ConfidentialAsset.filter(keeper__left_on__lt=ctx.today)
    rows = rows.exclude(state__in=[AssetState.DESTROYED, AssetState.PUBLISHED]).order_by("asset_no")
    return [
        DueItem(
            id=f"confidentiality.unkept.{asset.pk}",
            severity="critical",
            title=Text("confidentiality.due.unkept", asset=asset.asset_no, title=asset.title),
            rule=rule.id,
            person=asset.keeper.name,
            state=Text("confidentiality.state.unkept"),
            register="confidentiality.assets",
            records=(asset.pk,),
            actions=("confidentiality.change_asset",),
            proof=(Text("confidentiality.proof.unkept", person=asset.keeper.name, day=asset.keeper.left_on),),
        )
        for asset in await rows.select_related("keeper")
    ]
