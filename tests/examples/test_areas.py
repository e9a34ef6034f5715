"""The areas of examples/ are sound and work: parcels through their days, the hours as a page of the dashboard."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from conftest import CONFIG, NOW
from conftest import site as new_site

from cstui import engine, registers, review
from cstui.contract.view import ViewLine
from cstui.host import Host
from cstui.plugins import forget
from cstui.testing import check_area

EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.fixture(autouse=True)
def forget_site_modules() -> Iterator[None]:
    yield
    forget()


@pytest_asyncio.fixture
async def host(tmp_path: Path, template: Path) -> AsyncIterator[Host]:
    folder = tmp_path / "areas"
    folder.mkdir()
    for name in ("parcels.py", "hours.py"):
        shutil.copy(EXAMPLES / name, folder)
    path = new_site(tmp_path / "site", f'{CONFIG}\n[plugins]\ndirs = ["{folder}"]\n')
    shutil.copy(template.with_name("cstui.db"), path.with_name("cstui.db"))
    async with Host.open(path) as opened:
        opened.clock = lambda: NOW
        yield opened


async def act(host: Host, action_id: str, raw: dict[str, Any], **more: Any) -> Any:
    return await engine.run(host, action_id, raw, await host.call(host.actor("admin")), **more)


async def test_a_parcel_waits_is_rung_for_and_handed_out(host: Host) -> None:
    actor = await host.call(host.actor("admin"))

    async def due() -> list[str]:
        today = await host.call(review.collect(host, actor))
        return [host.words.say(one.item.title, "en") for one in today.matters if one.item.area == "parcels"]

    outcome = await act(host, "parcels.take_in", {"name": "Li Na, flat 501"})
    assert await due() == []
    host.clock = lambda: NOW + timedelta(days=3, minutes=1)
    assert await due() == ["Parcel 1 has waited too long: ring Li Na, flat 501"]
    await act(host, "parcels.hand_out", {}, target=outcome.rows)
    assert await due() == []
    ctx = await host.call(host.context(actor))
    assert await host.call(registers.count(host, ctx, "parcels.parcels")) == 0


async def test_they_conform(host: Host) -> None:
    assert await check_area(host.areas["parcels"], host) == []
    assert await check_area(host.areas["hours"], host) == []


async def test_the_hours_of_a_day_are_drawn(host: Host) -> None:
    await act(host, "people.enrol", {"number": "17", "login": "li.na", "name": "Li Na"})
    await act(
        host, "people.shift_type", {"code": "N", "shift_name": "night", "start_minute": "1200", "end_minute": "1920"}
    )
    await act(host, "people.assign_duty", {"staff": "li.na", "day": "2026-11-24", "shift": "N"})

    async def made() -> list[ViewLine]:
        ctx = await host.context(await host.actor("admin"))
        return list(await host.views["hours.hours"].fn(ctx, 70))

    head, line, _, sums = await host.call(made())
    assert [piece.value for piece in head.pieces[1:5]] == ["0", "", "", "3"]
    assert (line.pieces[0].value, line.register, line.record) == ("Li Na", "people.staff", 2)
    assert "".join(piece.value for piece in line.pieces[1:]) == ".." * 20 + "==" * 4
    assert [piece.value for piece in sums.pieces[20:23]] == ["", 1, 1]
