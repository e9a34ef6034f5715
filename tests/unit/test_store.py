"""The store: opening what can't be opened, the lock, upgrades, and copies."""

from __future__ import annotations

import asyncio
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from conftest import NOW, lost_site, site
from tortoise.context import TortoiseContext
from tortoise.migrations.autodetector import MigrationAutodetector

from cstui import engine
from cstui.contract.context import SYSTEM
from cstui.contract.errors import Stale, StoreFault
from cstui.host import Host
from cstui.journal.verify import check, snapshot_of_file
from cstui.store.backup import copy_file, restore_file
from cstui.store.past import past
from cstui.store.store import Database, tortoise_config

FIND = {"tag": "A1", "name": "伞"}


async def opened(path: Path) -> str:
    """The text id of the fault with which a site refuses to open, or ""."""
    try:
        async with Host.open(path):
            return ""
    except StoreFault as fault:
        return fault.text.id


def store_of(path: Path) -> Path:
    return path.with_name("cstui.db")


async def test_what_is_no_store_is_named(tmp_path: Path) -> None:
    path = site(tmp_path)
    assert await opened(path) == "store.missing"
    store_of(path).write_bytes(b"name,number\nno database\n")
    assert await opened(path) == "store.corrupt"
    store_of(path).unlink()
    with closing(sqlite3.connect(store_of(path))) as other:
        other.execute("CREATE TABLE shopping (id)")
    assert await opened(path) == "store.not_ours"


async def test_a_damaged_store_is_one_sentence(config_path: Path) -> None:
    whole = store_of(config_path).read_bytes()
    store_of(config_path).write_bytes(whole[:4096] + b"\xff" * (len(whole) - 4096))
    assert await opened(config_path) in {"store.corrupt", "store.unreadable"}


