"""The kit of a site's own areas: begun, used, changed without loss, checked; what can't be is told in a line."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pexpect
import pytest
from tests.process.conftest import Cli, environment

VISIT = "visit=来访: visitor=访客 text 40, host=接待人 person, until=离开时间 moment due, phone?=电话 text 20"
EVERYTHING = (
    "part=部件: tag=编号 code 12, place text 60, seen day, until? moment due, stock number, price? money, spare flag, "
    "kind choice new=新/old=旧, keeper? person, crew? team, remark? words"
)
BY_HAND = """
from tortoise import migrations
from tortoise.migrations import operations as ops

async def fill(apps, editor):
    await editor.client.execute_query('INSERT INTO "nowhere" VALUES (1)')

class Migration(migrations.Migration):
    dependencies = [("visitors", "0001_initial")]
    operations = [ops.RunPython(fill)]
"""


@pytest.fixture(autouse=True)
def lenient(monkeypatch: pytest.MonkeyPatch) -> None:
    """As at a site: a plugin's fault sets it aside."""
    monkeypatch.delenv("CSTUI_STRICT")


@pytest.fixture
def visitors(cli: Cli, config_path: Path) -> Path:
    """A site that was given an area "visitors"; the area's folder."""
    assert cli("plugin", "new", "visitors", "--title", "Visitors=访客登记", "--record", VISIT).code == 0
    return config_path.parent / "plugins" / "visitors"


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def columns(config_path: Path, table: str) -> set[str]:
    with closing(sqlite3.connect(config_path.with_name("cstui.db"))) as store:
        return {row[1] for row in store.execute(f"PRAGMA table_info({table})")}


def test_an_area_is_used_as_it_was_written(cli: Cli, visitors: Path, config_path: Path) -> None:
    assert 'dirs = ["plugins"]' in config_path.read_text("utf-8")
    assert oct(visitors.parent.stat().st_mode)[-3:] == "755"
    modes = {oct(path.stat().st_mode)[-3:] for path in visitors.rglob("*") if path.is_file()}
    assert modes == {"644"}
    assert cli("visitors", "add", "--visitor", "李强", "--host", "admin", "--until", "+2 h").code == 0
    late = ("visitors", "add", "--visitor", "王芳", "--host", "admin", "--until", "2020-01-01 18:00", "--no", "X-1")
    assert cli(*late).code == 0
    assert cli(*late).code == 2
    items = [one for one in cli("review", "--json").json["items"] if one["area"] == "visitors"]
    assert [(one["severity"], one["rule"]) for one in items] == [
        ("critical", "visitors-01"),
        ("warning", "visitors-01"),
    ]
    sheet = str(config_path.parent / "visits.csv")
    assert cli("export", "visitors.visits", sheet).code == 0
    assert "unchanged 2" in cli("import", "visitors.visits", sheet).out
    edit(Path(sheet), "李强", "李强强")
    assert "updated 1, unchanged 1" in cli("import", "visitors.visits", sheet).out
    assert cli("visitors", "change", "--visit", "X-1", "--phone", "12345").code == 0
    assert cli("visitors", "finish", "--visit", "X-1").code == 0
    assert cli("visitors", "finish", "--visit", "X-1").code == 1
    left = [one for one in cli("review", "--json").json["items"] if one["area"] == "visitors"]
    assert [one["severity"] for one in left] == ["warning"]
    assert cli("journal", "verify").code == 0


def test_every_kind_of_field_conforms_and_comes_back_from_a_file(cli: Cli, config_path: Path) -> None:
    assert (
        cli(
            "plugin", "new", "parts", "--record", EVERYTHING, "--record", "note: body words", "--approver", "admin"
        ).code
        == 0
    )
    checked = cli("plugin", "check", "parts")
    assert checked.code == 0, checked.out
    assert (
        cli(
            "parts", "add-part", "--tag", "A", "--place", "x", "--seen", "2026-11-24", "--stock", "3", "--kind", "new"
        ).code
        == 0
    )
    sheet = str(config_path.parent / "parts.csv")
    assert cli("export", "parts.parts", sheet).code == 0
    assert "unchanged 1" in cli("import", "parts.parts", sheet).out
    waiting = cli("list", "approvals.requests", "--json").json["rows"]
    assert len(waiting) == 1


