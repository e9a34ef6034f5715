"""Every rule of the regulations, from its clause to what holds it and what proves that; or that it is open."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cstui.contract.declare import Area

HERE = Path(__file__).parent
NAMED = re.compile(r"""["']([a-z_]+-\d\d+)["']""")


@dataclass(frozen=True, slots=True)
class Entry:
    """A rule of the catalogue, built or not: its id, kind and clause."""

    id: str
    kind: str
    source: str


def catalogue() -> list[Entry]:
    """All rules of the regulations, area by area."""
    lines = (HERE / "catalogue.tsv").read_text("utf-8").splitlines()
    return [Entry(*line.split("\t")) for line in lines]


def checks(areas: Iterable[Area]) -> dict[str, list[str]]:
    """Rule → the actions and kinds of approval that name it."""
    found: dict[str, set[str]] = {}
    for area in areas:
        for action in area.actions:
            apart, signed = (one.rule for one in action.separate), (one.rule for one in action.signatures)
            for rule in {*action.rules, *apart, *signed}:
                found.setdefault(rule, set()).add(action.id)
        for kind in area.approvals:
            found.setdefault(kind.rule, set()).add(kind.id)
    return {rule: sorted(names) for rule, names in found.items()}


def code(areas: Iterable[Area]) -> dict[str, list[str]]:
    """Rule → the rooms of its area's code that ask it ("keys/loans/acts.py")."""
    found: dict[str, list[str]] = {}
    for area in areas:
        if not isinstance(area.strings, str):
            continue  # an area without code
        home = Path(area.strings).parent
        for path in sorted(home.rglob("*.py")):
            inner = path.relative_to(home)
            if inner.name == "rules.py" or inner.parts[0] == "migrations":
                continue
            for rule in sorted({*NAMED.findall(path.read_text("utf-8"))}):
                found.setdefault(rule, []).append(f"{area.id}/{inner}")
    return found


def tests() -> Mapping[str, list[str]] | None:
    """Rule → tests that are marked with it, where the program runs from its sources; else None."""
    home = HERE.parents[1] / "tests"
    if not home.is_dir():
        return None
    found: dict[str, list[str]] = {}
    for path in sorted(home.rglob("test_*.py")):
        for rule, test in _marked(path.read_text("utf-8")):
            found.setdefault(rule, []).append(f"{path.relative_to(home)}::{test}")
    return found


def _marked(source: str) -> Iterator[tuple[str, str]]:
    marks: list[str] = []
    for line in source.splitlines():
        if mark := re.match(r"\s*@pytest\.mark\.rule\((.+)\)", line):
            marks += NAMED.findall(mark[1])
        elif test := re.match(r"\s*(?:async )?def (test_\w+)", line):
            yield from ((rule, test[1]) for rule in marks)
            marks = []
