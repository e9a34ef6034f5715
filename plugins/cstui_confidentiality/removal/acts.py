"""What is secret leaves the house with a pass, and comes back in time (confidentiality-37)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from cstui.api import BadInput, Context, Refusal, Text, Verbatim, choice, utc
from cstui.approvals import Request
from cstui.people import Staff
from cstui_confidentiality.audit.acts import find_by_hand
from cstui_confidentiality.kinds import AssetState, PassState
from cstui_confidentiality.leaks.acts import report_prefilled
from cstui_confidentiality.models import ConfidentialAsset, RemovalPass
from cstui_confidentiality.removal.inputs import Lost, ReportRemoval, RequestPass
from cstui_confidentiality.scope.acts import LIVING, unless_in
from cstui_confidentiality.scope.circle import KEEP, admits

KIND = "confidentiality.removal"
RULE = "confidentiality-37"
DAY = 24 * 60


async def request(ctx: Context, data: RequestPass) -> Text:
    """Ask for a pass. Only somebody of its circle carries it."""
    asset, carrier = data.asset, data.carrier or await _self(ctx)
    Refusal.because(unless_in(asset, *LIVING, AssetState.MARKED), field="asset", value=asset.asset_no)
    if asset.category is None:
        raise Refusal(
            "confidentiality.refusal.asset_unclassed", field="asset", value=asset.asset_no, rule="confidentiality-01"
        )
    ctx.rule("confidentiality-43").forbid(
        not admits(asset, carrier.pk), "confidentiality.refusal.carrier_outside", field="carrier", value=carrier.name,
        asset=asset.asset_no,
    )  # fmt: skip
    made = await RemovalPass.create(
        pass_no=await RemovalPass.next_number("pass_no", "R", ctx.today), asset=asset, carrier=carrier,
        purpose=data.purpose, requested_by=ctx.actor.login, requested_at=utc(ctx.now),
    )  # fmt: skip
    if not ctx.rule(RULE).on:
        await _approve(ctx, made)
        return Text("confidentiality.done.pass_free", removal=made.pass_no)
    title = Text("confidentiality.value.removal_of", number=made.pass_no, asset=asset.asset_no, title=asset.title,
                 person=carrier.name)  # fmt: skip
    await ctx.ask(KIND, made.pk, title)
    return Text("confidentiality.done.pass_asked", removal=made.pass_no)


async def _self(ctx: Context) -> Staff:
    if ctx.actor.staff_id is None:
        raise BadInput("confidentiality.refusal.not_on_staff", field="carrier", value=ctx.actor.login)
    return await Staff.get(pk=ctx.actor.staff_id)


async def approved(ctx: Context, request: Request) -> None:
    """Nobody lets themselves take something out, whoever asked for it."""
    made = await RemovalPass.get(id=request.record_id).select_related("carrier")
    ctx.rule(RULE).forbid(
        made.carrier_id == ctx.actor.staff_id, "confidentiality.refusal.own_pass", field="carrier",
        value=made.carrier.name,
    )  # fmt: skip
    await _approve(ctx, made)


async def _approve(ctx: Context, made: RemovalPass) -> None:
    made.state, made.approved_by = PassState.APPROVED, ctx.actor.login
    await made.save()


async def refused(ctx: Context, request: Request) -> None:
    await _end(request, PassState.REFUSED)


async def withdrawn(ctx: Context, request: Request) -> None:
    await _end(request, PassState.WITHDRAWN)


async def _end(request: Request, state: PassState) -> None:
    made = await RemovalPass.get(id=request.record_id)
    made.state = state
    await made.save()


async def take_out(ctx: Context, removal: RemovalPass, data: None) -> Text:
    """It leaves the house; when it is to be back follows."""
    rule, number = ctx.rule(RULE), removal.pass_no
    Refusal.because(_not_theirs(ctx, removal), field="removal", value=number)
    rule.forbid(removal.state is PassState.REQUESTED, "confidentiality.refusal.no_pass", field="removal", value=number)
    Refusal.because(await take_out_blocked(ctx, removal), field="removal", value=number)
    if other := await RemovalPass.filter(asset_id=removal.asset_id, state=PassState.OUT).first():
        raise Refusal("confidentiality.refusal.out_already", field="removal", value=number, other=other.pass_no)
    removal.state, removal.out_at, removal.due_back = PassState.OUT, utc(ctx.now), due_back(ctx, ctx.now)
    await removal.save()
    return Text("confidentiality.done.taken_out", asset=removal.asset.asset_no, person=removal.carrier.name,
                due=removal.due_back)  # fmt: skip


def due_back(ctx: Context, out_at: datetime) -> datetime:
    """The end of the last working day allowed."""
    day = ctx.local(out_at).date()
    return ctx.moment(ctx.calendar.add_workdays(day, ctx.rule(RULE, day).removal_due_back), DAY)


async def take_out_blocked(ctx: Context, removal: RemovalPass) -> Text | None:
    if removal.asset.state not in (*LIVING, AssetState.MARKED):
        return unless_in(removal.asset, *LIVING)
    return _not_theirs(ctx, removal) or _unless(removal, PassState.APPROVED)


def _not_theirs(ctx: Context, removal: RemovalPass) -> Text | None:
    if ctx.may(KEEP) or removal.carrier_id == ctx.actor.staff_id:
        return None
    return Text("confidentiality.blocked.not_carrier", removal=removal.pass_no, person=removal.carrier.name)


async def give_back(ctx: Context, removal: RemovalPass, data: None) -> Text:
    """It is back in the hands of its keeper, or of who keeps the register; not by the carrier's own word."""
    Refusal.because(await give_back_blocked(ctx, removal), field="removal", value=removal.pass_no)
    removal.state, removal.back_at = PassState.RETURNED, utc(ctx.now)
    await removal.save()
    if removal.due_back and removal.back_at >= removal.due_back:
        ctx.notes.append(Text("confidentiality.note.back_late", late=removal.back_at - removal.due_back))
    return Text("confidentiality.done.given_back", asset=removal.asset.asset_no, person=removal.carrier.name)


