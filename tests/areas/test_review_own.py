"""Matters of one's own: whose they are, when they are due, done and moved."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from review_desk import Desk, day, review_desk

from cstui import review
from cstui.contract.errors import BadInput, NotPermitted, Refusal


@pytest_asyncio.fixture
async def desk(tmp_path: Path, template: Path) -> AsyncIterator[Desk]:
    async with review_desk(tmp_path, template) as opened:
        yield opened


@pytest.mark.parametrize(
    ("raw", "now", "severity"),
    [
        ({"day": "2026-11-25"}, (24, "09:02"), "info"),
        ({"day": "2026-11-25"}, (25, "00:00"), "warning"),
        ({"day": "2026-11-25"}, (25, "23:59"), "warning"),
        ({"day": "2026-11-25"}, (26, "00:00"), "critical"),
        ({"day": "2026-11-24", "time": "17:30"}, (24, "17:29"), "warning"),
        ({"day": "2026-11-24", "time": "17:30"}, (24, "17:30"), "critical"),
    ],
)
async def test_it_is_critical_when_overdue_and_a_warning_on_its_day(
    desk: Desk, raw: dict[str, str], now: tuple[int, str], severity: str
) -> None:
    item = await desk.add(**raw)
    desk.at(*now)
    assert (await desk.matter(item)).item.severity == severity


async def test_the_department_s_matters_are_every_supervisor_s_a_clerk_s_own_only_their_own(desk: Desk) -> None:
    shared = await desk.add("Call the lift company")
    given = await desk.add("Write the minutes", person="li")
    private = await desk.add("Bring my certificate", login="li")
    assert await desk.ids("wang") == await desk.ids("zhao") == [shared, given]
    assert await desk.ids("li") == [given, private]
    assert await desk.ids("sun") == []
    with pytest.raises(BadInput):
        await desk.run("review.finish", login="zhao", target=[int(private.split(":")[1])])


async def test_only_a_supervisor_gives_a_matter_to_somebody_else(desk: Desk) -> None:
    with pytest.raises(NotPermitted):
        await desk.add("Do it for me", person="sun", login="li")
    assert await desk.ids("sun") == []


async def test_a_day_or_a_time_that_has_passed_is_refused(desk: Desk) -> None:
    for raw in ({"day": "yesterday"}, {"day": "today", "time": "09:02"}):
        with pytest.raises(Refusal) as refused:
            await desk.add(**raw)
        assert refused.value.text.id == "review.refusal.passed"
    await desk.add(time="09:03")


async def test_done_and_opened_again_and_never_done_twice(desk: Desk) -> None:
    item = await desk.add()
    pk = int(item.split(":")[1])
    await desk.run("review.finish", target=[pk])
    assert await desk.ids() == []
    with pytest.raises(Refusal) as refused:
        await desk.run("review.finish", login="zhao", target=[pk])
    assert "王芳" in desk.say(refused.value.text)
    assert desk.host.actions["review.finish"].inverse == "review.reopen"
    await desk.run("review.reopen", target=[pk])
    assert await desk.ids() == [item]
    assert (await desk.matter(item)).open, "it was done, and that was taken back"
    with pytest.raises(Refusal):
        await desk.run("review.reopen", target=[pk])


async def test_moved_to_another_day_it_is_the_same_matter(desk: Desk) -> None:
    item = await desk.add()
    await desk.run("review.note", {"items": [item], "note": "nobody answers"})
    await desk.run("review.move", {"day": "2026-11-27"}, target=[int(item.split(":")[1])])
    moved = await desk.matter(item)
    assert (moved.item.severity, [note.note for note in moved.notes]) == ("info", ["nobody answers"])


async def test_the_same_matter_is_added_once(desk: Desk) -> None:
    item = await desk.add()
    with pytest.raises(Refusal) as refused:
        await desk.add()
    assert refused.value.text.id == "review.refusal.added_before"
    assert await desk.ids() == [item]


async def test_it_holds_up_the_sign_off_and_stands_in_the_statement(desk: Desk) -> None:
    item = await desk.add("Call the lift company")
    with pytest.raises(Refusal):
        await desk.run("review.sign_off")
    await desk.run("review.read", {"items": [item]})
    await desk.run("review.sign_off")
    told = await review.statement(desk.host, day(24), "en")
    assert told
    assert [row[2] for row in told.rows] == ["Call the lift company"]
