"""Praise for the next morning meeting (rewards-43), good deeds with a witness (rewards-46); both give points."""

from __future__ import annotations

from collections.abc import Sequence

from cstui.api import Context, Refusal, Text, utc
from cstui.people import Staff
from cstui_rewards.models import Praise
from cstui_rewards.praise.inputs import GivePraise, GoodDeed


async def praise(ctx: Context, data: GivePraise) -> Text:
    rule = ctx.rule("rewards-43")
    points = int(rule.praise_points * 100) if rule.on else 0
    made = await _praise(ctx, data.person, data.words, points, rule.id)
    return Text("rewards.done.praised", number=made.praise_no, person=data.person.name, points=rule.praise_points)


async def good_deed(ctx: Context, data: GoodDeed) -> Text:
    """A witness who is neither the person nor who notes it (rewards-46)."""
    rule = ctx.rule("rewards-46")
    oneself = data.witness.pk in (data.person.pk, ctx.actor.staff_id)
    rule.forbid(oneself, "rewards.refusal.deed_witness", field="witness", value=data.witness.name)
    made = await _praise(ctx, data.person, data.words, int(data.points * 100), rule.id, data.witness)
    return Text("rewards.done.praised", number=made.praise_no, person=data.person.name, points=data.points)


async def _praise(
    ctx: Context, person: Staff, words: str, points: int, rule: str, witness: Staff | None = None
) -> Praise:
    made = await Praise.create(
        praise_no=await Praise.next_number("praise_no", "P", ctx.today), staff=person, words=words, points=points,
        witness=witness, good_deed=witness is not None, day=ctx.today, praised_by=ctx.actor.login,
    )  # fmt: skip
    if points:
        await ctx.post(person=person, kind="points", amount=points, rule=rule, source=made.praise_no, note=words)
    return made


async def read_out_blocked(ctx: Context, one: Praise) -> Text | None:
    if one.read_out_at is None:
        return None
    return Text("rewards.refusal.read_out", number=one.praise_no, at=one.read_out_at)


async def read_out(ctx: Context, rows: Sequence[Praise], data: None) -> Text:
    """At the meeting, before all."""
    for one in rows:
        Refusal.because(await read_out_blocked(ctx, one), field="praise", value=one.praise_no)
        one.read_out_at = utc(ctx.now)
    await Praise.change(rows, ("read_out_at",))
    return Text("rewards.done.read_out", people=[one.staff.name for one in rows])
