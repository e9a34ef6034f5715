"""Opinions as bars: how many slips were used, at any time; what was said, after the close."""

from __future__ import annotations

from decimal import Decimal

from cstui.api import Chart, Context, Datum, Figures, Period, Series, Text, Verbatim, choice
from cstui_rewards.kinds import Channel
from cstui_rewards.models import AwardRound, BallotBox, Nomination, OpinionSummary
from cstui_rewards.opinions import urn


async def turnout(ctx: Context, period: Period) -> Figures:
    """Slips given out and used of the last round: by award and channel, never by nominee or department."""
    round_ = await _last()
    boxes = await BallotBox.filter(round=round_).order_by("id").select_related("award") if round_ else []
    live = await urn.used(round_.round_no) if round_ else {}
    used = [live.get((one.award.code, one.channel), 0) if one.used is None else one.used for one in boxes]
    return Figures(
        tuple(Text("rewards.value.box", award=one.award.name, channel=choice("rewards", one.channel)) for one in boxes),
        (
            Series(Text("rewards.chart.given_out"), tuple(Datum(one.entitled, (one.pk,)) for one in boxes)),
            Series(Text("rewards.chart.used"), tuple(Datum(n, (one.pk,)) for n, one in zip(used, boxes, strict=True))),
        ),
        register="rewards.boxes",
    )


async def opinions(ctx: Context, period: Period) -> Figures:
    """Mean scores of the last round that was counted, by channel; none where there are too few ballots."""
    round_ = await AwardRound.exclude(ballots_digest="").order_by("-month").first()
    found: dict[int, dict[Channel, OpinionSummary]] = {}
    if round_:
        for told in await OpinionSummary.filter(nomination__round=round_).order_by("nomination_id"):
            found.setdefault(told.nomination_id, {})[told.channel] = told
    named = {one.pk: one for one in await Nomination.filter(id__in=[*found]).select_related("nominee", "award")}
    return Figures(
        tuple(Verbatim(f"{named[pk].nominee.name} {named[pk].award.name}") for pk in found),
        tuple(
            Series(choice("rewards", channel), tuple(_datum(one.get(channel)) for one in found.values()))
            for channel in Channel
        ),
        register="rewards.summaries",
    )


def _datum(told: OpinionSummary | None) -> Datum:
    if told is None or told.mean is None:
        return Datum(None, (told.pk,) if told else ())
    return Datum(Decimal(told.mean).scaleb(-2), (told.pk,))


async def _last() -> AwardRound | None:
    return await AwardRound.filter(opinions_from__not_isnull=True).order_by("-month").first()


CHARTS = (
    Chart("rewards.turnout", "bars", turnout, span="now"),
    Chart("rewards.opinions", "bars", opinions, span="now", needs="rewards.review"),
)
