"""What somebody says of a matter: read, noted, deferred, delegated, handed back, taken back.

Within a day a matter has one deferral and one delegation: one's own may be changed, of another's the second is told.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

from pydantic import Field

from cstui.api import Action, Context, Day, DueItem, Input, Ref, Refusal, Text, Words
from cstui.people import Staff, is_gone
from cstui.review.models import Disposition, Kind, Question
from cstui.review.said import Said, reading_kind, said_of

EMERGENCIES = "approvals.overrides"
NoteText = Annotated[Words, Field(max_length=500)]


class Items(Input):
    items: list[str]


class Defer(Items):
    until: Day
    reason: NoteText


class Delegate(Items):
    to: Annotated[Staff, Ref("people.staff")]
    note: NoteText = ""


class Note(Items):
    note: NoteText


async def due_now(ctx: Context, item_ids: Sequence[str]) -> list[DueItem]:
    """The items, if they are due now and this actor's business. Raises Refusal."""
    if ctx.may("review.all"):
        due = {item.id: item for item in await ctx.services.due(ctx)}
    else:
        due = {matter.item.id: matter.item for matter in (await ctx.services.review(ctx)).to_sign}
    for item_id in item_ids:
        if item_id not in due:
            raise Refusal("review.refusal.not_due", field="items", value=item_id)
    return [due[item_id] for item_id in dict.fromkeys(item_ids)]


def titles(items: Sequence[DueItem]) -> Text:
    """The title of one matter, or how many they are."""
    return items[0].title if len(items) == 1 else Text("review.value.matters", count=len(items))


def named(ctx: Context) -> dict[str, Any]:
    """Who says it, and when."""
    return {"by_login": ctx.actor.login, "by_name": ctx.actor.name or ctx.actor.login, "at": ctx.now}


def here(ctx: Context, person: Staff, field: str) -> None:
    """Refuse somebody who has left."""
    if is_gone(person, ctx.today):
        raise Refusal("review.refusal.gone", field=field, value=person.name)


async def _say(ctx: Context, item: DueItem, kind: Kind, **more: Any) -> None:
    await Disposition.create(item=item.id, day=ctx.today, kind=kind, **named(ctx), **more)


async def _change(ctx: Context, word: Disposition, **more: Any) -> bool:
    """Say a word of today anew; whether it is another one."""
    if all(getattr(word, name) == value for name, value in more.items()):
        ctx.notes.append(Text("review.note.as_before"))
        return False
    for name, value in {**more, **named(ctx)}.items():
        setattr(word, name, value)
    await word.save()
    return True


async def mark_read(ctx: Context, items: Sequence[DueItem], said: dict[str, Said]) -> list[Disposition]:
    """Mark matters read that aren't; the marks of those that were."""
    before = []
    for item in items:
        known = said.get(item.id, Said())
        if known.reading:
            before.append(known.reading)
        elif known.mark:
            await _change(ctx, known.mark, at=ctx.now)
        else:
            await _say(ctx, item, reading_kind(ctx))
    return before


async def read(ctx: Context, data: Items) -> Text | None:
    """Mark matters read; an answer to one's own question has then been taken."""
    items = await due_now(ctx, data.items)
    before = await mark_read(ctx, items, await said_of(ctx, [item.id for item in items]))
    names = sorted({word.by_name for word in before if word.by_login != ctx.actor.login})
    if names:
        ctx.notes.append(Text("review.note.read_before", count=len(before), names=names))
    taken = Question.filter(item__in=data.items, by_login=ctx.actor.login, answered_at__isnull=False, closed_at=None)
    for question in await taken:
        question.closed_at = ctx.now
        await question.save(update_fields=["closed_at"])
    return Text("review.done.read", count=len(items))


async def unread(ctx: Context, data: Items) -> Text | None:
    """Take today's reading back; one's own where one doesn't answer for the whole queue."""
    kind = reading_kind(ctx)
    words = Disposition.filter(day=ctx.today, kind=kind, item__in=data.items)
    if kind is Kind.SEEN:
        words = words.filter(by_login=ctx.actor.login)
    return Text("review.done.unread", count=await words.delete())


