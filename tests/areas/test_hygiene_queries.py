"""What is due of lockers, plots, plants, jobs after use, shop and field takes as many queries however much there is."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from counting import counted

from cstui.api import utc
from cstui.people import Staff
from cstui_hygiene.afteruse.due import after_use
from cstui_hygiene.field.due import field
from cstui_hygiene.lockers.due import lockers
from cstui_hygiene.models import CleaningArea, DutyAssignment, FieldCleaningDay, GreenPlot, Locker, PlantCare
from cstui_hygiene.plants.due import plants
from cstui_hygiene.plots.due import plots
from cstui_hygiene.shop.due import shop

DUE = (lockers, plots, plants, after_use, shop, field)
TODAY = date(2026, 11, 24)


async def fill(host: Any, first: int, last: int) -> None:
    """Records of every kind, with something due about each, numbered from first to last."""

    async def make() -> None:
        for n in range(first, last):
            person = await Staff.create(login=f"p{n}", number=f"1{n:03}", name=f"p{n}", department="customer_service")
            gone = await Staff.create(login=f"g{n}", number=f"2{n:03}", name=f"g{n}", left_on=TODAY)
            await Locker.create(locker_no=str(n), state="assigned", holder=gone, unlocked_on=TODAY)
            await GreenPlot.create(plot=str(n))
            area = await CleaningArea.create(
                code=f"A{n}", name=f"A{n}", kind="public_zone", standard="-", frequency="continuous",
                first_day=TODAY - timedelta(days=9),
            )  # fmt: skip
            await DutyAssignment.create(
                area=area, day=TODAY, slot="after_use", assignee=person, due_at=utc(host.clock())
            )  # fmt: skip
            for back in range(1, 9):
                day = TODAY - timedelta(days=back)
                await FieldCleaningDay.create(
                    field_no=f"{day}/{n}", day=day, group=n, zones="-", officer=person,
                    state="recorded" if back % 2 else "planned",
                )  # fmt: skip
            await FieldCleaningDay.create(field_no=f"{TODAY}/{n}", day=TODAY, group=n, zones="-", officer=gone)
            await PlantCare.create(
                care_no=str(n), day=TODAY - timedelta(days=9), task="water", done_by=person, done_at=utc(host.clock())
            )  # fmt: skip

    await host.call(make())


async def test_as_many_queries_for_many_as_for_few(host: Any, run: Any) -> None:
    area = {"code": "PL", "name": "花草", "kind": "plants", "standard": "-", "frequency": "continuous",
            "crew": "day_shift", "first_day": "2026-11-10"}  # fmt: skip
    await run("hygiene.set_area", area)

    async def asked() -> list[tuple[int, int]]:
        ctx = await host.call(host.context(await host.call(host.actor("admin"))))
        found = []
        for due in DUE:
            queries, items = await counted(host, due(ctx))
            found.append((queries, len(items)))
        return found

    await fill(host, 1, 2)
    few = await asked()
    await fill(host, 2, 25)
    many = await asked()
    assert [queries for queries, _ in many] == [queries for queries, _ in few]
    assert all(items for _, items in few), few
