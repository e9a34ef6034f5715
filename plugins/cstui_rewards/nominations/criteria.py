"""The criteria of a nomination: the figures that other areas report, what witnesses confirm, what somebody judges."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from cstui.api import Context
from cstui.people import Staff, is_gone
from cstui_rewards.kinds import Comparison, Confirmation, CriterionKind, Met
from cstui_rewards.models import AwardRound, CriterionCheck, Nomination, RoundAward, WitnessConfirmation
from cstui_rewards.nominations.measure import figure, met, months_between

TENURE = "rewards.tenure_months"
"""The one metric that this area knows by itself."""


def month_end(month: date) -> date:
    return (month + timedelta(days=31)).replace(day=1) - timedelta(days=1)


async def asked(nomination: Nomination) -> list[dict[str, Any]]:
    """The criteria of its award, as the round froze them."""
    kept = await RoundAward.get(round_id=nomination.round_id, award_id=nomination.award_id)
    found: list[dict[str, Any]] = json.loads(kept.criteria)
    return found


async def checks_of(nomination: Nomination) -> list[CriterionCheck]:
    """One for each criterion, in their order; made when they are first asked for."""
    known = {one.criterion_id: one for one in await CriterionCheck.filter(nomination=nomination)}
    wanted = await asked(nomination)
    made = [CriterionCheck(nomination=nomination, criterion_id=one["id"]) for one in wanted if one["id"] not in known]
    if made:
        known |= {one.criterion_id: one for one in await CriterionCheck.insert(made)}
    return [known[one["id"]] for one in wanted]


async def measure(ctx: Context, nomination: Nomination) -> list[CriterionCheck]:
    """Ask all figures of the round's month as far as it has gone, and count what witnesses confirmed.

    What a person decided stands, unless a figure is known that says it. Answers the checks, saved.
    """
    checks, wanted = await checks_of(nomination), await asked(nomination)
    round_ = await AwardRound.get(id=nomination.round_id)
    changed = []
    for check, one in zip(checks, wanted, strict=True):
        if one["kind"] == CriterionKind.METRIC:
            value, found = await _metric(ctx, nomination, round_, one)
            told = "" if value is None else str(value)
            if found is Met.UNKNOWN and check.decided_by:
                continue
            decided = "" if found is not Met.UNKNOWN else check.decided_by
        elif one["kind"] == CriterionKind.WITNESS:
            found, told, decided = await _confirmed(nomination, one), check.told, ""
            if check.decided_by and found is not Met.MET:
                continue
        else:
            continue
        if (check.met, check.told, check.decided_by) != (found, told, decided):
            check.met, check.told, check.decided_by, check.at = found, told, decided, ctx.now
            changed.append(check)
    await CriterionCheck.change(changed, ("met", "told", "decided_by", "at"))
    return checks


async def _metric(
    ctx: Context, nomination: Nomination, round_: AwardRound, one: dict[str, Any]
) -> tuple[Decimal | None, Met]:
    op, limit = Comparison(one["op"]), None if one["value"] is None else Decimal(one["value"])
    value = await _value(ctx, round_, one["metric"], await Staff.get(id=nomination.nominee_id))
    others: list[Decimal] = []
    if op is Comparison.TOP and value is not None:
        others = [known async for known in _department(ctx, nomination, round_, one["metric"])]
    return value, met(op, value, limit, others)


async def _value(ctx: Context, round_: AwardRound, metric: str, person: Staff) -> Decimal | None:
    last = month_end(round_.month)
    if metric == TENURE:
        return None if person.hired_on is None else months_between(person.hired_on, last)
    return figure(await ctx.fact(metric, person.pk, round_.month, min(ctx.today, last)))


async def _department(ctx: Context, nomination: Nomination, round_: AwardRound, metric: str) -> Any:
    """The known figures of the nominee's department (rewards-06), or of the team where that rule is off."""
    nominee = await Staff.get(id=nomination.nominee_id)
    whole = ctx.rule("rewards-06").on
    of = Staff.filter(department=nominee.department) if whole else Staff.filter(team_id=nomination.team_id)
    for person in await of:
        if not is_gone(person, round_.month) and (value := await _value(ctx, round_, metric, person)) is not None:
            yield value


async def _confirmed(nomination: Nomination, one: dict[str, Any]) -> Met:
    """Whether enough witnesses confirmed it, who aren't the nominator."""
    said = WitnessConfirmation.filter(nomination=nomination, state=Confirmation.CONFIRMED)
    count = await said.exclude(witness_id=nomination.nominated_by_id).count()
    return Met.MET if count >= int(one["value"] or 1) else Met.UNKNOWN


def lacking(checks: Iterable[CriterionCheck], state: Met) -> list[CriterionCheck]:
    return [check for check in checks if check.met is state]
