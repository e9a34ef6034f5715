"""A declared register with all that is known of it, as its acts and deadlines need it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any

from cstui.contract.context import Context
from cstui.contract.records import Growing
from cstui.contract.text import Text, choice
from cstui.declared.file import RegisterTable
from cstui.declared.models import PERSONS


@dataclass(frozen=True)
class Kept:
    """`figures` are the area's: figure → number of its rule."""

    area: str
    name: str
    table: RegisterTable
    model: type[Growing]
    figures: Mapping[str, str]

    @property
    def id(self) -> str:
        return f"{self.area}.{self.name}"

    @property
    def title(self) -> Text:
        return Text(f"{self.area}.register.{self.name}")

    @property
    def relations(self) -> list[str]:
        """Fields that point to people or teams."""
        return [name for name, one in self.table.field.items() if one.kind in PERSONS]

    @property
    def rules(self) -> tuple[str, ...]:
        """The ids of all rules of this register."""
        table = self.table
        holders = (table.due, table.checklist, table.approval, *table.proposal.values())
        return tuple(sorted({self.rule(one.rule) for one in holders if one}))

    def rule(self, number: str) -> str:
        return f"{self.area}-{number}"

    def figure(self, ctx: Context, name: str, on: date | None = None) -> Any:
        """A figure as it is in force on a day (today unless told)."""
        return getattr(ctx.rule(self.rule(self.figures[name]), on), name)

    def rows(self, **where: Any) -> Any:
        """Its records, with the people they name."""
        return self.model.filter(**where).select_related(*self.relations)

    def record(self, row: Any) -> Text:
        """A record by its key, in the reader's language."""
        return Text(f"{self.area}.record.{self.name}", **{name: self._told(row, name) for name in self.table.key})

    def _told(self, row: Any, name: str) -> Any:
        value = getattr(row, name)
        if isinstance(value, Enum):
            return choice(self.area, str(value))
        return value.name if name in self.relations else value
