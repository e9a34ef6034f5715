"""Leave to hand something secret out is asked for, given by others, used, and closed (confidentiality-03)."""

from __future__ import annotations

from cstui.api import BadInput, Context, Refusal, Text, choice, utc
from cstui.approvals import Request
from cstui_confidentiality.disclosure import limits
from cstui_confidentiality.disclosure.inputs import RequestDisclosure
from cstui_confidentiality.disclosure.limits import Outgoing
from cstui_confidentiality.kinds import AssetState, DisclosureState
from cstui_confidentiality.models import ConfidentialAsset, DisclosureApproval, SecrecyCategory
from cstui_confidentiality.scope.circle import KEEP

KIND = "confidentiality.disclosure"
RULE = "confidentiality-03"


async def request(ctx: Context, data: RequestDisclosure) -> Text:
    """Ask for leave. What the rules never allow isn't even asked for."""
    asset, category = about(data.asset, data.category)
    going = Outgoing(category, asset, data.third_party, data.channel, data.legal_duty)
    if data.valid_to < ctx.today:
        raise BadInput("confidentiality.refusal.leave_past", field="valid_to", value=data.valid_to)
    await limits.keep(ctx, going)
    made = await DisclosureApproval.create(
        disclosure_no=await DisclosureApproval.next_number("disclosure_no", "D", ctx.today), asset=asset,
        category=category, recipient=data.recipient, third_party=data.third_party, legal_duty=data.legal_duty,
        channel=data.channel, purpose=data.purpose, valid_to=data.valid_to, requested_at=utc(ctx.now),
        requested_by=ctx.actor.login, requester_id=ctx.actor.staff_id,
    )  # fmt: skip
    if limits.needs_leave(ctx, going):
        await ctx.ask(KIND, made.pk, _title(made))
        return Text("confidentiality.done.disclosure_asked", disclosure=made.disclosure_no)
    await _approve(ctx, made)
    return Text("confidentiality.done.disclosure_free", disclosure=made.disclosure_no)


def about(
    asset: ConfidentialAsset | None, category: SecrecyCategory | None
) -> tuple[ConfidentialAsset | None, SecrecyCategory]:
    """An asset and its class, or a class alone. Raises BadInput unless it is just one, Refusal for no secret."""
    if (asset is None) == (category is None):
        raise BadInput("confidentiality.refusal.asset_or_class", field="asset", value=asset.asset_no if asset else "")
    if asset is None:
        assert category
        return None, category
    if asset.state is AssetState.PUBLISHED:
        raise Refusal("confidentiality.refusal.no_secret", field="asset", value=asset.asset_no)
    if asset.category is None:
        raise Refusal(
            "confidentiality.refusal.asset_unclassed", field="asset", value=asset.asset_no, rule="confidentiality-01"
        )
    return asset, asset.category


def _title(one: DisclosureApproval) -> Text:
    word = "disclosure_lawful" if one.legal_duty else "disclosure_of"
    return Text(
        f"confidentiality.value.{word}", number=one.disclosure_no, recipient=one.recipient, what=thing(one),
        channel=choice("confidentiality", one.channel),
    )  # fmt: skip


def thing(one: DisclosureApproval) -> str:
    """What it is of: the asset, or the class."""
    return f"{one.asset.asset_no} {one.asset.title}" if one.asset else f"{one.category.code} {one.category.title}"


async def approved(ctx: Context, request: Request) -> None:
    """Leave was given, unless it was kept back meanwhile."""
    made = await _of(request)
    await limits.not_yet(ctx, going_of(made))
    await _approve(ctx, made)


async def _approve(ctx: Context, made: DisclosureApproval) -> None:
    made.state, made.approved_by = DisclosureState.APPROVED, ctx.actor.login
    await made.save()


async def refused(ctx: Context, request: Request) -> None:
    await _end(request, DisclosureState.REFUSED)


async def withdrawn(ctx: Context, request: Request) -> None:
    await _end(request, DisclosureState.WITHDRAWN)


async def _end(request: Request, state: DisclosureState) -> None:
    made = await _of(request)
    made.state = state
    await made.save()


async def _of(request: Request) -> DisclosureApproval:
    return await DisclosureApproval.get(id=request.record_id).select_related("asset", "category")


def going_of(one: DisclosureApproval) -> Outgoing:
    return Outgoing(one.category, one.asset, one.third_party, one.channel, one.legal_duty)


async def release(ctx: Context, disclosure: DisclosureApproval, data: None) -> Text:
    """It is handed out: with leave, in time, and not before it may be told."""
    rule, number = ctx.rule(RULE), disclosure.disclosure_no
    Refusal.because(not_mine(ctx, disclosure), field="disclosure", value=number)
    rule.forbid(
        disclosure.state is not DisclosureState.APPROVED, "confidentiality.refusal.no_leave", field="disclosure",
        value=number, state=choice("confidentiality", disclosure.state),
    )  # fmt: skip
    Refusal.because(_over(disclosure), field="disclosure", value=number)
    rule.forbid(
        expired(ctx, disclosure), "confidentiality.refusal.disclosure_over", field="disclosure", value=number,
        until=disclosure.valid_to,
    )  # fmt: skip
    await limits.not_yet(ctx, going_of(disclosure))
    disclosure.state, disclosure.released_at = DisclosureState.RELEASED, utc(ctx.now)
    disclosure.released_by = ctx.actor.login
    await disclosure.save()
    return Text("confidentiality.done.disclosure_released", disclosure=number, recipient=disclosure.recipient)


def expired(ctx: Context, disclosure: DisclosureApproval) -> bool:
    """Leave that nobody used by the end of its last day."""
    return disclosure.state is DisclosureState.APPROVED and disclosure.valid_to < ctx.today


def _over(disclosure: DisclosureApproval) -> Text | None:
    """That it was handed out already, or isn't to be."""
    if disclosure.state in (DisclosureState.REQUESTED, DisclosureState.APPROVED):
        return None
    return _state(disclosure)


def not_mine(ctx: Context, disclosure: DisclosureApproval) -> Text | None:
    """Leave is used by who has it, or with them by who keeps the register."""
    if ctx.may(KEEP) or disclosure.requested_by == ctx.actor.login:
        return None
    return Text("confidentiality.blocked.not_your_leave", disclosure=disclosure.disclosure_no)


async def release_blocked(ctx: Context, disclosure: DisclosureApproval) -> Text | None:
    if expired(ctx, disclosure):
        return Text("confidentiality.blocked.leave_over", disclosure=disclosure.disclosure_no,
                    until=disclosure.valid_to)  # fmt: skip
    return not_mine(ctx, disclosure) or (None if disclosure.state is DisclosureState.APPROVED else _state(disclosure))


async def close(ctx: Context, disclosure: DisclosureApproval, data: None) -> Text:
    """The matter is at its end: it was handed out, and nothing more will be; or its leave ran out."""
    Refusal.because(await close_blocked(ctx, disclosure), field="disclosure", value=disclosure.disclosure_no)
    disclosure.state = DisclosureState.CLOSED
    await disclosure.save()
    return Text("confidentiality.done.disclosure_closed", disclosure=disclosure.disclosure_no)


async def close_blocked(ctx: Context, disclosure: DisclosureApproval) -> Text | None:
    if disclosure.state is DisclosureState.RELEASED or expired(ctx, disclosure):
        return not_mine(ctx, disclosure)
    return _state(disclosure)


def _state(disclosure: DisclosureApproval) -> Text:
    return Text("confidentiality.blocked.disclosure_state", disclosure=disclosure.disclosure_no,
                state=choice("confidentiality", disclosure.state))  # fmt: skip
