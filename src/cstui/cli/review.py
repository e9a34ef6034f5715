"""The daily review at the command line: show it, decide a matter, sign the day off."""

from __future__ import annotations

import difflib
from datetime import date
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from cstui.cli.action import form_of, perform, word
from cstui.cli.options import complete, parse
from cstui.contract.errors import BadInput

if TYPE_CHECKING:
    from cstui.cli.call import Call
    from cstui.contract.context import Actor, Context
    from cstui.contract.declare import DueItem
    from cstui.host import Host
    from cstui.review import Matter, Review, Settled

OWN = ("read", "unread", "defer", "delegate", "recall", "note", "ask", "hand_back")
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
                    "since": today.since,
                    "settled": [_settled(call, ctx, one) for one in today.settled],
                    "news": [_settled(call, ctx, one) for one in today.news],
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
        for one in today.settled:
            told = _settled(call, ctx, one)
            talk.data(talk.say("cli.review.settled", title=told["title"], action=told["action"], name=told["by"],
                               at=one.by.at))  # fmt: skip
        for area, reason in today.unknown:
            talk.data(talk.say("cli.review.unknown", area=talk.words.area(area, talk.lang), reason=_said(call, reason)))
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
        "  ".join(talk.say(one, zone=ctx.zone) for one in (item.state, matter.became) if one),
        item.id,
    ]


def _settled(call: Call, ctx: Context, one: Settled) -> dict[str, Any]:
    """A matter that is no longer due: what it was, and what settled it."""
    return {
        "id": one.item.id,
        "title": call.talk.say(one.item.title, zone=ctx.zone),
        "action": call.talk.say(one.by.told),
        "by": one.by.name,
        "at": one.by.at,
    }


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
        "read": matter.read,
        "open": matter.open,
        "new": matter.new,
        "became": call.talk.say(matter.became, zone=ctx.zone) if matter.became else None,
    }


def decide(call: Call) -> int:
    """`cstui review decide ITEM ACTION --field VALUE…`: an action the item offers, or one of OWN."""

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
                "cli.review.not_offered",
                value=words[1],
                near=", ".join([*(one.replace("_", "-") for one in OWN), *(one.id for one in offered)]),
            )
        form = form_of(found, host.registers, target=False)
        given, _ = parse(words[2:], form)
        complete(given, form)
        return await perform(call, host, actor, found, given, list(item.records))

    return call.on_host(act)


def sign_off(call: Call) -> int:
    """`cstui review sign-off [--day D] [--note TEXT]`: with its checkpoint, which is in the file as well."""

    async def act(host: Host, actor: Actor) -> int:
        from cstui import review

        action, given = host.actions["review.sign_off"], call.given
        if "dry_run" in given:
            return await perform(call, host, actor, action, given, [])
        day = day_of(given.get("day"), await host.context(actor))
        outcome, point = await review.sign_off(host, actor, day, given.get("note", ""))
        talk = call.talk
        done, notes = talk.say(outcome.text) if outcome.text else "", [talk.say(note) for note in outcome.notes]
        if talk.json:
            told = {"action": action.id, "text": done, "notes": notes, "entry": outcome.entry, "day": day}
            talk.document({**told, "checkpoint": point.line()})
            return 0
        talk.data(done)
        talk.data(point.line())
        for note in notes:
            talk.tell(note)
        return 0

    return call.on_host(act)


def statement(call: Call) -> int:
    """`cstui review statement FILE [--day D]`: of a signed day, as .md or .xlsx (to print it: review.statement)."""

    async def act(host: Host, actor: Actor) -> int:
        from cstui import review
        from cstui.cli.exporting import save
        from cstui.cli.site import require

        require(actor, "review.all")
        name, ctx = call.given["FILE"], await host.context(actor)
        kind = PurePath(name).suffix.lower()
        if kind not in (".md", ".xlsx"):
            raise BadInput("cli.review.statement_format", field="FILE", value=name)
        day = day_of(call.given.get("day"), ctx)
        told = await review.statement(host, day, call.talk.lang)
        if told is None:
            raise BadInput("cli.review.not_signed", field="day", value=day)
        path = call.file(name)
        save(path, told.xlsx() if kind == ".xlsx" else told.markdown().encode())
        if call.talk.json:
            call.talk.document({"day": day, "file": str(path), "checkpoint": told.checkpoint})
        else:
            call.talk.data(call.talk.say("cli.review.statement", day=day, file=str(path)))
        return 0

    return call.on_host(act)


def sheet(call: Call) -> int:
    """`cstui review sheet FILE`: today's matters by area, as .md, .xlsx, .html (to print) or .txt."""

    async def act(host: Host, actor: Actor) -> int:
        from cstui import review
        from cstui.cli.exporting import save
        from cstui.review.sheet import KINDS

        name = call.given["FILE"]
        kind = PurePath(name).suffix.lower().removeprefix(".")
        if kind not in KINDS:
            raise BadInput("cli.review.sheet_format", field="FILE", value=name)
        told = review.morning(host, await review.collect(host, actor), call.talk.lang)
        path = call.file(name)
        save(path, told.file(host, call.talk.lang, kind))
        if call.talk.json:
            call.talk.document({"file": str(path), "matters": len(told.rows)})
        else:
            call.talk.data(call.talk.say("cli.review.sheet", count=len(told.rows), file=str(path)))
        return 0

    return call.on_host(act)
