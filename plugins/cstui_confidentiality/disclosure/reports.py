"""What was let out without leave is recorded by hand: a critical finding, of a watched channel a leak report, too."""

from __future__ import annotations

from datetime import datetime

from cstui.api import BadInput, Context, Refusal, Text, Verbatim, choice, utc
from cstui_confidentiality.audit.acts import find_by_hand
from cstui_confidentiality.disclosure import limits
from cstui_confidentiality.disclosure.acts import about
from cstui_confidentiality.disclosure.inputs import ReportDisclosure, ReportMisuse
from cstui_confidentiality.disclosure.limits import Outgoing
from cstui_confidentiality.kinds import DisclosureState
from cstui_confidentiality.leaks.acts import report_prefilled
from cstui_confidentiality.models import DisclosureApproval

WATCHED, RESIDENTS = "confidentiality-09", "confidentiality-50"
GIVEN = (DisclosureState.APPROVED, DisclosureState.RELEASED, DisclosureState.CLOSED)
"""Leave was given."""


async def report(ctx: Context, data: ReportDisclosure) -> Text:
    """Somebody let out something without leave."""
    if data.happened_at > utc(ctx.now):
        raise BadInput("confidentiality.refusal.found_later", field="happened_at", value=data.happened_at)
    asset, category = about(data.asset, data.category)
    going = Outgoing(category, asset, data.third_party, data.channel)
    if leave := await _leave(ctx, going, data.happened_at):
        raise Refusal("confidentiality.refusal.had_leave", field="channel", value=leave.disclosure_no)
    rule = await limits.broken(ctx, going, data.happened_at)
    if rule is None:
        raise Refusal("confidentiality.refusal.no_rule", field="channel", value=choice("confidentiality", data.channel))
    why = Text(
        "confidentiality.why.let_out", asset=asset.asset_no if asset else category.code, recipient=data.recipient,
        channel=choice("confidentiality", data.channel), at=data.happened_at, what=Verbatim(data.what),
    )  # fmt: skip
    day = ctx.local(data.happened_at).date()
    found = await find_by_hand(ctx, rule=rule.id, staff=data.person, severity="critical", why=why, day=day)
    if rule.id == WATCHED:
        leak = await report_prefilled(
            ctx, what=f"{data.recipient}：{data.what}", category=category, channel=data.channel, suspect=data.person,
            discovered_at=data.happened_at, known_since=ctx.now,
        )  # fmt: skip
        ctx.notes.append(Text("confidentiality.note.leak_prefilled", leak=leak.report_no))
    return Text("confidentiality.done.let_out", finding=found.finding_no)


async def _leave(ctx: Context, going: Outgoing, at: datetime) -> DisclosureApproval | None:
    """Leave for just this way out, given before and still good on that day."""
    rows = DisclosureApproval.filter(
        category=going.category, channel=going.channel, third_party=going.third_party, state__in=GIVEN,
        requested_at__lte=at, valid_to__gte=ctx.local(at).date(),
    )  # fmt: skip
    wanted = {None, going.asset.pk if going.asset else None}
    return next((one for one in await rows.order_by("id") if one.asset_id in wanted), None)


async def report_misuse(ctx: Context, data: ReportMisuse) -> Text:
    """A resident's file was copied, lent or spread; where files are kept elsewhere, that is told here (archives)."""
    rule = ctx.rule(RESIDENTS)
    if not rule.on:
        raise Refusal("confidentiality.refusal.no_rule", field="misuse", value=choice("confidentiality", data.misuse))
    why = Text(
        "confidentiality.why.misuse", file=Verbatim(data.file_ref), misuse=choice("confidentiality", data.misuse),
        what=Verbatim(data.what),
    )  # fmt: skip
    found = await find_by_hand(ctx, rule=rule.id, staff=data.person, severity="critical", why=why)
    return Text("confidentiality.done.let_out", finding=found.finding_no)
