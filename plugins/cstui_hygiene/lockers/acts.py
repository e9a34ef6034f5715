"""Lockers are entered, given, taken back and looked at (hygiene-26, hygiene-27)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from cstui.api import BadInput, Context, Refusal, Text, Verbatim, choice
from cstui.people import Staff
from cstui_hygiene.kinds import LockerState
from cstui_hygiene.lockers.inputs import AssignLocker, LockerFault, LockerLoss, SetLocker
from cstui_hygiene.models import Locker
from cstui_hygiene.roster import SERVICE, Roster

HOLDING = ("state", "holder_id", "first_day", "last_day", "locked_ok_last", "unlocked_on")


async def set_locker(ctx: Context, data: SetLocker) -> Text:
    (mark,) = await set_lockers(ctx, [data])
    if isinstance(mark, Exception):
        raise mark
    return Text(f"hygiene.done.locker_{mark}", locker=data.locker_no)


async def set_lockers(ctx: Context, rows: Sequence[SetLocker]) -> list[Any]:
    """Many lockers at once; each is told what became of it."""
    known = {one.locker_no: one for one in await Locker.filter(locker_no__in=[row.locker_no for row in rows])}
    held = await _held({row.holder.pk for row in rows if row.holder})
    marks: list[Any] = []
    new, changed = [], []
    for row in rows:
        locker = known.get(row.locker_no)
        try:
            made = locker or Locker(locker_no=row.locker_no)
            differs = _set(ctx, made, row, held)
        except (BadInput, Refusal) as fault:
            marks.append(fault)
            continue
        if locker is None:
            new.append(made)
        elif differs:
            changed.append(made)
        marks.append("created" if locker is None else "updated" if differs else "unchanged")
    await Locker.insert(new)
    await Locker.change(changed, HOLDING)
    return marks


def _set(ctx: Context, locker: Locker, row: SetLocker, held: dict[int, str]) -> bool:
    """Whether a locker changes by a row of an import. `held` are the lockers that people have."""
    if row.holder and row.holder.pk != locker.holder_id:
        _give(ctx, locker, row.holder, row.first_day, held)
        return True
    if row.first_day and row.first_day != locker.first_day and locker.holder_id is not None:
        locker.first_day = _past(ctx, row.first_day)
        return True
    return False


async def _held(people: set[int]) -> dict[int, str]:
    """The lockers of these people."""
    rows = await Locker.filter(holder_id__in=sorted(people)).values_list("holder_id", "locker_no") if people else []
    return {int(holder): str(number) for holder, number in rows}


def _give(ctx: Context, locker: Locker, person: Staff, since: date | None, held: dict[int, str]) -> None:
    """One locker for each person, one person for each locker."""
    if locker.state is LockerState.OUT_OF_ORDER:
        raise Refusal("hygiene.refusal.locker_broken", field="locker_no", value=locker.locker_no, rule="hygiene-26")
    if other := held.get(person.pk):
        raise Refusal(
            "hygiene.refusal.has_locker", field="holder", value=person.login, rule="hygiene-26", person=person.name,
            locker=other,
        )  # fmt: skip
    first_day = _past(ctx, since or ctx.today)
    if locker.holder_id is not None:
        held.pop(locker.holder_id, None)
    held[person.pk] = locker.locker_no
    locker.update_from_dict(
        {"state": LockerState.ASSIGNED, "holder_id": person.pk, "first_day": first_day, "last_day": None}
        | dict.fromkeys(("locked_ok_last", "unlocked_on"))
    )


def _past(ctx: Context, day: date) -> date:
    if day > ctx.today:
        raise BadInput("hygiene.refusal.locker_later", field="first_day", value=day)
    return day


def _free(ctx: Context, locker: Locker) -> None:
    locker.update_from_dict({"state": LockerState.FREE, "holder_id": None, "last_day": ctx.today, "unlocked_on": None})


async def assign(ctx: Context, locker: Locker, data: AssignLocker) -> Text:
    Refusal.because(await assign_blocked(ctx, locker), value=locker.locker_no, rule="hygiene-26")
    _give(ctx, locker, data.holder, data.first_day, await _held({data.holder.pk}))
    await locker.save()
    return Text("hygiene.done.locker_given", locker=locker.locker_no, person=data.holder.name)


async def assign_blocked(ctx: Context, locker: Locker) -> Text | None:
    return _unless(locker, LockerState.FREE)


async def assign_prefill(ctx: Context, rows: Sequence[Locker]) -> dict[str, Any]:
    """The first of those who still need one."""
    waiting = await without(ctx)
    return {"holder": waiting[0].login} if waiting else {}


async def without(ctx: Context) -> list[Staff]:
    """Those of customer service who have no locker."""
    having = {*await Locker.filter(holder_id__isnull=False).values_list("holder_id", flat=True)}
    people = await Staff.filter(department=SERVICE).order_by("number")
    return [one for one in people if one.pk not in having and Roster.employed(one, ctx.today)]


async def release(ctx: Context, lockers: Sequence[Locker], data: None) -> Text:
    """They are empty and free again."""
    for locker in lockers:
        Refusal.because(await release_blocked(ctx, locker), value=locker.locker_no)
        _free(ctx, locker)
    await Locker.change(lockers, HOLDING)
    return Text("hygiene.done.lockers_free", lockers=names(lockers))


async def release_blocked(ctx: Context, locker: Locker) -> Text | None:
    return _unless(locker, LockerState.ASSIGNED)


async def out_of_order(ctx: Context, locker: Locker, data: LockerFault) -> Text:
    """Nobody can use it; who held it needs another."""
    Refusal.because(await out_of_order_blocked(ctx, locker), value=locker.locker_no)
    holder = await Staff.get_or_none(pk=locker.holder_id)
    _free(ctx, locker)
    locker.state, locker.fault = LockerState.OUT_OF_ORDER, data.fault
    await locker.save()
    if holder:
        ctx.notes.append(Text("hygiene.note.needs_locker", person=holder.name))
    return Text("hygiene.done.locker_broken", locker=locker.locker_no)


async def out_of_order_blocked(ctx: Context, locker: Locker) -> Text | None:
    return _unless(locker, LockerState.FREE, LockerState.ASSIGNED)


async def repaired(ctx: Context, locker: Locker, data: None) -> Text:
    Refusal.because(await repaired_blocked(ctx, locker), value=locker.locker_no)
    locker.state, locker.fault = LockerState.FREE, ""
    await locker.save()
    return Text("hygiene.done.lockers_free", lockers=locker.locker_no)


async def repaired_blocked(ctx: Context, locker: Locker) -> Text | None:
    return _unless(locker, LockerState.OUT_OF_ORDER)


async def found_locked(ctx: Context, lockers: Sequence[Locker], data: None) -> Text:
    return await _look(ctx, lockers, locked=True)


async def found_unlocked(ctx: Context, lockers: Sequence[Locker], data: None) -> Text:
    """Their holders are told (hygiene-27)."""
    return await _look(ctx, lockers, locked=False)


async def _look(ctx: Context, lockers: Sequence[Locker], locked: bool) -> Text:
    for locker in lockers:
        Refusal.because(await release_blocked(ctx, locker), value=locker.locker_no, rule="hygiene-27")
        saw(ctx, locker, locked)
    await Locker.change(lockers, ("locked_ok_last", "unlocked_on"))
    word = "lockers_locked" if locked else "lockers_unlocked"
    return Text(f"hygiene.done.{word}", lockers=names(lockers))


def saw(ctx: Context, locker: Locker, locked: bool) -> None:
    """Note that a locker was found locked, or not."""
    if locked:
        locker.locked_ok_last, locker.unlocked_on = ctx.today, None
    else:
        locker.unlocked_on = ctx.today


async def report_loss(ctx: Context, locker: Locker, data: LockerLoss) -> Text:
    """Something is missing from a locker: put before those who look into it (hygiene-27)."""
    if ctx.rule("hygiene-27").on:
        title = Text("hygiene.finding.locker_loss", locker=locker.locker_no, what=Verbatim(data.what))
        await ctx.propose(rule="hygiene-27", title=title, record_id=locker.pk)
    ctx.notes.append(Text("hygiene.note.own_loss"))
    return Text("hygiene.done.locker_loss", locker=locker.locker_no)


async def before_leaving(ctx: Context, rows: Sequence[Any], data: Any) -> Text | None:
    """Who leaves gives the locker back: told at once, and a matter until it is free."""
    leaving: Mapping[int, Staff] = {one.pk: one for one in rows if isinstance(one, Staff)}
    held = await Locker.filter(holder_id__in=[*leaving])
    for locker in held:
        return Text("hygiene.note.locker_back", person=leaving[locker.holder_id or 0].name, locker=locker.locker_no)
    return None


def names(lockers: Sequence[Locker]) -> str:
    return "、".join(locker.locker_no for locker in lockers)


def _unless(locker: Locker, *states: LockerState) -> Text | None:
    """That its state keeps a locker from it."""
    if locker.state in states:
        return None
    return Text("hygiene.blocked.locker", locker=locker.locker_no, state=choice("hygiene", locker.state))
