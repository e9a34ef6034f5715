"""A form's fields by the types of an input: the values to choose from, how one types, how a value is written."""

from __future__ import annotations

import enum
import types
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, Literal, Union, get_args, get_origin

from cstui import registers
from cstui.inputs import ref_of

if TYPE_CHECKING:
    from pydantic.fields import FieldInfo

    from cstui.tui.app import Dashboard


def options(app: Dashboard, area: str, info: FieldInfo) -> list[tuple[str, str]]:
    """The values of a field with few of them, with their words."""
    kind, optional = _plain(info.annotation)
    if kind is bool:
        values = [("true", app.value(True)), ("false", app.value(False))]
        if info.default is False:
            values.reverse()
    elif isinstance(kind, type) and issubclass(kind, enum.Enum):
        values = [_word(app, area, str(one.value)) for one in kind]
    elif get_origin(kind) is Literal:
        values = [_word(app, area, str(one)) for one in get_args(kind)]
    else:
        return []
    return [("", ""), *values] if optional else values


def _word(app: Dashboard, area: str, value: str) -> tuple[str, str]:
    return value, app.words.choice(area, value, app.lang)


def hint(app: Dashboard, info: FieldInfo) -> str:
    """How a field of this type is typed."""
    kind, _ = _plain(info.annotation)
    if ref_of(info):
        return app.say("tui.form.hint.record")
    hints = {date: "day", datetime: "moment", time: "clock", timedelta: "span"}
    return app.say(f"tui.form.hint.{hints[kind]}") if kind in hints else ""


def written(app: Dashboard, info: FieldInfo, value: Any) -> str:
    """A value as one would type it."""
    assert app.host
    ref = ref_of(info)
    if ref and hasattr(value, "pk"):
        return registers.name_of(app.host.registers[ref.register], value)
    if isinstance(value, datetime):
        return value.astimezone(app.host.zone).strftime("%Y-%m-%d %H:%M")
    if isinstance(value, time):
        return value.strftime("%H:%M")
    if isinstance(value, timedelta):
        return f"{int(value.total_seconds() // 60)} min"
    extra = info.json_schema_extra
    if isinstance(extra, dict) and extra.get("widget") == "money":
        return f"{int(value) / 100:.2f}" if not isinstance(value, str) else value
    return str(getattr(value, "value", value))


def many(info: FieldInfo) -> bool:
    """Whether several values may be named."""
    return get_origin(_plain(info.annotation)[0]) in {list, tuple}


def _plain(annotation: Any) -> tuple[Any, bool]:
    """The type without Annotated and None, and whether None was allowed."""
    if get_origin(annotation) in {Union, types.UnionType}:
        parts = [part for part in get_args(annotation) if part is not type(None)]
        return _plain(parts[0])[0], len(parts) < len(get_args(annotation))
    if hasattr(annotation, "__metadata__"):
        return _plain(annotation.__origin__)
    return annotation, False
