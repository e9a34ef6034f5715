"""Base pay, the floor under overtime, and what is charged to a department: money-13 to -15. Sums in fen."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from cstui.contract.context import Context
from cstui.contract.errors import Refusal
from cstui.contract.text import Text, choice
from cstui.ledger.inputs import ChargeDepartment, PayOvertime, SetBasePay
from cstui.ledger.models import BasePay, DayKind, DepartmentEntry, Overtime, PostingKind
from cstui.ledger.money import overtime
from cstui.ledger.posting import entry
from cstui.people.enrol import department_name


async def base_on(person_id: int, day: date) -> int | None:
    """A person's base pay in force on a day; None where nobody entered one."""
    found = await BasePay.filter(person_id=person_id, first_day__lte=day).order_by("-first_day", "-id").first()
    return found.base if found else None


async def set_base_pay(ctx: Context, data: SetBasePay) -> Text:
    rule = ctx.rule("money-13")
    minimum = int(ctx.rule("money-08", data.first_day).minimum_wage * 100)
    rule.forbid(
        data.base < minimum, "ledger.refusal.under_minimum", field="base", value=data.base,
        minimum=minimum,
    )  # fmt: skip
    before = await base_on(data.person.pk, data.first_day)
    rule.forbid(
        before is not None and data.base < before and not data.consent, "ledger.refusal.no_consent", field="consent",
        value=data.person.name,
    )  # fmt: skip
    await BasePay.create(**data.model_dump(exclude={"person"}), person=data.person, entered_by=ctx.actor.login)
    return Text("ledger.done.base_set", person=data.person.name, day=data.first_day)


async def pay_overtime(ctx: Context, data: PayOvertime) -> Text:
    """The regulation's sum or the law's floor, whichever is more, in the person's favour."""
    if data.day > ctx.today:
        raise Refusal("ledger.refusal.to_come", field="day", value=data.day)
    if await Overtime.exists(person=data.person, day=data.day, approval=data.approval):
        raise Refusal("ledger.refusal.overtime_paid", field="approval", value=data.approval, person=data.person.name)
    _check_day(ctx, data)
    floor = await _floor(ctx, data)
    paid = max(data.written, floor)
    posting = None
    if paid:
        posting = await entry(
            ctx, person_id=data.person.pk, kind=PostingKind.MONEY, amount=paid, rule="money-15", note=data.approval
        )
    await Overtime.create(
        person=data.person, day=data.day, day_kind=data.day_kind, hours=int(data.hours * 100), written=data.written,
        floor=floor, approval=data.approval, posting=posting, entered_by=ctx.actor.login,
    )  # fmt: skip
    return Text(
        "ledger.done.overtime", person=data.person.name, hours=data.hours, paid=paid, written=data.written, floor=floor
    )


def _check_day(ctx: Context, data: PayOvertime) -> None:
    """Working days are the calendar's; which rest days of a holiday are the statutory ones, no calendar tells."""
    if ctx.calendar.is_workday(data.day) != (data.day_kind is DayKind.WORKDAY):
        raise Refusal(
            "ledger.refusal.other_day", field="day_kind", value=choice("ledger", data.day_kind.value), day=data.day
        )
    if data.time_off and data.day_kind is not DayKind.REST_DAY:
        raise Refusal("ledger.refusal.no_time_off", field="time_off", value=data.day, rule="money-15")


async def _floor(ctx: Context, data: PayOvertime) -> int:
    """The law's floor; none for a rest day that time off was given for. Raises Refusal without a base pay."""
    rule = ctx.rule("money-15", data.day)
    if not rule.on or data.time_off:
        return 0
    base = await base_on(data.person.pk, data.day)
    if base is None:
        raise Refusal("ledger.refusal.no_base", field="person", value=data.person.name, rule=rule.id)
    return overtime(base, data.hours, getattr(rule, data.day_kind.value), rule.month_days, Decimal(rule.day_hours))


async def charge_department(ctx: Context, data: ChargeDepartment) -> Text:
    """An internal entry of the department's budget and points; none of its people is charged for it."""
    if data.act_on > ctx.today:
        raise Refusal("ledger.refusal.to_come", field="act_on", value=data.act_on)
    if not (data.budget or data.points):
        raise Refusal("ledger.refusal.nothing", field="budget", value=0)
    values: dict[str, Any] = data.model_dump() | {"points": int(data.points * 100)}
    await DepartmentEntry.create(day=ctx.today, entered_by=ctx.actor.login, **values)
    return Text("ledger.done.department_charged", department=department_name(data.department))


async def reverse_department(ctx: Context, one: DepartmentEntry, data: Any) -> Text:
    """A counter-entry, once."""
    if one.reverses_id is not None:
        raise Refusal("ledger.refusal.is_reversal", value=one.pk)
    if await DepartmentEntry.exists(reverses_id=one.pk):
        raise Refusal("ledger.refusal.reversed", value=one.pk)
    await DepartmentEntry.create(
        department=one.department, act=data.reason, act_on=one.act_on, rule=one.rule, budget=-one.budget,
        points=-one.points, day=ctx.today, reverses=one, entered_by=ctx.actor.login,
    )  # fmt: skip
    return Text("ledger.done.reversed", number=one.pk)
