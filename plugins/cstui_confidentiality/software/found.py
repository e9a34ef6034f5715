"""What runs on the computers: inventories are taken in, and what may not run is taken off (confidentiality-17)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from cstui.api import BadInput, Context, Refusal, Text, utc
from cstui_confidentiality.models import FoundSoftware, Workstation
from cstui_confidentiality.software.certified import RULE, accept, called, not_certifier
from cstui_confidentiality.software.inputs import FindSoftware, Why


def there(found: FoundSoftware) -> bool:
    """Whether the computer's last inventory still has it, and nobody took it off since."""
    return found.gone_on is None and is_there(found.seen_on, found.workstation.inventory_on)


def is_there(seen_on: date, last: date | None) -> bool:
    """Whether what was seen on a day stands in the last inventory."""
    return last is None or seen_on >= last


async def find(ctx: Context, data: FindSoftware) -> Text:
    (mark,) = await find_all(ctx, [data])
    if isinstance(mark, Exception):
        raise mark
    return Text("confidentiality.done.found", pc=data.pc.pc, program=called(data.name, data.software_version))


async def find_all(ctx: Context, rows: Sequence[FindSoftware]) -> list[Any]:
    """Lines of inventories. What an earlier one of a computer had and this one lacks is gone by that."""
    numbers = [f"{row.pc.pc}/{called(row.name, row.software_version)}" for row in rows]
    known = {one.found_no: one for one in await FoundSoftware.filter(found_no__in=numbers)}
    marks: list[Any] = []
    new, changed, computers = [], [], dict[int, Workstation]()
    for number, row in zip(numbers, rows, strict=True):
        day = row.seen_on or ctx.today
        if day > ctx.today:
            marks.append(BadInput("confidentiality.refusal.seen_later", field="seen_on", value=day))
            continue
        one = known.get(number)
        if one is None:
            new.append(FoundSoftware(
                found_no=number, workstation_id=row.pc.pk, name=row.name, software_version=row.software_version,
                first_seen_on=day, seen_on=day,
            ))  # fmt: skip
            marks.append("created")
        elif one.seen_on < day:
            if one.gone_on:  # it was taken off, and is back
                one.update_from_dict({"gone_on": None, "removal_ordered_at": None, "removal_ordered_by": ""})
            one.seen_on = day
            changed.append(one)
            marks.append("updated")
        else:
            marks.append("unchanged")
        pc = computers.setdefault(row.pc.pk, row.pc)
        pc.inventory_on = max(pc.inventory_on or day, day)
    await FoundSoftware.insert(new)
    await FoundSoftware.change(changed, ["seen_on", "gone_on", "removal_ordered_at", "removal_ordered_by"])
    await Workstation.change(computers.values(), ["inventory_on"])
    return marks


async def certify_found(ctx: Context, rows: Sequence[FoundSoftware], data: Why) -> Text:
    """What was found may run, in that version, on all computers."""
    programs = {called(one.name, one.software_version): one for one in rows}
    for one in programs.values():
        await accept(ctx, one.name, one.software_version, "", data.note)
    return Text("confidentiality.done.certified", programs=[*programs])


async def certify_blocked(ctx: Context, one: FoundSoftware) -> Text | None:
    return not_certifier(ctx)


async def order_removal(ctx: Context, rows: Sequence[FoundSoftware], data: None) -> Text:
    """It is to be taken off; a matter until an inventory lacks it or somebody says that it is off."""
    for one in rows:
        Refusal.because(await removal_blocked(ctx, one), field="found", value=one.found_no, rule=RULE)
        one.removal_ordered_at, one.removal_ordered_by = utc(ctx.now), ctx.actor.login
    await FoundSoftware.change(rows, ["removal_ordered_at", "removal_ordered_by"])
    return Text("confidentiality.done.removal_ordered", found=[one.found_no for one in rows])


async def removal_blocked(ctx: Context, one: FoundSoftware) -> Text | None:
    if not there(one):
        return Text("confidentiality.blocked.gone", found=one.found_no)
    if one.removal_ordered_at:
        return Text("confidentiality.blocked.removal_ordered", found=one.found_no, at=one.removal_ordered_at)
    return None


async def taken_off(ctx: Context, rows: Sequence[FoundSoftware], data: None) -> Text:
    for one in rows:
        Refusal.because(await taken_off_blocked(ctx, one), field="found", value=one.found_no)
        one.gone_on = ctx.today
    await FoundSoftware.change(rows, ["gone_on"])
    return Text("confidentiality.done.taken_off", found=[one.found_no for one in rows])


async def taken_off_blocked(ctx: Context, one: FoundSoftware) -> Text | None:
    return None if there(one) else Text("confidentiality.blocked.gone", found=one.found_no)
