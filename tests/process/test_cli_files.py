"""A file that an action asks for, at the command line: by its path, by standard input, and from the other side."""

from __future__ import annotations

import asyncio
import os
import signal
from pathlib import Path

import pytest
from conftest import lost_site
from tests.process.conftest import Cli

from cstui.host import Host


@pytest.fixture
def config_path(tmp_path: Path, lost_template: Path) -> Path:
    return lost_site(tmp_path, lost_template)


def test_a_file_is_a_path_or_standard_input(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "gate.log").write_text("wang\nli\n")
    answer = cli("lost", "take", "--log", str(tmp_path / "gate.log"), "--dry-run")
    assert (answer.code, answer.out.splitlines()[0]) == (0, "Would be done: 2 new, 0 known"), answer.err
    assert cli("lost", "take", "--log", str(tmp_path / "gate.log")).out == "2 new, 0 known\n"
    assert cli("lost", "take", "--log", "-", stdin=b"sun\n").out == "1 new, 0 known\n"
    answer = cli("lost", "take", "--log", str(tmp_path / "none.log"))
    assert (answer.code, answer.err) == (2, f"cstui: there is no file {tmp_path}/none.log\n")
    entries = cli("--json", "journal", "list").json["entries"]
    assert [entry["action"] for entry in entries[:2]] == ["lost.take"] * 2


def test_from_the_other_side_only_the_exchange_folder_is_read(
    cli: Cli, config_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (config_path.parent / "exchange").mkdir()
    (config_path.parent / "exchange" / "gate.log").write_text("wang\n")
    for name, code in (("/etc/passwd", 3), ("../config.toml", 3), ("gate.log", 0)):
        monkeypatch.setenv("SSH_ORIGINAL_COMMAND", f"lost take --log {name}")
        assert cli().code == code


def test_ctrl_c_takes_it_all_back(cli: Cli, config_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from cstui.contract.files import File

    lines = File.lines

    def struck(file: File, limit: int) -> object:
        for line in lines(file, limit):
            if line[0] == 2500:
                os.kill(os.getpid(), signal.SIGINT)
            yield line

    monkeypatch.setattr(File, "lines", struck)
    answer = cli("lost", "take", "--log", "-", stdin=b"".join(b"p%d\n" % n for n in range(5000)))
    assert (answer.code, answer.err) == (130, "Interrupted: nothing was stored.\n")

    async def left() -> list[object]:
        async with Host.open(config_path) as host:
            return [*await host.store.query("SELECT 1 FROM lost_pass")]

    assert asyncio.run(left()) == []
