"""Charts at the command line: as a table, as one JSON document, of the days that were asked for."""

from __future__ import annotations

import pytest
from tests.process.conftest import Cli


def test_a_chart_is_a_table_or_one_document(cli: Cli) -> None:
    assert cli("review", "add", "--text", "lamps", "--day", "2099-11-30").code == 0
    answer = cli("chart", "review.due", "--from", "2099-11-01")
    assert answer.code == 0
    assert answer.out.splitlines()[0].split() == ["Due", "Severity", "Matter", "Person", "State"]
    assert "lamps" in answer.out
    told = cli("--json", "chart", "review.due", "--from", "2099-11-01").json
    assert (told["chart"], told["kind"], told["from"], told["to"]) == (
        "review.due", "calendar", "2099-11-01", "2099-11-30",
    )  # fmt: skip
    assert [item["title"] for item in told["items"]] == ["lamps"]
    assert cli("--json", "chart", "review.due", "--to", "2099-11-29").json["items"] == []


def test_the_days_are_told_and_none_is_hidden(cli: Cli) -> None:
    told = cli("--json", "chart", "keys.load-by-hour", "--from", "2026-01-01", "--to", "2026-12-31").json
    assert (told["from"], told["to"], told["labels"]) == ("2026-01-01", "2026-12-31", [])
    assert cli("chart", "keys.load_by_hour").out == ""


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("keys.none",), "keys.load_by_hour"),
        (("keys.holders", "--from", "2026-11-01"), "leave out the days"),
        (("review.due", "--from", "2026-11-02", "--to", "2026-11-01"), "not before the first"),
        (("review.due", "--from", "0001-01-01", "--to", "2026-11-01"), "3660"),
        (("review.due", "--from", "someday"), "someday"),
    ],
)
def test_what_cannot_be_shown_is_said_in_one_line(cli: Cli, words: tuple[str, ...], said: str) -> None:
    answer = cli("chart", *words)
    assert answer.code == 2
    assert answer.out == ""
    assert said in answer.err
    assert len(answer.err.splitlines()) == 1
