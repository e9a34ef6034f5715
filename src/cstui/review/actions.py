"""What a supervisor says of a matter, and the sign-off."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Annotated, Any

from cstui.api import Action, Context, Day, DueItem, Input, Line, Ref, Refusal, Text, Words
from cstui.contract.text import pack
from cstui.people import Staff
from cstui.review.models import Disposition, Kind, SignOff


class Read(Input):
    items: list[str]


class Defer(Input):
    items: list[str]
    until: Day
    reason: Words


class Delegate(Input):
    items: list[str]
    to: Annotated[Staff, Ref("people.staff")]
    note: Words = ""


class Note(Input):
    items: list[str]
    note: Words


class Sign(Input):
    day: Day | None = None
    note: Line = ""


async def _due(ctx: Context, item_ids: Sequence[str]) -> list[DueItem]:
    """The items, if they are due now. Raises Refusal."""
    due = {item.id: item for item in await ctx.services.due(ctx)}
    for item_id in item_ids:
        if item_id not in due:
            raise Refusal("review.refusal.not_due", field="item", value=item_id)
    return [due[item_id] for item_id in dict.fromkeys(item_ids)]


def _titles(items: Sequence[DueItem]) -> Text:
    """The title of one matter, or how many they are."""
    return items[0].title if len(items) == 1 else Text("review.value.matters", count=len(items))


async def _say(ctx: Context, item: str, kind: str, **more: Any) -> Disposition:
    return await Disposition.create(
        item=item,
        day=ctx.today,
        kind=kind,
        by_login=ctx.actor.login,
        by_name=ctx.actor.name or ctx.actor.login,
        at=ctx.now,
        **more,
    )


async def read(ctx: Context, data: Read) -> Text | None:
    items = await _due(ctx, data.items)
    already = {word.item for word in await Disposition.filter(day=ctx.today, kind=Kind.READ)}
    for item in items:
        if item.id not in already:
            await _say(ctx, item.id, "read")
    return Text("review.done.read", count=len(data.items))


async def unread(ctx: Context, data: Read) -> Text | None:
    await Disposition.filter(day=ctx.today, kind="read", item__in=data.items, by_login=ctx.actor.login).delete()
    return Text("review.done.unread", count=len(data.items))


async def defer(ctx: Context, data: Defer) -> Text | None:
    items = await _due(ctx, data.items)
    if data.until <= ctx.today:
        raise Refusal("review.refusal.not_later", field="until", value=data.until)
    for item in items:
        await _say(ctx, item.id, "deferred", until=data.until, note=data.reason)
    return Text("review.done.deferred", item=_titles(items), until=data.until)


async def delegate(ctx: Context, data: Delegate) -> Text | None:
    items = await _due(ctx, data.items)
    for item in items:
        await _say(ctx, item.id, "delegated", to=data.to, note=data.note)
    return Text("review.done.delegated", item=_titles(items), person=data.to.name)


async def note(ctx: Context, data: Note) -> Text | None:
    items = await _due(ctx, data.items)
    for item in items:
        await _say(ctx, item.id, "noted", note=data.note)
    return Text("review.done.noted", item=_titles(items))


async def sign(ctx: Context, data: Sign) -> Text | None:
    """Sign a day off. Today needs every critical matter decided and the others read; a past day says it is late."""
    day = data.day or ctx.today
    if day > ctx.today:
        raise Refusal("review.refusal.future", field="day", value=day)
    if await SignOff.exists(day=day):
        raise Refusal("review.refusal.already_signed", field="day", value=day)
    review = await ctx.services.review(ctx)
    if day == ctx.today:
        if review.open:
            critical = sum(matter.item.severity == "critical" for matter in review.open)
            raise Refusal("review.refusal.still_open", field="day", value=day, critical=critical, left=len(review.open))
        matters = [_line(matter) for matter in review.matters if matter.item.area != "review"]
    else:
        if day not in review.unsigned:
            raise Refusal("review.refusal.not_unsigned", field="day", value=day)
        matters = [
            {"item": word.item, "how": word.kind, "note": word.note}
            for word in await Disposition.filter(day=day).order_by("id")
        ]
    statement = {
        "site": ctx.site,
        "day": day.isoformat(),
        "matters": matters,
        "unknown": [[area, pack(why)] for area, why in review.unknown],
        "acts": await ctx.services.acts(ctx, day),
    }
    await SignOff.create(
        day=day,
        by_login=ctx.actor.login,
        by_name=ctx.actor.name or ctx.actor.login,
        at=ctx.now,
        late=day < ctx.today,
        note=data.note,
        statement=json.dumps(statement, ensure_ascii=False),
        checkpoint=(await ctx.services.checkpoint(ctx)).line(),
    )
    return Text("review.done.signed_late" if day < ctx.today else "review.done.signed", day=day, count=len(matters))


def _line(matter: Any) -> dict[str, Any]:
    item = matter.item
    how = "read"
    note = ""
    if matter.settled_by:
        how, note = "decided", matter.settled_by
    elif matter.deferred:
        how, note = "deferred", f"{matter.deferred.until} {matter.deferred.note}"
    elif matter.delegated:
        how, note = "delegated", matter.delegated.note
    return {
        "item": item.id,
        "area": item.area,
        "severity": item.severity,
        "title": pack(item.title),
        "person": item.person,
        "rule": item.rule,
        "how": how,
        "note": note,
    }


ACTIONS = (
    Action("review.read", run=read, needs="review.look", input=Read, hidden=True, inverse="review.unread"),
    Action("review.unread", run=unread, needs="review.look", input=Read, hidden=True),
    Action("review.defer", run=defer, needs="review.all", input=Defer, hidden=True),
    Action("review.delegate", run=delegate, needs="review.all", input=Delegate, hidden=True),
    Action("review.note", run=note, needs="review.look", input=Note, hidden=True),
    Action("review.sign_off", run=sign, needs="review.sign_off", input=Sign, hidden=True),
)
