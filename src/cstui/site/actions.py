"""Changing a figure by an act, the site's own days, and what its spreadsheets call the fields."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from pydantic import Field

from cstui.contract.action import Action
from cstui.contract.context import SYSTEM, Context
from cstui.contract.errors import BadInput, NotPermitted
from cstui.contract.figures import dump_figure, load_figure, parse_figure
from cstui.contract.inputs import Code, Day, Input, Line, Whole, Words
from cstui.contract.rules import Param, Rule
from cstui.contract.text import Text
from cstui.site import agreement
from cstui.site.models import DayException, FigureState, MappedHeader, RuleFigure

SWITCH = Param("on", True)
BEGINNING = date(1, 1, 1)


class SetFigure(Input):
    rule: Annotated[Code, Field(max_length=48)]
    name: Code
    value: Line
    from_day: Day
    reason: Annotated[Words, Field(max_length=500)]


class SeedFigures(Input):
    figures: list[dict[str, Any]]


class SetDay(Input):
    day: Day
    working: bool
    note: Line = ""


class ClearDay(Input):
    day: Day


class MapHeaders(Input):
    """For the import of a register. `headers`: header → id of the field, or "" to leave the column out."""

    register_id: Annotated[Code, Field(max_length=64)]
    headers: dict[Annotated[Line, Field(max_length=200)], Annotated[Code, Field(max_length=64)]]


class NoteRestore(Input):
    """The store was replaced by a copy: which one, where the former one is kept, what only that one holds."""

    source: Annotated[Line, Field(max_length=300)]
    kept: Annotated[Line, Field(max_length=300)] = ""
    lost: Whole
    by_login: Annotated[Code, Field(max_length=64)]


def _param(ctx: Context, rule_id: str, name: str) -> Param:
    """Raises BadInput for a rule or a figure that isn't declared."""
    rules: dict[str, Rule] = ctx.rules.rules  # type: ignore[attr-defined]
    if rule_id not in rules:
        raise BadInput("site.refusal.no_rule", field="rule", value=rule_id)
    params = {param.name: param for param in (*rules[rule_id].params, SWITCH)}
    if name not in params:
        raise BadInput("site.refusal.no_figure", field="name", value=name, expected=", ".join(params))
    return params[name]


async def set_figure(ctx: Context, data: SetFigure) -> Text:
    """A figure holds from a day on, never from a past one: what was decided stays decided by its own figure."""
    param = _param(ctx, data.rule, data.name)
    value = parse_figure(param, data.value)
    if data.name == SWITCH.name and not value and ctx.rule(data.rule).rule.structure:
        raise BadInput("site.refusal.structure", field="rule", value=data.rule)
    if data.from_day < ctx.today:
        raise BadInput("site.refusal.past_day", field="from_day", value=data.from_day)
    figure = RuleFigure(
        rule=data.rule,
        name=data.name,
        value=dump_figure(value),
        first_day=data.from_day,
        set_by=ctx.actor.login,
        reason=data.reason,
    )
    if ctx.services.agreeing(ctx, ctx.rule(data.rule).rule.area):
        return await agreement.ask(ctx, figure, _old(ctx, figure), value)
    return await put(ctx, figure)


async def put(ctx: Context, figure: RuleFigure) -> Text:
    """Set a figure in the place of what was set for the same day."""
    old = _old(ctx, figure)
    named = {"rule": figure.rule, "name": figure.name}
    await RuleFigure.filter(**named, first_day=figure.first_day, state=FigureState.SET).delete()
    figure.old, figure.state = dump_figure(old), FigureState.SET
    await figure.save()
    value = told(ctx, figure, figure.value)
    return Text("site.done.figure", **named, old=old, value=value, day=figure.first_day)


def _old(ctx: Context, figure: RuleFigure) -> Any:
    """What holds on the day from which a figure shall hold."""
    rule = ctx.rule(figure.rule, figure.first_day)
    return rule.on if figure.name == SWITCH.name else getattr(rule, figure.name)