def test_a_changed_field_is_shown_then_done_and_no_row_is_lost(cli: Cli, visitors: Path, config_path: Path) -> None:
    cli("visitors", "add", "--visitor", "李强", "--host", "admin", "--until", "+2 h")
    models = visitors / "models.py"
    assert "as its migrations say" in cli("plugin", "migrate", "visitors").out
    edit(models, "max_length=40)", 'max_length=80)\n    plate = fields.CharField(max_length=12, default="")')

    unfit = cli("list", "visitors.visits")
    assert unfit.code == 2 and "run cstui plugin migrate visitors" in unfit.err
    assert cli("list", "people.staff").code == 0
    assert "visitors" in str(cli("review", "--json").json["unknown"])

    shown = cli("plugin", "migrate", "visitors", "--dry-run")
    assert "new field plate, CharField(max_length=12); 1 row gets its default" in shown.out
    assert "visitor changes from CharField(max_length=40) to CharField(max_length=80); 1 row" in shown.out
    assert cli("plugin", "migrate", "visitors").code == 2  # nobody can be asked
    assert "plate" not in columns(config_path, "visitors_visit")
    assert len([*visitors.glob("migrations/0*.py")]) == 1

    assert cli("plugin", "migrate", "visitors", "--yes").code == 0
    assert "plate" in columns(config_path, "visitors_visit")
    assert [one.name for one in sorted(visitors.glob("migrations/0*.py"))][1:] == ["0002_visitor_and_plate.py"]
    assert [*config_path.parent.glob("cstui.db.before-*")]
    assert cli("list", "visitors.visits", "--json").json["rows"]
    assert cli("journal", "verify").code == 0
    second, room = models.read_text("utf-8"), visitors / "visits.py"

    for old, new, said in (
        ("    visitor = fields.CharField(max_length=80)\n", "", "would lose what stands in visitor"),
        ("max_length=80", "max_length=1", "longer than 1 in visitor"),
        ("    visitor = fields.CharField(max_length=80)", "    visitor = fields.IntField()", "can't become another kind"),
        ('default="")\n    state', 'default="")\n    spot = fields.IntField()\n    state', "neither a default nor null=True"),
        ("    visitor = ", "    guest = ", "would lose what stands in visitor"),
        ("finished_at = fields.DatetimeField(null=True)", "finished_at = fields.DatetimeField()", "nothing in finished_at"),
    ):  # fmt: skip
        models.write_text(second.replace('"visitor", ', ""), "utf-8")
        edit(models, old, new)
        forms = room.read_text("utf-8")
        if "would lose" in said:  # the forms are asked first
            unknown = cli("plugin", "migrate", "visitors", "--yes")
            assert (unknown.code, "Visit has no field visitor" in unknown.err, "visits.py:" in unknown.err) == (
                2,
                True,
                True,
            )
            room.write_text(forms.replace('Of(Visit, "visitor")', 'Of(Visit, "host")'), "utf-8")
        refused = cli("plugin", "migrate", "visitors", "--yes")
        assert (refused.code, said in refused.err) == (1, True), refused
        room.write_text(forms, "utf-8")
    models.write_text(second, "utf-8")
    assert len([*visitors.glob("migrations/0*.py")]) == 2
    edit(models, "plate", "badge_no")  # nothing stood there, so it may go
    assert cli("plugin", "migrate", "visitors", "--yes").code == 0
    assert {"badge_no"} <= columns(config_path, "visitors_visit") and "plate" not in columns(
        config_path, "visitors_visit"
    )
    assert cli("list", "visitors.visits", "--at", "2026-11-24").code == 0
    assert cli("journal", "verify").code == 0


