"""Awards: anybody proposes one, its adopter takes it up or declines, each year it is asked whether it still serves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from cstui.api import BadInput, Context, Refusal, Text, choice, utc
from cstui.approvals import Request
from cstui_rewards.awards.inputs import ProposeAward, RetireAward, SetCriteria
from cstui_rewards.awards.presets import PRESETS, Asked, Preset
from cstui_rewards.kinds import AwardKind, AwardState, CriterionKind
from cstui_rewards.models import AwardType, Criterion

KIND = "rewards.award"
"""The kind of request that an adopter decides."""


async def load(ctx: Context, data: None) -> Text:
    """The awards of the regulations that aren't there yet, adopted as they stand; the site may change them."""
    known = {str(code) for code in await AwardType.all().values_list("code", flat=True)}
    missing = [preset for preset in PRESETS if preset.code not in known]
    if not missing:
        raise Refusal("rewards.refusal.loaded", value=len(PRESETS), rule="rewards-02")
    for preset in missing:
        await _create(ctx, preset)
    return Text("rewards.done.loaded", awards=[preset.name for preset in missing])


async def _create(ctx: Context, preset: Preset) -> None:
    cash, points = _grant(ctx, preset.kind)
    award = await AwardType.create(
        code=preset.code, name=preset.name, kind=preset.kind, purpose=preset.purpose, cash=cash, points=points,
        certificate=bool(ctx.rule("rewards-31").certificates), monthly=preset.kind is AwardKind.INDIVIDUAL,
        proposer_id=ctx.actor.staff_id, proposed_at=utc(ctx.now), state=AwardState.ADOPTED,
        adopted_by=ctx.actor.login, adopted_at=utc(ctx.now), first_day=ctx.today,
    )  # fmt: skip
    await Criterion.insert(_preset(award, at, asked) for at, asked in enumerate(preset.criteria, 1))


def _preset(award: AwardType, at: int, asked: Asked) -> Criterion:
    return Criterion(
        award=award, criterion_no=f"{award.code}/{at:02}", kind=asked.kind, name=asked.name, metric=asked.metric,
        op=asked.op, figure=asked.figure, rule=asked.rule,
    )  # fmt: skip


def _grant(ctx: Context, kind: AwardKind) -> tuple[int, int]:
    """Fen and hundredths of points that an award of a kind gives (rewards-29, -30; a lecturer's by rewards-32)."""
    lecturer = ctx.rule("rewards-32")
    if kind is AwardKind.LECTURER and not (lecturer.on and lecturer.lecturer_grant == "same_as_individual"):
        return 0, 0
    return int(ctx.rule("rewards-29").individual_cash * 100), int(ctx.rule("rewards-30").individual_points * 100)


async def propose(ctx: Context, data: ProposeAward) -> Text:
    """Every member of staff may, else only who keeps the scheme (rewards-03); whoever adopts awards answers."""
    if not (ctx.rule("rewards-03").on or ctx.may("rewards.scheme")):
        raise Refusal("rewards.refusal.not_open", field="award", value=data.code, rule="rewards-03")
    if await AwardType.filter(code=data.code).exists():
        raise BadInput("rewards.refusal.award_code", field="code", value=data.code)
    cash, points = _grant(ctx, data.kind)
    award = await AwardType.create(
        code=data.code, name=data.name, kind=data.kind, purpose=data.purpose,
        cash=cash if data.cash is None else data.cash, points=points if data.points is None else data.points * 100,
        certificate=data.certificate, monthly=data.monthly, proposer_id=ctx.actor.staff_id, proposed_at=utc(ctx.now),
    )  # fmt: skip
    await _write(award, data.criteria)
    if ctx.rule("rewards-02").on:
        await ctx.ask(KIND, award.pk, Text("rewards.value.award_proposed", award=award.name, purpose=award.purpose))
    else:
        await _adopt(ctx, award)
    return Text("rewards.done.award_proposed", award=award.name)


async def _write(award: AwardType, lines: str) -> None:
    """Criteria of one's own: what somebody has to judge, a line each."""
    rows = [line.strip() for line in lines.splitlines() if line.strip()]
    if long := next((row for row in rows if len(row) > 200), ""):
        raise BadInput("rewards.refusal.criterion_long", field="criteria", value=long[:40])
    await Criterion.insert(
        Criterion(award=award, criterion_no=f"{award.code}/{at:02}", kind=CriterionKind.JUDGMENT, words=row)
        for at, row in enumerate(rows, 1)
    )


async def adopted(ctx: Context, request: Request) -> None:
    await _adopt(ctx, await AwardType.get(id=request.record_id))


async def _adopt(ctx: Context, award: AwardType) -> None:
    award.state, award.first_day = AwardState.ADOPTED, ctx.today
    award.adopted_by, award.adopted_at = ctx.actor.login, utc(ctx.now)
    await award.save()


async def declined(ctx: Context, request: Request) -> None:
    """Not adopted, or withdrawn by who proposed it."""
    award = await AwardType.get(id=request.record_id)
    award.state = AwardState.DECLINED
    await award.save()


def deadline(ctx: Context, asked: datetime) -> tuple[datetime, Text]:
    """A proposal is answered within so many working days after its day (rewards-03)."""
    day = ctx.local(asked).date()
    wait = ctx.rule("rewards-03", day).proposal_answer_due
    last = ctx.calendar.add_workdays(day, wait)
    return ctx.moment(last, 24 * 60), Text("rewards.proof.answer_by", day=day, wait=wait, last=last)


async def adopted_blocked(ctx: Context, award: AwardType) -> Text | None:
    """Why it can't be changed, kept or retired now."""
    if award.state is AwardState.ADOPTED:
        return None
    return Text("rewards.refusal.not_adopted", award=award.name, state=choice("rewards", award.state))


async def set_criteria(ctx: Context, award: AwardType, data: SetCriteria) -> Text:
    """Criteria of its own, from the next round on: a round that is open keeps those it began with (rewards-04)."""
    Refusal.because(await adopted_blocked(ctx, award), field="award", value=award.code)
    regulated = await Criterion.filter(award=award).exclude(name="").exists()
    ctx.rule("rewards-04").forbid(regulated, "rewards.refusal.regulated", field="award", value=award.code)
    await Criterion.filter(award=award).delete()
    await _write(award, data.criteria)
    return Text("rewards.done.criteria", award=award.name)


async def set_criteria_prefill(ctx: Context, awards: Sequence[AwardType]) -> Mapping[str, Any]:
    lines = await Criterion.filter(award=awards[0], name="").order_by("criterion_no").values_list("words", flat=True)
    return {"criteria": "\n".join(str(line) for line in lines)}


async def retire(ctx: Context, award: AwardType, data: RetireAward) -> Text:
    """No further round has it; what was won stays."""
    Refusal.because(await adopted_blocked(ctx, award), field="award", value=award.code)
    award.state, award.last_day, award.answer = AwardState.RETIRED, ctx.today, data.reason
    await award.save()
    return Text("rewards.done.retired", award=award.name)


async def keep(ctx: Context, awards: Sequence[AwardType], data: None) -> Text:
    """They still serve their purpose (rewards-01)."""
    for award in awards:
        Refusal.because(await adopted_blocked(ctx, award), field="award", value=award.code)
        award.reviewed_on = ctx.today
    await AwardType.change(awards, ("reviewed_on",))
    return Text("rewards.done.kept", awards=[award.name for award in awards])
