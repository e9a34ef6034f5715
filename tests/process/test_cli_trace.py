"""trace: every rule of the regulations with what holds it, those of areas that aren't built as open."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cstui.cli import main
from cstui.config import CATALOGUE
from cstui.host import Host
from cstui.trace import catalogue


def traced(config_path: Path, capsys: pytest.CaptureFixture[str], *name: str) -> dict[str, dict[str, object]]:
    assert main(["--config", str(config_path), "--json", "trace", *name]) == 0
    return {row["rule"]: row for row in json.loads(capsys.readouterr().out)["rules"]}


def of_the_house(source: object) -> bool:
    """Whether a rule is the house's own: it stands in no regulation."""
    return str(source).startswith("house · ")


def test_every_rule_is_held_or_open(config_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rules = {rule: row for rule, row in traced(config_path, capsys).items() if not of_the_house(row["source"])}
    assert len(rules) == 1197
    assert {rule.rpartition("-")[0] for rule in rules} == {*CATALOGUE, "money"}
    lent = rules["keys-22"]
    assert lent["state"] == "held"
    assert "keys.lend" in lent["checks"]  # type: ignore[operator]
    assert "keys/loans/acts.py" in lent["code"]  # type: ignore[operator]
    assert any("test_keys_loans.py::" in test for test in lent["tests"])  # type: ignore[attr-defined]
    unbuilt = rules["archives-01"]
    assert (unbuilt["state"], unbuilt["checks"], unbuilt["code"], unbuilt["tests"]) == ("open", [], [], [])
    assert unbuilt["source"]


def test_one_area_as_a_table_with_its_sum(config_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--config", str(config_path), "trace", "archives"]) == 0
    told = capsys.readouterr()
    assert len(told.out.splitlines()) == 34
    assert "33" in told.err


def test_a_rule_that_isnt_there_is_told_with_its_neighbours(
    config_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--config", str(config_path), "trace", "archive"]) == 2
    assert "archives" in capsys.readouterr().err


async def test_what_is_declared_stands_in_the_catalogue_with_its_kind(host: Host) -> None:
    known = {entry.id: entry.kind for entry in catalogue()}
    declared = {rule.id: rule.kind for rule in host.rules.values() if not of_the_house(rule.source)}
    assert declared.items() <= known.items()
