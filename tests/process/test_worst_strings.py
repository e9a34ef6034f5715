"""The worst strings at the command line: shown, escaped or refused, never sent to a terminal as they are."""

from __future__ import annotations

import csv
import io
import json
import os
import pty
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from types import SimpleNamespace
from typing import Any

import openpyxl
import pytest
from tests.process.conftest import Cli, environment
from tests.worst import ALL, WORST, acting, poison

from cstui.cli import log
from cstui.host import Host
from cstui.review import collect, sign_off, statement
from cstui.review.digest import text_of
from cstui.words import LANGUAGES

KEY = {"block": "3", "space_kind": "equipment_room", "equipment_room_name": "2号配电房", "door_kind": "equipment_room"}


@pytest.fixture
async def evil(run: Any, host: Host, config_path: Path) -> Path:
    """A site in which all that people wrote is evil; a day of it is signed off."""
    for number, name in enumerate(("王芳", "李明", "陈静")):
        raw = {"number": f"K{number}", "name": name, "login": f"p{number}", "department": "工程部", "post": "主管"}
        await run("people.enrol", raw)
        await run("keys.register", {**KEY, "tag_no": f"3-S{number}", "copy_no": str(number + 1), "labelled": "true"})
    file = config_path.with_name("cstui.db")
    await poison(host, file)
    lent = {"borrower": "p0", "work_reason": "配电箱例行检查", "signature_ref": "7 页"}
    await run("keys.lend", lent, target=["3-S0", "3-S1"])
    await poison(host, file)
    return config_path


def clean_out(answer: Any) -> None:
    assert not acting(answer.out), answer.out[:400]
    assert not acting(answer.err), answer.err[:400]


def test_lists_records_and_the_journal_show_what_is_there(
    cli: Cli, evil: Path, host: Host, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("cstui.plugins.load", lambda *_, **__: host.loaded)  # found once is enough for hundreds of calls
        for register in host.registers:
            answer = cli("list", register)
            assert answer.code == 0, (register, answer.err)
            clean_out(answer)
            told = cli("--json", "list", register)
            assert not acting(told.out)
            rows = told.json["rows"]
            for words in (["show", register, f"#{row['pk']}"] for row in rows[:1]):
                clean_out(cli(*words))
                assert cli("--json", *words).json["register"] == register
    people = cli("list", "people.staff")
    assert "^[]0;PWNED^G" in people.out or "<U+" in people.out
    clean_out(cli("show", "keys.keys", "3-S0", "--at", "2026-11-24 09:02"))
    for words in (["journal", "list"], ["review"], ["rules"], ["doctor"], ["journal", "verify"], ["plugin", "list"]):
        clean_out(cli(*words))
        told = cli("--json", *words)
        assert json.loads(told.out) and not acting(told.out), words


@pytest.mark.parametrize(
    "worst", [ALL, WORST["marks"], WORST["long"], "\udcff\udc9b"], ids=["all", "marks", "long", "bytes"]
)
def test_whatever_is_typed_is_answered_in_one_line(cli: Cli, host: Host, worst: str) -> None:
    for words in (
        ["list", worst], ["list", "people.staff", "--where", f"name={worst}"], ["list", "people.staff", "--search", worst],
        ["show", "people.staff", worst], ["keys", "lend", "--key", worst], [worst, worst], ["--" + worst],
        ["people", "enrol", "--name", worst, "--number", "9", "--login", "x9", "--department", worst],
        ["print", "keys.labels", worst], ["export", "keys.keys", worst], ["import", "keys.keys", worst],
        ["import", "keys.keys", "-"], ["rules", worst], ["review", "--day", worst],
    ):  # fmt: skip
        answer = cli(*words, stdin=worst.encode("utf-8", "surrogatepass"))
        clean_out(answer)
        assert answer.code in {0, 1, 2, 3, 4, 5}, (words[:3], answer)
        assert answer.err.count("\n") <= 2, (words[:3], answer.err)
        told = cli("--json", *words, stdin=worst.encode("utf-8", "surrogatepass"))
        assert not acting(told.out) and (not told.out or json.loads(told.out) is not None), words[:3]


def test_what_is_given_out_in_files_acts_nowhere(cli: Cli, evil: Path, tmp_path: Path, host: Host) -> None:
    written = 0
    for paper in host.papers:
        for ending in ("txt", "html"):
            path = tmp_path / f"{paper}.{ending}"
            answer = cli("print", paper, str(path))
            clean_out(answer)
            if path.exists():
                written += 1
                text = path.read_text("utf-8")
                assert not acting(text, "\n\f"), path
                assert ending == "txt" or not re.search(r"<(script|img|bold)", text)
    assert written >= 4
    for register in ("people.staff", "keys.loans", "keys.keys"):
        path = tmp_path / f"{register}.xlsx"
        assert cli("export", register, str(path)).code == 0
        cells = [cell for row in openpyxl.load_workbook(path).active.iter_rows() for cell in row]
        assert all(cell.data_type != "f" for cell in cells)
        table = tmp_path / f"{register}.csv"
        assert cli("export", register, str(table)).code == 0
        for row in csv.reader(io.StringIO(table.read_text("utf-8-sig"))):
            assert not any(cell.startswith(("=", "+", "@", "\t", "\r")) for cell in row)
        plain = cli("export", register, "-", "--format", "json")
        assert json.loads(plain.out) and not acting(plain.out)


async def test_the_digest_and_the_statement_hold_nothing_that_acts(
    host: Host, evil: Path, run: Any, cli: Cli, tmp_path: Path
) -> None:
    actor = await host.call(host.actor("admin"))
    today = await collect(host, actor)
    assert today.matters
    assert not acting(await host.call(text_of(host, today, today.matters)))
    items = {"items": [matter.item.id for matter in today.matters]}
    await run("review.defer", {**items, "until": "2026-11-25", "reason": "later"})
    await poison(host, evil.with_name("cstui.db"))
    await sign_off(host, actor)
    for lang in LANGUAGES:
        told = await statement(host, today.day, lang)
        assert told
        text = told.markdown()
        assert not acting(text)
        rows = [line for line in text.splitlines() if line.startswith("|")]
        assert len(rows) > len(today.matters)
        assert {len(re.findall(r"(?<!\\)\|", row)) for row in rows} == {len(told.rows[0]) + 1}
        assert not re.search(r"(?<!\\)[<`]", text.replace("`" + told.checkpoint + "`", ""))
        path = tmp_path / f"{lang}.xlsx"
        path.write_bytes(told.xlsx())
        assert all(cell.data_type != "f" for row in openpyxl.load_workbook(path).active.iter_rows() for cell in row)


def test_a_terminal_gets_only_what_is_shown(evil: Path) -> None:
    for words in (
        ["list", "people.staff"],
        ["export", "people.staff", "-", "--format", "csv"],
        ["show", "keys.keys", "3-S0"],
    ):
        raw = _on_a_terminal(["--config", str(evil), "--as", "admin", *words])
        assert raw and not acting(raw.decode("utf-8"), "\r\n"), words


def _on_a_terminal(words: list[str]) -> bytes:
    above, below = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "cstui", *words], stdin=below, stdout=below, stderr=below, env=environment(TERM="xterm")
    ) as program:
        os.close(below)
        raw = b""
        while True:
            try:
                raw += os.read(above, 65536)
            except OSError:  # the program has gone
                break
        program.wait(30)
    os.close(above)
    return raw


