"""The record of a declared register, and the forms by which it is filled in: made from its fields."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum, StrEnum
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, create_model
from tortoise import fields

from cstui.contract.declare import Ref
from cstui.contract.inputs import Day, Fen, Input, Line, Moment, Reason, Whole, Words, half_width
from cstui.contract.records import Former, Growing, refers_to
from cstui.declared.file import FieldTable, ItemTable, RegisterTable
from cstui.people import Staff, Team

PERSONS = frozenset({"person", "team"})
"""Kinds of fields that point to a record, which is called by its name."""


class Standing(StrEnum):
    """How the approval of a record stands; none where it needs none."""

    ASKED = "asked"
    APPROVED = "approved"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


def model_of(area: str, name: str, register: RegisterTable) -> type[Growing]:
    """The record: its fields, and when and by whom it was entered and done."""
    due = register.due
    indexed = {*register.key, *((due.field, due.day) if due else ())}
    body: dict[str, Any] = {
        "__module__": f"cstui_site.{area}",
        "__doc__": "",
        "added_at": fields.DatetimeField(null=True, db_index=True),
        "added_by": fields.CharField(max_length=64, null=True),
        "done_at": fields.DatetimeField(null=True, db_index=True),
        "done_by": fields.CharField(max_length=64, null=True),
        "late": fields.BooleanField(null=True),
        "score": fields.IntField(null=True),
        "approval": fields.CharEnumField(Standing, max_length=16, null=True),
        **{field: _column(field, one, field in indexed) for field, one in register.field.items()},
        **{item: fields.IntField(null=True) for item in register.items},
        "logins": ("added_by", "done_by"),
        "search_fields": _of_kind(register, "text"),
        "plain_fields": _of_kind(register, "words"),
        "hundredths": _of_kind(register, "money"),
        "kinds": {f"{n}_id" if one.kind in PERSONS else n: one.kind for n, one in register.field.items()}
        | dict.fromkeys(register.items, "points"),
        "Meta": type("Meta", (), {"table": f"{area}_{name}"}),
    }
    return type(_class_name(name), (Growing,), body)


def _class_name(name: str) -> str:
    return name.title().replace("_", "")


def _of_kind(register: RegisterTable, *kinds: str) -> tuple[str, ...]:
    return tuple(name for name, one in register.field.items() if one.kind in kinds)


def _column(name: str, field: FieldTable, index: bool) -> Any:
    match field.kind:
        case "text":
            return fields.CharField(max_length=200, null=True, db_index=index)
        case "words":
            return fields.TextField(null=True)
        case "day":
            return fields.DateField(null=True, db_index=index)
        case "moment":
            return fields.DatetimeField(null=True, db_index=index)
        case "money" | "number":
            return fields.IntField(null=True, db_index=index)
        case "flag":
            return fields.BooleanField(null=True)
        case "choice":
            offered = StrEnum(_class_name(name), [(value.upper(), value) for value in field.choice])  # type: ignore[misc]
            return fields.CharEnumField(offered, "", max_length=40, null=True, db_index=index)
        case "person":
            return refers_to("people.Staff", null=True)
        case "team":
            return refers_to("people.Team", null=True)


_KINDS: dict[str, Any] = {
    "text": Line, "words": Words, "day": Day, "moment": Moment, "money": Fen, "number": Whole, "flag": bool,
    "person": Annotated[Staff, Ref("people.staff")], "team": Annotated[Team, Ref("people.teams")],
}  # fmt: skip


def form(name: str, register: RegisterTable, named: Iterable[str], required: bool | None, **more: Any) -> type[Input]:
    """The input of an act that fills in some fields and points; `required`: all, none, or each as it is declared."""
    made: dict[str, Any] = {}
    for one in named:
        item = register.items.get(one)
        kind = _points(item) if item else _typed(register.field[one])
        must = required if required is not None else bool(item) or one in register.key or register.field[one].required
        made[one] = (kind, ...) if must else (kind | None, None)
    return create_model(_class_name(name), __base__=Input, **made, **more)


def _points(item: ItemTable) -> Any:
    return Annotated[int, BeforeValidator(half_width), Field(ge=0, le=item.points)]


def _typed(field: FieldTable) -> Any:
    return Literal[tuple(field.choice)] if field.kind == "choice" else _KINDS[field.kind]


WHY = {"correction": (Line, "")}
"""Why something is changed that was done already."""


class Strike(Input):
    """Why a record is struck out."""

    reason: Reason


def stored(model: type[Growing], name: str, value: Any) -> Any:
    """A filled-in value as the record holds it."""
    kind = getattr(model._meta.fields_map[name], "enum_type", None)
    return kind(value) if kind and value is not None and not isinstance(value, Enum | Former) else value
