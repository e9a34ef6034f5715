"""An action's input fields as a form, a command line and a spreadsheet see them."""

from __future__ import annotations

import types
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import Enum
from typing import TYPE_CHECKING, Annotated, Any, Literal, Union, get_args, get_origin
from unicodedata import normalize

from cstui.contract.declare import Known, Of, Ref
from cstui.contract.files import File

if TYPE_CHECKING:
    from pydantic import BaseModel

Kind = Literal[
    "text", "words", "whole", "money", "day", "moment", "clock", "span", "flag", "choice", "record", "secret", "file"
]
_KINDS: Mapping[type, Kind] = {
    bool: "flag", int: "whole", datetime: "moment", date: "day", time: "clock", timedelta: "span",
    File: "file",
}  # fmt: skip
_WIDGETS: Mapping[str, Kind] = {"secret": "secret", "money": "money", "text": "words", "plain": "text"}


@dataclass(frozen=True, slots=True)
class InputField:
    """One field of an input: how it is typed, whether it must be, and of which words one is chosen."""

    name: str
    kind: Kind
    required: bool
    many: bool = False
    choices: tuple[str, ...] = ()
    ref: Ref | None = None
    default: Any = None
    known: Known | None = None

    @property
    def offers(self) -> bool:
        """Whether there is something to complete what is typed from."""
        return bool(self.ref or self.known or self.kind == "file")

    @property
    def option(self) -> str:
        """Its option at the command line."""
        return "--" + self.name.replace("_", "-")


def fields_of(model: type[BaseModel] | None) -> tuple[InputField, ...]:
    """The fields of an input model, in their order."""
    if model is None:
        return ()
    made = []
    for name, info in model.model_fields.items():
        found = _Found()
        found.read(info.annotation)
        for mark in info.metadata:
            found.mark(mark)
        extra = info.json_schema_extra
        widget = (extra.get("widget") if isinstance(extra, dict) else None) or found.widget
        kind = _WIDGETS.get(
            str(widget), "record" if found.ref else "choice" if found.choices else _KINDS.get(found.plain, "text")
        )
        default = None if info.is_required() or info.default_factory else info.default
        made.append(
            InputField(name, kind, info.is_required(), found.many, found.choices, found.ref, default, found.known)
        )
    return tuple(made)


class _Found:
    """What an annotation says, with Annotated, Optional and list taken off."""

    def __init__(self) -> None:
        self.plain: type = str
        self.many = False
        self.choices: tuple[str, ...] = ()
        self.ref: Ref | None = None
        self.known: Known | None = None
        self.widget = ""

    def read(self, kind: Any) -> None:
        origin = get_origin(kind)
        if origin is Annotated:
            inner, *marks = get_args(kind)
            self.read(inner)
            for mark in marks:
                self.mark(mark)
        elif origin in (Union, types.UnionType):
            for inner in get_args(kind):
                if inner is not type(None):
                    self.read(inner)
        elif origin in (list, tuple, set, frozenset):
            self.many = True
            self.read(get_args(kind)[0])
        elif origin is Literal:
            self.choices = tuple(str(value) for value in get_args(kind))
        elif isinstance(kind, type):
            self.plain = kind
            if issubclass(kind, Enum):
                self.choices = tuple(str(member.value) for member in kind)

    def mark(self, mark: Any) -> None:
        if isinstance(mark, Ref):
            self.ref = mark
        elif isinstance(mark, Known):
            self.known = mark
        elif isinstance(mark, Of):
            column = mark.model._meta.fields_map[mark.name]  # type: ignore[attr-defined]
            if enum := getattr(column, "enum_type", None):
                self.choices = tuple(str(member.value) for member in enum)
        else:
            extra = getattr(mark, "json_schema_extra", None)
            if isinstance(extra, dict) and "widget" in extra:
                self.widget = str(extra["widget"])


_FLAGS = {"是": "true", "有": "true", "√": "true", "yes": "true", "y": "true",
          "否": "false", "无": "false", "×": "false", "no": "false", "n": "false"}  # fmt: skip


def plain_value(field: InputField, value: Any, choice_words: Mapping[str, str]) -> Any:
    """A typed or imported value as the input's type reads it: a choice by its word, yes and no in both languages.

    `choice_words` maps `folded(word)` to the value. What isn't known is handed on as it is: the type refuses it.
    """
    if not isinstance(value, str):
        return value
    if field.kind == "flag":
        return _FLAGS.get(folded(value), value)
    if field.kind == "choice":
        return choice_words.get(folded(value), value)
    return value


def folded(word: str) -> str:
    """Words are compared without case, blanks and width of letters."""
    return "".join(normalize("NFKC", word).casefold().split())
