"""What is said of a matter: who said it, how long it holds, and that it is said once."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from review_desk import Desk, day, review_desk
from tortoise.exceptions import IntegrityError

from cstui.contract.errors import NotPermitted, Refusal
from cstui.review.models import Disposition


@pytest_asyncio.fixture
async def desk(tmp_path: Path, template: Path) -> AsyncIterator[Desk]:
    async with review_desk(tmp_path, template) as opened:
        yield opened


async def words(desk: Desk, kind: str) -> list[tuple[str, str]]:
    """(login, note) of the words of a kind."""

    async def ask() -> list[tuple[str, str]]:
        return [(word.by_login, word.note) for word in await Disposition.filter(kind=kind).order_by("id")]

    return await desk.host.call(ask())


async def test_reading_is_once_for_all_supervisors_and_the_second_is_told(desk: Desk) -> None:
    item = await desk.add()
    await desk.run("review.read", {"items": [item]})
    told = await desk.run("review.read", {"items": [item]}, "zhao")
    assert ["王芳" in desk.say(note) for note in told.notes] == [True]
    matter = await desk.matter(item, "zhao")
    assert matter.reading and matter.reading.by_name == "王芳"
    assert await words(desk, "read") == [("wang", "")]
    await desk.run("review.unread", {"items": [item]}, "zhao")
    assert (await desk.matter(item)).open


async def test_a_clerk_s_reading_is_their_own(desk: Desk) -> None:
    item = await desk.add(person="li")
    await desk.run("review.read", {"items": [item]}, "li")
    assert (await desk.matter(item, "li")).read
    assert (await desk.matter(item, "wang")).open
    await desk.run("review.unread", {"items": [item]}, "li")
    assert not (await desk.matter(item, "li")).read


async def test_nobody_speaks_of_what_isn_t_theirs(desk: Desk) -> None:
    item = await desk.add()
    for action, more in (("read", {}), ("note", {"note": "mine"}), ("hand_back", {"note": "no"})):
        with pytest.raises(Refusal) as refused:
            await desk.run(f"review.{action}", {"items": [item], **more}, "sun")
        assert refused.value.text.id == "review.refusal.not_due"
    with pytest.raises(NotPermitted):
        await desk.run("review.defer", {"items": [item], "until": "tomorrow", "reason": "later"}, "sun")


async def test_a_deferral_is_one_s_own_to_change_and_told_to_others(desk: Desk) -> None:
    item = await desk.add()
    await desk.run("review.defer", {"items": [item], "until": "2026-11-26", "reason": "waits for parts"})
    with pytest.raises(Refusal) as refused:
        await desk.run("review.defer", {"items": [item], "until": "2026-11-27", "reason": "later"}, "zhao")
    assert all(word in desk.say(refused.value.text) for word in ("王芳", "2026-11-26"))
    again = await desk.run("review.defer", {"items": [item], "until": "2026-11-26", "reason": "waits for parts"})
    assert [note.id for note in again.notes] == ["review.note.as_before"]
    await desk.run("review.defer", {"items": [item], "until": "2026-11-30", "reason": "no parts yet"})
    assert await words(desk, "deferred") == [("wang", "no parts yet")]
    deferred = (await desk.matter(item)).deferred
    assert deferred and deferred.until == day(30)


async def test_a_deferral_holds_until_its_day_and_then_anybody_decides_anew(desk: Desk) -> None:
    item = await desk.add(day="2026-12-24")
    await desk.run("review.defer", {"items": [item], "until": "2026-11-26", "reason": "waits for parts"})
    desk.at(25, "09:00")
    assert not (await desk.matter(item)).open
    desk.at(26, "09:00")
    assert (await desk.matter(item)).open
    await desk.run("review.defer", {"items": [item], "until": "2026-11-27", "reason": "still none"}, "zhao")


async def test_taken_back_a_matter_is_as_open_as_before(desk: Desk) -> None:
    item = await desk.add()
    await desk.run("review.delegate", {"items": [item], "to": "li"})
    desk.later(minutes=1)
    await desk.run("review.defer", {"items": [item], "until": "tomorrow", "reason": "later"})
    assert {desk.host.actions[f"review.{name}"].inverse for name in ("defer", "delegate")} == {"review.recall"}
    desk.later(minutes=1)
    await desk.run("review.recall", {"items": [item]}, "zhao")
    matter = await desk.matter(item)
    assert not matter.deferred
    assert matter.delegated
    assert await desk.ids("li") == [item]
    desk.later(minutes=1)
    await desk.run("review.recall", {"items": [item]})
    assert (await desk.matter(item)).open
    with pytest.raises(Refusal):
        await desk.run("review.recall", {"items": [item]})


async def test_the_same_note_is_kept_once(desk: Desk) -> None:
    item = await desk.add()
    for _ in range(2):
        await desk.run("review.note", {"items": [item], "note": "nobody answers"})
    await desk.run("review.note", {"items": [item], "note": "nobody answers"}, "zhao")
    assert await words(desk, "noted") == [("wang", "nobody answers"), ("zhao", "nobody answers")]


async def test_a_delegated_matter_stands_in_the_delegate_s_today_with_who_gave_it(desk: Desk) -> None:
    item = await desk.add()
    await desk.run("review.delegate", {"items": [item], "to": "li", "note": "please call"})
    assert await desk.ids("li") == [item]
    assert await desk.ids("sun") == []
    matter = await desk.matter(item, "li")
    assert matter.became and "王芳" in desk.say(matter.became)
    assert not (await desk.matter(item)).open  # decided, for the day
    desk.at(25, "09:00")
    assert await desk.ids("li") == [item]
    assert (await desk.matter(item)).open  # the next day the sign-off asks again


async def test_the_delegate_hands_back_and_nobody_else(desk: Desk) -> None:
    item = await desk.add(person="sun")
    await desk.run("review.read", {"items": [item]})
    desk.later(minutes=1)
    await desk.run("review.delegate", {"items": [item], "to": "li"})
    with pytest.raises(Refusal):
        await desk.run("review.hand_back", {"items": [item], "note": "not mine"}, "sun")
    desk.later(minutes=1)
    await desk.run("review.hand_back", {"items": [item], "note": "I am off sick"}, "li")
    assert await desk.ids("li") == []
    matter = await desk.matter(item)
    assert matter.open
    assert not matter.read
    assert [note.note for note in matter.notes] == ["I am off sick"]
    await desk.run("review.read", {"items": [item]})
    assert (await desk.matter(item)).read


async def test_nothing_is_given_to_somebody_who_has_left(desk: Desk) -> None:
    item = await desk.add()
    await desk.run("people.leave", {"left_on": "2026-11-20"}, target=["li"])
    for action, raw in (
        ("delegate", {"items": [item], "to": "li"}),
        ("ask", {"items": [item], "person": "li", "question": "where?"}),
        ("add", {"text": "x", "day": "today", "person": "li"}),
    ):
        with pytest.raises(Refusal) as refused:
            await desk.run(f"review.{action}", raw)
        assert refused.value.text.id == "review.refusal.gone"


async def test_a_member_s_today_is_what_names_them_and_what_was_delegated_to_them(desk: Desk) -> None:
    await desk.run("people.grant_role", {"role": "supervisor", "last_day": "2026-11-26"}, target=["sun"])
    (item,) = await desk.ids("sun")
    assert item.startswith("people.role_ends:")
    assert await desk.ids("li") == []
    await desk.run("review.delegate", {"items": [item], "to": "li"})
    assert await desk.ids("li") == [item]
    await desk.run("review.note", {"items": [item], "note": "asked her"}, "li")
    assert [note.by_name for note in (await desk.matter(item)).notes] == ["李强"]
    await desk.run("review.delegate", {"items": [item], "to": "zhao"})
    assert await desk.ids("li") == []


async def test_the_store_itself_holds_one_reading_a_day(desk: Desk) -> None:
    item = await desk.add()
    await desk.run("review.read", {"items": [item]})

    async def again() -> None:
        word = await Disposition.get(kind="read")
        await Disposition.create(
            item=word.item, day=word.day, kind=word.kind, by_login="zhao", by_name="赵敏", at=word.at
        )

    with pytest.raises(IntegrityError):
        await desk.host.call(again())
