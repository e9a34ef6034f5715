"""Other versions: an old store and a new program, an old program and a new store, and whatever cuts an upgrade short."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from conftest import CONFIG, site
from tests.process.conftest import ROOT, environment
from tests.tui.test_terminal import READY, Seat
from tests.tui.test_terminal import seats as seats

from cstui import identity, registers
from cstui.cli import main
from cstui.contract.context import SYSTEM
from cstui.host import Host
from cstui.journal.verify import check, snapshot_of_file

OLD = ROOT / "tests" / "stores" / "2026-11-25.sql"
"""What a program of that day left, whose schema lacks four migrations and three areas."""
LOAN = "L20261130-001"

Shape = set[tuple[Any, ...]]


def old_site(folder: Path, config: str = CONFIG) -> Path:
    """A site with the store of the earlier program, and the checkpoint it printed."""
    path = site(folder, config)
    with closing(sqlite3.connect(path.with_name("cstui.db"))) as store:
        store.executescript(OLD.read_text("utf-8"))
    shutil.copy(OLD.with_suffix(".checkpoints.txt"), folder / "checkpoints.txt")
    return path


def shape(store: Path) -> Shape:
    """Tables with their columns, indexes and triggers."""
    with closing(sqlite3.connect(store)) as file:
        found: Shape = set(
            file.execute("SELECT type, name, tbl_name, iif(type = 'trigger', sql, '') FROM sqlite_master")
        )
        for kind, table, *_ in list(found):
            if kind == "table":
                found |= {(table, *column[1:]) for column in file.execute(f'PRAGMA table_info("{table}")')}
    return found


def data(store: Path) -> dict[str, list[dict[str, Any]]]:
    """Table → its rows, but what the upgrade itself counts."""
    with closing(sqlite3.connect(store)) as file:
        file.row_factory = sqlite3.Row
        assert file.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        tables = [name for (name,) in file.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {
            table: [dict(row) for row in file.execute(f'SELECT * FROM "{table}" ORDER BY 1')]
            for table in tables
            if table not in {"tortoise_migrations", "house_stamp", "sqlite_sequence"}
        }


def assert_kept(before: dict[str, list[dict[str, Any]]], store: Path, entries: int = 0) -> None:
    """Every value of every row is there as it was; columns may have been added, and so many entries of the journal."""
    now = data(store)
    for table, rows in before.items():
        there = now[table][: len(rows)]
        assert [{name: row[name] for name in old} for old, row in zip(rows, there, strict=True)] == rows, table
        assert len(now[table]) - len(rows) == (entries if table in ("house_entry", "house_body") else 0), table


def kept_copies(path: Path) -> list[Path]:
    return sorted(path.parent.glob("cstui.db.before-*"))


def cstui(config: Path, *words: str, login: str = "admin", **variables: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "cstui", "--config", str(config), "--as", login, *words],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment(**variables),
    )  # fmt: skip


def test_two_new_programs_meet_an_old_store(tmp_path: Path, template: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = old_site(tmp_path / "site")
    store = path.with_name("cstui.db")
    before, was = data(store), shape(store)
    for program in [cstui(path, "list", "keys.loans", "--json") for _ in range(2)]:
        out, err = program.communicate(timeout=60)
        assert (program.returncode, err) == (0, "")
        assert [row["values"]["loan_no"] for row in json.loads(out)["rows"]] == [LOAN]
    assert shape(store) == shape(template.with_name("cstui.db"))
    assert_kept(before, store)
    (kept,) = kept_copies(path)
    assert shape(kept) == was and data(kept) == before and kept.stat().st_mode & 0o777 == 0o600

    def call(*words: str) -> Any:
        capsys.readouterr()
        assert main(["--config", str(path), "--as", "admin", "--json", *words]) == 0
        return json.loads(capsys.readouterr().out)

    assert call("journal", "verify", "--against", str(tmp_path / "site" / "checkpoints.txt"))["verdict"] == "intact"
    call("keys", "return", "--key", "3-2-501-A", "--condition", "ok")
    # and back again: what the earlier program left is a copy like any other
    told = call("restore", str(kept))
    assert told["lost"] == 1
    assert call("list", "keys.loans")["rows"][0]["values"]["loan_state"] == "out"
    assert shape(store) == shape(template.with_name("cstui.db"))
    assert_kept(before, store, entries=1)  # that it was restored


DYING = """
import asyncio, os, signal, sys
from pathlib import Path
from tortoise.migrations.executor import MigrationExecutor
from cstui.host import Host
from cstui.store import backup, migrate

def die(*_, **__):
    os.kill(os.getpid(), signal.SIGKILL)

def after(place, name, times=1):
    '''Die when this has been done so often.'''
    left, does = [times], getattr(place, name)
    async def done(*args, **more):
        answer = await does(*args, **more)
        left[0] -= 1
        return answer if left[0] else die()
    setattr(place, name, done)

MOMENTS = {
    "the copy is written": lambda: setattr(migrate.os, "replace", die),
    "half of the areas are migrated": lambda: after(MigrationExecutor, "migrate", 5),
    "all is stamped": lambda: after(migrate, "_stamp"),
    "all is committed": lambda: setattr(migrate.os, "chmod", die),
    "nothing is left to do": lambda: None,
}

