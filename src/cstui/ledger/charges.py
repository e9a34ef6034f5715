"""A figure against a person, from its proposal to the end of the time for an appeal (money-06): nothing is taken."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from cstui.contract.context import Context
from cstui.contract.errors import BadInput, Refusal
from cstui.contract.text import Text, choice
from cstui.ledger.inputs import Appeal, DecideAppeal, DecideCharge, Hear, ProposeCharge
from cstui.ledger.models import Charge, ChargeKind, ChargeState, Effect
from cstui.ledger.money import share
from cstui.people import Staff

IN_PAY = (Effect.VARIABLE_PAY, Effect.AS_WRITTEN)


async def propose(ctx: Context, data: ProposeCharge) -> Text:
    """By hand. It has no effect until a person decides it (money-02)."""
    if data.act_on > ctx.today:
        raise BadInput("ledger.refusal.to_come", field="act_on", value=data.act_on)
    key = data.same_act.act_key if data.same_act else f"{data.person.pk}:{data.act_on}:{data.act}"[:128]
    made = await _make(ctx, data.person, data.rule, data.regulation_amount, data.act, data.act_on, key, kind=data.kind)
    return Text("ledger.done.charge_proposed", number=made.charge_no, person=data.person.name)


async def from_finding(ctx: Context, rows: Sequence[Any], data: Any) -> Text | None:
    """A finding that was accepted and names a figure against somebody goes on as a charge; still only proposed."""
    (finding,) = rows
    if finding.figure_fen is None or finding.person_id is None:
        return None
    about = f"{finding.area}:{finding.record_id}" if finding.record_id else f"approvals.findings:{finding.pk}"
    person = await Staff.get(id=finding.person_id)
    made = await _make(
        ctx, person, finding.rule, finding.figure_fen, finding.title, ctx.local(finding.found_at).date(),
        f"{person.pk}:{about}"[:128], source=about, words=finding.words,
    )  # fmt: skip
    return Text("ledger.done.charge_proposed", number=made.charge_no, person=person.name)


async def _make(
    ctx: Context, person: Staff, rule: str, amount: int, act: str, act_on: date, key: str, **more: Any
) -> Charge:
    """With its article and the figure as the regulation has it (money-01)."""
    try:
        article = ctx.rule(rule, act_on).rule.source
    except KeyError:
        article = ""  # a rule of a site's own, or of an area that isn't there any more
    return await Charge.create(
        charge_no=await Charge.next_number("charge_no", "C", ctx.today), person=person, act=act[:200], act_on=act_on,
        act_key=key, rule=rule, article=article[:200], regulation_amount=amount, proposed_by=ctx.actor.login,
        proposed_on=ctx.today, **{"kind": ChargeKind.PENALTY, **more},
    )  # fmt: skip


def unless(charge: Charge, *states: ChargeState) -> Text | None:
    """That a charge's state keeps it from being done."""
    if charge.state in states:
        return None
    return Text("ledger.refusal.charge_state", number=charge.charge_no, state=choice("ledger", charge.state))


async def decide_blocked(ctx: Context, charge: Charge) -> Text | None:
    """Who proposed it doesn't decide it."""
    if ctx.actor.login == charge.proposed_by and ctx.rule("money-06").on:
        return Text("ledger.refusal.other_decides", number=charge.charge_no)
    return unless(charge, ChargeState.PROPOSED)


async def decide_prefill(ctx: Context, rows: Sequence[Charge]) -> Mapping[str, Any]:
    return {"kind": rows[0].kind, "amount": rows[0].regulation_amount}


async def decide(ctx: Context, charge: Charge, data: DecideCharge) -> Text:
    """A named person says with reasons what of the figure holds, and what it becomes at this site."""
    Refusal.because(await decide_blocked(ctx, charge), field="charge", value=charge.charge_no, rule="money-06")
    ctx.rule("money-01").forbid(
        data.amount > charge.regulation_amount > 0, "ledger.refusal.over_figure", field="amount", value=data.amount,
        figure=charge.regulation_amount,
    )  # fmt: skip
    charge.kind, charge.amount, charge.reasons = data.kind, data.amount, data.reasons
    charge.effect = await _effect(ctx, charge, data)
    charge.decided_by, charge.decided_on = ctx.actor.login, ctx.today
    charge.state = ChargeState.RECORDED if charge.effect is Effect.NONE else ChargeState.DECIDED
    await charge.save()
    return Text(
        "ledger.done.charge_decided", number=charge.charge_no, amount=charge.amount,
        effect=choice("ledger", charge.effect),
    )  # fmt: skip


