"""Tables of areas without code: made and widened the same morning, never narrowed; the past and the journal hold."""

from __future__ import annotations

import os
import shutil
import sqlite3
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from conftest import NOW
from declared_desk import Desk, site_with

from cstui import engine, registers
from cstui.contract.context import SYSTEM
from cstui.contract.errors import BadInputs
from cstui.host import Host
from cstui.journal.verify import check, snapshot_of_file, snapshot_of_store
from cstui.store.past import past

GUEST = """
zh = "来客"
en = "Guests"

[register.guest]
zh = "来客"
en = "Guests"
key = ["name"]
[register.guest.field]
name = { kind = "text", zh = "姓名", en = "Name" }
FIELDS
"""
CAME = 'came = { kind = "day", zh = "来访日", en = "Came" }\n'
HOST = 'host = { kind = "person", zh = "接待人", en = "Host" }\nmeal = { kind = "money", zh = "餐费", en = "Meal" }\n'


@pytest.fixture(autouse=True)
def lenient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CSTUI_STRICT")


def write(folder: Path, fields: str, area: str = "guests") -> Path:
    """The area with these fields, and the folder of areas."""
    path = folder / "areas" / area / "area.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(GUEST.replace("FIELDS", fields), "utf-8")
    return folder / "areas"


async def add(opened: Host, **raw: Any) -> None:
    opened.clock = lambda: NOW
    await Desk(opened).act("guests.add_guest", raw, "admin")


async def told(host: Host) -> list[dict[str, Any]]:
    return [row.values for row in await Desk(host).rows("guests.guest")]


async def morning(path: Path, folder: Path) -> None:
    """A field more, a field less, and one that comes back, with what stood there."""
    async with Host.open(path) as host:
        await add(host, name="王芳", came="today")
    write(folder, HOST)
    async with Host.open(path) as host:
        await add(host, name="李强", host="admin", meal="12.50")
        assert [(row["name"], row["meal"], row["host"]) for row in await told(host)] == [
            ("李强", 12.5, "admin"), ("王芳", None, None),
        ]  # fmt: skip
        await Desk(host).act("guests.change_guest", {"meal": "8", "correction": "账单"}, "admin", target=["王芳"])
    write(folder, CAME + HOST)
    async with Host.open(path) as host:
        assert [(row["name"], str(row["came"]), row["meal"]) for row in await told(host)] == [
            ("李强", "None", 12.5), ("王芳", "2026-11-24", 8),
        ]  # fmt: skip
        if host.store.dialect == "postgres":
            assert check(await host.call(snapshot_of_store(host.store))).verdict == "intact"


async def test_a_field_more_a_field_less_and_back(tmp_path: Path, template: Path) -> None:
    path = site_with(tmp_path, write(tmp_path, CAME), template.with_name("cstui.db"))
    await morning(path, tmp_path)
    assert check(snapshot_of_file(path.with_name("cstui.db"))).verdict == "intact"
    with sqlite3.connect(path.with_name("cstui.db")) as store:
        indexes = {row[0] for row in store.execute("SELECT sql FROM sqlite_master WHERE tbl_name = 'guests_guest'")}
        assert any('("host_id")' in str(sql) for sql in indexes)
        kept = store.execute("SELECT name FROM tortoise_migrations WHERE app = 'grown' AND name LIKE '%.came %'")
        assert kept.fetchall() == [("guests_guest.came day",)]
    write(tmp_path, HOST)
    async with Host.open(path) as host:
        host.clock = lambda: NOW + timedelta(hours=1)

        async def then() -> int:
            async with past(host, NOW):
                return len((await registers.page(host, await host.context(SYSTEM), "guests.guest")).rows)

        assert await host.call(then()) == 2
    shutil.rmtree(tmp_path / "areas/guests")  # of an area that isn't there any more the past tells nothing
    async with Host.open(path) as host:

        async def without() -> None:
            async with past(host, NOW):
                assert await registers.count(host, await host.context(SYSTEM), "people.staff") == 1

        await host.call(without())


async def test_a_field_more_on_postgresql(on_postgres: Path, tmp_path: Path) -> None:
    areas = write(tmp_path, CAME)
    on_postgres.write_text(f'{on_postgres.read_text()}\n[plugins]\ndirs = ["{areas}"]\n')
    async with Host.open(on_postgres, create=True) as host:
        host.clock = lambda: NOW
        await engine.run(host, "people.first_admin", {"login": "admin"}, SYSTEM)
    await morning(on_postgres, tmp_path)