async def defer(ctx: Context, data: Defer) -> Text | None:
    """Put matters off to a later day, for a reason; an emergency only who could settle it."""
    items = await due_now(ctx, data.items)
    if data.until <= ctx.today:
        raise Refusal("review.refusal.not_later", field="until", value=data.until)
    for item in items:
        if item.register == EMERGENCIES and not item.mine:
            raise Refusal("review.refusal.own_emergency", field="items", value=item.title)
    said = await said_of(ctx, data.items)
    for item in items:
        word = said.get(item.id, Said()).deferred
        if word is None or word.day < ctx.today:
            await _say(ctx, item, Kind.DEFERRED, until=data.until, note=data.reason)
        elif word.by_login == ctx.actor.login:
            await _change(ctx, word, until=data.until, note=data.reason)
        else:
            raise Refusal(
                "review.refusal.already_deferred", field="items", value=item.title, name=word.by_name, at=word.at,
                until=word.until,
            )  # fmt: skip
    return Text("review.done.deferred", item=titles(items), until=data.until)


async def delegate(ctx: Context, data: Delegate) -> Text | None:
    """Give matters to somebody, in whose Today they stand until settled, handed back or taken back."""
    items = await due_now(ctx, data.items)
    here(ctx, data.to, "to")
    for item in items:
        if item.register == "review.questions":
            raise Refusal("review.refusal.personal", field="items", value=item.title)
        if item.register == EMERGENCIES and item.person_id == data.to.pk:
            raise Refusal("review.refusal.own_emergency", field="to", value=item.title)
    said = await said_of(ctx, data.items)
    for item in items:
        word = said.get(item.id, Said()).delegated
        if word is None or word.day < ctx.today:
            await _say(ctx, item, Kind.DELEGATED, to=data.to, note=data.note)
        elif word.by_login == ctx.actor.login:
            await _change(ctx, word, to=data.to, note=data.note)
        else:
            raise Refusal(
                "review.refusal.already_delegated", field="items", value=item.title, name=word.by_name, at=word.at,
                to=word.to.name if word.to else "",
            )  # fmt: skip
    return Text("review.done.delegated", item=titles(items), person=data.to.name)


async def note(ctx: Context, data: Note) -> Text | None:
    items = await due_now(ctx, data.items)
    said = await said_of(ctx, data.items)
    for item in items:
        mine = [one for one in said.get(item.id, Said()).notes if one.by_login == ctx.actor.login]
        if any(one.kind == Kind.NOTED and one.day == ctx.today and one.note == data.note for one in mine):
            ctx.notes.append(Text("review.note.as_before"))
        else:
            await _say(ctx, item, Kind.NOTED, note=data.note)
    return Text("review.done.noted", item=titles(items))


async def hand_back(ctx: Context, data: Note) -> Text | None:
    """Give back what was delegated to oneself, with a word why; the matter is the supervisor's again."""
    items = await due_now(ctx, data.items)
    said = await said_of(ctx, data.items)
    for item in items:
        word = said.get(item.id, Said()).delegated
        if word is None or ctx.actor.staff_id is None or word.to_id != ctx.actor.staff_id:
            raise Refusal("review.refusal.not_delegated_to_you", field="items", value=item.title)
        await _say(ctx, item, Kind.RETURNED, note=data.note)
    return Text("review.done.handed_back", item=titles(items))


async def recall(ctx: Context, data: Items) -> Text | None:
    """Take the last deferral or delegation back: the matter is as open as before it."""
    items = await due_now(ctx, data.items)
    said = await said_of(ctx, data.items)
    for item in items:
        word = said.get(item.id, Said())
        deferred, delegated = word.deferred, word.delegated
        if delegated and (deferred is None or delegated.at >= deferred.at):
            await _say(ctx, item, Kind.RECALLED, to=delegated.to)
        elif deferred:
            await _say(ctx, item, Kind.RECALLED, until=deferred.until)
        else:
            raise Refusal("review.refusal.nothing_to_recall", field="items", value=item.title)
    return Text("review.done.recalled", item=titles(items))


ACTIONS = (
    Action("review.read", run=read, needs="review.look", input=Items, hidden=True, inverse="review.unread"),
    Action("review.unread", run=unread, needs="review.look", input=Items, hidden=True, inverse="review.read"),
    Action("review.defer", run=defer, needs="review.all", input=Defer, hidden=True, inverse="review.recall"),
    Action("review.delegate", run=delegate, needs="review.all", input=Delegate, hidden=True, inverse="review.recall"),
    Action("review.recall", run=recall, needs="review.all", input=Items, hidden=True),
    Action("review.note", run=note, needs="review.look", input=Note, hidden=True),
    Action("review.hand_back", run=hand_back, needs="review.look", input=Note, hidden=True),
)
