"""A text by id with its arguments; the words belong to the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import Enum
from typing import Any


class Text:
    """`Text("keys.due.overdue", key="3-2 1502", since=moment)`: found and filled in by `words`.

    Arguments may be strings, numbers, dates, moments (UTC), durations, further texts, or `Choice`.
    """

    __slots__ = ("args", "id")

    def __init__(self, text_id: str, /, **args: Any) -> None:
        self.id = text_id
        self.args = args

    def __repr__(self) -> str:
        return f"Text({self.id!r}, {self.args!r})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Text) and (self.id, self.args) == (other.id, other.args)

    def __hash__(self) -> int:
        return hash(self.id)


Strings = str | Mapping[str, Mapping[str, str]]
"""An area's texts: the folder where they stand, or themselves by language ("zh_CN", "en") and id without the area's."""


class Verbatim(Text):
    """A person's own words or a name, shown as they are."""

    def __init__(self, words: str, /) -> None:
        super().__init__("", words=words)


class Login(str):
    """A login that is told as its person's name: a column's function gives it, the host finds the name."""

    __slots__ = ()


def choice(area: str, value: str) -> Text:
    """The word for a choice (an enum's value) of an area: text id `AREA.choice.VALUE`."""
    return Text(f"{area}.choice.{value}")


def pack(value: Any) -> Any:
    """A text or one of its arguments as JSON, to be told in any language later."""
    if isinstance(value, Verbatim):
        return {"verbatim": value.args["words"]}
    if isinstance(value, Text):
        return {"text": value.id, "args": {name: pack(arg) for name, arg in value.args.items()}}
    if isinstance(value, datetime):
        return {"moment": value.isoformat()}
    if isinstance(value, date):
        return {"day": value.isoformat()}
    if isinstance(value, time):
        return value.isoformat("minutes")
    if isinstance(value, timedelta):
        return {"span": value.total_seconds()}
    if isinstance(value, Enum):
        return pack(value.value)
    if isinstance(value, (list, tuple, set, frozenset)):
        return [pack(item) for item in value]
    if isinstance(value, dict):
        return {str(name): pack(item) for name, item in value.items()}
    if value is None or isinstance(value, (bool, int, float, str)):
        return value
    if isinstance(value, Decimal):
        return str(value)
    return str(value)


def unpack(packed: Any) -> Any:
    """The value that `pack` was given (decimals and unknown kinds as text)."""
    if isinstance(packed, list):
        return [unpack(item) for item in packed]
    if not isinstance(packed, dict):
        return packed
    if "verbatim" in packed:
        return Verbatim(packed["verbatim"])
    if "text" in packed:
        return Text(packed["text"], **{name: unpack(arg) for name, arg in packed.get("args", {}).items()})
    if "moment" in packed:
        return datetime.fromisoformat(packed["moment"])
    if "day" in packed:
        return date.fromisoformat(packed["day"])
    if "span" in packed:
        return timedelta(seconds=packed["span"])
    return {name: unpack(item) for name, item in packed.items()}
