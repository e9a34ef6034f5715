"""What waits for the head and for the assistant."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta

from cstui.api import Context, DueItem, Severity, Text, utc
from cstui_rewards.granting.choosing import undecided
from cstui_rewards.granting.papers import granted, told
from cstui_rewards.granting.prizes import waiting
from cstui_rewards.granting.publishing import archive_blocked
from cstui_rewards.kinds import GrantKind, GrantState, RoundState
from cstui_rewards.models import AwardRound, Grant


async def choices_due(ctx: Context) -> list[DueItem]:
    """Rounds whose month is closed: the head decides by the fifth (rewards-27), then the assistant publishes."""
    rule = ctx.rule("rewards-27")
    found = []
    for round_ in await AwardRound.filter(state=RoundState.MONTH_CLOSED).order_by("month"):
        following = (round_.month + timedelta(days=31)).replace(day=rule.approve_due)
        due = ctx.moment(following, 24 * 60)
        left = await undecided(round_)
        late: Severity = "critical" if rule.on and utc(ctx.now) >= due else "warning"
        found.append(
            DueItem(
                id=f"rewards.choose.{round_.round_no}",
                severity=late,
                title=Text("rewards.due.choose", round=round_.round_no),
                rule=rule.id,
                due=due,
                state=Text("rewards.state.to_choose"),
                register="rewards.choices",
                records=tuple(one.pk for one in left),
                actions=("rewards.choose", "rewards.reject"),
                proof=tuple(
                    Text("rewards.proof.listed", person=one.nominee.name, award=one.award.name) for one in left
                ),
                mine="rewards.approve" in ctx.actor.permissions or bool({*rule.head_role} & ctx.actor.roles),
            )
            if left
            else DueItem(
                id=f"rewards.publish.{round_.round_no}",
                severity=late,
                title=Text("rewards.due.publish", round=round_.round_no),
                rule="rewards-33",
                due=due,
                state=Text("rewards.state.to_publish"),
                register="rewards.rounds",
                records=(round_.pk,),
                actions=("rewards.publish",),
                mine=_keeps(ctx),
            )
        )
    return found


def _keeps(ctx: Context) -> bool:
    return bool({*ctx.rule("rewards-33").award_keeper} & ctx.actor.roles)


async def grants_due(ctx: Context) -> list[DueItem]:
    """What is to hand over, a matter for each person and day; late after the tenth. Points a matter for each day."""
    rows = Grant.filter(state=GrantState.DUE).order_by("due_at", "id").select_related("person", "nomination__round")
    given: dict[tuple[str, int], list[Grant]] = defaultdict(list)
    for one in await rows:
        points = one.kind is GrantKind.POINTS
        given[f"{ctx.local(one.due_at):%Y%m%d}", 0 if points else one.person_id].append(one)
    return [_grants(ctx, day, person, grants) for (day, person), grants in given.items()]


def _grants(ctx: Context, day: str, person: int, grants: list[Grant]) -> DueItem:
    (one, *_) = grants
    late = utc(ctx.now) >= one.due_at
    severity: Severity = "info"
    if late or not person:
        severity = "critical" if late and person else "warning"
    elif ctx.moment(ctx.today, 24 * 60) >= one.due_at:
        severity = "warning"
    return DueItem(
        id=f"rewards.grants.{day}.{person}" if person else f"rewards.points.{day}",
        severity=severity,
        title=Text(
            "rewards.due.hand_over", person=one.person.name, titles=[*dict.fromkeys(granted(row) for row in grants)]
        )
        if person
        else Text("rewards.due.post_points", people=[*dict.fromkeys(row.person.name for row in grants)]),
        rule="rewards-33",
        person=one.person.name if person else "",
        person_id=one.person_id if person else None,
        due=one.due_at,
        state=Text("rewards.state.late_grant" if late else "rewards.state.to_give"),
        register="rewards.grants",
        records=tuple(row.pk for row in grants),
        actions=("rewards.hand_over",) if person else ("rewards.post_grants",),
        proof=tuple(
            Text("rewards.proof.grant", person=row.person.name, title=granted(row), amount=told(row)) for row in grants
        ),
        mine=_keeps(ctx),
    )


async def files_due(ctx: Context) -> list[DueItem]:
    """Rounds of which everything is settled: their papers are filed (rewards-33)."""
    rows = AwardRound.filter(state__in=(RoundState.PUBLISHED, RoundState.GRANTED)).order_by("month")
    return [
        DueItem(
            id=f"rewards.files.{one.round_no}",
            severity="info",
            title=Text("rewards.due.files", round=one.round_no),
            rule="rewards-33",
            state=Text("rewards.state.to_file"),
            register="rewards.rounds",
            records=(one.pk,),
            actions=("rewards.archive",),
            mine=_keeps(ctx),
        )
        for one in await rows
        if await archive_blocked(ctx, one) is None
    ]


async def findings_due(ctx: Context) -> list[DueItem]:
    """Rewards that were proposed elsewhere and accepted (rewards-60, rewards-61)."""
    return [
        DueItem(
            id=f"rewards.finding.{one.pk}",
            severity="warning",
            title=Text("rewards.due.finding", finding=one.told),
            rule=one.rule,
            state=Text("rewards.state.to_give"),
            register="approvals.findings",
            records=(one.pk,),
            actions=("rewards.take_finding",),
        )
        for one in await waiting(ctx)
    ]
