"""The conformance kit: what every area must satisfy, beyond what the host checks when it loads one.

async with Host.open(config_path) as host:
    assert await check_area(host.areas["mine"], host) == []
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import timedelta
from functools import partial
from typing import Any, get_args

from cstui import charts, dossier, naming, registers
from cstui.contract.action import Action
from cstui.contract.chart import Chart
from cstui.contract.context import SYSTEM
from cstui.contract.declare import Area, Register
from cstui.contract.errors import Fault
from cstui.contract.text import Text
from cstui.contract.view import PieceStyle, View
from cstui.host import Host
from cstui.plugins.check import chart_words, faults_among, faults_of
from cstui.plugins.faults import at, cause
from cstui.sheet.fields import fields_of, folded
from cstui.sheet.listing import importing
from cstui.sheet.model import header_key
from cstui.words import LANGUAGES

__all__ = ["check_area", "faults_in"]


async def check_area(area: Area, host: Host, lang: str = "en") -> list[str]:
    """All faults of an area that a host has loaded, each one sentence; none: it conforms."""
    return [host.words.say(fault, lang) for fault in await faults_in(area, host)]


async def faults_in(area: Area, host: Host) -> list[Text]:
    """The same as texts."""
    faults = [*faults_of(area), *faults_among(area, host.areas), *_missing_words(area, host)]

    def add(kind: str, named: str, found: Iterable[Text]) -> None:
        faults.extend(at(kind, named, fault) for fault in found)

    for action in area.actions:
        add("action", action.id, _action(action, host))
    for chart in area.charts:
        add("chart", chart.id, await host.call(_chart(chart, host)))
    for view in area.views:
        add("view", view.id, await host.call(_view(view, host)))
    for register in area.registers:
        add("register", register.id, _file(register, host))
        add("register", register.id, await host.call(_register(register, host)))
    return faults


def _missing_words(area: Area, host: Host) -> Iterator[Text]:
    """Texts that a language lacks. A field's, choice's or unit's word may be the host's own."""
    own = ["title", *(f"register.{one.id.split('.', 1)[1]}" for one in area.registers)]
    own += [f"action.{one.name}" for one in area.actions]
    own += [f"paper.{one.id.split('.', 1)[1]}" for one in area.papers]
    own += [name for chart in area.charts for name in chart_words(chart)]
    own += [view.text.partition(".")[2] for view in area.views]
    own += [f"rule.{one.id.rsplit('-', 1)[1]}" for one in area.rules]
    own += [f"figure.{param.name}" for rule in area.rules for param in rule.params]
    shared: set[str] = set()
    for param in (param for rule in area.rules for param in rule.params):
        shared |= {f"choice.{choice}" for choice in param.choices}
        if param.unit and not isinstance(param.default, timedelta):
            shared.add(f"unit.{param.unit}")
    for register in area.registers:
        columns = (*register.columns, *register.sections)
        shared |= {f"field.{column.name}" for column in columns}
        own += {f"section.{column.section}" for column in columns if column.section}
        for field in register.model._meta.fields_map.values():  # type: ignore[attr-defined]
            shared |= {f"choice.{member.value}" for member in getattr(field, "enum_type", None) or ()}
    for action in area.actions:
        for made in fields_of(action.input):
            shared |= {f"field.{made.name}", *(f"choice.{choice}" for choice in made.choices)}
    for lang in LANGUAGES:
        texts = host.words.texts(lang)
        for name in (name for name in own if f"{area.id}.{name}" not in texts):
            yield Text("plugins.kit.no_word", lang=lang, text=f"{area.id}.{name}")
        for name in sorted(shared):
            if f"{area.id}.{name}" not in texts and name not in texts:
                yield Text("plugins.kit.no_shared_word", lang=lang, text=f"{area.id}.{name}", name=name)


def _action(action: Action, host: Host) -> Iterator[Text]:
    from cstui.cli.action import find_action, form_of, word
    from cstui.cli.options import HELP, parse

    if not re.fullmatch(r"[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*", action.needs):
        yield Text("plugins.kit.permission", value=repr(action.needs), area=action.area)
    if action.mnemonic and not re.fullmatch("[a-z]", action.mnemonic):
        yield Text("plugins.kit.mnemonic", value=repr(action.mnemonic))
    named = {*action.rules, *(one.rule for one in action.separate), *(one.rule for one in action.signatures)} - {""}
    yield from (Text("plugins.kit.no_rule", rule=rule) for rule in sorted(named - host.rules.keys()))
    if action.bulk and (action.signatures or action.anonymous):
        yield Text("plugins.kit.signed_import")
    if action.bulk and any(made.kind == "file" for made in fields_of(action.input)):
        yield Text("plugins.kit.file_import")
    if action.input is not None:
        try:
            schema: Any = action.input.model_json_schema()  # type: ignore[attr-defined]
            lacking = action.input.model_fields.keys() - schema.get("properties", {}).keys()  # type: ignore[attr-defined]
            yield from (Text("plugins.kit.schema_lacks", field=name) for name in sorted(lacking))
        except Exception as error:
            yield Text("plugins.kit.no_schema", cause=cause(error))
    form = form_of(action, host.registers)
    options = [option.name for option in (*form.options, HELP)]
    for name in sorted({name for name in options if options.count(name) > 1}):
        yield Text("plugins.kit.option_twice", option=name)
    try:
        if find_action(host.actions, action.area, word(action)) is not action:
            yield Text("plugins.kit.other_action", area=action.area, word=word(action))
        parse(["--help"], form)
    except Fault as fault:
        yield Text("plugins.kit.no_command", cause=fault.text)


def _file(register: Register, host: Host) -> Iterator[Text]:
    """What its import takes, its export gives, under names that can't be mistaken."""
    columns = [column.name for column in (*register.columns, *register.sections)]
    for lang in LANGUAGES:
        labels = [host.words.label(register.id.split(".")[0], name, lang) for name in columns]
        for label in sorted({one for one in labels if labels.count(one) > 1}):
            yield Text("plugins.kit.labels", lang=lang, label=label)
    action = importing(host, register)
    if action is None or action.bulk is None:
        return
    names = {*columns}
    fields = {made.name: made for made in fields_of(action.input) if made.kind != "secret"}
    for name in fields.keys() - names - {*action.bulk.once}:
        yield Text("plugins.kit.one_way", action=action.id, field=name)
    for lang in LANGUAGES:
        taken: dict[str, str] = {}
        for name in fields:
            label = host.words.label(action.area, name, lang)
            for header in (name, label, *action.bulk.aliases.get(name, ())):
                if (first := taken.setdefault(header_key(header), name)) != name:
                    yield Text("plugins.kit.header_twice", lang=lang, header=header, first=first, second=name)
        for name in names - fields.keys():
            header = host.words.label(action.area, name, lang)
            if field := taken.get(header_key(header)):
                told = {"header": header, "column": name, "action": action.id, "field": field}
                yield Text("plugins.kit.header_column", lang=lang, **told)
        for name, made in fields.items():
            words = [folded(host.words.choice(action.area, choice, lang)) for choice in made.choices]
            if len({*words}) < len(words):
                yield Text("plugins.kit.words_twice", lang=lang, field=name)