async def test_another_kind_of_field_is_refused_with_the_way_out_and_all_else_goes_on(
    tmp_path: Path, template: Path
) -> None:
    path = site_with(tmp_path, write(tmp_path, CAME), template.with_name("cstui.db"))
    async with Host.open(path) as host:
        await add(host, name="王芳", came="today")
    write(tmp_path, CAME.replace("day", "text"))
    async with Host.open(path) as host:
        (bad,) = host.quarantine
        assert (bad.plugin, bad.stage) == ("guests", "store")
        assert host.words.say(bad.reason, "en") == (
            "came of guests_guest holds day, not text: give the field another name, and what stands there is kept"
        )
        assert "guests" not in host.areas
        assert "keys" in host.areas
    again = (
        CAME.replace("came", "came_at").replace("day", "text").replace("来访日", "来访时").replace("Came", "Came at")
    )
    write(tmp_path, CAME + again)
    async with Host.open(path) as host:
        assert host.quarantine == []
        assert [str(row["came"]) for row in await told(host)] == ["2026-11-24"]


async def test_a_number_that_became_a_sum_of_money_is_told_though_the_column_is_the_same(
    tmp_path: Path, template: Path
) -> None:
    path = site_with(tmp_path, write(tmp_path, HOST), template.with_name("cstui.db"))
    async with Host.open(path):
        pass
    write(tmp_path, HOST.replace("money", "number"))
    async with Host.open(path) as host:
        assert "meal of guests_guest holds money, not number" in host.words.say(host.quarantine[0].reason, "en")


async def test_a_choice_that_is_offered_no_more_is_still_told(tmp_path: Path, template: Path) -> None:
    choice = """[register.guest.field.rank]
kind = "choice"
zh = "级别"
en = "Rank"
[register.guest.field.rank.choice]
vip = { zh = "贵宾", en = "VIP" }
"""
    path = site_with(tmp_path, write(tmp_path, choice), template.with_name("cstui.db"))
    async with Host.open(path) as host:
        await add(host, name="王芳", rank="vip")
    write(tmp_path, choice.replace("vip", "guest"))
    async with Host.open(path) as host:
        assert [row["rank"] for row in await told(host)] == ["vip"]
        with pytest.raises(BadInputs):
            await add(host, name="李强", rank="vip")
        await Desk(host).act("guests.change_guest", {"name": "王芬", "correction": "别字"}, "admin", target=["王芳"])
    toml = tmp_path / "areas/guests/area.toml"  # also where records are the same by it
    toml.write_text(toml.read_text("utf-8").replace('key = ["name"]', 'key = ["name", "rank"]'), "utf-8")
    async with Host.open(path) as host:
        await Desk(host).act("guests.change_guest", {"name": "王芳", "correction": "别字"}, "admin", target=[1])
        assert [(row["name"], row["rank"]) for row in await told(host)] == [("王芳", "vip")]


async def test_a_table_of_somebody_elses_is_left_alone(tmp_path: Path, template: Path) -> None:
    path = site_with(tmp_path, write(tmp_path, CAME), template.with_name("cstui.db"))
    with sqlite3.connect(path.with_name("cstui.db")) as store:
        store.execute('CREATE TABLE "guests_guest" (id INTEGER)')
    async with Host.open(path) as host:
        assert [bad.reason.id for bad in host.quarantine] == ["store.table_taken"]
    assert os.path.exists(path)


def many(count: int) -> str:
    return "".join(f'f{n} = {{ kind = "text", zh = "栏{n}", en = "Field {n}" }}\n' for n in range(count))


async def test_a_register_of_many_fields_is_journalled_whole(tmp_path: Path, template: Path) -> None:
    path = site_with(tmp_path, write(tmp_path, many(120)), template.with_name("cstui.db"))
    async with Host.open(path) as host:
        await add(host, name="王芳{}", f0="{}", f60='"}', f119="}")
        await Desk(host).act("guests.change_guest", {"f119": "{", "correction": "别字"}, "admin", target=["王芳{}"])
    assert check(snapshot_of_file(path.with_name("cstui.db"))).verdict == "intact"


async def test_a_table_that_cant_be_made_sets_its_own_area_aside_only(tmp_path: Path, template: Path) -> None:
    path = site_with(tmp_path, write(tmp_path, many(2001)), template.with_name("cstui.db"))
    async with Host.open(path) as host:
        (bad,) = host.quarantine
        assert (bad.plugin, bad.reason.id) == ("guests", "store.migration_failed")
        assert "too many columns" in host.words.say(bad.reason, "en")
        assert "keys" in host.areas
