"""What changed since somebody last looked, and who settled what."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio
from review_desk import Desk, review_desk

from cstui.store.models import State


@pytest_asyncio.fixture
async def desk(tmp_path: Path, template: Path) -> AsyncIterator[Desk]:
    async with review_desk(tmp_path, template) as opened:
        yield opened


async def finish(desk: Desk, item: str, login: str = "zhao") -> None:
    await desk.run("review.finish", login=login, target=[int(item.split(":")[1])])


async def new(desk: Desk, login: str = "wang") -> list[str]:
    return [one.item.id for one in (await desk.look(login)).matters if one.new]


async def test_what_came_since_the_last_look_is_new_to_each_by_their_own_look(desk: Desk) -> None:
    first = await desk.add("first")
    assert await new(desk) == []  # who never looked isn't told that all is new
    await desk.seen("wang")
    desk.later(minutes=1)
    second = await desk.add("second", login="zhao")
    assert await new(desk, "wang") == [second]
    assert await new(desk, "zhao") == []
    await desk.seen("wang")
    assert await new(desk, "wang") == []
    assert set(await desk.ids()) == {first, second}


async def test_what_came_back_or_grew_worse_is_new(desk: Desk) -> None:
    item, timed = await desk.add("asked"), await desk.add("timed", time="10:00")
    await desk.run("review.delegate", {"items": [item], "to": "li"})
    await desk.seen()
    desk.later(minutes=1)
    await desk.run("review.hand_back", {"items": [item], "note": "no"}, "li")
    assert await new(desk) == [item]
    desk.at(24, "10:01")
    assert set(await new(desk)) == {item, timed}


async def test_what_another_settled_is_told_with_who_what_and_when(desk: Desk) -> None:
    item = await desk.add("Lift door")
    await desk.seen("wang")
    desk.at(24, "10:30")
    await finish(desk, item, "zhao")
    review = await desk.look("wang")
    (one,) = review.settled
    assert (desk.say(one.item.title), one.by.name, desk.say(one.by.told)) == ("Lift door", "赵敏", "done")
    assert one.by.at == desk.now
    assert one.by.text and desk.say(one.by.text) == "Lift door: done"
    assert [news.item.id for news in review.news] == [item]
    desk.later(minutes=1)
    await desk.seen("wang")
    again = await desk.look("wang")
    assert again.news == []
    assert again.settled == []  # gone from one's own look, unless the session still knows it


async def test_whose_role_ended_is_told_no_more_of_what_they_saw(desk: Desk) -> None:
    key = {"tag_no": "K1", "block": "3", "unit": "2", "floor": "1", "room": "01",
           "space_kind": "public_door_window", "door_kind": "unit_door"}  # fmt: skip
    await desk.run("keys.register", key, "admin")
    shown = await desk.look("wang")
    await desk.seen("wang", shown)
    desk.later(minutes=1)
    await desk.run("keys.label", {}, "admin", target=["K1"])
    for earlier in (shown, None):
        assert "keys" in {one.item.area for one in (await desk.look("wang", earlier)).settled}
    (role,) = await desk.host.store.query(
        "SELECT r.id FROM people_role r JOIN people_staff s ON s.id = r.staff_id WHERE s.login = 'wang'"
    )
    await desk.run("people.take_back_role", {"reason": "not meant"}, "admin", target=[role["id"]])
    for earlier in (shown, None):
        assert not (await desk.look("wang", earlier)).settled


async def test_what_was_settled_behind_the_last_picture_is_news(desk: Desk) -> None:
    item = await desk.add("Lift door")
    shown = await desk.look("wang")
    desk.later(seconds=1)
    await finish(desk, item, "zhao")
    desk.later(seconds=1)
    await desk.seen("wang", shown)
    assert [one.item.id for one in (await desk.look("wang")).news] == [item]


async def test_what_one_settles_oneself_is_done_today_and_no_news(desk: Desk) -> None:
    item = await desk.add("Lift door")
    before = await desk.look("wang")
    await finish(desk, item, "wang")
    after = await desk.look("wang", before)
    assert [one.item.id for one in after.settled] == [item]
    assert after.news == []
    desk.at(25, "09:00")
    assert (await desk.look("wang", after)).settled == []


async def test_what_one_never_saw_is_known_from_others_looks_of_the_day(desk: Desk) -> None:
    item, personal = await desk.add("Lift door"), await desk.add("to ask", day="tomorrow")
    await desk.run("review.ask", {"items": [personal], "person": "zhao", "question": "well?"})
    await desk.seen("zhao")
    await finish(desk, item, "zhao")
    question = (await desk.matter("review.question", "zhao")).item.records[0]
    await desk.run("review.answer", {"answer": "yes"}, "zhao", target=[question])
    assert [one.item.id for one in (await desk.look("wang")).settled] == [item]
    assert (await desk.look("li")).settled == []


async def test_a_matter_still_due_tells_who_acted_on_it_today(desk: Desk) -> None:
    item = await desk.add("Lift door")
    await desk.run("review.move", {"day": "2026-11-26"}, "zhao", target=[int(item.split(":")[1])])
    matter = await desk.matter(item)
    assert matter.settled_by
    assert (matter.settled_by.action, matter.settled_by.name) == ("review.move", "赵敏")
    desk.at(25, "09:00")
    assert (await desk.matter(item)).settled_by is None


async def test_what_was_done_before_it_was_due_doesn_t_settle_what_is_overdue(desk: Desk) -> None:
    item = await desk.add("Lift door")
    await desk.run("review.move", {"day": "today", "time": "10:00"}, target=[int(item.split(":")[1])])
    assert not (await desk.matter(item)).open
    desk.at(24, "10:00")
    assert (await desk.matter(item)).open


async def test_looking_leaves_no_trace_in_the_journal_and_a_read_only_store_alone(desk: Desk) -> None:
    await desk.add()

    async def state() -> tuple[int, int]:
        rows = await desk.host.store.query("SELECT count(*) AS n FROM house_entry")
        return rows[0]["n"], await State.filter(name="seen").count()

    entries, _ = await desk.host.call(state())
    for _ in range(2):
        await desk.seen()
    assert await desk.host.call(state()) == (entries, 1)
    desk.host.store.read_only = "store.not_writable"
    await desk.seen("zhao")
    assert await desk.host.call(state()) == (entries, 1)