async def test_a_busy_store_is_waited_for_then_told(host: Host, config_path: Path) -> None:
    with closing(sqlite3.connect(store_of(config_path), isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        await host.call(_busy_timeout(host, 150))
        with pytest.raises(Stale) as busy:
            await engine.run(host, "site.set_day", {"day": "2026-12-01", "working": "false"}, SYSTEM)
        assert busy.value.text.id == "store.busy"
        other.execute("ROLLBACK")
    await engine.run(host, "site.set_day", {"day": "2026-12-01", "working": "false"}, SYSTEM)
    assert len(await host.store.query("SELECT * FROM site_day")) == 1


async def _busy_timeout(host: Host, milliseconds: int) -> None:
    await host.store.query(f"PRAGMA busy_timeout = {milliseconds}")


async def test_many_acts_at_once_in_one_program_all_come_through(tmp_path: Path, template: Path) -> None:
    async with Host.open(lost_site(tmp_path, template)) as host:
        acts = (engine.run(host, "lost.find", {"tag": f"T{n}", "name": "x"}, SYSTEM) for n in range(20))
        entries = [outcome.entry for outcome in await asyncio.gather(*acts)]
        assert sorted(entries) == list(range(min(entries), min(entries) + 20))


async def test_a_site_gains_an_area_and_keeps_a_copy_from_before(tmp_path: Path, template: Path) -> None:
    path = lost_site(tmp_path, template)
    async with Host.open(path) as host:
        await engine.run(host, "lost.find", FIND, SYSTEM)
    kept = [file for file in path.parent.iterdir() if ".before-" in file.name]
    assert len(kept) == 1 and kept[0].stat().st_mode & 0o077 == 0
    with closing(sqlite3.connect(kept[0])) as before:
        assert not before.execute("SELECT name FROM sqlite_master WHERE name = 'lost_item'").fetchall()


async def test_a_program_open_during_an_upgrade_goes_read_only(
    host: Host, config_path: Path, tmp_path: Path, template: Path
) -> None:
    later = config_path.with_name("later.toml")  # of a program that knows an area more
    later.write_text(lost_site(tmp_path, template).read_text())
    later.chmod(0o600)
    assert await asyncio.to_thread(asyncio.run, opened(later)) == ""
    for _ in range(2):
        with pytest.raises(StoreFault) as upgraded:
            await engine.run(host, "site.set_day", {"day": "2026-12-01", "working": "true"}, SYSTEM)
        assert upgraded.value.text.id == "store.upgraded"
    assert host.store.read_only
    for opening in (host.beside, host.trial):  # for a long act: it is the same program
        async with opening() as other:
            with pytest.raises(StoreFault) as upgraded:
                await engine.run(other, "site.set_day", {"day": "2026-12-01", "working": "true"}, SYSTEM)
            assert upgraded.value.text.id == "store.upgraded"


async def test_a_log_that_is_read_just_now_is_emptied_another_time(host: Host) -> None:
    async def empty() -> list[dict[str, Any]]:
        async with host.store.snapshot():
            await host.store.query("SELECT 1 FROM house_stamp")
            await host.store.empty_log()
            return await host.store.query("PRAGMA busy_timeout")

    assert await host.call(empty()) == [{"timeout": host.store.database.at_lock}]


async def test_a_newer_store_is_refused_and_left_alone(config_path: Path) -> None:
    with closing(sqlite3.connect(store_of(config_path))) as store:
        store.execute("INSERT INTO tortoise_migrations(app, name, applied_at) VALUES('people', '0999_later', '2027')")
        store.commit()
    assert await opened(config_path) == "store.newer"


async def test_a_failing_upgrade_changes_nothing(
    tmp_path: Path, template: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = lost_site(tmp_path, template)
    for name in [name for name in sys.modules if name.startswith("cstui_site.lost.migrations")]:
        monkeypatch.delitem(sys.modules, name)  # another test's site had the same area
    migration = tmp_path / "dropins" / "lost" / "migrations" / "0001_initial.py"
    migration.write_text(
        migration.read_text() + "\n\nasync def fail(apps, editor):\n    raise RuntimeError('power cut')\n\n\n"
        "Migration.operations.append(ops.RunPython(fail))\n"
    )
    before = _schema(store_of(path))
    with pytest.raises(StoreFault) as failed:
        async with Host.open(path):
            pass
    assert failed.value.text.id == "store.migration_failed" and failed.value.value == "lost"
    assert _schema(store_of(path)) == before
    assert check(snapshot_of_file(store_of(path))).good


def _schema(path: Path) -> list[Any]:
    with closing(sqlite3.connect(path)) as store:
        tables = store.execute("SELECT type, name, sql FROM sqlite_master ORDER BY name").fetchall()
        return [*tables, *store.execute("SELECT app, name FROM tortoise_migrations ORDER BY app, name").fetchall()]


def test_four_programs_make_one_new_store_together(tmp_path: Path) -> None:
    path = site(tmp_path)
    script = (
        "import asyncio, sys; from pathlib import Path; from cstui.host import Host\n"
        "async def main():\n    async with Host.open(Path(sys.argv[1]), create=True): pass\n"
        "asyncio.run(main())"
    )
    makers = [
        subprocess.Popen([sys.executable, "-c", script, str(path)], stderr=subprocess.PIPE, text=True) for _ in range(4)
    ]
    for maker in makers:
        _, err = maker.communicate(timeout=120)
        assert maker.returncode == 0, err
    with closing(sqlite3.connect(store_of(path))) as store:
        assert store.execute("SELECT count(*) FROM house_stamp").fetchone() == (1,)
        assert store.execute("PRAGMA integrity_check").fetchone() == ("ok",)


UPGRADE = """
import asyncio, sys, time
from pathlib import Path
from cstui import engine
from cstui.contract.context import SYSTEM
from cstui.host import Host
from cstui.store import migrate

site, late, go = Path(sys.argv[1]), sys.argv[2] == "late", Path(sys.argv[3])
ask = migrate.compare

async def dawdle(*args):
    lacking = await ask(*args)
    print(len(lacking), flush=True)
    while late and lacking and not go.exists():
        time.sleep(0.01)
    return lacking

migrate.compare = dawdle

async def main():
    async with Host.open(site) as host:
        print("open", flush=True)
        sys.stdin.readline()
        await engine.run(host, "lost.find", {"tag": sys.argv[4], "name": "x"}, SYSTEM)

asyncio.run(main())
"""


def test_a_program_that_comes_late_to_an_upgrade_finds_it_done(tmp_path: Path, template: Path) -> None:
    path, go = lost_site(tmp_path, template), tmp_path / "go"
    with closing(sqlite3.connect(store_of(path))) as store:
        (before,) = store.execute("SELECT epoch FROM house_stamp").fetchone()
    pipes: Any = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}

    def start(which: str) -> subprocess.Popen[str]:
        program = subprocess.Popen([sys.executable, "-c", UPGRADE, str(path), which, str(go), which], **pipes)
        assert program.stdout and program.stdout.readline() != "0\n"  # it saw that the store lacks something
        return program

    late, first = start("late"), start("first")
    assert late.stdout and first.stdout
    assert first.stdout.readline() == "open\n"
    go.touch()
    assert late.stdout.readline() == "open\n"
    for program in (late, first):  # what is open stays writable: nobody upgraded behind its back
        _, err = program.communicate("\n", timeout=60)
        assert program.returncode == 0, err
    (kept,) = (file for file in path.parent.iterdir() if ".before-" in file.name)
    with closing(sqlite3.connect(kept)) as copy, closing(sqlite3.connect(store_of(path))) as store:
        assert not copy.execute("SELECT name FROM sqlite_master WHERE name = 'lost_item'").fetchall()
        assert store.execute("SELECT tag FROM lost_item ORDER BY tag").fetchall() == [("first",), ("late",)]
        assert store.execute("SELECT epoch FROM house_stamp").fetchone() == (before + 1,)


async def test_an_upgrade_that_somebody_else_holds_up_is_told_as_busy(tmp_path: Path, template: Path) -> None:
    path = lost_site(tmp_path, template)
    path.write_text(path.read_text() + "\n[database]\nbusy_timeout = 0.1\n")
    with closing(sqlite3.connect(store_of(path), isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(Stale) as busy:
            async with Host.open(path):
                pass
    assert busy.value.text.id == "store.busy"
    assert not [file for file in path.parent.iterdir() if ".before-" in file.name]


async def test_the_migrations_say_what_the_models_say(host: Host) -> None:
    config = tortoise_config(Database("sqlite", Path(":memory:")), host.areas.values())
    async with TortoiseContext() as context:
        await context.init(config, init_connections=False)
        for models in (context.apps or {}).values():
            for model in models.values():
                model._meta.table_description = ""
        apps = {label: app for label, app in config["apps"].items() if app.get("migrations")}
        lacking = await MigrationAutodetector(context.apps, apps).changes()  # type: ignore[arg-type]
    assert [writer.app_label for writer in lacking] == [], "make migration"


def _days(path: Path) -> int:
    with closing(sqlite3.connect(path)) as store:
        return int(store.execute("SELECT count(*) FROM site_day").fetchone()[0])


def _indexed(path: Path) -> set[tuple[str, str]]:
    """(table, column) of all that can be looked up by an index."""
    with closing(sqlite3.connect(path)) as store:
        return set(
            store.execute(
                "SELECT m.tbl_name, i.name FROM sqlite_master m JOIN pragma_index_info(m.name) i "
                "WHERE m.type = 'index' AND i.seqno = 0"
            )
        )


async def test_every_index_of_a_model_and_of_what_points_to_others_is_there(host: Host) -> None:
    """SQLite tables that a migration rebuilds lose theirs: keys_custody_event was. A reference declares none."""
    config = tortoise_config(Database("sqlite", Path(":memory:")), host.areas.values())
    async with TortoiseContext() as context:
        await context.init(config, init_connections=False)
        wanted = {
            (model._meta.db_table, column)
            for label, models in (context.apps or {}).items()
            for model in models.values()
            for name, column in model._meta.fields_db_projection.items()
            for field in [model._meta.fields_map[name]]
            if label != "house" and (field.index or field.reference) and not field.pk
        }
    assert {("keys_custody_event", "at"), ("keys_custody_event", "key_id"), ("ledger_posting", "person_id")} <= wanted
    assert wanted - _indexed(store_of(host.settings.path)) == set()


async def test_an_older_store_gets_the_indexes_of_references(config_path: Path) -> None:
    with closing(sqlite3.connect(store_of(config_path))) as store, store:
        found = "SELECT m.name FROM sqlite_master m JOIN pragma_index_info(m.name) i WHERE i.name = 'key_id'"
        for (name,) in store.execute(found).fetchall():
            store.execute(f'DROP INDEX "{name}"')
        store.execute("DELETE FROM tortoise_migrations WHERE app = 'house' AND name > '0002'")
    assert ("keys_custody_event", "key_id") not in _indexed(store_of(config_path))
    async with Host.open(config_path):
        assert ("keys_custody_event", "key_id") in _indexed(store_of(config_path))


async def test_every_table_of_an_area_has_its_triggers_and_constraints(config_path: Path) -> None:
    with closing(sqlite3.connect(store_of(config_path))) as store:
        named = {kind: {row[0] for row in store.execute("SELECT name FROM sqlite_master WHERE type = ?", (kind,))}
                 for kind in ("table", "trigger", "index")}  # fmt: skip
        records = {name for name in named["table"] if store.execute(
            "SELECT 1 FROM pragma_table_info(?) WHERE name = 'version'", (name,)).fetchone()}  # fmt: skip
    assert {"keys_key", "people_staff", "ledger_posting", "review_signoff"} <= records
    for table in records:
        assert {f"journal_{table}_{event}" for event in ("insert", "update", "delete")} <= named["trigger"]
    names = named["index"]
    assert {"people_duty_once", "people_pin_once", "ledger_reversed_once", "approvals_step_once"} <= names


async def test_what_is_anonymous_stands_in_no_order_and_is_gone_when_it_is_deleted(
    tmp_path: Path, lost_template: Path
) -> None:
    path = lost_site(tmp_path, lost_template)
    said = [f"{word}说的话" for word in "甲乙丙丁戊己庚辛"]
    async with Host.open(path) as host:
        for words in said:
            await engine.run(host, "lost.whisper", {"words": words}, SYSTEM)
        stored = await host.store.query("SELECT id FROM lost_whisper")  # as they lie in the file
        assert [row["id"] for row in stored] == sorted(row["id"] for row in stored)
        with pytest.raises(Exception, match="rowid"):
            await host.store.query("SELECT rowid FROM lost_whisper")
    async with Host.open(path) as host:
        await host.store.query("DELETE FROM lost_whisper")
    with closing(sqlite3.connect(store_of(path))) as store:
        store.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert not any(words.encode() in store_of(path).read_bytes() for words in said)


async def test_a_copy_taken_while_others_write_is_whole(host: Host, config_path: Path, tmp_path: Path) -> None:
    async def write() -> None:
        for day in range(1, 20):
            await engine.run(host, "site.set_day", {"day": f"2026-12-{day:02}", "working": "true"}, SYSTEM)

    writing = asyncio.create_task(write())
    copies = []
    for number in range(4):
        target = tmp_path / f"copy-{number}.db"
        await asyncio.to_thread(copy_file, store_of(config_path), target)
        copies.append(target)
    await writing
    assert all(check(snapshot_of_file(copy)).good for copy in copies)
    with pytest.raises(StoreFault):
        copy_file(store_of(config_path), copies[0])  # never over what is there


def test_a_copy_that_the_disk_has_no_room_for_says_nothing_of_damage(config_path: Path, tmp_path: Path) -> None:
    script = (
        "import resource, signal, sys; from pathlib import Path\n"
        "from cstui.contract.errors import StoreFault; from cstui.store.backup import copy_file\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN); resource.setrlimit(resource.RLIMIT_FSIZE, (20000, 20000))\n"
        "try:\n    copy_file(*map(Path, sys.argv[1:]))\nexcept StoreFault as fault:\n    print(fault.text.id)"
    )
    target = tmp_path / "copy.db"
    done = subprocess.run(
        [sys.executable, "-c", script, str(store_of(config_path)), str(target)], capture_output=True, text=True
    )
    assert done.stdout.strip() in {"store.full", "store.unreadable"}, done.stderr
    assert not target.exists()


async def test_a_copy_put_back_keeps_what_was_there(config_path: Path, tmp_path: Path) -> None:
    copy_file(store_of(config_path), tmp_path / "monday.db")
    async with Host.open(config_path) as host:
        host.clock = lambda: NOW
        await engine.run(host, "site.set_day", {"day": "2026-12-01", "working": "true"}, SYSTEM)
        with pytest.raises(Stale) as used:
            restore_file(tmp_path / "monday.db", store_of(config_path), {})
        assert used.value.text.id == "store.in_use"
        assert await host.store.query("SELECT day FROM site_day")
    kept = restore_file(tmp_path / "monday.db", store_of(config_path), {})
    assert kept
    assert [_days(kept), _days(store_of(config_path))] == [1, 0]
    (tmp_path / "list.csv").write_text("a,b\n")
    with pytest.raises(StoreFault):
        restore_file(tmp_path / "list.csv", store_of(config_path), {})
    whole = store_of(config_path).read_bytes()
    for damaged in (b"no store at all", whole[:4096] + b"\xff" * (len(whole) - 4096)):
        store_of(config_path).write_bytes(damaged)
        kept = restore_file(tmp_path / "monday.db", store_of(config_path), {})
        assert kept and kept.read_bytes() == damaged
        assert check(snapshot_of_file(store_of(config_path))).verdict == "intact"


async def test_the_store_and_its_side_files_are_private(host: Host, config_path: Path) -> None:
    await engine.run(host, "site.set_day", {"day": "2026-12-01", "working": "true"}, SYSTEM)
    for file in config_path.parent.glob("cstui.db*"):
        assert os.stat(file).st_mode & 0o077 == 0, file


async def test_an_acknowledged_act_is_synced_to_the_disk(host: Host) -> None:
    assert (await host.store.query("PRAGMA synchronous"))[0]["synchronous"] == 2
    assert (await host.store.query("PRAGMA foreign_keys"))[0]["foreign_keys"] == 1


async def test_a_task_of_its_own_never_inherits_a_transaction(host: Host) -> None:
    """What is started inside an act through `call` is stored even when the act is rolled back."""
    started: list[asyncio.Task[Any]] = []
    with pytest.raises(ZeroDivisionError):
        async with host.store.transaction():
            act = engine.run(host, "site.set_day", {"day": "2026-12-01", "working": "true"}, SYSTEM)
            started.append(asyncio.create_task(act))
            await asyncio.sleep(0.05)
            raise ZeroDivisionError
    await started[0]
    assert len(await host.store.query("SELECT * FROM site_day")) == 1


async def test_a_second_connection_that_ends_leaves_the_first_ones_locks(host: Host, config_path: Path) -> None:
    """Else the next program to end deletes the log that others still write to, and what they store is lost."""
    look = "import sqlite3, sys; sqlite3.connect(sys.argv[1]).execute('SELECT count(*) FROM house_entry').fetchone()"
    async with host.beside():
        pass
    async with past(host, NOW):
        pass
    await asyncio.to_thread(subprocess.run, [sys.executable, "-c", look, str(store_of(config_path))], check=True)
    assert config_path.with_name("cstui.db-wal").exists()
