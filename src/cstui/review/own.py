"""Matters of one's own (自定事项): entered, moved to another day, done."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Annotated, Any

from pydantic import Field
from tortoise.expressions import Q, RawSQL

from cstui.api import (
    Action,
    Clock,
    Column,
    Context,
    Day,
    DueItem,
    Input,
    Line,
    Ref,
    Refusal,
    Register,
    Text,
    Verbatim,
    utc,
)
from cstui.contract.errors import NotPermitted
from cstui.people import Staff
from cstui.review.dispositions import here, named
from cstui.review.models import Own

DAY = timedelta(days=1)


class Add(Input):
    """`time`: until then; without it until the day ends."""

    text: Annotated[Line, Field(min_length=1)]
    day: Day
    time: Clock | None = None
    person: Annotated[Staff, Ref("people.staff")] | None = None


class Move(Input):
    day: Day
    time: Clock | None = None


GIVEN = (
    "EXISTS (SELECT 1 FROM review_disposition d WHERE d.kind = 'delegated' AND d.to_id = {person} "
    "AND d.item = 'review.own:' || review_own.id AND NOT EXISTS (SELECT 1 FROM review_disposition e "
    "WHERE e.item = d.item AND e.id > d.id AND e.kind IN ('delegated', 'returned', 'recalled') "
    "AND (e.kind <> 'recalled' OR e.to_id IS NOT NULL)))"
)
"""Whether it is delegated to somebody now; see `said`."""


def visible(ctx: Context) -> Any:
    """One's own, those one entered or was given, and where one answers for the whole queue, those of the department."""
    mine = Q(by_login=ctx.actor.login)
    rows = Own.all().select_related("person")
    if ctx.may("review.all"):
        mine |= Q(shared=True)
    if ctx.actor.staff_id is not None:
        rows = rows.annotate(given=RawSQL(GIVEN.format(person=int(ctx.actor.staff_id))))
        mine |= Q(person_id=ctx.actor.staff_id) | Q(given=True)
    return rows.filter(mine)


def _until(ctx: Context, day: date, clock: time | None) -> Any:
    """The moment by which it is to be done. Raises Refusal for one that has passed."""
    at = ctx.moment(day, clock.hour * 60 + clock.minute) if clock else ctx.moment(day + DAY)
    if at <= ctx.now:
        raise Refusal("review.refusal.passed", field="day" if day < ctx.today else "time", value=day, today=ctx.today)
    return utc(at)


def day_of(ctx: Context, own: Own) -> date:
    """The day for which it stands."""
    return (ctx.local(own.due_at) - (timedelta() if own.timed else timedelta(seconds=1))).date()


def _when(ctx: Context, own: Own) -> Any:
    return own.due_at if own.timed else day_of(ctx, own)


async def add(ctx: Context, data: Add) -> Text:
    person_id = data.person.pk if data.person else ctx.actor.staff_id
    if data.person and data.person.pk != ctx.actor.staff_id:
        if not ctx.may("review.all"):
            raise NotPermitted("engine.not_permitted", field="person", value="review.all")
        here(ctx, data.person, "person")
    until = _until(ctx, data.day, data.time)
    again = Own.filter(text=data.text, due_at=until, person_id=person_id, by_login=ctx.actor.login, done_at=None)
    if await again.exists():
        raise Refusal("review.refusal.added_before", field="text", value=data.text)
    made = await Own.create(
        text=data.text, due_at=until, timed=data.time is not None, person_id=person_id, shared=ctx.may("review.all"),
        **named(ctx),
    )  # fmt: skip
    return Text("review.done.added", text=data.text, until=_when(ctx, made))


def _undone(own: Own) -> None:
    if own.done_at:
        raise Refusal("review.refusal.done", field="own", value=own.text, name=own.done_by, at=own.done_at)


async def finish(ctx: Context, own: Own, data: None) -> Text:
    _undone(own)
    own.done_at, own.done_by = ctx.now, ctx.actor.name or ctx.actor.login
    await own.save(update_fields=["done_at", "done_by"])
    return Text("review.done.finished", text=own.text)


async def reopen(ctx: Context, own: Own, data: None) -> Text:
    if not own.done_at:
        raise Refusal("review.refusal.not_done", field="own", value=own.text)
    own.done_at, own.done_by = None, ""
    await own.save(update_fields=["done_at", "done_by"])
    return Text("review.done.reopened", text=own.text)


async def move(ctx: Context, own: Own, data: Move) -> Text:
    _undone(own)
    own.due_at, own.timed = _until(ctx, data.day, data.time), data.time is not None
    await own.save(update_fields=["due_at", "timed"])
    return Text("review.done.moved", text=own.text, until=_when(ctx, own))


async def _is_done(ctx: Context, own: Own) -> Text | None:
    return Text("review.refusal.done", value=own.text, name=own.done_by, at=own.done_at) if own.done_at else None


async def _is_open(ctx: Context, own: Own) -> Text | None:
    return None if own.done_at else Text("review.refusal.not_done", value=own.text)


async def due(ctx: Context) -> list[DueItem]:
    """What isn't done, whenever it is due."""
    return [_item(ctx, own) for own in await visible(ctx).filter(done_at=None).order_by("due_at", "id")]


def _item(ctx: Context, own: Own) -> DueItem:
    late, day = own.due_at <= ctx.now, day_of(ctx, own)
    if late:
        state = Text("review.due.late", late=utc(ctx.now) - utc(own.due_at))
    elif day > ctx.today:
        state = Text("review.due.on", day=day)
    else:
        state = Text("review.due.until", at=own.due_at) if own.timed else Text("review.due.today")
    return DueItem(
        f"review.own:{own.pk}",
        "critical" if late else "warning" if day <= ctx.today else "info",
        Verbatim(own.text),
        person=own.person.name if own.person else own.by_name,
        person_id=own.person_id,
        due=own.due_at,
        state=state,
        register="review.own",
        records=(own.pk,),
        actions=("review.finish", "review.move"),
        proof=(Text("review.proof.added", name=own.by_name, at=own.at, until=_when(ctx, own)),),
    )


REGISTER = Register(
    "review.own",
    model=Own,
    noun="own",
    natural_key=("id",),
    query=visible,
    columns=(
        Column("due", value=_when, width=16, sort="due_at"),
        Column("text", width=30),
        Column("person", value="person.name", width=10),
        Column("done_at", width=16, sort="done_at"),
        Column("done_by", width=10, narrow=False),
        Column("by_name", width=10, narrow=False),
    ),
    sections=(Column("at", width=16),),
    needs="review.look",
)
ACTIONS = (
    Action("review.add", run=add, needs="review.look", input=Add, register="review.own", mnemonic="a"),
    Action("review.finish", run=finish, needs="review.look", target="row", register="review.own", mnemonic="f",
           blocked=_is_done, inverse="review.reopen"),
    Action("review.reopen", run=reopen, needs="review.look", target="row", register="review.own", mnemonic="o",
           blocked=_is_open, inverse="review.finish"),
    Action("review.move", run=move, needs="review.look", input=Move, target="row", register="review.own", mnemonic="m",
           blocked=_is_done),
)  # fmt: skip