async def give_back_blocked(ctx: Context, removal: RemovalPass) -> Text | None:
    if not ctx.may(KEEP) and removal.asset.keeper_id != ctx.actor.staff_id:
        return Text("confidentiality.blocked.not_in_charge", asset=removal.asset.asset_no)
    return _unless(removal, PassState.OUT)


async def lost(ctx: Context, removal: RemovalPass, data: Lost) -> Text:
    """It doesn't come back: a leak is reported of it at once."""
    Refusal.because(await lost_blocked(ctx, removal), field="removal", value=removal.pass_no)
    if data.found_at > utc(ctx.now):
        raise BadInput("confidentiality.refusal.found_later", field="found_at", value=data.found_at)
    removal.state = PassState.LOST
    await removal.save()
    category = removal.asset.category
    assert category, "no pass without a class"
    leak = await report_prefilled(
        ctx, what=f"{removal.asset.asset_no} {removal.asset.title}：{data.what}", category=category,
        suspect=removal.carrier, discovered_at=data.found_at, known_since=data.found_at,
    )  # fmt: skip
    return Text("confidentiality.done.lost", asset=removal.asset.asset_no, leak=leak.report_no)


async def lost_blocked(ctx: Context, removal: RemovalPass) -> Text | None:
    seen = ctx.may(KEEP) or ctx.actor.staff_id in (removal.carrier_id, removal.asset.keeper_id)
    if not seen:
        return Text("confidentiality.blocked.not_carrier", removal=removal.pass_no, person=removal.carrier.name)
    return _unless(removal, PassState.OUT)


async def lost_prefill(ctx: Context, rows: Sequence[RemovalPass]) -> Mapping[str, Any]:
    return {"found_at": ctx.now}


def _unless(removal: RemovalPass, state: PassState) -> Text | None:
    if removal.state is state:
        return None
    return Text("confidentiality.blocked.pass_state", removal=removal.pass_no,
                state=choice("confidentiality", removal.state))  # fmt: skip


async def report(ctx: Context, data: ReportRemoval) -> Text:
    """It was taken out without a pass: a critical finding."""
    rule = ctx.rule(RULE)
    if data.happened_at > utc(ctx.now):
        raise BadInput("confidentiality.refusal.found_later", field="happened_at", value=data.happened_at)
    if not rule.on:
        raise Refusal("confidentiality.refusal.no_rule", field="asset", value=data.asset.asset_no)
    if leave := await _pass_of(data.asset, data.happened_at, data.person):
        raise Refusal("confidentiality.refusal.had_pass", field="asset", value=leave.pass_no)
    why = Text("confidentiality.why.taken_out", asset=data.asset.asset_no, at=data.happened_at,
               what=Verbatim(data.what))  # fmt: skip
    day = ctx.local(data.happened_at).date()
    found = await find_by_hand(ctx, rule=rule.id, staff=data.person, severity="critical", why=why, day=day)
    return Text("confidentiality.done.let_out", finding=found.finding_no)


async def _pass_of(asset: ConfidentialAsset, at: datetime, person: Staff | None) -> RemovalPass | None:
    """The pass with which it was out then."""
    rows = RemovalPass.filter(asset=asset, out_at__lte=at).order_by("id")
    by = [one for one in await rows if person is None or one.carrier_id == person.pk]
    return next((one for one in by if one.back_at is None or one.back_at >= at), None)
