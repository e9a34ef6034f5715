"""Cleaning areas: entered, changed, taken from a preset, retired; what must fit together."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from cstui.api import BadInput, Refusal
from cstui.contract.context import SYSTEM
from cstui_hygiene.kinds import AreaState, Crew, DutyState
from cstui_hygiene.models import CleaningArea, DutyAssignment

FLOOR = {"code": "FL", "name": "办公室地面", "kind": "floor", "standard": "无灰尘", "frequency": "daily_open"}


async def area(host: Any, code: str = "FL") -> CleaningArea:
    return await host.call(_area(code))


async def _area(code: str) -> CleaningArea:
    return await CleaningArea.get(code=code).select_related("team", "keeper")


async def states(host: Any, model: Any = DutyAssignment) -> list[Any]:
    async def read() -> list[Any]:
        return [row.state for row in await model.all().order_by("id")]

    return list(await host.call(read()))


async def test_an_area_is_entered_once_and_what_is_given_is_changed(host: Any, run: Any) -> None:
    assert (await run("hygiene.set_area", FLOOR)).text.id == "hygiene.done.area_created"
    assert (await area(host)).first_day == date(2026, 11, 24)
    assert (await run("hygiene.set_area", FLOOR)).text.id == "hygiene.done.area_unchanged"
    assert (await run("hygiene.set_area", FLOOR | {"minutes": "15"})).text.id == "hygiene.done.area_updated"
    assert ((await area(host)).minutes, (await area(host)).version) == (15, 2)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"frequency": "weekly"}, "weekday"),
        ({"weekday": "3"}, "weekday"),
        ({"crew": "named"}, "keeper"),
        ({"keeper": "admin"}, "keeper"),
        ({"frequency": "weekly", "weekday": "8"}, "weekday"),
        ({"minutes": "-1"}, "minutes"),
    ],
)
async def test_what_does_not_fit_together_is_refused(host: Any, run: Any, given: dict[str, str], field: str) -> None:
    with pytest.raises(BadInput) as fault:
        await run("hygiene.set_area", FLOOR | given)
    faults = getattr(fault.value, "faults", [fault.value])
    assert [one.field for one in faults] == [field]
    assert await states(host, CleaningArea) == []


async def test_a_row_is_changed_from_what_it_is(host: Any, run: Any) -> None:
    await run("hygiene.set_area", FLOOR | {"frequency": "weekly", "weekday": "3"})
    action = host.actions["hygiene.change_area"]
    ctx = await host.context(SYSTEM)
    now = await host.call(action.prefill(ctx, [await area(host)]))
    assert (now["name"], now["weekday"], now["team"], "code" in now) == ("办公室地面", 3, None, False)
    raw = {name: str(value) for name, value in now.items() if value is not None}
    assert (await run("hygiene.change_area", raw, target=["FL"])).text.id == "hygiene.done.area_unchanged"
    named = raw | {"crew": "named", "keeper": "admin"}
    assert (await run("hygiene.change_area", named, target=["FL"])).text.id == "hygiene.done.area_updated"
    changed = await area(host)
    assert (changed.crew, changed.keeper and changed.keeper.login, changed.weekday) == (Crew.NAMED, "admin", 3)


async def test_a_preset_adds_what_is_not_there(host: Any, run: Any) -> None:
    await run("hygiene.set_area", FLOOR | {"code": "OF-FL"})
    outcome = await run("hygiene.use_preset", {"preset": "office"})
    assert (outcome.text.args["count"], outcome.text.args["known"]) == (6, 1)
    await run("hygiene.retire_area", {"reason": "搬迁"}, target=["OF-RE"])
    assert (await run("hygiene.use_preset", {"preset": "office"})).text.args["count"] == 0
    assert (await area(host, "OF-RE")).state == AreaState.RETIRED
    await run("hygiene.restore_area", target=["OF-RE"])
    assert (await area(host, "OF-RE")).state == AreaState.ACTIVE


async def test_an_area_with_open_duties_is_retired_only_with_them(host: Any, run: Any) -> None:
    await run("people.enrol", {"number": "1", "login": "an", "name": "安", "department": "客服部"})
    await run("hygiene.set_area", FLOOR)
    await run("hygiene.generate_rota", {"month": "2026-12-01"})
    count = len(await states(host))
    assert count > 20
    with pytest.raises(Refusal) as refused:
        await run("hygiene.retire_area", {"reason": "停用"}, target=["FL"])
    assert (refused.value.field, refused.value.text.args["count"]) == ("excuse_duties", count)
    assert (await area(host)).state == AreaState.ACTIVE
    await run("hygiene.retire_area", {"reason": "停用", "excuse_duties": "yes"}, target=["FL"])
    assert set(await states(host)) == {DutyState.EXCUSED}
    with pytest.raises(Refusal):
        await run("hygiene.retire_area", {"reason": "再停"}, target=["FL"])