async def seed_figures(ctx: Context, data: SeedFigures) -> Text | None:
    """The starting figures of config.toml, in force from the beginning; a figure set since then isn't touched."""
    if ctx.actor.login != SYSTEM.login:  # nobody sets a figure for days that have passed
        raise NotPermitted("site.refusal.system_only", value=ctx.actor.login)
    count = 0
    for row in data.figures:
        param = _param(ctx, row["rule"], row["name"])
        value = dump_figure(parse_figure(param, row["value"]))
        if value == dump_figure(param.default):
            continue
        if await RuleFigure.filter(rule=row["rule"], name=row["name"], first_day=BEGINNING).exists():
            continue
        await RuleFigure.create(
            rule=row["rule"], name=row["name"], value=value, first_day=BEGINNING, set_by="config.toml", reason=""
        )
        count += 1
    return Text("site.done.seeded", count=count)


async def set_day(ctx: Context, data: SetDay) -> Text:
    kept = await DayException.filter(day=data.day).first() or DayException(day=data.day)
    kept.working, kept.note = data.working, data.note
    await kept.save()
    return Text("site.done.day_work" if data.working else "site.done.day_off", day=data.day)


async def clear_day(ctx: Context, data: ClearDay) -> Text:
    kept = await DayException.filter(day=data.day).first()
    if kept is None:
        raise BadInput("site.refusal.no_day", field="day", value=data.day)
    await kept.delete()
    return Text("site.done.day_cleared", day=data.day)


async def note_restore(ctx: Context, data: NoteRestore) -> Text | None:
    """The first entry after a restore: whoever reads the journal sees that and where it was cut."""
    return Text("site.done.restored", source=data.source, lost=data.lost, by=data.by_login)


async def map_headers(ctx: Context, data: MapHeaders) -> Text | None:
    """Remember what headers mean, for the next import by anybody. Who may import the register may say it."""
    action = ctx.services.importing(data.register_id)
    if action is None:
        raise BadInput("site.refusal.not_importable", field="register_id", value=data.register_id)
    if not ctx.may(action.needs):
        raise NotPermitted("site.refusal.not_importer", value=action.needs)
    known_fields = getattr(action.input, "model_fields", {})
    known = {row.header: row for row in await MappedHeader.filter(register=data.register_id)}
    for header, name in data.headers.items():
        if name and name not in known_fields:
            raise BadInput("site.refusal.no_field", field="headers", value=name)
        row = known.get(header) or MappedHeader(register=data.register_id, header=header)
        if row.id and row.field == name:
            continue
        row.field = name
        await row.save()
    area, _, name = data.register_id.partition(".")
    return Text("site.done.mapped", headers=", ".join(data.headers), register=Text(f"{area}.register.{name}"))


async def mapped_headers(register: str) -> dict[str, str]:
    """What is remembered for a register's import: header → field, or ""."""
    return dict(await MappedHeader.filter(register=register).values_list("header", "field"))


async def rule_figures() -> list[tuple[str, str, str, date]]:
    """All figures ever set, for the rule book: (rule, name, stored text, first day)."""
    rows = (
        await RuleFigure.filter(state=FigureState.SET).order_by("id").values_list("rule", "name", "value", "first_day")
    )
    return [(rule, name, value, first) for rule, name, value, first in rows]


async def day_exceptions() -> dict[date, bool]:
    return dict(await DayException.all().values_list("day", "working"))


def told(ctx: Context, row: RuleFigure, stored: str) -> Any:
    """A stored figure as its rule means it; as it stands in the store where the rule is declared no more."""
    if not stored:
        return ""
    try:
        return load_figure(_param(ctx, row.rule, row.name), stored)
    except BadInput:
        return stored


ACTIONS = (
    Action("site.set_figure", run=set_figure, needs="site.set_figure", input=SetFigure, register="site.figures"),
    Action("site.seed_figures", run=seed_figures, needs="site.seed", input=SeedFigures, hidden=True),
    Action("site.set_day", run=set_day, needs="site.set_day", input=SetDay, register="site.days"),
    Action("site.clear_day", run=clear_day, needs="site.set_day", input=ClearDay, register="site.days"),
    # Asks for the import's own permission, whichever that is; beyond it, for no more than everybody has.
    Action("site.note_restore", run=note_restore, needs="site.restore", input=NoteRestore, hidden=True),
    Action("site.map_headers", run=map_headers, needs="people.look", input=MapHeaders, hidden=True),
)
