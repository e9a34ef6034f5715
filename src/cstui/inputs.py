"""From what was typed to the input of an action, with every fault named."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Annotated, Any, get_args

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError
from pydantic.fields import FieldInfo

from cstui.contract.action import Action
from cstui.contract.context import Context
from cstui.contract.declare import Ref
from cstui.contract.errors import BadInput, BadInputs
from cstui.contract.files import File
from cstui.contract.inputs import LARGEST
from cstui.contract.text import Text, Verbatim, choice
from cstui.naming import Finder
from cstui.words import Words

GIVEN = {"max_length", "min_length", "le", "ge", "lt", "gt", "expected", "decimal_places", "max_digits", "multiple_of"}
BOUNDS = {
    "ge": "greater_than_equal", "gt": "greater_than", "le": "less_than_equal", "lt": "less_than",
    "decimal_places": "decimal_max_places",
}  # fmt: skip


def ref_of(info: FieldInfo) -> Ref | None:
    """The Ref of an input's field, wherever its annotation holds it."""
    return next((extra for extra in _extras(info) if isinstance(extra, Ref)), None)


@cache
def _refs(model: type[BaseModel]) -> tuple[tuple[str, Ref], ...]:
    """The fields of an input that name records."""
    return tuple((name, ref) for name, info in model.model_fields.items() if (ref := ref_of(info)))


def is_secret(info: FieldInfo) -> bool:
    """Whether a field is never shown nor journalled (a PIN)."""
    return any(extra.get("widget") == "secret" for extra in _told(info))


def is_masked(info: FieldInfo) -> bool:
    """Whether it isn't even seen while it is typed."""
    return is_secret(info) and not any(extra.get("seen") for extra in _told(info))


def is_sealed(info: FieldInfo) -> bool:
    """Whether a field may be seen by who fills it in, but never stands in the journal."""
    return is_secret(info) or any(extra.get("sealed") for extra in _told(info))


def _told(info: FieldInfo) -> list[dict[str, Any]]:
    found = [info.json_schema_extra, *(getattr(extra, "json_schema_extra", None) for extra in _extras(info))]
    return [extra for extra in found if isinstance(extra, dict)]


def _extras(info: FieldInfo) -> Iterator[Any]:
    """What is annotated to a field, or to a part of its type (`Pin | None`)."""
    yield from info.metadata
    parts = list(get_args(info.annotation))
    while parts:
        part = parts.pop()
        yield from getattr(part, "__metadata__", ())
        parts += get_args(part)


async def parse(action: Action, raw: Mapping[str, Any], ctx: Context, finder: Finder, listed: bool = False) -> Any:
    """The validated input. Raises BadInputs with every faulty field, in the order of the fields.

    A raw value may be a BadInput itself: what couldn't even be read. In what was `listed` some time ago no day is
    meant from today.
    """
    model = action.input
    if model is None:
        if raw:
            raise BadInput("input.extra_forbidden", field=next(iter(raw)), near="")
        return None
    assert issubclass(model, BaseModel)
    given = {name: value for name, value in raw.items() if not _empty(value)}
    faults = {name: given.pop(name) for name, value in raw.items() if isinstance(value, BadInput)}
    for name, ref in _refs(model):
        if name in given:
            try:
                given[name] = await _refer(ref, given[name], name, ctx, finder)
            except BadInput as fault:
                faults[name] = fault
    try:
        now = {} if listed else {"today": ctx.today, "now": ctx.now}
        made = model.model_validate(given, context={"zone": ctx.zone, **now})
    except ValidationError as error:
        for detail in error.errors(include_url=False):
            name = str(detail["loc"][0]) if detail["loc"] else ""
            faults.setdefault(name, _fault(model, name, detail, action.area, finder.host.words))
    if faults:
        order = [*model.model_fields, *faults]
        raise BadInputs([faults[name] for name in dict.fromkeys(order) if name in faults])
    return made


