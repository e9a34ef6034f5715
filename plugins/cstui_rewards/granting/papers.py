"""On paper: the certificate, the list to sign, the boards, and the page for the monthly meeting."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from cstui.api import Content, Context, Paper, Refusal, Table, Text, Verbatim, choice
from cstui.ledger import Posting, PostingKind
from cstui_rewards.granting.choosing import LISTED
from cstui_rewards.kinds import GrantKind, GrantState, NominationState, RoundState
from cstui_rewards.models import AwardRound, Grant, Nomination, NominationCase, Praise
from cstui_rewards.nominations.criteria import month_end

PUBLIC = (RoundState.PUBLISHED, RoundState.GRANTED, RoundState.ARCHIVED)


def _heads(*names: str) -> tuple[Text, ...]:
    return tuple(Text(f"rewards.field.{name}") for name in names)


async def certificates(ctx: Context, rows: Sequence[Grant]) -> list[Content]:
    """To hang up (rewards-31)."""
    pages = []
    for one in rows:
        if one.kind is not GrantKind.CERTIFICATE or not one.certificate_no:
            raise Refusal("rewards.refusal.no_certificate", field="grant", value=one.grant_no, rule="rewards-31")
        year, _, month = one.period.partition("-")
        when = Text("rewards.value.month", year=year, month=int(month)) if month else one.period
        pages.append(
            Content(
                Text("rewards.value.certificate"),
                (
                    Text("rewards.value.certificate_to", person=one.person.name),
                    Text("rewards.value.certificate_for", period=when, award=one.title),
                    Verbatim(ctx.site),
                    Text("rewards.value.certificate_day", day=ctx.local(one.created_at).date()),
                    Text("rewards.value.certificate_no", number=one.certificate_no),
                ),
                framed=True,
            )
        )
    return pages


async def receipts(ctx: Context, rows: Sequence[Grant]) -> list[Content]:
    """Who gets what, and a line to sign on (rewards-33)."""
    lines = [
        (one.grant_no, one.person.name, granted(one), choice("rewards", one.kind), told(one), "")
        for one in sorted(rows, key=lambda one: (one.person_id, one.pk))
        if one.kind is not GrantKind.POINTS and one.state in (GrantState.DUE, GrantState.HANDED)
    ]
    heads = _heads("grant_no", "person", "granted", "grant_kind", "amount", "signature")
    return [Content(Text("rewards.value.receipts", day=ctx.today), (Table(heads, lines),))]


def last_day(ctx: Context, until: datetime) -> date:
    """The last day before a moment at which something is over."""
    return ctx.local(until - timedelta(seconds=1)).date()


def granted(grant: Grant) -> Any:
    """For what, as people call it; a reward that protects somebody is told by its rule alone."""
    if grant.rule == "rewards-35":
        return choice("rewards", NominationState.SHORTLISTED)
    return grant.title or Text(f"rewards.rule.{grant.rule[-2:]}")


def told(grant: Grant) -> Any:
    """A sum, points, or a certificate's number."""
    if grant.kind is GrantKind.CERTIFICATE:
        return grant.certificate_no
    return Decimal(grant.amount).scaleb(-2)


async def boards(ctx: Context, rows: Sequence[AwardRound]) -> list[Content]:
    """Winner, award and case for each board (rewards-40); never what was said in opinions."""
    rule = ctx.rule("rewards-40")
    pages: list[Content] = []
    for round_ in rows:
        if not rule.on or round_.state not in PUBLIC:
            raise Refusal("rewards.refusal.not_on_boards", field="round", value=round_.round_no, rule=rule.id)
        won = Nomination.filter(round=round_, state=NominationState.WON).order_by("award__code")
        winners = await won.select_related("nominee", "award", "team")
        for board in rule.publish_boards:
            if board != "team":
                pages.append(await _board(ctx, round_, choice("rewards", board), winners))
                continue
            for name in sorted({one.team.name for one in winners}):
                pages.append(await _board(ctx, round_, name, [one for one in winners if one.team.name == name]))
    return pages


async def _board(ctx: Context, round_: AwardRound, board: Any, winners: Sequence[Nomination]) -> Content:
    cases = {one.pk: await NominationCase.filter(nomination=one).order_by("id").first() for one in winners}
    lines = [(one.award.name, one.nominee.name, one.team.name, _case(cases[one.pk])) for one in winners]
    return Content(
        Text("rewards.value.board_of", round=round_.round_no, board=board),
        (
            Table(_heads("award", "winner", "team", "case"), lines),
            Text("rewards.value.objections_until", day=last_day(ctx, round_.objections_by or round_.nominate_by)),
        ),
    )


def _case(case: NominationCase | None) -> str:
    return f"{case.title}：{case.description}" if case else ""


async def months(ctx: Context, rows: Sequence[AwardRound]) -> list[Content]:
    """Awards and penalties of a month for the meeting (rewards-42): what was given, praised, and taken in points."""
    return [
        Content(
            Text("rewards.value.month_page", round=round_.round_no),
            (
                Text("rewards.value.given"),
                Table(_heads("award", "nominee", "nomination_state"), await _given(round_)),
                Text("rewards.value.praised"), Table(_heads("staff", "words", "points"), await _praised(round_.month)),
                Text("rewards.value.taken"), Table(_heads("staff", "rule", "points"), await _taken(round_.month)),
            ),
        )
        for round_ in rows
    ]  # fmt: skip


async def _given(round_: AwardRound) -> list[tuple[Any, ...]]:
    """Winners, and who else was on the shortlist, once it is published."""
    if round_.state not in PUBLIC:
        return []
    listed = Nomination.filter(round=round_, state__in=LISTED).order_by("award__code", "-state")
    return [
        (one.award.name, one.nominee.name,
         choice("rewards", one.state if one.state is NominationState.WON else NominationState.SHORTLISTED))
        for one in await listed.select_related("award", "nominee")
    ]  # fmt: skip


async def _praised(month: date) -> list[tuple[Any, ...]]:
    rows = Praise.filter(day__gte=month, day__lte=month_end(month)).order_by("id").select_related("staff")
    return [(one.staff.name, one.words, Decimal(one.points).scaleb(-2)) for one in await rows]


async def _taken(month: date) -> list[tuple[Any, ...]]:
    """Points that were decided to be taken, and not given back; under which rule, not for what."""
    rows = Posting.filter(
        kind=PostingKind.POINTS, amount__lt=0, day__gte=month, day__lte=month_end(month), reverses=None
    )
    given_back = {*await Posting.exclude(reverses=None).values_list("reverses_id", flat=True)}
    return [
        (one.person.name, one.rule, Decimal(one.amount).scaleb(-2))
        for one in await rows.order_by("id").select_related("person")
        if one.pk not in given_back
    ]


PAPERS = (
    Paper("rewards.certificate", "rewards.grants", certificates, rules=("rewards-31",)),
    Paper("rewards.receipts", "rewards.grants", receipts, rules=("rewards-33",), needs="rewards.keep"),
    Paper("rewards.boards", "rewards.rounds", boards, rules=("rewards-40",)),
    Paper("rewards.month", "rewards.rounds", months, rules=("rewards-42",), needs="rewards.nominate"),
)
