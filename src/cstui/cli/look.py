"""list and show: registers as tables or JSON, now or as of a moment."""

from __future__ import annotations

import difflib
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from cstui.contract.errors import BadInput
from cstui.contract.text import Text

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from cstui.cli.call import Call
    from cstui.cli.talk import Talk
    from cstui.conditions import Condition
    from cstui.contract.context import Actor, Context
    from cstui.contract.declare import Column, Register
    from cstui.host import Host
    from cstui.journal import Told
    from cstui.registers import Row

PAGE = 500


def list_(call: Call) -> int:
    """`cstui list AREA.REGISTER`."""

    async def act(host: Host, actor: Actor) -> int:
        register = find_register(host, call.given["AREA.REGISTER"])
        limit = whole(call.given.get("limit", "100"), "limit")
        async with at_time(call, host, actor) as ctx:
            rows, more = await rows_of(host, ctx, register, call, limit)
        talk = call.talk
        if talk.json:
            talk.document(
                {"register": register.id, "rows": [_as_json(row, register.columns, talk) for row in rows], "more": more}
            )
            return 0
        if not rows:
            talk.tell(talk.say("cli.look.none"))
            return 0
        area = register.id.split(".")[0]
        columns = register.columns
        talk.table(
            [host.words.label(area, column.name, talk.lang) for column in columns],
            [[talk.value(row.values.get(column.name), ctx.zone, area) for column in columns] for row in rows],
            [column.align == "right" for column in columns],
        )
        if more:
            talk.tell(talk.say("cli.look.more", limit=limit))
        return 0

    return call.on_host(act)


@asynccontextmanager
async def at_time(call: Call, host: Host, actor: Actor) -> AsyncIterator[Context]:
    """A context for the look; with --at, within it everything is as it was then. Raises BadInput."""
    now = await host.context(actor)
    if not (words := call.given.get("at")):
        yield now
        return
    from cstui.store.past import moment_named, past

    moment = moment_named(words, now.now, now.zone)
    if moment is None:
        raise BadInput("cli.usage.moment", field="at", value=words)
    async with past(host, moment):
        yield await host.context(actor, moment)


async def rows_of(host: Host, ctx: Context, register: Register, call: Call, limit: int) -> tuple[list[Row], bool]:
    """The rows that --where, --search and --at leave, at most `limit`; and whether there are more."""
    from cstui import registers

    asked: dict[str, Any] = {"search": call.given.get("search", ""), "conditions": where(host, register, call)}
    rows: list[Row] = []
    after = None
    while True:
        size = min(PAGE, limit - len(rows))
        page = await registers.page(host, ctx, register.id, **asked, after=after, limit=size)
        rows += page.rows
        after = page.next
        if after is None or len(rows) >= limit:
            return rows, after is not None


def where(host: Host, register: Register, call: Call) -> tuple[Condition, ...]:
    """The conditions of `--where state=on_loan --where due<today`. Raises BadInput."""
    from cstui.conditions import one

    return tuple(one(host, register, given) for given in call.given.get("where", []))


def whole(value: str, option: str) -> int:
    """A positive number at the command line. Raises BadInput."""
    if not value.isdecimal() or not int(value):
        raise BadInput("cli.usage.number", value=value, option="--" + option)
    return int(value)


def find_register(host: Host, name: str) -> Register:
    """The register by id. Raises BadInput naming near ones."""
    register = host.registers.get(name.replace("-", "_"))
    if register is None:
        area = name.split(".")[0]
        near = difflib.get_close_matches(name, host.registers, 4, 0.5) or [
            one for one in host.registers if one.startswith(area + ".")
        ]
        raise BadInput("cli.look.no_register", value=name, near=", ".join(near or sorted(host.registers)))
    return register


def show(call: Call) -> int:
    """`cstui show AREA.REGISTER ID [--reveal --purpose TEXT]`: all of a record, and what happened to it."""

    async def act(host: Host, actor: Actor) -> int:
        from cstui import naming, registers
        from cstui.journal import history

        register = find_register(host, call.given["AREA.REGISTER"])
        async with at_time(call, host, actor) as ctx:
            registers.register_of(host, ctx, register.id)
            record = await naming.find(host, ctx, register.id, call.given["ID"])
        full = await revealed(call, host, actor, register, record=record.pk)
        async with at_time(call, host, actor) as ctx:
            if full:
                ctx = replace(ctx, revealed=frozenset({f"{register.id}:{record.pk}"}))
            row = await registers.one(host, ctx, register.id, record.pk)
        entries = [entry for entry in await history(host, register.id, record.pk) if entry.at <= ctx.now]
        talk = call.talk
        columns = (*register.columns, *register.sections)
        if talk.json:
            talk.document(
                {
                    "register": register.id,
                    **_as_json(row, columns, talk),
                    "history": [entry_json(entry, talk) for entry in entries],
                }
            )
            return 0
        area = register.id.split(".")[0]
        talk.table(
            [talk.say(f"{area}.register.{register.id.split('.')[1]}"), call.given["ID"]],
            [
                [
                    host.words.label(area, column.name, talk.lang),
                    talk.value(row.values.get(column.name), ctx.zone, area),
                ]
                for column in columns
            ],
        )
        talk.data()
        for entry in entries:
            talk.data(f"{talk.value(entry.at, ctx.zone)}  {entry.name}  {entry_text(entry, talk, ctx.zone)}")
        return 0

    return call.on_host(act)


async def revealed(call: Call, host: Host, actor: Actor, register: Register, **what: Any) -> bool:
    """Where --reveal asks for secret columns, journal what for before they are shown. Raises what `engine.run` does."""
    from cstui import engine

    said: dict[str, Any] = {name: call.given[name] for name in ("purpose", "ticket") if name in call.given}
    if "reveal" in call.given:
        await engine.run(host, "site.reveal", {"register_id": register.id, **what, **said}, actor)
        return True
    for name, value in said.items():
        raise BadInput("cli.look.no_reveal", field=name, value=value)
    return False


def entry_text(entry: Told, talk: Talk, zone: ZoneInfo) -> str:
    """What a journal entry says; where it says nothing the action's name, of an import with its lines."""
    if entry.text:
        return talk.say(entry.text, zone=zone)
    area, _, name = entry.action.partition(".")
    done = talk.say(f"{area}.action.{name}")
    lines = entry.input.get("lines")
    return talk.say("cli.journal.lines", done=done, lines=lines) if lines else done


def entry_json(entry: Told, talk: Talk) -> dict[str, Any]:
    """A journal entry as JSON."""
    return {
        "seq": entry.seq,
        "at": entry.at,
        "actor": entry.actor,
        "action": entry.action,
        "outcome": entry.outcome,
        "text": talk.say(entry.text) if entry.text else None,
        "rules": list(entry.rules),
    }


def _as_json(row: Row, columns: Sequence[Column], talk: Talk) -> dict[str, Any]:
    """A row as JSON: choices by their value, other texts as they are said."""

    def plain(value: Any) -> Any:
        if not isinstance(value, Text):
            return value
        return value.id.partition(".choice.")[2] or talk.say(value)

    return {
        "pk": row.pk,
        "version": row.version,
        "values": {column.name: plain(row.values.get(column.name)) for column in columns},
    }
