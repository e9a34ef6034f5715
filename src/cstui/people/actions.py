"""What is done about people: roles, PINs, shifts, absences, leaving."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from cstui.contract.action import Action, Bulk, Signature
from cstui.contract.context import SYSTEM, Context
from cstui.contract.declare import Ref
from cstui.contract.errors import BadInput, NotPermitted, Refusal
from cstui.contract.inputs import LARGEST, Code, Day, Input, Line, Pin, half_width
from cstui.contract.text import Text
from cstui.people import roles
from cstui.people.enrol import BULK, Enrol, enrol
from cstui.people.models import Absence, Duty, RoleGrant, ShiftType, Staff
from cstui.people.models import Pin as PinRow
from cstui.people.service import end_grants, holders_of, is_gone, outlasting

Person = Annotated[Staff, Ref("people.staff")]


class FirstAdmin(Input):
    login: Annotated[Code, Field(max_length=32)]  # their number too until the list gives one
    name: Annotated[Line, Field(max_length=64)] = ""
    role: Literal["admin", "supervisor"] = "admin"


class Leave(Input):
    left_on: Day


class SetPin(Input):
    pin: Pin
    old_pin: Pin = ""


def minute_of_day(value: Any) -> Any:
    """8:30 as minutes since midnight; 30:00 is 6:00 of the next day, as rosters write it. A number is minutes."""
    typed = half_width(value)
    found = re.fullmatch(r"(\d{1,2}):([0-5]\d)", typed) if isinstance(typed, str) else None
    return int(found[1]) * 60 + int(found[2]) if found else typed


MinuteOfDay = Annotated[
    int, BeforeValidator(minute_of_day), Field(ge=-LARGEST, le=LARGEST, json_schema_extra={"widget": "plain"})
]


class Shift(Input):
    code: Annotated[Code, Field(max_length=16)]
    shift_name: Annotated[Line, Field(max_length=32)]
    start_minute: MinuteOfDay
    end_minute: MinuteOfDay


class Assign(Input):
    day: Day
    staff: Person
    shift: Annotated[ShiftType, Ref("people.shifts")]


class Away(Input):
    staff: Person
    first_day: Day
    last_day: Day
    kind: Literal["annual", "sick", "personal", "training", "other"] = "other"
    note: Line = ""


async def first_admin(ctx: Context, data: FirstAdmin) -> Text:
    """The first administrator of a new store, made by the program itself. Refused while somebody holds the role."""
    if ctx.actor.login != SYSTEM.login:
        raise NotPermitted("people.refusal.system_only", value=ctx.actor.login)
    if await holders_of(data.role, ctx.today):
        raise Refusal("people.refusal.admin_exists", field="login", value=data.login)
    person = await Staff.filter(login=data.login).first()
    if person is None:
        person = await Staff.create(login=data.login, number=data.login, name=data.name or data.login)
    await RoleGrant.create(staff=person, role=data.role, first_day=ctx.today, granted_by=ctx.actor.login)
    return Text("people.done.first_admin", login=data.login)


async def leave(ctx: Context, person: Staff, data: Leave) -> Text:
    """Offboarding; other areas may refuse it as long as something is still with the person."""
    if person.hired_on and data.left_on < person.hired_on:
        raise BadInput("people.refusal.left_before_hired", field="left_on", value=data.left_on)
    person.left_on = data.left_on
    await person.save(update_fields=["left_on"])
    await end_grants(ctx, await outlasting(person, data.left_on), data.left_on)
    await Duty.filter(staff=person, day__gt=data.left_on).delete()
    return Text("people.done.left", name=person.name, day=data.left_on)


async def leave_effect(ctx: Context, rows: Sequence[Staff], data: Leave) -> Text:
    person, day = rows[0], data.left_on
    duties = await Duty.filter(staff=person, day__gt=day).count()
    ending = len(await outlasting(person, day))
    return Text("people.effect.leave", name=person.name, day=day, roles=ending, duties=duties)


async def rejoin(ctx: Context, person: Staff, data: None) -> Text:
    """Somebody stays after all, or comes back; roles and duties have to be given anew."""
    if person.left_on is None:
        raise Refusal("people.refusal.not_left", value=person.name)
    person.left_on = None
    await person.save(update_fields=["left_on"])
    return Text("people.done.rejoined", name=person.name)


async def set_pin(ctx: Context, data: SetPin) -> Text:
    """One's own PIN: 4 to 8 digits, kept as a hash. Who has one signs the change with it."""
    from argon2 import PasswordHasher

    if ctx.actor.staff_id is None:
        raise Refusal("people.refusal.not_staff", value=ctx.actor.login)
    if not (data.pin.isdigit() and data.pin.isascii() and 4 <= len(data.pin) <= 8):
        raise BadInput("people.refusal.pin_form", field="pin")
    kept = await PinRow.filter(staff_id=ctx.actor.staff_id).first() or PinRow(staff_id=ctx.actor.staff_id)
    kept.hash = PasswordHasher().hash(data.pin)
    await kept.save()
    return Text("people.done.pin_set")


