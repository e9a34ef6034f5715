"""The daily review at the command line: show it, decide a matter, sign the day off."""

from __future__ import annotations

import difflib
from datetime import date
from typing import TYPE_CHECKING, Any

from cstui.cli.action import find_action, form_of, perform, word
from cstui.cli.options import complete, parse
from cstui.contract.errors import BadInput

if TYPE_CHECKING:
    from cstui.cli.call import Call
    from cstui.contract.context import Actor, Context
    from cstui.contract.declare import DueItem
    from cstui.host import Host
    from cstui.review import Matter, Review

OWN = ("read", "defer", "delegate", "note")
"""The host's own answers to a matter, beside the actions that its area offers."""


def day_of(words: str | None, ctx: Context) -> date:
    """--day as a date, or today. Raises BadInput."""
    if not words:
        return ctx.today
    from pydantic import TypeAdapter, ValidationError

    from cstui.contract.inputs import Day

    try:
        day: date = TypeAdapter(Day).validate_python(words, context={"today": ctx.today, "zone": ctx.zone})
    except ValidationError as error:
        raise BadInput("cli.usage.day", field="day", value=words) from error
    return day


def show(call: Call) -> int:
    """`cstui review`: {"day", "items": [{"id", "area", "severity", "title", "due", "rule", "actions"}…]}."""

    async def act(host: Host, actor: Actor) -> int:
        from cstui import review

        ctx = await host.context(actor)
        day = day_of(call.given.get("day"), ctx)
        if day == ctx.today:
            today = await review.collect(host, actor)
        else:
            today = await _of_day(host, actor, ctx, day)
        talk = call.talk
        if talk.json:
            talk.document(
                {
                    "day": day,
                    "items": [_as_json(call, ctx, matter) for matter in today.matters],
                    "unknown": [{"area": area, "reason": _said(call, reason)} for area, reason in today.unknown],
                    "unsigned": list(today.unsigned),
                    "signed": today.signed is not None,
                }
            )
            return 0
        if today.matters:
            talk.table(
                [
                    talk.say(f"cli.review.{name}")
                    for name in ("severity", "area", "title", "person", "due", "state", "id")
                ],
                [_row(call, ctx, matter) for matter in today.matters],
            )
        else:
            talk.tell(talk.say("cli.review.nothing"))
        for area, reason in today.unknown:
            talk.data(talk.say("cli.review.unknown", area=talk.say(f"{area}.title"), reason=_said(call, reason)))
        return 0

    return call.on_host(act)


async def _of_day(host: Host, actor: Actor, ctx: Context, day: date) -> Review:
    """A past day as it stood at its end; what a coming day will bring, as far as is known."""
    from cstui.review.collect import review_of
    from cstui.store.past import past

    if day > ctx.today:
        return await host.call(review_of(host, await host.context(actor, ctx.moment(day, 9 * 60))))
    end = ctx.moment(day, 24 * 60 - 1)
    async with past(host, end):
        return await review_of(host, await host.context(actor, end))


def _said(call: Call, reason: Any) -> str:
    return reason if isinstance(reason, str) else call.talk.say(reason)


def _row(call: Call, ctx: Context, matter: Matter) -> list[str]:
    item: DueItem = matter.item
    talk = call.talk
    return [
        talk.say(f"cli.severity.{item.severity}"),
        talk.say(f"{item.area}.title"),
        talk.say(item.title, zone=ctx.zone),
        item.person,
        talk.value(item.due, ctx.zone),
        talk.say(item.state, zone=ctx.zone) if item.state else "",
        item.id,
    ]


def _as_json(call: Call, ctx: Context, matter: Matter) -> dict[str, Any]:
    item: DueItem = matter.item
    return {
        "id": item.id,
        "area": item.area,
        "severity": item.severity,
        "title": call.talk.say(item.title, zone=ctx.zone),
        "due": item.due,
        "rule": item.rule,
        "actions": list(item.actions),
        "person": item.person,
        "state": call.talk.say(item.state, zone=ctx.zone) if item.state else None,
        "register": item.register,
        "records": list(item.records),
        "read": bool(matter.read),
    }


def decide(call: Call) -> int:
    """`cstui review decide ITEM ACTION --field VALUE…`: an action the item offers, or read, defer, delegate, note."""

    async def act(host: Host, actor: Actor) -> int:
        from cstui import review

        words = call.rest
        if len(words) < 2:
            raise BadInput("cli.usage.missing", missing="ITEM, ACTION")
        today = await review.collect(host, actor)
        items = {matter.item.id: matter.item for matter in today.matters}
        item = items.get(words[0])
        if item is None:
            near = difflib.get_close_matches(words[0], items, 3, 0.5)
            raise BadInput("cli.review.no_item", value=words[0], near=", ".join(near) or "—")
        name = words[1].replace("-", "_")
        if name in OWN:
            action = host.actions[f"review.{name}"]
            form = form_of(action, host.registers, target=False)
            given, _ = parse([*words[2:], "--items", item.id], form)
            complete(given, form)
            return await perform(call, host, actor, action, given, [])
        offered = [host.actions[one] for one in item.actions if one in host.actions]
        found = next((one for one in offered if words[1] in (one.id, one.name, word(one))), None)
        if found is None:
            raise BadInput(
                "cli.review.not_offered", value=words[1], near=", ".join([*OWN, *(one.id for one in offered)])
            )
        form = form_of(found, host.registers, target=False)
        given, _ = parse(words[2:], form)
        complete(given, form)
        return await perform(call, host, actor, found, given, list(item.records))

    return call.on_host(act)


def sign_off(call: Call) -> int:
    """`cstui review sign-off [--day D]`."""

    async def act(host: Host, actor: Actor) -> int:
        action = find_action(host.actions, "review", "sign_off")
        form = form_of(action, host.registers, target=False)
        given, _ = parse(call.rest, form)
        complete(given, form)
        return await perform(call, host, actor, action, given, [])

    return call.on_host(act)
