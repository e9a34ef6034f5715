"""A rule of the regulations, as an area declares it: data with a source."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

Kind = Literal[
    "schedule", "deadline", "checklist", "approval", "custody", "limit", "prohibition", "penalty",
    "reward", "computation", "confidentiality", "retention",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Param:
    """A figure of a rule. Its name is unique in the area: it stands under `[area]` in config.toml.

    `default` gives the type (int, bool, str, Decimal, timedelta, tuple of str). `proposed` marks a figure
    that stands in no regulation (†). `choices` limits a str.
    """

    name: str
    default: Any
    unit: str = ""
    proposed: bool = False
    choices: tuple[str, ...] = ()


PAGES = {"money": "ledger"}
"""Pages of the catalogue that aren't areas, and the areas that hold their rules."""


def rule_words(rule_id: str) -> str:
    """The id of a rule's text: keys-22 → keys.rule.22."""
    page, _, number = rule_id.rpartition("-")
    return f"{PAGES.get(page, page)}.rule.{number}"


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of the regulations. `source` is seed · heading · article, as printed.

    `basis` says how the article holds it: as stated, implied by it, or proposed in a gap that it leaves.

    `structure` names the test that fails when the structure (a class, a field, a form) is taken away, for
    a rule that isn't a check and so can't be switched off.
    """

    id: str
    kind: Kind
    source: str
    params: tuple[Param, ...] = ()
    structure: str = ""
    basis: Literal["stated", "implied", "gap"] = "stated"

    @property
    def area(self) -> str:
        """The area that holds it."""
        return rule_words(self.id).split(".", 1)[0]

    @property
    def words(self) -> str:
        """The id of its text."""
        return rule_words(self.id)