def test_one_that_is_killed_while_it_waits_for_the_store_is_applied_at_the_next_start(
    cli: Cli, visitors: Path, config_path: Path
) -> None:
    cli("visitors", "add", "--visitor", "李强", "--host", "admin", "--until", "+2 h")
    edit(
        visitors / "models.py",
        "max_length=40)",
        'max_length=40)\n    plate = fields.CharField(max_length=12, default="")',
    )
    with closing(sqlite3.connect(config_path.with_name("cstui.db"), isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        words = ["-m", "cstui", "--as", "admin", "plugin", "migrate", "visitors", "--yes"]
        migrating = subprocess.Popen([sys.executable, *words], cwd=config_path.parent, env=environment())
        while not [*visitors.glob("migrations/0002*.py")]:
            assert migrating.poll() is None
            time.sleep(0.02)
        migrating.kill()
        migrating.wait()
        other.execute("ROLLBACK")
    assert "plate" not in columns(config_path, "visitors_visit")
    assert cli("list", "visitors.visits", "--json").json["rows"]
    assert "plate" in columns(config_path, "visitors_visit")
    assert cli("journal", "verify").code == 0


def test_what_is_wrong_with_a_plugin_is_told_with_its_place_and_the_others_work_on(cli: Cli, visitors: Path) -> None:
    models, room = visitors / "models.py", visitors / "visits.py"
    for path, old, new, said in (
        (models, "class Visit(", "class Visit((", "models.py:"),
        (room, 'mnemonic="a"', 'mnemonic="A"', "visits.py:"),
        (room, 'rules=("visitors-01",)', 'rules=("visitors-07",)', "there is no rule visitors-07: declare it"),
        (visitors / "strings/en.toml", 'add = "add"\n', "", "strings/en.toml:"),
        (models, 'table = "visitors_visit"', 'table = "visit"', "must be called visitors_"),
    ):
        kept = path.read_text("utf-8")
        edit(path, old, new)
        told = cli("plugin", "check", "visitors")
        assert told.code == 2 and said in told.out, told
        assert cli("list", "people.staff").code == 0
        path.write_text(kept, "utf-8")
    kept = models.read_text("utf-8")
    edit(models, '    phone = fields.CharField(max_length=20, default="")\n', "")  # and what takes it stays
    assert "Visit has no field phone" in cli("plugin", "check", "visitors").out
    assert cli("list", "people.staff").code == 0
    models.write_text(kept, "utf-8")
    (visitors / "area.toml").touch()
    told = cli("plugin", "check", "visitors")
    assert told.code == 0 and "area.toml isn't read" in told.err
    (visitors / "area.toml").unlink()
    models.chmod(0o664)
    assert "chmod" in cli("plugin", "check", "visitors").out
    models.chmod(0o644)
    migration = next(visitors.glob("migrations/0001*.py"))
    cli("list", "visitors.visits")
    migration.rename(visitors / "0001.kept")
    assert "0001_initial" in cli("list", "visitors.visits").err
    assert cli("list", "people.staff").code == 0
    (visitors / "0001.kept").rename(migration)
    failing = migration.with_name("0002_by_hand.py")
    for text, said in (("import nowhere\n", "No module named 'nowhere'"), (BY_HAND, "nowhere")):
        failing.write_text(text, "utf-8")
        assert said in cli("list", "visitors.visits").err
        assert cli("list", "people.staff").code == 0
        failing.unlink()
    assert cli("list", "visitors.visits").code == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["list"], "taken"),
        (["tui"], "taken"),
        (["keys"], "taken"),
        (["meetings"], "taken"),
        (["select"], "Python or of the database"),
        (["class"], "Python or of the database"),
        (["../out"], "can't be a name"),
        (["Visits"], "can't be a name"),
        (["ok", "--record", "visit"], "a colon and its fields"),
        (["ok", "--record", "visit: a blob"], "no such kind of field"),
        (["ok", "--record", "visit: a texts"], "Nearest: text"),
        (["ok", "--record", "visit: version text"], "version is taken"),
        (["ok", "--record", "visit: json text"], "json is taken"),
        (["ok", "--record", "visit: visit text"], "visit is taken"),
        (["ok", "--record", "visit: a text, a text"], "named twice"),
        (["ok", "--record", "visit: a flag due"], "only a day or a moment"),
        (["ok", "--record", "visit: a choice x"], "at least two choices"),
        (["ok", "--record", "visit: a? text"], "can't be left empty"),
        (["ok", "--record", "visit: a day due, b day due"], "one deadline"),
        (["ok", "--yes", "--approver", "boss"], "no role boss"),
        (["ok"], "--record"),
    ],
)
def test_what_can_not_be_an_area_is_told_and_nothing_is_written(
    cli: Cli, config_path: Path, words: list[str], said: str
) -> None:
    answer = cli("plugin", "new", *words)
    assert answer.code == 2 and said in answer.err and answer.err.count("\n") == 1, answer
    assert not (config_path.parent / "plugins").exists() or not [*(config_path.parent / "plugins").iterdir()]


