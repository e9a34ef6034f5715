"""A control of documents: a sample drawn by its number, looked at one by one, signed by management."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, timedelta
from hashlib import sha256

from cstui.api import Context, Refusal, Text, choice, utc
from cstui_confidentiality.audit.acts import find_by_hand
from cstui_confidentiality.controls.inputs import Wrong
from cstui_confidentiality.kinds import AssetState, ControlState, Located
from cstui_confidentiality.models import ConfidentialAsset, ControlCheck, ControlLine

RULE = "confidentiality-46"
LEADERSHIP = "leadership"
"""The half-yearly question beside the sample: is confidentiality led as it should be?"""
GONE = (AssetState.PUBLISHED, AssetState.DESTROYED)


def draw(check_no: str, numbers: Collection[str], size: int) -> list[str]:
    """The sample of a control: anybody can draw it again from its number, nobody can choose it."""
    return sorted(sorted(numbers, key=lambda one: sha256(f"{check_no}/{one}".encode()).digest())[:size])


async def begin(ctx: Context, data: None) -> Text:
    """Nobody looks after what they keep themselves: that is left out of the sample."""
    if ctx.actor.staff_id is None:
        raise Refusal("confidentiality.refusal.not_on_staff", field="inspector", value=ctx.actor.login)
    if going := await ControlCheck.filter(state=ControlState.DRAFT).first():
        raise Refusal("confidentiality.refusal.check_going", field="check", value=going.check_no)
    known = {
        one.asset_no: one
        for one in await ConfidentialAsset.exclude(state__in=GONE).exclude(keeper_id=ctx.actor.staff_id)
    }
    if not known:
        raise Refusal("confidentiality.refusal.nothing_to_check", field="check", value="")
    number = await ControlCheck.next_number("check_no", "K", ctx.today)
    made = await ControlCheck.create(check_no=number, day=ctx.today, inspector_id=ctx.actor.staff_id)
    size = ctx.rule(RULE).sample_size
    lines = [ControlLine(asset=known[one]) for one in draw(number, known, size)]
    if (due := await leadership_due(ctx)) and due <= ctx.today:
        lines.append(ControlLine(asked=LEADERSHIP))
    for at, line in enumerate(lines, 1):
        line.check_id, line.line_no = made.pk, f"{number}/{at:02}"
    await ControlLine.insert(lines)
    return Text("confidentiality.done.check_begun", check=number, count=len(lines))


async def begun_on(ctx: Context) -> date | None:
    """The day on which a site began to keep assets; nobody checks what isn't there."""
    first = await ConfidentialAsset.all().order_by("registered_at").first()
    return ctx.local(first.registered_at).date() if first else None


async def check_due(ctx: Context) -> date | None:
    """The day by which the next control is signed."""
    last = await ControlCheck.filter(state=ControlState.SIGNED).order_by("-day").first()
    since = last.day if last else await begun_on(ctx)
    return since and since + timedelta(days=ctx.rule(RULE).document_control_check)


async def leadership_due(ctx: Context) -> date | None:
    """The day on which the half-yearly question is due."""
    asked = ControlLine.filter(asked=LEADERSHIP, check__state=ControlState.SIGNED)
    last = await asked.order_by("-check__day").select_related("check").first()
    since = last.check.day if last else await begun_on(ctx)
    return since and since + timedelta(days=ctx.rule(RULE).leadership_review)


async def in_order(ctx: Context, lines: Sequence[ControlLine], data: None) -> Text:
    """There, and read by those who should."""
    return await _say(ctx, lines, Located.IN_ORDER, "")


async def wrong_readers(ctx: Context, lines: Sequence[ControlLine], data: Wrong) -> Text:
    """There, but others may read it, or somebody can't who should."""
    for line in lines:
        if line.asset is None:
            raise Refusal("confidentiality.refusal.no_readers", field="check_line", value=line.line_no)
    return await _say(ctx, lines, Located.WRONG_READERS, data.remark)


async def missing(ctx: Context, lines: Sequence[ControlLine], data: Wrong) -> Text:
    """Not where it should be; of a question: it isn't so."""
    return await _say(ctx, lines, Located.MISSING, data.remark)


async def _say(ctx: Context, lines: Sequence[ControlLine], located: Located, remark: str) -> Text:
    for line in lines:
        Refusal.because(await line_blocked(ctx, line), field="check_line", value=line.line_no)
        line.located, line.remark = located, remark
    await ControlLine.change(lines, ("located", "remark"))
    left = await ControlLine.filter(check_id=lines[0].check_id, located=Located.UNDECIDED).count()
    return Text("confidentiality.done.lines_said" if left else "confidentiality.done.lines_all", count=len(lines),
                left=left)  # fmt: skip


async def line_blocked(ctx: Context, line: ControlLine) -> Text | None:
    return _not_theirs(ctx, line.check)


def _not_theirs(ctx: Context, check: ControlCheck) -> Text | None:
    if check.state is ControlState.SIGNED:
        return Text("confidentiality.blocked.check_signed", check=check.check_no)
    if check.inspector_id != ctx.actor.staff_id:
        return Text("confidentiality.blocked.another_checks", check=check.check_no, person=check.inspector.name)
    return None


async def sign(ctx: Context, check: ControlCheck, data: None) -> Text:
    """What is missing is a critical finding about its keeper; wrong readers are a warning."""
    Refusal.because(await sign_blocked(ctx, check), field="check", value=check.check_no)
    check.state, check.signed_at = ControlState.SIGNED, utc(ctx.now)
    await check.save()
    lines = ControlLine.filter(check=check, asset_id__not_isnull=True).order_by("id").select_related("asset__keeper")
    wrong = [line for line in await lines if line.located is not Located.IN_ORDER]
    for line in wrong if ctx.rule(RULE).on else ():
        assert line.asset
        gone = line.located is Located.MISSING
        await find_by_hand(
            ctx, rule=RULE, staff=line.asset.keeper, severity="critical" if gone else "warning",
            why=Text(f"confidentiality.why.{line.located.value}", asset=line.asset.asset_no, title=line.asset.title,
                     check=check.check_no, remark=line.remark),
        )  # fmt: skip
    return Text("confidentiality.done.check_signed", check=check.check_no, count=len(wrong))


async def sign_blocked(ctx: Context, check: ControlCheck) -> Text | None:
    if blocked := _not_theirs(ctx, check):
        return blocked
    left = await ControlLine.filter(check=check, located=Located.UNDECIDED).count()
    return Text("confidentiality.blocked.lines_open", left=left) if left else None


async def drop(ctx: Context, check: ControlCheck, data: None) -> Text:
    """Take back a control that isn't signed. The next one is drawn by another number."""
    Refusal.because(await drop_blocked(ctx, check), field="check", value=check.check_no)
    number = check.check_no
    await ControlLine.filter(check=check).delete()
    await check.delete()
    return Text("confidentiality.done.check_dropped", check=number)


async def drop_blocked(ctx: Context, check: ControlCheck) -> Text | None:
    return _not_theirs(ctx, check)


def asked(line: ControlLine) -> Text | str:
    """What a line is about: an asset, or a question."""
    return line.asset.title if line.asset else choice("confidentiality", line.asked)
