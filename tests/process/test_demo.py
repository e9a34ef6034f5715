"""The sample department: the promised lists, one clock, a sound journal, the same for a seed."""

from __future__ import annotations

import asyncio
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from tests.process.conftest import environment

from cstui import identity
from cstui.cli import main
from cstui.contract.context import Actor
from cstui.demo import Timeline
from cstui.host import Host
from cstui.journal.verify import check, snapshot_of_file
from cstui.sample import config_text, key_register, save, staff_list
from cstui.sheet import read
from cstui.testing import check_area


def rows(demo: Path, sql: str) -> list[Any]:
    with closing(sqlite3.connect(demo / "cstui.db")) as store:
        return store.execute(sql).fetchall()


def test_sixty_two_staff_and_three_thousand_keys_of_six_buildings(demo: Path) -> None:
    assert rows(demo, "SELECT count(*) FROM people_staff") == [(62,)]
    listed = {row[0] for row in key_register().rows}
    assert len(listed) == 3000
    assert listed <= {tag for (tag,) in rows(demo, "SELECT tag_no FROM keys_key")}  # more came in its history
    blocks = {row[1] for row in key_register().rows}
    assert len(blocks) == 6
    assert blocks <= {block for (block,) in rows(demo, "SELECT block FROM keys_building")}


def test_whoever_made_it_is_its_supervisor(demo: Path) -> None:
    held = rows(demo, "SELECT r.role FROM people_role r JOIN people_staff s ON s.id = r.staff_id "
                      f"WHERE s.login = '{identity.account()}' ORDER BY r.role")  # fmt: skip
    assert ("supervisor",) in held


def test_its_journal_is_whole_and_grows_in_the_order_of_time(demo: Path) -> None:
    report = check(snapshot_of_file(demo / "cstui.db"))
    assert report.good, report
    times = [at for (at,) in rows(demo, "SELECT at FROM house_entry ORDER BY seq")]
    assert times == sorted(times)
    assert datetime.fromisoformat(times[-1]) <= datetime.now(UTC)
    assert datetime.now(UTC) - datetime.fromisoformat(times[0]) > timedelta(days=85)


def test_only_the_last_working_day_waits_to_be_signed_off(demo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    import json

    assert main(["--config", str(demo / "config.toml"), "--json", "review"]) == 0
    review = json.loads(capsys.readouterr().out)
    assert len(review["unsigned"]) == 1
    assert review["unknown"] == []


def test_it_has_a_deputy_a_role_that_ended_early_and_an_emergency_that_somebody_else_confirmed(demo: Path) -> None:
    assert len(rows(demo, "SELECT id FROM approvals_deputy WHERE first_day <= last_day")) == 1
    assert len(rows(demo, "SELECT id FROM people_role WHERE first_day <= last_day AND last_day < date('now')")) == 1
    ((state, by, settled),) = rows(demo, "SELECT state, by_login, settled_by FROM approvals_override")
    assert state == "confirmed" and by != settled


def test_its_spreadsheets_are_the_ones_that_were_imported(demo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    import json

    config = str(demo / "config.toml")
    for register, name in (("people.staff", "staff.xlsx"), ("keys.keys", "keys.xlsx")):
        count = len(read(demo / name).rows)
        main(["--config", config, "--json", "import", register, str(demo / name), "--dry-run"])
        answer = json.loads(capsys.readouterr().out)
        assert answer["created"] == 0  # a key that was written off since is refused, the others are as they were
        assert answer["unchanged"] > count * 0.98


def test_a_folder_that_is_not_empty_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("mine")
    assert main(["demo", "--to", str(tmp_path)]) == 2
    assert [path.name for path in tmp_path.iterdir()] == ["mine"]


def test_demo_without_a_terminal_makes_nothing(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "cstui", "demo"], capture_output=True, check=False, cwd=tmp_path,
        stdin=subprocess.DEVNULL, env=environment(XDG_DATA_HOME=str(tmp_path)),
    )  # fmt: skip
    assert done.returncode == 2
    assert list(tmp_path.iterdir()) == []


def test_the_lists_are_the_same_for_a_seed() -> None:
    assert staff_list(7) == staff_list(7)
    assert key_register(7) == key_register(7)
    assert staff_list(7) != staff_list(8)


def test_a_department_has_namesakes_with_logins_of_their_own() -> None:
    people = staff_list().rows
    names, logins = [row[1] for row in people], [row[2] for row in people]
    assert len(set(names)) < len(names)
    assert len(set(logins)) == len(logins) == 62


def test_the_lists_are_written_as_offices_write_them(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "cstui.sample", str(tmp_path), "--seed", "3"], env=environment(), check=True, text=True,
        capture_output=True,
    )  # fmt: skip
    assert {Path(line).name for line in done.stdout.splitlines()} == {
        "staff.csv",
        "staff.xlsx",
        "keys.csv",
        "keys.xlsx",
        "old-keys.xlsx",
    }
    table = read(tmp_path / "keys.csv")
    assert (table.encoding, len(table.rows)) == ("gb18030", 3000)
    assert [*read(save(staff_list(3), tmp_path / "again.csv")).rows] == [*read(tmp_path / "staff.csv").rows]


def test_the_config_to_begin_with_is_sound(tmp_path: Path) -> None:
    from cstui import config

    path = tmp_path / "config.toml"
    path.write_text(config_text(), "utf-8")
    path.chmod(0o600)
    settings = config.load(path)
    assert {"admin", "supervisor", "deputy", "team_leader", "custodian", "staff"} <= set(settings.roles)
    for role, permissions in settings.roles.items():  # who signs with a PIN, or locks a screen by it, has to set one
        assert Actor("somebody", permissions=frozenset(permissions)).may("people.set_pin"), role


async def test_parts_act_in_the_order_of_their_moments() -> None:
    host = SimpleNamespace()
    now = datetime(2026, 11, 24, 9, tzinfo=UTC)
    timeline = Timeline(host, now)  # type: ignore[arg-type]
    seen: list[tuple[str, datetime]] = []

    def part(name: str, hours: list[int]) -> Callable[[], Any]:
        async def act() -> None:
            for hour in hours:
                await timeline.reach(now - timedelta(hours=hour))
                seen.append((name, host.clock()))

        return act

    async def broken() -> None:
        raise ZeroDivisionError

    ended: list[str] = []
    failed = await timeline.play({"a": part("a", [9, 5, 1]), "b": part("b", [8, 2, -3]), "c": broken}, ended.append)
    assert [name for name, _ in seen] == ["a", "b", "a", "b", "a", "b"]
    assert [moment for _, moment in seen] == sorted(moment for _, moment in seen)
    assert seen[-1][1] == now  # never ahead of the present
    assert (list(failed), sorted(ended)) == (["c"], ["a", "b", "c"])


def test_every_area_conforms_on_the_sample_department(demo: Path) -> None:
    async def check_all() -> dict[str, list[str]]:
        async with Host.open(demo / "config.toml") as host:
            return {name: found for name, area in host.areas.items() if (found := await check_area(area, host))}

    assert asyncio.run(check_all()) == {}
