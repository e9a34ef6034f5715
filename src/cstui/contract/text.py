"""A text by id with its arguments; the words belong to the reader's language."""

from __future__ import annotations

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


class Verbatim(Text):
    """A person's own words or a name, shown as they are."""

    def __init__(self, words: str, /) -> None:
        super().__init__("", words=words)


def choice(area: str, value: str) -> Text:
    """The word for a choice (an enum's value) of an area: text id `AREA.choice.VALUE`."""
    return Text(f"{area}.choice.{value}")
