"""The list of honours: written when a round is published, or by hand; never changed, only annulled with a reason."""

from __future__ import annotations

from datetime import date
from typing import Any

from cstui.api import UNKNOWN, Context, Refusal, Text, utc
from cstui.people import Staff
from cstui_rewards.honours.inputs import Annul, ByHand, RecordHonour
from cstui_rewards.honours.vetoes import absent, against_team
from cstui_rewards.kinds import HonourSource
from cstui_rewards.models import AwardRound, HonourEntry

RANK = "performance.month_rank"
"""Fact of another area: somebody's place in a month's ranking."""


async def enter(
    ctx: Context, person: Staff, title: str, period: str, day: date, source: HonourSource, *, code: str = "",
    round_: AwardRound | None = None,
) -> HonourEntry:  # fmt: skip
    """One more entry. Raises Refusal for the same title of the same period twice."""
    same = HonourEntry.filter(staff=person, title=title, period=period, annulled_at=None)
    if await same.exists():
        raise Refusal("rewards.refusal.honoured", field="title", value=title, person=person.name, period=period)
    return await HonourEntry.create(
        honour_no=await HonourEntry.next_number("honour_no", "H", ctx.today), staff=person, title=title, code=code,
        period=period, day=day, source=source, round=round_,
    )  # fmt: skip


async def record(ctx: Context, data: RecordHonour) -> Text:
    """The month's first (rewards-62), or an honour of the year, from which acts against the team bar (rewards-47)."""
    if data.source is ByHand.RANKING:
        await _first(ctx, data.person, data.day)
        period, source = f"{data.day:%Y-%m}", HonourSource.RANKING
    else:
        await unbarred(ctx, data.person, data.day.year, data.checked)
        period, source = f"{data.day:%Y}", HonourSource.ANNUAL
    made = await enter(ctx, data.person, data.title, period, data.day, source)
    return Text("rewards.done.honoured", number=made.honour_no, person=data.person.name, title=data.title)


async def _first(ctx: Context, person: Staff, day: date) -> None:
    """Who isn't first by a ranking that is known isn't recorded as first (rewards-62)."""
    rank = await ctx.fact(RANK, person.pk, day.replace(day=1), day)
    ctx.rule("rewards-62").forbid(
        rank is not UNKNOWN and rank != 1, "rewards.refusal.not_first", field="person", value=person.name, rank=rank,
    )  # fmt: skip


async def unbarred(ctx: Context, person: Staff, year: int, checked: bool) -> None:
    """Raises Refusal for who acted against the team that year (rewards-47), or was away too much (rewards-48).

    What nobody reports is for a person to look up: `checked`.
    """
    for rule_id, barred, word in (
        ("rewards-47", await against_team(ctx, person.pk, year), "against_team"),
        ("rewards-48", await absent(ctx, person.pk, year), "absent"),
    ):
        rule = ctx.rule(rule_id)
        rule.forbid(bool(barred), f"rewards.refusal.{word}", field="person", value=person.name, year=year)
        rule.forbid(
            barred is None and not checked, f"rewards.refusal.unchecked_{word}", field="checked", value=person.name,
            year=year,
        )  # fmt: skip


async def annul_blocked(ctx: Context, entry: HonourEntry) -> Text | None:
    if entry.annulled_at is None:
        return None
    return Text("rewards.refusal.annulled", number=entry.honour_no, at=entry.annulled_at)


async def annul(ctx: Context, entry: HonourEntry, data: Annul) -> Text:
    """It stays in the list, and counts no more."""
    Refusal.because(await annul_blocked(ctx, entry), field="honour", value=entry.honour_no)
    entry.annulled_at, entry.annulled_by, entry.annulled_because = utc(ctx.now), ctx.actor.login, data.reason
    await entry.save()
    return Text("rewards.done.annulled", number=entry.honour_no)


async def excellent_count(ctx: Context, person_id: int, first: date, last: date) -> Any:
    """How often somebody held a title of excellent agent (rewards-37), as promotion asks (rewards-36)."""
    if not ctx.rule("rewards-36").on:
        return UNKNOWN
    rule = ctx.rule("rewards-37")
    held = HonourEntry.filter(staff_id=person_id, day__gte=first, day__lte=last, annulled_at=None)
    return await (held.filter(code__in=rule.excellent_agent_titles) if rule.on else held).count()
