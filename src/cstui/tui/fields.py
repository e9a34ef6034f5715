"""A form's fields by the types of an input: the values to choose from, how one types, how a value is written."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from cstui import registers
from cstui.contract.text import Text
from cstui.inputs import limits
from cstui.sheet.fields import InputField, fields_of

if TYPE_CHECKING:
    from pydantic import BaseModel
    from pydantic.fields import FieldInfo

    from cstui.contract.action import Action
    from cstui.contract.declare import Ref
    from cstui.tui.app import Dashboard

LONG = 500
"""Characters beyond which a text is written in lines: there Enter begins a new one."""
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
WORDED = ("day", "moment", "clock", "span", "money", "record", "file")
"""Kinds that have a hint and a form to explain."""


def kinds_of(model: type[BaseModel]) -> Mapping[str, InputField]:
    """The fields of an input by name."""
    return {field.name: field for field in fields_of(model)}


def options(app: Dashboard, area: str, field: InputField) -> list[tuple[str, str]]:
    """The values of a field with few of them, with their words; "" where it may be left open."""
    if field.kind == "flag":
        values = [("true", app.value(True)), ("false", app.value(False))]
        if field.default is False:
            values.reverse()
    elif field.kind == "choice":
        values = [(one, app.words.choice(area, one, app.lang)) for one in field.choices]
    else:
        return []
    return [("", ""), *values] if not field.required and field.default is None else values


def hint(app: Dashboard, action: Action, field: InputField) -> str:
    """How a field of this type is typed, or what stands if it is left empty."""
    if field.kind not in ("flag", "choice") and (told := if_empty(app, action, field)):
        return told
    if field.ref:
        return app.say(f"tui.form.hint.{'records' if field.many else 'record'}", names=_names(app, field.ref))
    return app.say(f"tui.form.hint.{field.kind}") if field.kind in WORDED else ""


def if_empty(app: Dashboard, action: Action, field: InputField) -> str:
    """What stands if a field is left empty: its default, else what the area says of it (`AREA.empty.ACTION.FIELD`)."""
    said = f"{action.area}.empty.{action.name}.{field.name}"
    if field.default not in (None, ""):
        default = app.words.choice("", str(field.default), app.lang) if field.kind == "choice" else field.default
        return app.say("tui.form.default", value=written(app, field, default))
    return app.say("tui.form.default", value=Text(said)) if app.words.find(said, app.lang) else ""


def _names(app: Dashboard, ref: Ref) -> list[str]:
    """By what the records of a register are found: their names first, then their key."""
    assert app.host
    register = app.host.registers[ref.register]
    area = ref.register.partition(".")[0]
    told = {column.value or column.name: column.name for column in (*register.columns, *register.sections)}
    return [app.label(area, told.get(name, name)) for name in (*reversed(register.lookup), *register.natural_key)]


def expected(app: Dashboard, action: Action, field: InputField, info: FieldInfo) -> list[str]:
    """What a field takes, in sentences."""
    told = []
    if field.kind in WORDED or field.kind in ("whole", "flag", "choice", "secret", "words"):
        told.append(app.say(f"tui.form.format.{field.kind}"))
    if field.many:
        told.append(app.say("tui.form.format.many"))
    told += [app.say(text) for text in limits(info)]
    return [*told, *filter(None, [if_empty(app, action, field)])]


def written(app: Dashboard, field: InputField, value: Any) -> str:
    """A value as one would type it."""
    assert app.host
    if field.ref and hasattr(value, "pk"):
        return registers.name_of(app.host.registers[field.ref.register], value)
    if isinstance(value, bool | Text):
        return app.value(value)
    if isinstance(value, datetime):
        return value.astimezone(app.host.zone).strftime("%Y-%m-%d %H:%M")
    if isinstance(value, time):
        return value.strftime("%H:%M")
    if isinstance(value, timedelta):
        return f"{int(value.total_seconds() // 60)} min"
    if field.kind == "money" and not isinstance(value, str):
        return f"{int(value) / 100:.2f}"
    return str(getattr(value, "value", value))


def held_by(app: Dashboard, fields: Mapping[str, InputField], record: Any) -> dict[str, str]:
    """What a record holds by now under the names of these fields, as one would type it."""
    there = {name: getattr(record, name, None) for name in fields}
    return {name: written(app, fields[name], value) for name, value in there.items() if value not in (None, "")}


def understood(app: Dashboard, field: InputField, value: Any) -> str:
    """How a typed value was read, where it may be typed in several ways; else ""."""
    assert app.host
    if isinstance(value, datetime):
        local = value.astimezone(app.host.zone)
        return f"{local:%Y-%m-%d %H:%M} {_weekday(app, local.date())}"
    if isinstance(value, date):
        return f"{value.isoformat()} {_weekday(app, value)}"
    if isinstance(value, time | timedelta):
        return app.value(value)
    if field.kind == "money" and isinstance(value, int):
        return app.words.money(value, app.lang)
    return ""


def _weekday(app: Dashboard, day: date) -> str:
    return app.say(Text(f"tui.weekday.{WEEKDAYS[day.weekday()]}"))
