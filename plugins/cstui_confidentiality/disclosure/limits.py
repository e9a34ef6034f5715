"""What no leave can be given for: each limit belongs to a rule and is asked again when it is handed out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from cstui.api import Context, RuleInForce
from cstui_confidentiality.kinds import Channel
from cstui_confidentiality.models import ConfidentialAsset, SecrecyCategory
from cstui_confidentiality.scope.acts import LIVING, embargoed
from cstui_confidentiality.scope.presets import CUSTOMERS, SERVICE


@dataclass(frozen=True, slots=True)
class Outgoing:
    """What is to go out, or went: of an asset, or of a class as such."""

    category: SecrecyCategory
    asset: ConfidentialAsset | None
    third_party: bool
    channel: Channel
    legal_duty: bool = False

    @property
    def personal(self) -> bool:
        """Whether customers' data are in it."""
        return self.category.code == CUSTOMERS or bool(self.asset and self.asset.personal_data)


async def keep(ctx: Context, going: Outgoing) -> None:
    """Raises Refusal where the rules allow no leave at all."""
    _customers(ctx, going)
    upload = ctx.rule("confidentiality-11")
    upload.forbid(
        going.category.code == SERVICE and going.channel is Channel.UPLOAD and upload.upload == "forbidden",
        "confidentiality.refusal.upload", field="channel", value=going.category.code,
    )  # fmt: skip
    await not_yet(ctx, going)


def _customers(ctx: Context, going: Outgoing) -> None:
    """Customers' data go to no third party, save where the law demands it: that says only who may (variant B)."""
    rule = ctx.rule("confidentiality-04")
    lawful = going.legal_duty and not ctx.actor.roles.isdisjoint(rule.legal_duty)
    rule.forbid(
        going.personal and going.third_party and rule.customer_data_third_party == "never" and not lawful,
        "confidentiality.refusal.customer_data", field="third_party", value=going.category.code,
    )  # fmt: skip
    rule.forbid(
        going.legal_duty and not lawful, "confidentiality.refusal.legal_duty", field="legal_duty",
        value=going.category.code,
    )  # fmt: skip


async def not_yet(ctx: Context, going: Outgoing) -> None:
    """What isn't published yet isn't told; nor a class as long as something of it isn't (confidentiality-06)."""
    kept = await _kept_back(ctx, going, ctx.now)
    ctx.rule("confidentiality-06").forbid(
        kept is not None, "confidentiality.refusal.embargoed", field="asset", value=kept.asset_no if kept else ""
    )


async def _kept_back(ctx: Context, going: Outgoing, at: datetime) -> ConfidentialAsset | None:
    if going.asset:
        return going.asset if embargoed(ctx, going.asset, at) else None
    rows = ConfidentialAsset.filter(category=going.category, embargo=True, state__in=LIVING).order_by("id")
    return next((one for one in await rows if embargoed(ctx, one, at)), None)


def needs_leave(ctx: Context, going: Outgoing) -> bool:
    """Whether somebody has to approve it: anything secret; material of the service where the site says so."""
    service = ctx.rule("confidentiality-11")
    handing_over = going.category.code == SERVICE and service.on and service.handover_needs_approval
    return ctx.rule("confidentiality-03").on or bool(handing_over)


async def broken(ctx: Context, going: Outgoing, at: datetime) -> RuleInForce | None:
    """The rule that was broken by letting this out without leave: the narrowest that holds."""
    rules = {number: ctx.rule(f"confidentiality-{number}") for number in ("09", "06", "11", "04", "03")}
    applies = {
        "09": going.channel in rules["09"].watched_channels,
        "06": await _kept_back(ctx, going, at) is not None,
        "11": going.category.code == SERVICE and (going.third_party or going.channel is Channel.UPLOAD),
        "04": going.personal and going.third_party,
        "03": True,
    }
    return next((rule for number, rule in rules.items() if rule.on and applies[number]), None)
