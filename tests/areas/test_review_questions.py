"""Questions about a matter: put before who is asked, answered, back at the matter."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from review_desk import Desk, review_desk

from cstui.contract.errors import BadInput, NotPermitted, Refusal
from cstui.timeline import timeline


@pytest_asyncio.fixture
async def desk(tmp_path: Path, template: Path) -> AsyncIterator[Desk]:
    async with review_desk(tmp_path, template) as opened:
        yield opened


async def ask(desk: Desk, item: str, **more: str) -> int:
    outcome = await desk.run("review.ask", {"items": [item], "person": "li", "question": "Who has the key?", **more})
    desk.later(minutes=1)
    assert outcome.text
    return int((await desk.ids("li"))[-1].split(":")[1])


async def test_who_is_asked_sees_by_whom_and_what_and_the_asker_has_the_answer_at_the_matter(desk: Desk) -> None:
    item = await desk.add("Lift door")
    pk = await ask(desk, item)
    question = (await desk.matter("review.question", "li")).item
    assert all(word in desk.say(question.title) for word in ("王芳", "Lift door", "Who has the key?"))
    assert question.actions == ("review.answer",)
    asked = await desk.matter(item)
    assert asked.read  # it waits for the answer
    assert await desk.ids("sun") == []
    await desk.run("review.answer", {"answer": "Sun has it"}, "li", target=[pk])
    assert await desk.ids("li") == []
    back = await desk.matter(item)
    assert back.open
    assert back.became and "Sun has it" in desk.say(back.became)
    assert await desk.ids() == [item]  # the answer isn't a second matter
    desk.later(minutes=1)
    await desk.run("review.read", {"items": [item]})
    assert (await desk.matter(item)).read
    assert [one.answer for one in (await desk.matter(item)).questions] == ["Sun has it"]


async def test_its_history_tells_the_matter_in_words(desk: Desk) -> None:
    pk = await ask(desk, await desk.add("Lift door"))
    ctx = await desk.host.context(await desk.host.actor("wang"))
    register = desk.host.registers["review.questions"]
    events, _ = await desk.host.call(timeline(desk.host, ctx, register, pk))
    told = [desk.host.words.value(one.after, "en", desk.host.zone) for e in events for c in e.changes
            for one in c.differences]  # fmt: skip
    assert any("Lift door" in one for one in told)
    assert not any("{" in one for one in told), told


async def test_an_answer_about_what_was_settled_meanwhile_is_told_on_its_own(desk: Desk) -> None:
    item = await desk.add("Lift door")
    pk = await ask(desk, item)
    await desk.run("review.finish", target=[int(item.split(":")[1])])
    await desk.run("review.answer", {"answer": "Sun has it"}, "li", target=[pk])
    answer = (await desk.matter("review.answer")).item
    assert all(word in desk.say(answer.title) for word in ("李强", "Lift door", "Sun has it"))
    assert await desk.ids("zhao") == []
    await desk.run("review.close_question", target=[pk])
    assert await desk.ids() == []


async def test_only_who_was_asked_answers_and_once(desk: Desk) -> None:
    pk = await ask(desk, await desk.add())
    with pytest.raises(NotPermitted):
        await desk.run("review.answer", {"answer": "I do"}, "zhao", target=[pk])
    with pytest.raises(BadInput):  # doesn't even see it
        await desk.run("review.answer", {"answer": "I do"}, "sun", target=[pk])
    await desk.run("review.answer", {"answer": "me"}, "li", target=[pk])
    with pytest.raises(Refusal) as refused:
        await desk.run("review.answer", {"answer": "no, not me"}, "li", target=[pk])
    assert "me" in desk.say(refused.value.text)


async def test_a_question_can_be_withdrawn(desk: Desk) -> None:
    item = await desk.add()
    pk = await ask(desk, item)
    with pytest.raises(NotPermitted):
        await desk.run("review.close_question", login="li", target=[pk])
    await desk.run("review.close_question", target=[pk])
    assert await desk.ids("li") == []
    assert (await desk.matter(item)).questions == ()
    with pytest.raises(Refusal):
        await desk.run("review.answer", {"answer": "too late"}, "li", target=[pk])


async def test_the_same_question_is_put_once_and_nobody_asks_themselves(desk: Desk) -> None:
    item = await desk.add()
    await ask(desk, item)
    again = await desk.run("review.ask", {"items": [item], "person": "li", "question": "Who has the key?"})
    assert [note.id for note in again.notes] == ["review.note.as_before"]
    assert len(await desk.ids("li")) == 1
    with pytest.raises(Refusal):
        await desk.run("review.ask", {"items": [item], "person": "wang", "question": "Who am I?"})
    with pytest.raises(NotPermitted):
        await desk.run("review.ask", {"items": [item], "person": "sun", "question": "Who?"}, "li")


async def test_a_question_can_t_be_delegated(desk: Desk) -> None:
    item = await desk.add()
    await desk.run("review.ask", {"items": [item], "person": "zhao", "question": "Who has the key?"})
    question = (await desk.matter("review.question", "zhao")).item.id
    with pytest.raises(Refusal) as refused:
        await desk.run("review.delegate", {"items": [question], "to": "li"}, "zhao")
    assert refused.value.text.id == "review.refusal.personal"
