"""Questions about a matter (询问): asked, answered, the answer taken."""

from __future__ import annotations

import json
from typing import Annotated, Any

from pydantic import Field
from tortoise.expressions import Q

from cstui.api import Action, Column, Context, DueItem, Input, Ref, Refusal, Register, Text
from cstui.contract.errors import NotPermitted
from cstui.contract.text import pack
from cstui.people import Staff
from cstui.review.dispositions import Items, NoteText, due_now, here, mark_read, named, titles
from cstui.review.models import Question
from cstui.review.said import said_of


class Ask(Items):
    person: Annotated[Staff, Ref("people.staff")]
    question: Annotated[NoteText, Field(min_length=1)]


class Answer(Input):
    answer: Annotated[NoteText, Field(min_length=1)]


def visible(ctx: Context) -> Any:
    """Those one asked or is asked; all where one answers for the whole queue."""
    rows = Question.all().select_related("person")
    if ctx.may("review.all"):
        return rows
    mine = Q(by_login=ctx.actor.login)
    if ctx.actor.staff_id is not None:
        mine |= Q(person_id=ctx.actor.staff_id)
    return rows.filter(mine)


async def ask(ctx: Context, data: Ask) -> Text:
    """Ask somebody about matters: they are read thereby, and come back with the answer."""
    items = await due_now(ctx, data.items)
    here(ctx, data.person, "person")
    if data.person.pk == ctx.actor.staff_id:
        raise Refusal("review.refusal.ask_oneself", field="person", value=data.person.name)
    said = await said_of(ctx, data.items)
    for item in items:
        asked = said[item.id].questions if item.id in said else ()
        if any(one.question == data.question and one.person_id == data.person.pk and not one.answered_at
               for one in asked):  # fmt: skip
            ctx.notes.append(Text("review.note.as_before"))
            continue
        title = json.dumps(pack(item.title), ensure_ascii=False)
        await Question.create(item=item.id, title=title, question=data.question, person=data.person, **named(ctx))
    await mark_read(ctx, items, said)
    return Text("review.done.asked", item=titles(items), person=data.person.name)


async def answer(ctx: Context, question: Question, data: Answer) -> Text:
    """The answer of who was asked, and of nobody else."""
    if ctx.actor.staff_id is None or question.person_id != ctx.actor.staff_id:
        raise NotPermitted("review.refusal.not_asked", field="question", value=question.person.name)
    if (told := await _answered(ctx, question)) is not None:
        raise Refusal(told.id, field="question", **told.args)
    question.answer, question.answered_at = data.answer, ctx.now
    await question.save(update_fields=["answer", "answered_at"])
    return Text("review.done.answered", name=question.by_name)


async def close(ctx: Context, question: Question, data: None) -> Text:
    """The asker has taken the answer, or doesn't ask any more."""
    if question.by_login != ctx.actor.login and not ctx.may("review.all"):
        raise NotPermitted("review.refusal.not_asker", field="question", value=question.by_name)
    if question.closed_at:
        raise Refusal("review.refusal.question_closed", field="question", value=question.question)
    question.closed_at = ctx.now
    await question.save(update_fields=["closed_at"])
    return Text("review.done.answer_taken" if question.answered_at else "review.done.withdrawn", item=question.told)


async def _answered(ctx: Context, question: Question) -> Text | None:
    if question.answered_at:
        return Text("review.refusal.answered", value=question.answer, at=question.answered_at)
    return await _closed(ctx, question)


async def _closed(ctx: Context, question: Question) -> Text | None:
    return Text("review.refusal.question_closed", value=question.question) if question.closed_at else None


async def due(ctx: Context) -> list[DueItem]:
    """What one is asked, and the answers one hasn't taken yet."""
    open_ones = Question.filter(closed_at=None).select_related("person").order_by("at", "id")
    mine = Q(by_login=ctx.actor.login, answered_at__isnull=False)
    if ctx.actor.staff_id is not None:
        mine |= Q(person_id=ctx.actor.staff_id, answered_at=None)
    return [_answer_of(one) if one.answered_at else _asked(one) for one in await open_ones.filter(mine)]


def _asked(question: Question) -> DueItem:
    return DueItem(
        f"review.question:{question.pk}",
        "warning",
        Text("review.due.asked", name=question.by_name, item=question.told, question=question.question),
        person=question.person.name,
        person_id=question.person_id,
        due=question.at,
        state=Text("review.due.to_answer"),
        register="review.questions",
        records=(question.pk,),
        actions=("review.answer",),
    )


def _answer_of(question: Question) -> DueItem:
    """Shown where its matter isn't in the queue any more; else the answer stands at the matter."""
    return DueItem(
        f"review.answer:{question.pk}",
        "info",
        Text("review.due.answered", person=question.person.name, item=question.told, answer=question.answer),
        person=question.by_name,
        due=question.answered_at,
        state=Text("review.due.to_take"),
        register="review.questions",
        records=(question.pk,),
        actions=("review.close_question",),
    )


REGISTER = Register(
    "review.questions",
    model=Question,
    noun="question",
    natural_key=("id",),
    query=visible,
    columns=(
        Column("at", width=16, sort="at"),
        Column("matter", value=lambda ctx, row: row.told, width=24),
        Column("question", width=24),
        Column("person", value="person.name", width=10),
        Column("answer", width=24),
        Column("answered_at", width=16, narrow=False),
        Column("by_name", width=10, narrow=False),
        Column("closed_at", width=16, narrow=False),
    ),
    needs="review.look",
)
ACTIONS = (
    Action("review.ask", run=ask, needs="review.all", input=Ask, hidden=True),
    Action("review.answer", run=answer, needs="review.look", input=Answer, target="row", register="review.questions",
           mnemonic="a", blocked=_answered),
    Action("review.close_question", run=close, needs="review.look", target="row", register="review.questions",
           mnemonic="e", blocked=_closed),
)  # fmt: skip
