"""The contract of the command line: exit codes, one line of error, one document of JSON, what is never loaded."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.process.conftest import Cli, environment

from cstui.cli import main

Program = Callable[..., "subprocess.CompletedProcess[bytes]"]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("people", "enrol", "--number", "K1", "--name", "王芳"), 0),
        (("people", "clear-pin", "--person", "admin"), 1),
        (("people", "enrol", "--number", "K1"), 2),
        (("people", "enrol", "--number", "K1", "--name", "王芳", "--colour", "red"), 2),
        (("people", "enroll",), 2),
        (("peeple", "enrol"), 2),
        (("list", "people.nobody"), 2),
        (("show", "people.staff", "nobody"), 2),
    ],
)  # fmt: skip
def test_the_exit_code_says_what_kind_of_no(cli: Cli, words: tuple[str, ...], code: int) -> None:
    answer = cli(*words)
    assert (answer.code, len(answer.err.splitlines())) == (code, 0 if code == 0 else 1), answer.err


def test_one_without_the_permission_is_refused_with_3(cli: Cli) -> None:
    enrolled = cli("people", "enrol", "--number", "K1", "--name", "王芳", login="stranger")
    listed = cli("list", "people.staff", login="stranger")
    for answer in (enrolled, listed):
        assert answer.code == 3
        assert "admin" in answer.err and "people." not in answer.err, "who may and whom to ask, not a permission's id"
        assert "stranger is not on the staff list" in answer.err


def test_a_site_that_is_not_there_is_4(cli: Cli, config_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    config_path.with_name("cstui.db").unlink()
    assert cli("list", "people.staff").code == 4
    assert main(["--config", str(config_path.with_name("none.toml")), "review"]) == 4
    config_path.write_text("site = 3\n")
    assert cli("list", "people.staff").code == 4


def test_an_error_is_one_line_that_names_field_value_and_help(cli: Cli) -> None:
    answer = cli("people", "enrol", "--number", "K1", "--name", "王芳", "--hired-on", "someday")
    assert answer.out == ""
    (line,) = answer.err.splitlines()
    assert line.startswith("cstui: ")
    assert all(word in line for word in ("--hired-on", "someday", "2026-11-24"))


def test_several_faults_are_told_at_once(cli: Cli) -> None:
    answer = cli("people", "enrol", "--number", "x" * 99, "--name", "王芳", "--hired-on", "someday")
    assert "--number" in answer.err
    assert "--hired-on" in answer.err


@pytest.mark.parametrize("words", [("list", "people.staff"), ("review",), ("rules",), ("journal", "list"), ("doctor",)])
def test_json_is_one_document_and_nothing_else(cli: Cli, words: tuple[str, ...]) -> None:
    assert isinstance(cli(*words, "--json").json, dict)
    assert isinstance(cli("--json", *words).json, dict)


@pytest.mark.parametrize(
    "words", [("list", "people.nobody"), ("people", "enrol"), ("show",), ("nothing",), ("list", "--no")]
)
def test_an_error_is_json_too(cli: Cli, words: tuple[str, ...]) -> None:
    answer = cli("--json", *words)
    error = answer.json["error"]
    assert (error["code"], bool(error["text"]), bool(error["kind"])) == (answer.code, True, True)
    assert len(answer.err.splitlines()) == 1


def test_nothing_a_person_wrote_reaches_the_terminal_raw(cli: Cli) -> None:
    nasty = "王\x1b[2J\u202e芳\x9b"
    refused = cli("people", "enrol", "--number", nasty, "--name", "x")
    unknown = cli("show", "people.staff", nasty)
    wrong = cli(nasty, "x")
    for answer in (refused, unknown, wrong):
        assert answer.code == 2
        assert not {char for char in answer.out + answer.err if char in "\x1b\u202e\x9b"}


def test_an_unforeseen_error_is_one_sentence_and_a_private_log(
    cli: Cli, config_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("line one\nline two")

    monkeypatch.setattr("cstui.cli.look.find_register", broken)
    answer = cli("list", "people.staff")
    assert (answer.code, len(answer.err.splitlines())) == (70, 1)
    assert "Traceback" not in answer.err
    log = config_path.with_name("cstui.log")
    assert log.stat().st_mode & 0o777 == 0o600
    (line,) = log.read_text().splitlines()
    assert json.loads(line)["error"] == "ZeroDivisionError: line one"  # later lines may quote what was entered
    assert str(log) in answer.err


def loaded_by(*words: str) -> set[str]:
    watched = ("tortoise", "pydantic", "textual", "rich", "openpyxl", "asyncpg", "pypinyin", "cstui.host")
    code = f"import sys; from cstui.cli import main; main({list(words)!r}); print([m for m in {watched!r} if m in sys.modules], file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=environment(), check=True)
    return set(json.loads(done.stderr.splitlines()[-1].replace("'", '"')))


@pytest.mark.parametrize("words", [["--help"], ["--version"], ["list", "--help"], ["journal", "verify", "--help"]])
def test_help_loads_neither_store_nor_dashboard(words: list[str]) -> None:
    assert loaded_by(*words) == set()


def test_an_action_never_loads_the_dashboard_or_spreadsheets(config_path: Path) -> None:
    words = [
        "--config",
        str(config_path),
        "--as",
        "admin",
        "people",
        "shift-type",
        "--code",
        "d",
        "--name",
        "d",
        "--start-minute",
        "0",
        "--end-minute",
        "9",
    ]
    assert not loaded_by(*words) & {"textual", "rich", "openpyxl", "asyncpg", "pypinyin"}


@pytest.mark.parametrize("lang", ["en_US.UTF-8", "zh_CN.UTF-8"])
def test_help_of_every_command_is_in_words(cli: Cli, lang: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from cstui.cli.commands import COMMANDS

    monkeypatch.setenv("LC_ALL", lang)
    for name in COMMANDS:
        answer = cli(*name.split(), "--help")
        assert (answer.code, answer.err) == (0, "")
        assert "cli." not in answer.out, "a text is missing: its id shows itself"


def test_help_of_an_action_comes_from_its_declaration(cli: Cli) -> None:
    answer = cli("people", "grant-role", "--help")
    assert answer.code == 0
    for word in ("--person PERSON", "--role", "--first-day DAY", "required", "The role holds from this day on"):
        assert word in answer.out


def test_help_of_every_action_can_be_shown_without_a_store(
    cli: Cli, config_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from cstui import config, plugins

    config_path.with_name("cstui.db").unlink()
    loaded = plugins.load(config.load(config_path))
    for area in loaded.areas.values():
        assert cli(area.id, "--help").code == 0
    monkeypatch.setattr(plugins, "load", lambda *_, **__: loaded)  # found once is enough for three hundred actions
    for area in loaded.areas.values():
        for action in area.actions:
            answer = cli(area.id, action.name.replace("_", "-"), "--help")
            assert (answer.code, answer.err) == (0, "")


def test_both_languages_say_everything(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    for lang, word in (("zh_CN.UTF-8", "看板"), ("en_US.UTF-8", "dashboard")):
        monkeypatch.setenv("LC_ALL", lang)
        assert main(["--help"]) == 0
        out = capsys.readouterr().out
        assert word in out
        assert "cli." not in out


def test_tables_line_up_with_wide_characters(cli: Cli) -> None:
    from cstui.cells import width

    cli("people", "enrol", "--number", "K1", "--name", "欧阳春花", "--login", "ou")
    cli("people", "enrol", "--number", "K2", "--name", "Ann", "--login", "ann")
    header, *rows = cli("list", "people.staff").out.splitlines()
    column = width(header[: header.index("No.")]) if "No." in header else None
    starts = {width(row[: row.index("K")]) for row in rows if "K" in row}
    assert len(starts) == 1
    assert column is None or starts == {column}


def test_a_reader_that_leaves_early_is_no_error(program: Program, config_path: Path) -> None:
    words = [sys.executable, "-m", "cstui", "--as", "admin", "rules"]
    process = subprocess.Popen(
        words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=config_path.parent, env=environment()
    )
    assert process.stdout and process.stderr
    process.stdout.close()
    error = process.stderr.read()
    assert (process.wait(30), error) == (128 + signal.SIGPIPE, b"")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_ended_by_a_signal_it_says_so_and_leaves_no_half(number: int, config_path: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "cstui", "--as", "admin", "import", "people.staff", "-"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=config_path.parent, env=environment(),
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # a job in the background has it ignored
    )  # fmt: skip
    time.sleep(2)  # it waits for the spreadsheet on standard input
    process.send_signal(number)
    assert process.stdin
    out, error = process.communicate(timeout=30)
    assert process.returncode in (128 + number, -number)
    assert (out, error) == (b"", b"")


def test_the_dashboard_needs_a_terminal(program: Program) -> None:
    done = program("--as", "admin")
    assert (done.returncode, done.stdout) == (2, b"")
    assert len(done.stderr.splitlines()) == 1