async def clear_pin(ctx: Context, person: Staff, data: None) -> Text:
    kept = await PinRow.filter(staff=person).first()
    if kept is None:
        raise Refusal("people.refusal.no_pin", value=person.name)
    await kept.delete()
    return Text("people.done.pin_cleared", name=person.name)


async def shift_type(ctx: Context, data: Shift) -> Text:
    if not (0 <= data.start_minute < 1440 and data.start_minute < data.end_minute <= data.start_minute + 1440):
        raise BadInput("people.refusal.shift_minutes", field="end_minute", value=data.end_minute)
    kept = await ShiftType.filter(code=data.code).first() or ShiftType(code=data.code)
    kept.name, kept.start_minute, kept.end_minute = data.shift_name, data.start_minute, data.end_minute
    await kept.save()
    return Text("people.done.shift", name=data.shift_name)


async def assign(ctx: Context, data: Assign) -> Text:
    mark = (await assign_all(ctx, [data]))[0]
    if isinstance(mark, Exception):
        raise mark
    return Text("people.done.assigned", name=data.staff.name, shift=data.shift.name, day=data.day)


async def assign_all(ctx: Context, rows: Sequence[Assign]) -> list[Any]:
    """Shifts on duty. A shift past midnight belongs to the day it starts."""
    days = {row.day for row in rows}
    known = {(duty.staff_id, duty.day, duty.shift_id) for duty in await Duty.filter(day__in=list(days))}
    made: list[Duty] = []
    marks: list[Any] = []
    for row in rows:
        key = (row.staff.pk, row.day, row.shift.pk)
        if key in known:
            marks.append("unchanged")
            continue
        if is_gone(row.staff, row.day):
            marks.append(Refusal("people.refusal.gone", field="staff", value=row.staff.name, day=row.staff.left_on))
            continue
        known.add(key)
        start = ctx.moment(row.day, row.shift.start_minute)
        end = ctx.moment(row.day, row.shift.end_minute)
        made.append(Duty(staff=row.staff, day=row.day, shift=row.shift, start_at=start, end_at=end))
        marks.append("created")
    await Duty.insert(made)
    return marks


async def remove_duty(ctx: Context, duty: Duty, data: None) -> Text:
    await duty.delete()
    return Text("people.done.duty_removed", day=duty.day)


async def record_absence(ctx: Context, data: Away) -> Text:
    if data.last_day < data.first_day:
        raise BadInput("people.refusal.period", field="last_day", value=data.last_day)
    await Absence.create(
        staff=data.staff, first_day=data.first_day, last_day=data.last_day, kind=data.kind, note=data.note
    )
    return Text("people.done.away", name=data.staff.name, first_day=data.first_day, last_day=data.last_day)


async def end_absence(ctx: Context, absence: Absence, data: roles.Until) -> Text:
    last = data.last_day or ctx.today
    if last < absence.first_day:
        raise BadInput("people.refusal.period", field="last_day", value=last)
    absence.last_day = last
    await absence.save(update_fields=["last_day"])
    return Text("people.done.back", day=last)


DUTY_ALIASES = {"day": ("日期", "date"), "staff": ("姓名", "员工", "工号", "name"), "shift": ("班次",)}

ACTIONS = (
    Action("people.enrol", run=enrol, needs="people.enrol", input=Enrol, register="people.staff",
           mnemonic="e", bulk=BULK),
    Action("people.leave", run=leave, needs="people.enrol", input=Leave, target="row", register="people.staff",
           mnemonic="l", effect=leave_effect, dangerous=True, inverse="people.rejoin"),
    Action("people.rejoin", run=rejoin, needs="people.enrol", target="row", register="people.staff"),
    *roles.ACTIONS,
    Action("people.set_pin", run=set_pin, needs="people.set_pin", input=SetPin, register="people.staff",
           signatures=(Signature("old_pin"),)),
    Action("people.clear_pin", run=clear_pin, needs="people.clear_pin", target="row", register="people.staff"),
    Action("people.shift_type", run=shift_type, needs="people.shift_type", input=Shift, register="people.shifts",
           mnemonic="n"),
    Action("people.assign_duty", run=assign, needs="people.assign_duty", input=Assign, register="people.duties",
           mnemonic="n", bulk=Bulk(assign_all, ("day", "staff", "shift"), DUTY_ALIASES)),
    Action("people.remove_duty", run=remove_duty, needs="people.assign_duty", target="row", register="people.duties",
           mnemonic="x"),
    Action("people.record_absence", run=record_absence, needs="people.record_absence", input=Away,
           register="people.absences", mnemonic="n"),
    Action("people.end_absence", run=end_absence, needs="people.record_absence", input=roles.Until, target="row",
           register="people.absences", mnemonic="e"),
    Action("people.first_admin", run=first_admin, needs="people.first_admin", input=FirstAdmin, hidden=True,
           register="people.staff"),
)  # fmt: skip
