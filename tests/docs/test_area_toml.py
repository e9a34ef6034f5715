"""The reference of area.toml names every key and every word that the program knows, and its example runs."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

import pytest
from conftest import NOW
from declared_desk import Desk, site_with

from cstui.declared.file import keys_of, tables
from cstui.host import Host
from cstui.testing import check_area

HOME = Path(__file__).parents[2] / "docs"
PAGES = {lang: (HOME / name).read_text("utf-8") for lang, name in (("en", "area-toml.md"), ("zh", "area-toml.zh.md"))}
NAMES = {"The file": "", "文件": ""}


def sections(page: str) -> dict[str, str]:
    """What stands under each table of the file, by its place."""
    found = re.findall(r"^### (?:`\[([^]]+)\]`|(.+))\n((?:(?!#).*\n?)*)", page, re.M)
    return {table or NAMES[name]: body for table, name, body in found}


def literals(kind: Any) -> set[str]:
    """The words that a key may have."""
    if get_origin(kind) is Literal:
        return {word for word in get_args(kind) if word}
    return set().union(*map(literals, get_args(kind))) if get_args(kind) else set()


@pytest.mark.parametrize("lang", PAGES)
def test_every_table_and_key_is_told_and_none_that_is_gone(lang: str) -> None:
    told = sections(PAGES[lang])
    assert told.keys() == tables().keys()
    for place, table in tables().items():
        bullets = [re.split(r"[:：]", line)[0] for line in re.findall(r"^- (.+)", told[place], re.M)]
        named = [name for bullet in bullets for name in re.findall(r"`(\w+)`", bullet)]
        assert sorted(named) == sorted(keys_of(table)), place
        for name, info in keys_of(table).items():
            assert {word for word in literals(info.annotation) if f'"{word}"' not in told[place]} == set(), (
                place,
                name,
            )


def test_both_pages_show_the_same_example() -> None:
    first, second = (re.findall(r"```toml\n(.*?)```", page, re.S) for page in PAGES.values())
    assert first == second
    assert len([line for line in first[0].splitlines() if line]) <= 20


async def test_the_example_runs_as_it_stands(tmp_path: Path, template: Path) -> None:
    path = tmp_path / "areas/hydrants/area.toml"
    path.parent.mkdir(parents=True)
    path.write_text(re.findall(r"```toml\n(.*?)```", PAGES["en"], re.S)[0], "utf-8")
    async with Host.open(site_with(tmp_path, tmp_path / "areas", template.with_name("cstui.db"))) as host:
        host.clock = lambda: NOW
        assert host.quarantine == []
        assert await check_area(host.areas["hydrants"], host) == []
        desk = Desk(host)
        (matter,) = await desk.due("hydrants", "admin")
        assert (matter.severity, desk.say(matter.title, "zh_CN")) == ("critical", "消防栓检查 2026-11-05")
        await desk.act("hydrants.add_look", {"month": "2026-11-05", "finding": "完好"}, "admin")
        assert await desk.due("hydrants", "admin") == []
        assert [row.values["late"] for row in await desk.rows("hydrants.look")] == [True]
