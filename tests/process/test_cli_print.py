"""Papers at the command line: files only their owner reads, plain text on standard output, faults in one line."""

from __future__ import annotations

import stat
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest
from tests.process.conftest import Cli

KEYS = "编号,楼栋,使用部位,单元,楼层,房号,门类\nA1,3,业主,2,15,02,防盗门\nA2,3,业主,2,9,02,防盗门\nB1,4,业主,1,3,01,防盗门\n"


@pytest.fixture
def keys(cli: Cli) -> None:
    assert cli("import", "keys.keys", "-", stdin=KEYS.encode()).code == 0


def test_a_page_is_written_for_the_rows_that_were_asked_for(cli: Cli, tmp_path: Path, keys: None) -> None:
    path = tmp_path / "labels.html"
    answer = cli("--json", "print", "keys.labels", str(path), "--row", "B1", "--row", "A1")
    assert answer.json == {"paper": "keys.labels", "file": str(path), "rows": 2}
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    page = path.read_text("utf-8")
    assert page.startswith("<!DOCTYPE html>")
    assert page.index("4-1 301") < page.index("3-2 1502")
    assert "3-2 902" not in page


def test_without_rows_it_is_about_all_that_the_search_leaves_in_their_order(
    cli: Cli, tmp_path: Path, keys: None
) -> None:
    path = tmp_path / "labels.txt"
    assert cli("print", "keys.labels", str(path), "--search", "3-2").code == 0
    text = path.read_text("utf-8")
    assert text.index("3-2 902") < text.index("3-2 1502")
    assert "4-1 301" not in text


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("keys.labels", "labels.pdf"), ".html"),
        (("keys.lables", "labels.txt"), "keys.labels"),
        (("keys.labels", "labels.txt", "--row", "C9"), "C9"),
        (("keys.labels", "labels.txt", "--search", "C9"), "No row"),
    ],
)
def test_what_cannot_be_printed_is_one_line(
    program: Callable[..., CompletedProcess[bytes]], keys: None, words: tuple[str, ...], said: str, config_path: Path
) -> None:
    done = program("--as", "admin", "print", *words)
    told = done.stderr.decode()
    assert (done.returncode, told.count("\n")) == (2, 1)
    assert said in told
    assert not (config_path.parent / words[1]).exists()


def test_a_file_that_is_there_stays_as_it_is(cli: Cli, tmp_path: Path, keys: None) -> None:
    path = tmp_path / "labels.txt"
    path.write_text("mine")
    assert cli("print", "keys.labels", str(path)).code == 2
    assert path.read_text() == "mine"


def test_a_paper_goes_to_standard_output_as_text_and_nothing_else_does(
    program: Callable[..., CompletedProcess[bytes]], keys: None
) -> None:
    done = program("--as", "admin", "print", "keys.labels", "-")
    assert (done.returncode, done.stderr) == (0, b"")
    assert "Key labels" in done.stdout.decode()
    assert "| 3-2 1502" in done.stdout.decode()
