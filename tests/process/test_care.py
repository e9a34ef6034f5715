"""What keeps a site well over the years: its log, its timers, and what `doctor` finds before somebody suffers from it."""

from __future__ import annotations

import json
import logging
from pathlib import Path
from threading import Thread
from types import SimpleNamespace
from typing import Any

import pytest

from cstui.cli import log


def test_the_log_ends_at_two_files_whoever_writes_and_loses_no_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(log, "LIMIT", 20_000)
    call: Any = SimpleNamespace(config_path=tmp_path / "config.toml", command="x" * 40)

    def write(who: int) -> None:  # each opens the file anew, as a program of its own does
        for number in range(60):
            log.write(call, f"{who}.{number}", None)

    writers = [Thread(target=write, args=(who,)) for who in range(4)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    kept = [tmp_path / "cstui.log.1", tmp_path / "cstui.log"]
    assert sorted(tmp_path.iterdir()) == sorted(kept)
    said = [json.loads(line)["said"] for file in kept for line in file.read_text().splitlines()]
    assert sorted(said) == sorted(f"{who}.{number}" for who in range(4) for number in range(60))
    for file in kept:
        assert file.stat().st_size < 21_000 and file.stat().st_mode & 0o777 == 0o600
    for _ in range(500):
        log.write(call, "again", None)
    assert sum(file.stat().st_size for file in tmp_path.iterdir()) < 42_000


def test_the_log_keeps_neither_passwords_nor_what_was_entered(tmp_path: Path) -> None:
    call: Any = SimpleNamespace(config_path=tmp_path / "config.toml", command="list")
    url = "postgres://cstui:s3cret@db.example/cstui"
    log.write(call, f"no answer from {url}", ValueError(f"{url}\nDETAIL: Key (phone)=(13800001111) already exists."))
    log.LogFile(call).emit(logging.LogRecord("plugin", logging.ERROR, "", 0, "%d \x1b[2J", ("no number",), None))
    text = (tmp_path / "cstui.log").read_text()
    assert "s3cret" not in text and "13800001111" not in text and "\x1b" not in text
    first, second = map(json.loads, text.splitlines())
    assert first["error"] == "ValueError: postgres://cstui:****@db.example/cstui"
    assert second["said"] == "%d \x1b[2J"


def test_a_log_that_cannot_lie_beside_the_store_lies_with_its_writer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    (tmp_path / "cstui.log").symlink_to("/etc/passwd")
    call: Any = SimpleNamespace(config_path=tmp_path / "config.toml", command="list")
    assert log.write(call, "x", None) == tmp_path / "state" / "cstui" / "cstui.log"
