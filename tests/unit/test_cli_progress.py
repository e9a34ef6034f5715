"""The line that says how far a command is: on a terminal, and gone at the end."""

from __future__ import annotations

import io
import sys

import pytest

from cstui.cli.progress import Progress
from cstui.cli.talk import Talk
from cstui.words import Words, host_folders


class Screen(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def talk() -> Talk:
    return Talk(Words(host_folders()), "en")


def test_it_is_painted_now_and_then_and_erased(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    screen, moments = Screen(), iter([0.0, 0.05, 0.3, 0.35, 0.6])
    monkeypatch.setattr(sys, "stderr", screen)
    monkeypatch.setattr("cstui.cli.progress.monotonic", lambda: next(moments))
    with Progress(talk) as told:
        for done in (1, 2, 3, 4):
            told(done * 100, 1000)
    assert [line for line in screen.getvalue().split("\r\x1b[K") if line] == ["200 of 1000 rows", "400 of 1000 rows"]
    assert screen.getvalue().endswith("\r\x1b[K")


def test_into_a_file_nothing_is_painted(talk: Talk, capsys: pytest.CaptureFixture[str]) -> None:
    with Progress(talk) as told:
        told.next = 0
        told(5, 10)
    assert capsys.readouterr() == ("", "")