async def main():
    async with Host.open(Path(sys.argv[1])):
        print("open", flush=True)

import cstui_confidentiality, cstui_hygiene, cstui_keys, cstui_rewards  # once, not by each that dies

for moment in map(str.strip, sys.stdin):
    if os.fork() == 0:
        MOMENTS[moment]()
        asyncio.run(main())
        os._exit(0)
    print(os.waitstatus_to_exitcode(os.wait()[1]), flush=True)
"""


def test_an_upgrade_killed_at_any_moment_leaves_the_store_as_before_or_whole(tmp_path: Path, template: Path) -> None:
    path = old_site(tmp_path / "site")
    store, new = path.with_name("cstui.db"), shape(template.with_name("cstui.db"))
    before, old = data(store), shape(store)
    program = subprocess.Popen(
        [sys.executable, "-c", DYING, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        env=environment(),
    )  # fmt: skip
    assert program.stdin and program.stdout

    def dies_when(moment: str) -> bool:
        program.stdin.write(moment + "\n")
        program.stdin.flush()
        answer = program.stdout.readline()
        if answer == "open\n":
            answer = program.stdout.readline()
        return int(answer) == -signal.SIGKILL

    for moment in ("the copy is written", "half of the areas are migrated", "all is stamped"):
        assert dies_when(moment), moment
        assert shape(store) == old and data(store) == before, moment
    assert dies_when("all is committed")
    assert shape(store) == new
    assert_kept(before, store)
    assert not dies_when("nothing is left to do")
    program.stdin.close()
    assert program.wait(30) == 0
    assert shape(store) == new and check(snapshot_of_file(store)).good
    (kept,) = kept_copies(path)
    assert data(kept) == before


MIGRATION = """
from tortoise import fields, migrations
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [("keys", "0002_to_the_last_rule")]
    operations = [ops.AddField("Key", "shelf", fields.CharField(max_length=16, null=True))]
"""


def later_program(folder: Path) -> str:
    """PYTHONPATH of a later program, whose keys hang on shelves."""
    shutil.copytree(ROOT / "plugins" / "cstui_keys", folder / "cstui_keys")
    (folder / "cstui_keys" / "migrations" / "0999_shelves.py").write_text(MIGRATION)
    return os.pathsep.join(map(str, (folder, ROOT / "src", ROOT / "plugins")))


def test_an_upgrade_while_others_are_connected(
    config_path: Path, tmp_path: Path, seats: Callable[[Path], Seat], capsys: pytest.CaptureFixture[str]
) -> None:
    store, later = config_path.with_name("cstui.db"), later_program(tmp_path / "later")
    seat = seats(config_path)
    seat.until(lambda: READY in seat.raw)
    assert cstui(config_path, "migrate", PYTHONPATH=later).wait(60) == 0

    def said() -> bytes:  # how it stands on its lines depends on the length of the path
        return b" ".join(re.sub(rb"\x1b\[[\d;?]*[A-Za-z]", b" ", seat.raw).split())

    seat.until(lambda: b"read only" in said() and b"leave and start again" in said())
    # the earlier program no longer opens the store, nor takes a later one's copy for it
    copy = tmp_path / "later.db"
    assert cstui(config_path, "backup", str(copy), PYTHONPATH=later).wait(60) == 0
    earlier = ["--config", str(config_path), "--as", identity.account()]
    for words in (["list", "keys.keys"], ["restore", str(copy)]):
        capsys.readouterr()
        code = main([*earlier, *words])
        out, err = capsys.readouterr()
        assert (code, out, err.count("\n")) == (4, "", 1) and "keys.0999_shelves" in err
    seat.press("\x11")
    seat.until(seat.ended)
    assert (
        cstui(config_path, "site", "set-day", "--day", "2026-12-01", "--working", "no", PYTHONPATH=later).wait(60) == 0
    )
    # a copy of its own time is the way back
    (kept,) = kept_copies(config_path)
    assert main([*earlier, "restore", str(kept)]) == 0
    assert "shelf" not in str(shape(store))


async def test_an_area_that_was_left_out_of_an_upgrade_keeps_its_tables_and_comes_back(
    tmp_path: Path, template: Path
) -> None:
    path = old_site(tmp_path / "site", CONFIG + '\n[plugins]\ndisabled = ["cstui_keys"]\n')
    store = path.with_name("cstui.db")

    def of_keys(found: Shape) -> Shape:
        return {one for one in found if any(str(part).startswith("keys_") for part in one)}

    before, was = data(store), of_keys(shape(store))
    async with Host.open(path) as host:
        assert "keys" not in host.areas
    assert of_keys(shape(store)) == was and kept_copies(path)
    assert_kept(before, store)
    path.write_text(CONFIG)
    async with Host.open(path) as host:
        assert await registers.count(host, await host.context(SYSTEM), "keys.loans") == 1
    assert shape(store) == shape(template.with_name("cstui.db"))
    assert_kept(before, store)
    assert len(kept_copies(path)) == 2
