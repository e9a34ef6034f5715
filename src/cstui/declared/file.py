"""What stands in an area.toml: its tables and keys. `docs/area-toml.md` explains each; a test compares the two.

`zh` and `en` are what a thing is called; at least one of them. A figure (`after`, `on`, `at`, `shift`, `needed`,
`amount`, `reward`) is named, never stated: it stands under a rule, so that `site set-figure` changes it like any other.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

from cstui.contract.declare import Severity
from cstui.contract.inputs import clean_line
from cstui.contract.rules import Kind

Called = Annotated[str, BeforeValidator(clean_line), StringConstraints(min_length=1, max_length=200)]
NAME, NUMBER, LETTER = r"^[a-z][a-z0-9_]{0,30}$", r"^[0-9]{2,3}$", r"^[a-z]$"
FIGURES = frozenset({"after", "on", "at", "shift", "needed", "amount", "reward"})
"""Keys that name a figure."""
Name = Annotated[str, StringConstraints(pattern=NAME)]
Number = Annotated[str, StringConstraints(pattern=NUMBER)]
Letter = Annotated[str, StringConstraints(pattern=LETTER)]
FieldKind = Literal["text", "words", "day", "moment", "money", "number", "flag", "choice", "person", "team"]
Unit = Literal["", "CNY", "pts", "workdays", "days", "weeks", "months", "times", "people", "copies"]


class Table(BaseModel):
    """A table of the file: unknown keys and other types are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Worded(Table):
    """Something with a name."""

    zh: Called = ""
    en: Called = ""


class FigureTable(Worded):
    """A figure of a rule: true, 3, 12.5, "10 min", "09:00", "monday", or a list of roles."""

    value: bool | int | float | str | list[Called]
    unit: Unit = ""
    proposed: bool = False


class RuleTable(Worded):
    """A rule: what it says in own words, and where it stands."""

    kind: Kind
    source: Called
    basis: Literal["stated", "implied", "gap"] = "stated"
    figure: dict[Name, FigureTable] = {}


class FieldTable(Worded):
    """A field of a record."""

    kind: FieldKind
    required: bool = False
    choice: dict[Name, Worded] = {}


class NeedsTable(Table):
    """Permissions of the area by which one looks or acts; without: `look`, and the action's own name."""

    look: Name = "look"
    add: Name | None = None
    change: Name | None = None
    finish: Name | None = None
    strike: Name | None = None


class FinishTable(Worded):
    """The act by which a record is done, and what is filled in with it."""

    field: list[Name] = []
    letter: Letter = "f"


class DueTable(Table):
    """By when: so long after a field's day or moment, or again and again from a day on."""

    rule: Number
    severity: Severity = "critical"
    field: Name = ""
    after: Name = ""
    every: Literal["", "workday", "week", "month"] = ""
    on: Name = ""
    at: Name = ""
    day: Name = ""
    since: date | None = None
    shift: Name = ""


class ItemTable(Worded):
    """A point of a checklist and the most it can score."""

    points: Annotated[int, Field(ge=1, le=1000)] = 1


class ChecklistTable(Table):
    """What is looked at and scored, and the score that is needed."""

    rule: Number
    needed: Name
    item: Annotated[dict[Name, ItemTable], Field(min_length=1)]


class ApprovalTable(Table):
    """Who approves a record, one role after the other; with `field` only where that is filled in."""

    rule: Number
    steps: Annotated[list[Called], Field(min_length=1)]
    field: Name = ""


class ProposalTable(Table):
    """What is proposed about a person when a record is done: a finding, with a sum against them, or a reward."""

    rule: Number
    when: Literal["late", "failed"] | dict[Name, bool | str]
    person: Name
    amount: Name = ""
    reward: Name = ""
    steps: list[Called] = []


class RegisterTable(Worded):
    """A register: its records' fields and what is done with them."""

    key: Annotated[list[Name], Field(min_length=1)]
    field: Annotated[dict[Name, FieldTable], Field(min_length=1)]
    needs: NeedsTable = NeedsTable()
    finish: FinishTable | None = None
    due: DueTable | None = None
    checklist: ChecklistTable | None = None
    approval: ApprovalTable | None = None
    proposal: dict[Name, ProposalTable] = {}

    @property
    def items(self) -> dict[str, ItemTable]:
        """The points of its checklist."""
        return self.checklist.item if self.checklist else {}


class AreaTable(Worded):
    """The whole file."""

    version: Called = "1"
    rule: dict[Number, RuleTable] = {}
    registers: Annotated[dict[Name, RegisterTable], Field(min_length=1, alias="register")]

    @property
    def figures(self) -> dict[str, tuple[str, FigureTable]]:
        """Every figure by name, with the number of its rule."""
        return {name: (number, one) for number, rule in self.rule.items() for name, one in rule.figure.items()}


def tables() -> dict[str, type[Table]]:
    """Every table of the file by its place, for the reference."""
    register = "register.NAME"
    return {
        "": AreaTable, "rule.NN": RuleTable, "rule.NN.figure.NAME": FigureTable, register: RegisterTable,
        f"{register}.field.NAME": FieldTable, f"{register}.needs": NeedsTable, f"{register}.finish": FinishTable,
        f"{register}.due": DueTable, f"{register}.checklist": ChecklistTable,
        f"{register}.checklist.item.NAME": ItemTable, f"{register}.approval": ApprovalTable,
        f"{register}.proposal.NAME": ProposalTable,
    }  # fmt: skip


def known_at(loc: tuple[Any, ...]) -> list[str]:
    """The keys that a table at a place in the file may have."""
    model: Any = AreaTable
    for part in loc:
        info = keys_of(model).get(str(part))
        model = _table_in(info.annotation) if info else model  # a name of the file's own
    return [*keys_of(model)]


def keys_of(model: Any) -> dict[str, Any]:
    """The keys of a table, as the file spells them."""
    return {info.alias or name: info for name, info in getattr(model, "model_fields", {}).items()}


def _table_in(kind: Any) -> Any:
    """The table that an annotation speaks of, or None."""
    if isinstance(kind, type) and issubclass(kind, Table):
        return kind
    return next((found for inner in getattr(kind, "__args__", ()) if (found := _table_in(inner))), None)