def read(action: Action, name: str, typed: Any, place: Mapping[str, Any], words: Words) -> Any:
    """One field as its type reads it, without the store: a record's name stays as it was typed.

    `place` are zone, today and now. Raises BadInput.
    """
    model: Any = action.input
    if ref_of(model.model_fields[name]):
        return typed
    try:
        return _reader(model, name).validate_python(typed, context=dict(place))
    except ValidationError as error:
        raise _fault(model, name, error.errors(include_url=False)[0], action.area, words) from None


@cache
def _reader(model: type[BaseModel], name: str) -> TypeAdapter[Any]:
    info = model.model_fields[name]
    trimmed = ConfigDict(str_strip_whitespace=True, arbitrary_types_allowed=True)
    kind: Any = Annotated[info.annotation, info]
    return TypeAdapter(kind, config=trimmed)


def forget() -> None:
    """Let go of input classes that are gone: plugins were read again."""
    _refs.cache_clear()
    _reader.cache_clear()


def most(info: FieldInfo) -> int:
    """Characters that a text field takes at most; 0 where that isn't said."""
    return min((mark.max_length for mark in info.metadata if hasattr(mark, "max_length")), default=0)


def limits(info: FieldInfo) -> list[Text]:
    """What a value must keep within, each as its fault would say it."""
    told = [Text("input.string_too_long", max_length=most(info))] if most(info) else []
    for mark in info.metadata:
        for name, kind in BOUNDS.items():
            bound = getattr(mark, name, None)
            if bound is not None and abs(bound) != LARGEST:
                told.append(Text(f"input.{kind}", **{name: bound}))
    return told


def _empty(value: Any) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


async def _refer(ref: Ref, value: Any, name: str, ctx: Context, finder: Finder) -> Any:
    if isinstance(value, list | tuple):
        return [await _refer(ref, item, name, ctx, finder) for item in value]
    if not isinstance(value, str | int) or isinstance(value, bool):
        return value
    record = await finder.find(ref.register, f"#{value}" if isinstance(value, int) else value, name)
    if ref.only and (ref, record.pk) not in finder.fitting:
        register = finder.host.registers[ref.register]
        model: Any = register.model
        if not await ref.only(ctx, model.filter(id=record.pk)).exists():
            raise BadInput("engine.not_choosable", field=name, value=value)
        finder.fitting.add((ref, record.pk))
    return record


def _fault(model: type[BaseModel], name: str, detail: Any, area: str, words: Words) -> BadInput:
    kind = detail["type"]
    info = model.model_fields.get(name)
    value = "" if kind == "missing" or (info and is_secret(info)) else detail.get("input")
    limits = {key: val for key, val in (detail.get("ctx") or {}).items() if key in GIVEN}
    if kind == "extra_forbidden":
        near = difflib.get_close_matches(name, model.model_fields, 1)
        return BadInput("input.extra_forbidden", field=name, value=value, near=near[0] if near else "")
    if kind in {"literal_error", "enum"}:
        limits["expected"] = _choices(detail["ctx"]["expected"], area, words)
    if kind == "too_long" and isinstance(value, str):  # pydantic counts entries where a validator stands before
        kind = "string_too_long"
    text_id = f"input.{kind}" if words.find(f"input.{kind}", "en") else "input.other"
    return BadInput(text_id, field=name, value=value, **limits)


def _choices(expected: str, area: str, words: Words) -> list[Text | str] | str:
    """The values that pydantic names ("'window' or 'other'"), as their words where the area has them."""
    values = re.findall(r"'([^']*)'", expected)
    return [choice(area, one) if words.find(f"{area}.choice.{one}", "en") else one for one in values] or expected


def shown(data: Any) -> dict[str, Any]:
    """An input as the journal keeps it: secrets masked, records by their names, of a file what tells it from others."""
    if data is None:
        return {}
    told: dict[str, Any] = {}
    for name, info in type(data).model_fields.items():
        value = getattr(data, name)
        if value is None:
            continue
        if is_sealed(info):
            told[name] = "***"
        elif isinstance(value, File):
            told[name] = Text("value.file", name=Verbatim(value.name), size=value.size, sha256=value.sha256)
        elif ref_of(info):
            told[name] = [f"#{row.pk}" for row in value] if isinstance(value, list | tuple) else f"#{value.pk}"
        else:
            told[name] = value
    return told