async def _effect(ctx: Context, charge: Charge, data: DecideCharge) -> Effect:
    """What it becomes. Raises Refusal for what that lacks."""
    if data.kind is ChargeKind.DAMAGES:
        return _damages(ctx, charge, data)
    mode = Effect(ctx.rule("money-03").mode)
    if ctx.rule("money-12").on and data.kind is ChargeKind.RANK and mode is not Effect.VARIABLE_PAY:
        return Effect.NONE
    punished = Charge.filter(act_key=charge.act_key, effect__in=[Effect.POINTS, *IN_PAY])
    other = await punished.exclude(state=ChargeState.CANCELLED).first()
    if ctx.rule("money-10").on and other:
        ctx.notes.append(Text("ledger.note.punished", number=other.charge_no))
        return Effect.NONE
    if not data.amount:
        return Effect.NONE
    if mode is Effect.VARIABLE_PAY:
        _variable(ctx, charge, data)
    if mode is Effect.AS_WRITTEN:
        _as_written(ctx, charge, data)
    return mode


def _damages(ctx: Context, charge: Charge, data: DecideCharge) -> Effect:
    """A decided share of a proven loss; not a penalty, so the site's mode doesn't matter (money-09)."""
    rule = ctx.rule("money-09")
    for name, value in (("share", data.share), ("loss_proof", data.loss_proof), ("legal_basis", data.legal_basis)):
        rule.forbid(value in (None, ""), "ledger.refusal.damages_need", field=name, value="")
    charge.amount = share(charge.regulation_amount, data.share or 0)  # type: ignore[arg-type]
    charge.loss_proof, charge.legal_basis = data.loss_proof, data.legal_basis
    return Effect.DAMAGES if charge.amount else Effect.NONE


def _variable(ctx: Context, charge: Charge, data: DecideCharge) -> None:
    """Variable pay falls only by what was adopted, published and acknowledged before the act (money-04)."""
    rule = ctx.rule("money-04")
    for name in ("adopted_on", "published_on", "acknowledged_on"):
        day = getattr(data, name)
        rule.forbid(
            day is None or day >= charge.act_on, "ledger.refusal.before_act", field=name, value=day or "",
            act_on=charge.act_on,
        )  # fmt: skip
        setattr(charge, name, day)
    if charge.kind is ChargeKind.PENALTY:
        ctx.notes.append(Text("ledger.note.one_to_one"))


def _as_written(ctx: Context, charge: Charge, data: DecideCharge) -> None:
    """The sum as written needs its legal basis, somebody else's name, and a province that allows it (money-05)."""
    rule = ctx.rule("money-05")
    rule.forbid(
        rule.province in rule.as_written_forbidden, "ledger.refusal.province", field="mode", value=rule.province
    )
    rule.forbid(not data.legal_basis, "ledger.refusal.no_basis", field="legal_basis", value="")
    by = data.confirmed_by
    rule.forbid(
        by is None or by.login in (ctx.actor.login, charge.proposed_by) or by.pk == charge.person_id,
        "ledger.refusal.no_confirmation", field="confirmed_by", value=by.name if by else "",
    )  # fmt: skip
    charge.legal_basis, charge.confirmed_by = data.legal_basis, by.login if by else ""


async def notify_blocked(ctx: Context, charge: Charge) -> Text | None:
    return unless(charge, ChargeState.DECIDED)


async def notify(ctx: Context, charge: Charge, data: None) -> Text:
    """The person is told: from here on runs the time for a statement, and for an appeal."""
    Refusal.because(await notify_blocked(ctx, charge), field="charge", value=charge.charge_no)
    charge.state, charge.notified_by, charge.notified_on = ChargeState.NOTIFIED, ctx.actor.login, ctx.today
    await charge.save()
    return Text("ledger.done.notified", number=charge.charge_no, until=appeal_until(ctx, charge))


def hear_until(ctx: Context, charge: Charge) -> date:
    """The last day for a statement."""
    assert charge.notified_on
    return ctx.calendar.add_workdays(charge.notified_on, ctx.rule("money-06", charge.notified_on).hearing_days)