async def _register(register: Register, host: Host) -> list[Text]:
    """It can be paged, counted and sorted by each column, and its rows are found by the names it gives them."""
    ctx = await host.context(SYSTEM)
    faults: list[Text] = []
    sorts = ["", *(column.name for column in register.columns if column.sort)]
    try:
        count = await registers.count(host, ctx, register.id)
        for sort in sorts:
            page = await registers.page(host, ctx, register.id, sort=sort, limit=20)
            if len(page.rows) != min(count, 20):
                by = sort or register.sort
                faults.append(Text("plugins.kit.rows", sort=by, shown=len(page.rows), all=count))
        await registers.page(host, ctx, register.id, search="a 1")
        for row in page.rows[:3]:
            await registers.one(host, ctx, register.id, row.pk)
            await dossier.belonging(host, ctx, register, row.pk)
            if len(register.natural_key) == 1:
                name = registers.name_of(register, row.record)
                if (await naming.find(host, ctx, register.id, name)).pk != row.pk:
                    faults.append(Text("plugins.kit.other_row", name=name))
    except Exception as error:
        faults.append(Text("plugins.kit.unread", cause=cause(error)))
    return faults


async def _view(view: View, host: Host) -> list[Text]:
    """It can be made in much room and in little, and leads only to what is there."""
    ctx = await host.context(SYSTEM)
    try:
        lines = [line for width in (118, 38) for line in await view.fn(ctx, width)]
    except Exception as error:
        return [Text("plugins.kit.unmade", cause=cause(error))]
    named = {line.register for line in lines if line.record}
    known = get_args(PieceStyle)
    styles = {piece.style for line in lines for piece in line.pieces}
    return [
        *(Text("plugins.kit.no_register", register=name) for name in sorted(named - host.registers.keys())),
        *(Text("plugins.kit.no_style", style=name, known=known) for name in sorted(styles - {*known})),
    ]


async def _chart(chart: Chart, host: Host) -> list[Text]:
    """It can be drawn as it stands, and be told as a table in both languages."""
    ctx = await host.context(SYSTEM)
    try:
        answer = await charts.drawn(host, ctx, chart, charts.period_of(chart, ctx.today))
        for lang in LANGUAGES:
            charts.table(chart, answer, partial(host.words.value, lang=lang, zone=ctx.zone, area=chart.area))
    except Exception as error:
        return [Text("plugins.kit.undrawn", cause=cause(error))]
    return []
