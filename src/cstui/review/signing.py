"""The sign-off (日清): what it needs, and the statement that it leaves."""

from __future__ import annotations

import json
from typing import Any

from cstui.api import Action, Context, Day, Input, Line, Refusal, Text, Verbatim, utc
from cstui.contract.errors import NotPermitted
from cstui.contract.text import pack
from cstui.review.dispositions import named
from cstui.review.models import Disposition, Kind, SignOff
from cstui.review.own import visible


class Sign(Input):
    day: Day | None = None
    note: Line = ""


async def sign(ctx: Context, data: Sign) -> Text | None:
    """Sign a day off, for the whole queue. Today needs every critical matter decided and the others read; a past day
    says it is late."""
    if not ctx.may("review.all"):
        raise NotPermitted("engine.not_permitted", field="day", value="review.all")
    day = data.day or ctx.today
    if day > ctx.today:
        raise Refusal("review.refusal.future", field="day", value=day)
    signed = await SignOff.filter(day=day).first()
    if signed:
        raise Refusal("review.refusal.already_signed_by", field="day", value=day, name=signed.by_name, at=signed.at)
    review = await ctx.services.review(ctx)
    if day == ctx.today:
        if review.open:
            critical = sum(matter.item.severity == "critical" for matter in review.open)
            raise Refusal("review.refusal.still_open", field="day", value=day, critical=critical, left=len(review.open))
        matters = [*map(_line, review.to_sign), *await _own_done(ctx)]
    else:
        if day not in review.unsigned:
            raise Refusal("review.refusal.not_unsigned", field="day", value=day)
        matters = await _said_on(ctx, day, review)
    statement = {
        "site": ctx.site,
        "day": day.isoformat(),
        "matters": matters,
        "unknown": [[area, pack(why)] for area, why in review.unknown],
        "acts": await ctx.services.acts(ctx, day),
    }
    await SignOff.create(
        day=day,
        late=day < ctx.today,
        note=data.note,
        statement=json.dumps(statement, ensure_ascii=False),
        checkpoint=(await ctx.services.checkpoint(ctx)).line(),
        **named(ctx),
    )
    return Text("review.done.signed_late" if day < ctx.today else "review.done.signed", day=day, count=len(matters))


def _line(matter: Any) -> dict[str, Any]:
    """A matter of today in the statement: what it was, what became of it, who said so."""
    word = matter.deferred or matter.delegated
    how = "decided" if matter.settled_by else str(word.kind.value) if word else "read"
    note = matter.became
    if word and word.note:
        note = Text("review.became.said", told=note, note=word.note)
    elif how == "read" and matter.reading and not matter.questions:
        note = Text("review.became.by", name=matter.reading.by_name)
    return _described(matter.item) | {"how": how, "note": pack(note) if note else ""}


async def _own_done(ctx: Context) -> list[dict[str, Any]]:
    """Matters of one's own that were done today: they aren't due any more, and no other area's acts tell of them."""
    done = visible(ctx).filter(done_at__gte=utc(ctx.moment(ctx.today))).order_by("done_at", "id")
    return [
        {
            "item": f"review.own:{own.pk}",
            "area": "review",
            "title": pack(Verbatim(own.text)),
            "person": own.person.name if own.person else own.by_name,
            "how": "decided",
            "note": pack(
                Text("review.became.done", what=Text("review.action.finish"), name=own.done_by, at=own.done_at)
            ),
        }
        for own in await done
    ]


def _described(item: Any) -> dict[str, Any]:
    return {
        "item": item.id,
        "area": item.area,
        "severity": item.severity,
        "title": pack(item.title),
        "person": item.person,
        "rule": item.rule,
    }


async def _said_on(ctx: Context, day: Any, review: Any) -> list[dict[str, Any]]:
    """The words said on a past day; what a matter was is known where it is due still, or by its id."""
    due = {matter.item.id: matter.item for matter in review.matters}
    return [
        (_described(due[word.item]) if word.item in due else {"item": word.item})
        | {"how": str(word.kind.value), "note": pack(_word(word))}
        for word in await Disposition.filter(day=day).exclude(kind=Kind.SEEN).select_related("to").order_by("id")
    ]


def _word(word: Disposition) -> Text:
    """Who said it, and what else."""
    said = Text("review.became.by", name=word.by_name)
    if word.until:
        said = Text("review.became.deferred", until=word.until, name=word.by_name)
    elif word.to:
        said = Text("review.became.delegated", to=word.to.name, name=word.by_name)
    return Text("review.became.said", told=said, note=Verbatim(word.note)) if word.note else said


ACTIONS = (Action("review.sign_off", run=sign, needs="review.sign_off", input=Sign, hidden=True),)