def appeal_until(ctx: Context, charge: Charge) -> date:
    """The last day for an appeal; while one is open the clock stands still."""
    assert charge.notified_on
    days = ctx.rule("money-06", charge.notified_on).appeal_days
    last = ctx.calendar.add_workdays(charge.notified_on, days)
    if charge.appealed_on is None or charge.appeal_decided_on is None:
        return last
    left = sum(charge.appealed_on < day <= last for day in _workdays(ctx, charge.notified_on, days))
    return ctx.calendar.add_workdays(charge.appeal_decided_on, left)


def _workdays(ctx: Context, day: date, count: int) -> list[date]:
    return [ctx.calendar.add_workdays(day, number) for number in range(1, count + 1)]


def _theirs(ctx: Context, charge: Charge) -> Text | None:
    """Who else than the person may hand in what they say: whoever keeps charges."""
    if ctx.actor.staff_id == charge.person_id or ctx.may("ledger.charge"):
        return None
    return Text("ledger.refusal.not_yours", number=charge.charge_no)


async def hear_blocked(ctx: Context, charge: Charge) -> Text | None:
    return _theirs(ctx, charge) or unless(charge, ChargeState.NOTIFIED, ChargeState.APPEALED)


async def hear(ctx: Context, charge: Charge, data: Hear) -> Text:
    """The person's statement, or their waiver in writing."""
    Refusal.because(await hear_blocked(ctx, charge), field="charge", value=charge.charge_no)
    if not data.statement and not data.waived:
        raise BadInput("input.missing", field="statement", value="")
    charge.statement, charge.heard_on = data.statement, ctx.today
    await charge.save()
    return Text("ledger.done.heard", number=charge.charge_no)


async def appeal_blocked(ctx: Context, charge: Charge) -> Text | None:
    """One appeal, until the last day."""
    if reason := _theirs(ctx, charge) or unless(charge, ChargeState.NOTIFIED):
        return reason
    until = appeal_until(ctx, charge)
    if charge.appealed_on or ctx.today > until:
        return Text("ledger.refusal.too_late", number=charge.charge_no, until=until)
    return None


async def appeal(ctx: Context, charge: Charge, data: Appeal) -> Text:
    """It stops the clock."""
    Refusal.because(await appeal_blocked(ctx, charge), field="charge", value=charge.charge_no, rule="money-06")
    charge.state, charge.appeal, charge.appealed_on = ChargeState.APPEALED, data.appeal, ctx.today
    charge.appeal_by = ctx.actor.login
    await charge.save()
    return Text("ledger.done.appealed", number=charge.charge_no)


async def appeal_decision_blocked(ctx: Context, charge: Charge) -> Text | None:
    """Somebody decides it who wasn't involved before."""
    involved = {
        charge.proposed_by, charge.decided_by, charge.confirmed_by, charge.notified_by, charge.appeal_by,
    }  # fmt: skip
    if ctx.actor.login in involved and ctx.rule("money-06").on:
        return Text("ledger.refusal.involved", number=charge.charge_no)
    return unless(charge, ChargeState.APPEALED)


async def decide_appeal(ctx: Context, charge: Charge, data: DecideAppeal) -> Text:
    """Upheld: nothing is taken. Refused: the rest of the time runs on from today."""
    reason = await appeal_decision_blocked(ctx, charge)
    Refusal.because(reason, field="charge", value=charge.charge_no, rule="money-06")
    charge.appeal_reasons, charge.appeal_decided_by = data.reasons, ctx.actor.login
    charge.appeal_decided_on = ctx.today
    charge.state = ChargeState.CANCELLED if data.upheld else ChargeState.NOTIFIED
    await charge.save()
    if data.upheld:
        return Text("ledger.done.upheld", number=charge.charge_no)
    return Text("ledger.done.appeal_refused", number=charge.charge_no, until=appeal_until(ctx, charge))


def held(ctx: Context, charge: Charge) -> int:
    """What of a bonus is held, not taken, until the time for an appeal is over (money-11); never under points."""
    over = charge.state in (ChargeState.POSTED, ChargeState.CANCELLED, ChargeState.RECORDED)
    if charge.kind is not ChargeKind.BONUS or over or not ctx.rule("money-11").on:
        return 0
    effect = charge.effect or Effect(ctx.rule("money-03").mode)
    return charge.regulation_amount if effect in IN_PAY else 0


def paid_out(charge: Charge) -> int | None:
    """What of a bonus that was held is paid in the end; None while it is open, or where nothing was held."""
    over = charge.state in (ChargeState.POSTED, ChargeState.CANCELLED)
    if charge.kind is not ChargeKind.BONUS or charge.effect not in IN_PAY or not over:
        return None
    return charge.regulation_amount - charge.taken
