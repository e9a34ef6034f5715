"""Over SSH with a forced command: words, never identity, never a shell, never another's files."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.process.conftest import Cli


@pytest.fixture
def over_ssh(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> Cli:
    """What `ssh host WORDS` answers for somebody whose key is bound to `cstui --as LOGIN`."""

    def call(words: str, login: str = "admin", stdin: bytes = b"") -> object:
        monkeypatch.setenv("SSH_ORIGINAL_COMMAND", words)
        return cli(login=login, stdin=stdin)

    return call  # type: ignore[return-value]


def test_its_words_are_cstuis_own(over_ssh: Cli) -> None:
    assert over_ssh("people enrol --number K1 --name '王 芳'").code == 0
    rows = over_ssh("list people.staff --json --search 王").json["rows"]
    assert [row["values"]["name"] for row in rows] == ["王 芳"]


def test_a_spreadsheet_comes_through_standard_input(over_ssh: Cli) -> None:
    answer = over_ssh("import people.staff -", stdin="工号,姓名\nK1,王芳\n".encode())
    assert answer.code == 0, answer.err


@pytest.mark.parametrize("words", ["--as other list people.staff", "--as=other review", "--config /tmp/x.toml review"])
def test_it_says_nothing_about_who_or_where(over_ssh: Cli, words: str) -> None:
    assert over_ssh(words).code == 3


@pytest.mark.parametrize(
    "words",
    ["init --admin me", "demo", "backup x.db", "restore x.db", "plugin disable keys", "ssh-key add me x", "doctor",
     "journal verify --store /etc/passwd", "migrate", "tick"],
)  # fmt: skip
def test_only_daily_work_is_reached(over_ssh: Cli, words: str) -> None:
    assert over_ssh(words).code == 3


@pytest.mark.parametrize(
    "words",
    ["list people.staff; id", "list people.staff && id", "$(id)", "list `id`", "list people.staff | sh", "'unclosed"],
)
def test_a_shell_never_sees_it(over_ssh: Cli, words: str) -> None:
    answer = over_ssh(words)
    assert answer.code == 2
    assert "uid=" not in answer.out + answer.err


@pytest.mark.parametrize("name", ["../x.csv", "/tmp/x.csv", "a/b.csv", ".hidden.csv", "-x.csv", "x" * 200 + ".csv"])
def test_files_stay_in_the_exchange_folder(over_ssh: Cli, name: str, config_path: Path) -> None:
    assert over_ssh(f"export people.staff -- {name}").code == 3
    assert over_ssh(f"import people.staff -- {name}").code == 3


def test_a_plain_name_is_one_of_the_exchange_folder(over_ssh: Cli, config_path: Path) -> None:
    assert over_ssh("export people.staff out.csv").code == 0
    assert (config_path.parent / "exchange" / "out.csv").is_file()


def test_without_as_the_variable_is_nothing(cli: Cli, config_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from cstui.cli import main

    monkeypatch.setenv("SSH_ORIGINAL_COMMAND", "people enrol --number K9 --name X")
    assert main(["--config", str(config_path)]) == 2  # the dashboard, without a terminal
    monkeypatch.delenv("SSH_ORIGINAL_COMMAND")
    assert cli("--json", "list", "people.staff", "--search", "K9").json["rows"] == []


def test_words_of_its_own_are_not_overridden_by_the_variable(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSH_ORIGINAL_COMMAND", "people enrol --number K9 --name X")
    assert cli("--json", "list", "people.staff").json["register"] == "people.staff"
