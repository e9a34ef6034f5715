"""A new rule the same morning, at the command line: a file with a fault, mended, used, exported and imported."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.process.conftest import Cli

AREA = """\
zh = "借伞"
en = "Umbrellas"
[register.loan]
zh = "借伞"
en = "Loans"
key = ["umbrella", "lent_on"]
[register.loan.field]
umbrella = { kind = "text", zh = "伞号", en = "Umbrella" }
lent_on = { kind = "day", zh = "借出", en = "Lent on" }
to = { kind = "text", zh = "借给", en = "To" }
[register.loan.field.state_of_it]
kind = "choice"
zh = "状况"
en = "Condition"
[register.loan.field.state_of_it.choice]
whole = { zh = "完好", en = "whole" }
torn = { zh = "破损", en = "torn" }
"""


@pytest.fixture(autouse=True)
def lenient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CSTUI_STRICT")


def test_a_new_rule_runs_the_same_morning(cli: Cli, config_path: Path, tmp_path: Path) -> None:
    config = config_path
    path = config.parent / "areas/umbrellas/area.toml"
    path.parent.mkdir(parents=True)
    path.write_text(AREA.replace('kind = "day"', 'kind = "date"'), "utf-8")
    config.write_text(f'{config.read_text("utf-8")}\n[plugins]\ndirs = ["areas"]\n', "utf-8")
    bad = cli("plugin", "check", "umbrellas")
    assert (bad.code, len(bad.out.splitlines())) == (2, 1)
    assert f"{path} line 9: register.loan.field.lent_on.kind must be text," in bad.out
    path.write_text(AREA, "utf-8")
    assert cli("umbrellas", "add-loan", "--umbrella", "7", "--lent-on", "2026-11-23", "--state-of-it", "破损").code == 0
    sheet = tmp_path / "loans.csv"
    assert cli("export", "umbrellas.loan", str(sheet)).code == 0
    assert "破损" in sheet.read_text("utf-8-sig") or "torn" in sheet.read_text("utf-8-sig")
    again = cli("--json", "import", "umbrellas.loan", str(sheet)).json
    assert (again["unchanged"], again["refused"]) == (1, 0)