def test_nothing_is_written_over_nor_into_a_folder_that_others_can_write(cli: Cli, config_path: Path) -> None:
    folder = config_path.parent / "plugins"
    (folder / "tasks").mkdir(parents=True)
    answer = cli("plugin", "new", "tasks", "--yes")
    assert answer.code == 2 and "already" in answer.err
    assert [*(folder / "tasks").iterdir()] == []
    folder.chmod(0o777)
    answer = cli("plugin", "new", "others", "--yes")
    assert answer.code == 4 and "chmod" in answer.err
    folder.chmod(0o755)
    assert cli("plugin", "new", "others", "--yes").code == 0
    assert [path.name for path in folder.iterdir() if path.name.startswith(".")] == []


def test_on_a_terminal_it_asks_and_asks_again(config_path: Path) -> None:
    with pexpect.spawn(
        sys.executable, ["-m", "cstui", "plugin", "new", "tasks"], cwd=str(config_path.parent), timeout=30,
        env=environment(TERM="dumb", HOME=os.environ.get("HOME", "/")), encoding="utf-8", dimensions=(24, 200),
    ) as child:  # fmt: skip
        child.expect("Title")
        child.sendline("Tasks=任务")
        child.expect("Record")
        child.sendline("task: what blob")
        child.expect("no such kind of field")
        child.sendline("task: what text 80, until day due")
        child.expect("One more record")
        child.sendline("")
        child.expect("Role that agrees")
        child.sendline("")
        child.expect("tasks is there")
        child.expect(pexpect.EOF)
    assert (config_path.parent / "plugins/tasks/tasks.py").is_file()


def test_a_field_that_became_another_kind_without_a_migration_is_told(cli: Cli, visitors: Path) -> None:
    cli("visitors", "add", "--visitor", "李强", "--host", "admin", "--until", "+2 h")
    models = visitors / "models.py"
    before = models.read_text()
    assert "until = fields.DatetimeField" in before
    models.write_text(before.replace("until = fields.DatetimeField", "until = fields.DateField"))
    unfit = cli("list", "visitors.visits")
    assert unfit.code == 2 and "until of visitors_visit holds TIMESTAMP, not DATE" in unfit.err
    assert cli("list", "people.staff").code == 0
    listed = {one["name"]: one for one in cli("plugin", "list", "--json").json["plugins"]}
    assert (listed["visitors"]["state"], listed["cstui_keys"]["state"]) == ("quarantined", "active")
    assert "holds TIMESTAMP, not DATE" in listed["visitors"]["reason"]
    checked = cli("plugin", "check", "visitors")
    assert checked.code == 2 and "holds TIMESTAMP, not DATE" in checked.out
    models.write_text(before)
    assert cli("list", "visitors.visits", "--json").json["rows"]
    assert cli("plugin", "check", "visitors").code == 0


def test_the_list_of_plugins_changes_no_store_and_needs_none(cli: Cli, visitors: Path, config_path: Path) -> None:
    store = config_path.with_name("cstui.db")

    def state() -> str:
        return str({one["name"]: one["state"] for one in cli("plugin", "list", "--json").json["plugins"]}["visitors"])

    before = store.read_bytes()
    assert state() == "active"  # though the store lacks its table still
    assert store.read_bytes() == before and not [*store.parent.glob("cstui.db.before-*")]
    store.write_bytes(b"no store")
    assert state() == "active"
    store.unlink()
    assert state() == "active" and not store.exists()