def test_words_that_are_no_text_are_refused_and_logged_ones_stay_one_line(
    program: Callable[..., CompletedProcess[bytes]], config_path: Path
) -> None:
    done = program("--as", "admin", "list", "people.staff", "--search", os.fsdecode(b"\xff\x9b"))
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.count(b"\n") == 1 and b"<U+DCFF>" in done.stderr


def test_the_log_is_one_line_of_plain_json_each(config_path: Path) -> None:
    call: Any = SimpleNamespace(config_path=config_path, command=ALL)
    for worst in (*WORST.values(), "\udcff"):
        assert log.write(call, worst, RuntimeError(worst))
    lines = config_path.with_name("cstui.log").read_bytes().splitlines()
    assert len(lines) == len(WORST) + 1
    for line, worst in zip(lines, WORST.values(), strict=False):
        assert line.isascii() and not acting(line.decode())
        assert json.loads(line)["said"] == worst


def test_a_plugin_a_setting_and_a_forced_command_act_on_nothing_either(
    cli: Cli, config_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plugins = config_path.with_name("plugins")
    plugins.mkdir(mode=0o700)
    plugins.joinpath("bad.py").write_text(f"raise RuntimeError({ALL!r})\n")
    whole = config_path.read_text()
    config_path.write_text(f'{whole}\n[plugins]\ndirs = ["{plugins}"]\n')
    for words in (["plugin", "list"], ["doctor"], ["list", "people.staff"]):
        answer = cli(*words)
        clean_out(answer)
        assert "Traceback" not in answer.err
    for line in (json.dumps(ALL) + " = 1", "site = " + json.dumps(ALL), "[roles]\n" + json.dumps(ALL) + " = [1]"):
        config_path.write_text(line + "\n", encoding="utf-8")
        answer = cli("doctor")
        clean_out(answer)
        assert answer.err.count("\n") <= 2
    config_path.write_text(whole)
    for original in (f"list {ALL}", ALL, "list people.staff --search '\udcff'"):
        monkeypatch.setenv("SSH_ORIGINAL_COMMAND", original.replace("\0", ""))
        answer = cli()
        clean_out(answer)
        assert answer.code in (2, 3)
