"""What the command line says: data on stdout, talk on stderr, in one language, cleaned for terminals."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from cstui.cells import clean, width
from cstui.contract.text import Text

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from cstui.contract.errors import Fault
    from cstui.words import Words


VALUE = 80
"""Characters shown of a faulty value."""


class Talk:
    """Says texts by id. With `json` the only thing on stdout is one document."""

    def __init__(self, words: Words, lang: str, json: bool = False) -> None:
        self.words, self.lang, self.json = words, lang, json
        self.documented = False
        self.zone: ZoneInfo | None = None
        """The site's, in which moments are told, once the site is open."""

    def say(self, text: Text | str, /, **args: Any) -> str:
        return self.words.say(text, self.lang, **{"zone": self.zone, **args})

    def value(self, value: Any, zone: ZoneInfo, area: str = "") -> str:
        """A value as a person reads it, on one line."""
        return _line(self.words.value(value, self.lang, zone, area=area))

    def data(self, line: str = "") -> None:
        """A line of the answer, on stdout."""
        print(_clean(line))

    def tell(self, line: str) -> None:
        """A line of talk, on stderr."""
        print(_clean(line), file=sys.stderr, flush=True)

    def table(self, headers: Sequence[str], rows: Sequence[Sequence[str]], right: Sequence[bool] = ()) -> None:
        """A table in columns that are aligned in terminal cells; the last column isn't padded."""
        lines = [[_line(cell) for cell in row] for row in (headers, *rows)]
        widths = [max(width(line[at]) for line in lines) for at in range(len(headers))]
        for line in lines:
            self.data(
                "  ".join(
                    _padded(cell, widths[at], at < len(right) and right[at]) for at, cell in enumerate(line)
                ).rstrip()
            )

    def document(self, value: Mapping[str, Any]) -> None:
        """The one JSON document of the command."""
        from cstui.sheet.writing import to_json

        self.documented = True
        print(to_json(value))

    def fault(self, fault: Fault) -> int:
        """Say a fault in one line; the answer is its exit code."""
        said = self.fault_line(fault)
        if self.json and not self.documented:
            self.document({"error": self.fault_dict(fault)})
        self.tell("cstui: " + said)
        return fault.code

    def fault_line(self, fault: Fault) -> str:
        """What is wrong, with the option and its value where the text doesn't name them, and the rule."""
        lines = []
        for one in faults_in(fault):
            said, value = self.why(one), self.shown(one.value)
            if one.field and (not value or value.removesuffix("…") not in said):
                said = f"{option(one.field)} {value}".rstrip() + f": {said}"
            lines.append(said)
        return _line(" · ".join(lines))

    def why(self, fault: Fault) -> str:
        """A single fault's text and its rule."""
        said = _line(self.say(fault.text))
        return f"{said} [{fault.rule}]" if fault.rule and fault.rule not in said else said

    def shown(self, value: Any) -> str:
        """A faulty value as it was typed, shortened."""
        text = "" if value is None else self.words.value(value, self.lang, self.zone)
        return text if len(text) <= VALUE else text[: VALUE - 1] + "…"

    def fault_dict(self, fault: Fault) -> dict[str, Any]:
        """A fault as JSON: {"code", "kind", "text", "field", "value", "rule"}, of several also "faults"."""
        made = {
            "code": fault.code,
            "kind": type(fault).__name__,
            "id": fault.text.id,
            "text": self.say(fault.text),
            "field": fault.field,
            "value": None if fault.value is None else self.shown(fault.value),
            "rule": fault.rule,
        }
        if len(faults := faults_in(fault)) > 1:
            made["faults"] = [self.fault_dict(one) for one in faults]
        return made


def option(field: str) -> str:
    """A field as an option of the command line."""
    return "--" + field.replace("_", "-")


def faults_in(fault: Fault) -> list[Fault]:
    """The single faults that a fault consists of."""
    return [*getattr(fault, "faults", ())] or [fault]


def _clean(text: str) -> str:
    return "\n".join(clean(line) for line in text.split("\n"))


def _line(text: str) -> str:
    return clean(" ".join(text.split("\n")))


def _padded(cell: str, cells: int, right: bool) -> str:
    space = " " * (cells - width(cell))
    return space + cell if right else cell + space
