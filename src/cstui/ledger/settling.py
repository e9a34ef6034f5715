"""An effective charge becomes postings, under the guards of the wage law (money-07, money-08)."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from cstui.contract.context import Context
from cstui.contract.errors import BadInput, Refusal
from cstui.contract.text import Text
from cstui.ledger.charges import appeal_until, hear_until, unless
from cstui.ledger.inputs import PostCharge
from cstui.ledger.models import Charge, ChargeState, Effect, Posting, PostingKind
from cstui.ledger.money import Month, instalment, lowered, points_of, share
from cstui.ledger.posting import entry


async def blocked(ctx: Context, charge: Charge) -> Text | None:
    """Only what was told, heard (or had the time for it) and is past the time for an appeal is effective."""
    if reason := unless(charge, ChargeState.NOTIFIED):
        return reason
    if not ctx.rule("money-06").on:
        return None
    if charge.heard_on is None and ctx.today <= (until := hear_until(ctx, charge)):
        return Text("ledger.refusal.not_heard", number=charge.charge_no, until=until)
    if ctx.today <= (until := appeal_until(ctx, charge)):
        return Text("ledger.refusal.appeal_open", number=charge.charge_no, until=until)
    return None


async def post_effect(ctx: Context, charges: Sequence[Charge], data: PostCharge) -> Text:
    left = (charges[0].amount or 0) - charges[0].taken
    return Text("ledger.effect.post_charge", number=charges[0].charge_no, person=charges[0].person.name, left=left)


async def post_charge(ctx: Context, charge: Charge, data: PostCharge) -> Text:
    """Points, or a line that lowers a month's pay; damages month by month until they are paid."""
    Refusal.because(await blocked(ctx, charge), field="charge", value=charge.charge_no, rule="money-06")
    if charge.effect is Effect.POINTS:
        return await _points(ctx, charge)
    month = await _month(ctx, charge, data)
    left = (charge.amount or 0) - charge.taken
    if charge.effect is Effect.DAMAGES:
        taken = await _instalment(ctx, charge, data, month, left)
    else:
        within = month.net
        if charge.effect is Effect.VARIABLE_PAY and ctx.rule("money-04").on:
            within = _given(data, "variable") - await _taken(charge, str(data.month), (Effect.VARIABLE_PAY,))
        taken = lowered(left, month, within)
        charge.lapsed = left - taken
    charge.taken += taken
    done = charge.effect is not Effect.DAMAGES or charge.taken == charge.amount
    charge.state = ChargeState.POSTED if done else ChargeState.NOTIFIED
    await charge.save()
    if taken:
        await entry(ctx, kind=PostingKind.MONEY, amount=-taken, month=data.month, **_of(charge))
    word = "charge_posted" if done else "charge_carried"
    left -= taken
    return Text(f"ledger.done.{word}", number=charge.charge_no, taken=taken, left=left)


async def _points(ctx: Context, charge: Charge) -> Text:
    rule = ctx.rule("money-03")
    hundredths = points_of(charge.amount or 0, rule.points_per_10_cny)
    if rule.on:
        await entry(ctx, kind=PostingKind.POINTS, amount=-hundredths, **_of(charge))
    charge.state = ChargeState.POSTED
    await charge.save()
    return Text("ledger.done.posted", name=charge.person.name, points=-Decimal(hundredths).scaleb(-2))


def _of(charge: Charge) -> dict[str, Any]:
    return {
        "person_id": charge.person_id, "rule": charge.rule, "source": f"ledger.charges:{charge.charge_no}",
        "note": charge.charge_no if charge.words else charge.act,
    }  # fmt: skip


def _given(data: PostCharge, name: str) -> int:
    value = getattr(data, name)
    if value is None:
        raise BadInput("input.missing", field=name, value="")
    return int(value)


async def _month(ctx: Context, charge: Charge, data: PostCharge) -> Month:
    """The month's pay, less what these lines took already. Raises Refusal without a minimum wage in force today."""
    if data.month is None:
        raise BadInput("input.missing", field="month", value="")
    floor = ctx.rule("money-08")
    floor.forbid(not floor.minimum_wage, "ledger.refusal.no_minimum", field="minimum_wage", value=floor.minimum_wage)
    minimum = int(floor.minimum_wage * 100) if floor.on else 0
    net = _given(data, "net") - await _taken(charge, data.month)
    wage = _given(data, "wage") if charge.effect is Effect.DAMAGES else net
    return Month(wage, net, minimum)


async def _instalment(ctx: Context, charge: Charge, data: PostCharge, month: Month, left: int) -> int:
    """All damages of a month together stay under the cap; one charge is posted once for a month."""
    if await Posting.exists(source=_of(charge)["source"], month=data.month, reverses_id=None):
        raise Refusal("ledger.refusal.month_posted", field="month", value=data.month, number=charge.charge_no)
    rule = ctx.rule("money-07")
    cap = rule.damages_cap if rule.on else Decimal(100)
    spent = await _taken(charge, str(data.month), (Effect.DAMAGES,))
    return max(0, min(instalment(left, month, cap), share(month.wage, cap) - spent))


async def _taken(charge: Charge, month: str, effects: tuple[Effect, ...] = ()) -> int:
    """What charges took of a person's pay of a month, less what was given back."""
    lines = Posting.filter(person_id=charge.person_id, kind=PostingKind.MONEY, month=month)
    if effects:
        of = Charge.filter(person_id=charge.person_id, effect__in=effects)
        lines = lines.filter(source__in=[f"ledger.charges:{no}" for no in await of.values_list("charge_no", flat=True)])
    return -sum(one.amount for one in await lines)
