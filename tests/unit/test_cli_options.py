"""Words of a command: what is parsed, what is refused, and that the overview tells all of them."""

from __future__ import annotations

import pytest

from cstui.cli.commands import COMMANDS, GLOBAL, WORDS, find
from cstui.cli.options import Form, Option, Place, complete, parse, usage
from cstui.contract.errors import BadInput

FORM = Form(
    (Option("key", "KEY", many=True), Option("work-reason", "TEXT", required=True), Option("dry-run")),
    (Place("FILE", required=False),),
)


def test_options_and_places_in_any_order() -> None:
    words = ["--key", "a", "keys.csv", "--dry-run", "--key=b", "--work-reason", "repair W-1"]
    assert parse(words, FORM)[0] == {
        "key": ["a", "b"],
        "FILE": "keys.csv",
        "dry_run": True,
        "work_reason": "repair W-1",
    }


def test_a_value_may_look_like_an_option_or_be_a_hyphen() -> None:
    assert parse(["--work-reason", "--key", "-"], FORM)[0] == {"work_reason": "--key", "FILE": "-"}
    assert parse(["--work-reason", "-", "--", "--key"], FORM)[0] == {"work_reason": "-", "FILE": "--key"}


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--wrk-reason", "x"], "cli.usage.unknown_option_near"),
        (["--zzzzzz"], "cli.usage.unknown_option"),
        (["-k", "a"], "cli.usage.unknown_option"),
        (["--key"], "cli.usage.value_missing"),
        (["--dry-run=yes"], "cli.usage.takes_no_value"),
        (["--work-reason", "a", "--work-reason", "b"], "cli.usage.twice"),
        (["a", "b"], "cli.usage.too_many_words"),
    ],
)
def test_a_wrong_word_is_named(words: list[str], told: str) -> None:
    with pytest.raises(BadInput) as caught:
        parse(words, FORM)
    assert caught.value.text.id == told


def test_options_are_never_abbreviated() -> None:
    with pytest.raises(BadInput) as caught:
        parse(["--work", "x"], FORM)
    assert caught.value.text.args["near"] == "--work-reason"


def test_what_is_required_and_missing_is_said_at_once() -> None:
    with pytest.raises(BadInput) as caught:
        complete({}, Form((Option("a", "A", required=True), Option("b", "B", required=True)), (Place("FILE"),)))
    assert caught.value.text.args["missing"] == "FILE, --a A, --b B"


def test_the_usage_shows_what_is_optional() -> None:
    assert usage("x y", FORM) == "cstui x y [FILE] [--key KEY] … --work-reason TEXT [--dry-run]"


def test_global_options_stand_before_the_command_only() -> None:
    given, rest = parse(["--as", "wang.fang", "list", "--as", "other"], GLOBAL)
    assert (given, rest) == ({"as": "wang.fang"}, ["list", "--as", "other"])


def test_two_word_commands_come_before_one_word_ones() -> None:
    assert find(["review", "decide", "x"]) == ("review decide", 2)
    assert find(["review", "--day"]) == ("review", 1)
    assert find(["keys", "lend"]) == ("", 0)


def test_the_contract_names_these_words() -> None:
    assert set(WORDS) == {
        "demo", "init", "migrate", "doctor", "tick", "list", "show", "import", "export", "print", "review", "journal", "rules",
        "trace", "chart", "copy", "backup", "restore", "plugin", "ssh-key",
    }  # fmt: skip
    assert {name for name in COMMANDS if name.startswith("plugin")} == {
        f"plugin {verb}" for verb in ("list", "new", "check", "test", "enable", "disable", "migrate")
    }
