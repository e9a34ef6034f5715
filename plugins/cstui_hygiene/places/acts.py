"""Cleaning areas are entered, changed and retired."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cstui.api import BadInput, Context, Refusal, Text
from cstui_hygiene.kinds import AreaState, Crew, DutyState, Frequency
from cstui_hygiene.models import CleaningArea, DutyAssignment
from cstui_hygiene.places.inputs import ChangeArea, Retire, SetArea, UsePreset
from cstui_hygiene.places.presets import PRESETS


async def set_area(ctx: Context, data: SetArea) -> Text:
    (mark,) = await set_areas(ctx, [data])
    if isinstance(mark, Exception):
        raise mark
    return Text(f"hygiene.done.area_{mark}", code=data.code, name=data.name)


async def set_areas(ctx: Context, rows: Sequence[SetArea]) -> list[Any]:
    """Many areas at once; each is told what became of it."""
    known = {area.code: area for area in await CleaningArea.filter(code__in=[row.code for row in rows])}
    marks: list[Any] = []
    for row in rows:
        area = known.get(row.code)
        try:
            marks.append(await _set(ctx, row, area))
        except (BadInput, Refusal) as fault:
            marks.append(fault)
    return marks


async def _set(ctx: Context, row: SetArea, area: CleaningArea | None) -> str:
    if area is not None:
        return "updated" if await _change(ctx, area, row) else "unchanged"
    area = CleaningArea(first_day=row.first_day or ctx.today)
    area.update_from_dict({name: getattr(row, name) for name in SetArea.model_fields if name != "first_day"})
    _check(area)
    await area.save()
    return "created"


async def _change(ctx: Context, area: CleaningArea, data: ChangeArea) -> bool:
    """Put what was given into an area; whether that is anything new. Without a first day it keeps its own."""
    given = {name: getattr(data, name) for name in data.model_fields_set}
    if given.get("first_day", area.first_day) is None:
        del given["first_day"]
    columns = [f"{name}_id" if name in ("team", "keeper") else name for name in given]
    before = [getattr(area, column) for column in columns]
    area.update_from_dict(given)
    _check(area)
    if before == [getattr(area, column) for column in columns]:
        return False
    await area.save()
    return True


async def change(ctx: Context, area: CleaningArea, data: ChangeArea) -> Text:
    """An area is changed; its duties that are arranged already stay as they are."""
    changed = await _change(ctx, area, data)
    return Text(f"hygiene.done.area_{'updated' if changed else 'unchanged'}", code=area.code, name=area.name)


def _check(area: CleaningArea) -> None:
    """What must fit together, whether it was given now or stood there before."""
    if (area.frequency == Frequency.WEEKLY) != (area.weekday is not None):
        raise BadInput("hygiene.refusal.weekday", field="weekday", value=area.weekday, code=area.code)
    if (area.crew == Crew.NAMED) != (area.keeper_id is not None):
        raise BadInput("hygiene.refusal.keeper", field="keeper", value=area.code)


async def use_preset(ctx: Context, data: UsePreset) -> Text:
    """The areas of a preset that aren't there yet; one that was retired stays so."""
    known = {str(code) for code in await CleaningArea.all().values_list("code", flat=True)}
    made = [row for row in PRESETS[data.preset] if row.code not in known]
    await set_areas(ctx, made)
    return Text("hygiene.done.preset", count=len(made), known=len(PRESETS[data.preset]) - len(made))


async def retire(ctx: Context, area: CleaningArea, data: Retire) -> Text:
    """The area isn't cleaned any more. Open duties must be let go of openly, never by guess."""
    Refusal.because(await retire_blocked(ctx, area), value=area.code)
    waiting = await DutyAssignment.filter(area=area, state=DutyState.DUE)
    if waiting and not data.excuse_duties:
        raise Refusal("hygiene.refusal.open_duties", field="excuse_duties", value=area.code, count=len(waiting))
    for duty in waiting:
        duty.state, duty.note = DutyState.EXCUSED, data.reason
    await DutyAssignment.change(waiting, ["state", "note"])
    area.state = AreaState.RETIRED
    await area.save()
    return Text("hygiene.done.retired", name=area.name, count=len(waiting))


async def retire_blocked(ctx: Context, area: CleaningArea) -> Text | None:
    return Text("hygiene.blocked.retired", name=area.name) if area.state == AreaState.RETIRED else None


async def restore(ctx: Context, area: CleaningArea, data: None) -> Text:
    Refusal.because(await restore_blocked(ctx, area), value=area.code)
    area.state = AreaState.ACTIVE
    await area.save()
    return Text("hygiene.done.restored", name=area.name)


async def restore_blocked(ctx: Context, area: CleaningArea) -> Text | None:
    return Text("hygiene.blocked.in_use", name=area.name) if area.state == AreaState.ACTIVE else None


async def change_prefill(ctx: Context, rows: Sequence[CleaningArea]) -> dict[str, Any]:
    """The area as it is."""
    area = rows[0]
    now = {name: getattr(area, name) for name in ChangeArea.model_fields}
    return now | {"team": area.team and area.team.code, "keeper": area.keeper and area.keeper.login}
