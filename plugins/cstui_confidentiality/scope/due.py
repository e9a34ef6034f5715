"""What waits to be classed, published, or kept by somebody (confidentiality-01, 06, 43)."""

from __future__ import annotations

from typing import Any

from tortoise.expressions import Q

from cstui.api import Context, DueItem, Text, utc
from cstui_confidentiality.kinds import AssetState, CategoryState
from cstui_confidentiality.models import ConfidentialAsset, SecrecyCategory
from cstui_confidentiality.scope.acts import LIVING

DAY = 24 * 60
SHOWN = 5
"""Assets of a matter that are told one by one."""


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
    """What belongs to no class, or to one that was superseded: one matter for each keeper."""
    rule = ctx.rule("confidentiality-01")
    if not rule.on:
        return []
    bare = ConfidentialAsset.filter(Q(category_id=None) | Q(category__state=CategoryState.SUPERSEDED))
    return [
        DueItem(
            id=f"confidentiality.unclassed.{assets[0].keeper_id}",
            severity="warning",
            title=_title("unclassed", assets),
            rule=rule.id,
            person=assets[0].keeper.name,
            person_id=assets[0].keeper_id,
            state=Text("confidentiality.state.unclassed"),
            register="confidentiality.assets",
            records=tuple(asset.pk for asset in assets),
            actions=("confidentiality.class_asset",),
            proof=tuple(_class_of(asset) for asset in assets[:SHOWN]),
        )
        for assets in await _by_keeper(bare)
    ]


def _class_of(asset: ConfidentialAsset) -> Text:
    if asset.category is None:
        return Text("confidentiality.proof.unclassed", asset=asset.asset_no)
    return Text("confidentiality.proof.superseded", asset=asset.asset_no, code=asset.category.code)


async def _by_keeper(rows: Any) -> list[list[ConfidentialAsset]]:
    """Those of some assets that are still secret, for each who keeps them."""
    rows = rows.exclude(state__in=[AssetState.DESTROYED, AssetState.PUBLISHED])
    found: dict[int, list[ConfidentialAsset]] = {}
    for asset in await rows.order_by("keeper__number", "asset_no").select_related("category", "keeper"):
        found.setdefault(asset.keeper_id, []).append(asset)
    return [*found.values()]


def _title(word: str, assets: list[ConfidentialAsset]) -> Text:
    """Names one of them, and how many there are."""
    more = "_more" if len(assets) > 1 else ""
    first = assets[0]
    return Text(f"confidentiality.due.{word}{more}", asset=first.asset_no, title=first.title, count=len(assets))


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
    return [
        DueItem(
            id=f"confidentiality.unkept.{assets[0].keeper_id}",
            severity="critical",
            title=_title("unkept", assets),
            rule=rule.id,
            person=assets[0].keeper.name,
            state=Text("confidentiality.state.unkept"),
            register="confidentiality.assets",
            records=tuple(asset.pk for asset in assets),
            actions=("confidentiality.hand_over_asset",),
            proof=(Text("confidentiality.proof.unkept", person=assets[0].keeper.name, day=assets[0].keeper.left_on),),
        )
        for assets in await _by_keeper(ConfidentialAsset.filter(keeper__left_on__lt=ctx.today))
    ]
