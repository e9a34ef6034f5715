"""The policies of examples/policies do what docs/plugins.md says, on a real site."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from conftest import CONFIG, NOW
from conftest import site as new_site

from cstui import engine
from cstui.bindings import allocate, wish_of
from cstui.contract.errors import NotPermitted, Refusal
from cstui.host import Host
from cstui.plugins import forget

HOME = Path(__file__).parents[2]
POLICIES = HOME / "examples" / "policies"
PAGE = (HOME / "docs" / "plugins.md").read_text("utf-8")


@pytest.fixture(autouse=True)
def home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Path]:
    monkeypatch.setenv("HOME", str(tmp_path))
    yield tmp_path
    forget()


@pytest_asyncio.fixture
async def host(tmp_path: Path, template: Path) -> AsyncIterator[Host]:
    folder = Path(shutil.copytree(POLICIES, tmp_path / "policies"))
    path = new_site(tmp_path / "site", f'{CONFIG}\n[plugins]\ndirs = ["{folder}"]\n')
    shutil.copy(template.with_name("cstui.db"), path.with_name("cstui.db"))
    async with Host.open(path) as opened:
        opened.clock = lambda: NOW
        yield opened


@pytest.fixture
def key() -> dict[str, Any]:
    """A key as it stands in the register's spreadsheet."""
    return {
        "tag_no": "3-S1-A", "block": "3", "space_kind": "equipment_room", "equipment_room_name": "2号配电房",
        "door_kind": "equipment_room", "labelled": "true",
    }  # fmt: skip


async def act(host: Host, action_id: str, raw: dict[str, Any], **more: Any) -> Any:
    return await engine.run(host, action_id, raw, await host.call(host.actor("admin")), **more)


@pytest.mark.parametrize("path", sorted(POLICIES.glob("*.py")), ids=lambda path: path.stem)
def test_the_page_shows_the_file(path: Path) -> None:
    assert f"`examples/policies/{path.name}`" in PAGE
    assert f"```python\n{path.read_text('utf-8')}```" in PAGE


def test_the_page_shows_the_single_file_area_of_at_most_sixty_lines() -> None:
    text = (HOME / "examples" / "parcels.py").read_text("utf-8")
    assert len(text.splitlines()) <= 60
    assert f"```python\n{text}```" in PAGE


async def test_a_veto_refuses_at_night_and_only_then(host: Host, key: dict[str, Any]) -> None:
    await act(host, "keys.register", key)
    await act(host, "people.enrol", {"number": "17", "login": "li.na", "name": "Li Na", "department": "engineering"})
    lend = {"borrower": "li.na", "work_reason": "repair W-1", "signature_ref": "slip 12"}
    host.clock = lambda: NOW + timedelta(hours=14)
    with pytest.raises(Refusal) as refused:
        await act(host, "keys.lend", lend, target=["3-S1-A"])
    assert host.words.say(refused.value.text, "en") == "Keys are lent from 6:00 to 22:00"
    assert (await host.call(host.store.query("SELECT count(*) AS n FROM keys_loan")))[0]["n"] == 0
    host.clock = lambda: NOW
    await act(host, "keys.lend", lend, target=["3-S1-A"])


async def test_an_area_is_amended(host: Host) -> None:
    assert host.words.label("keys", "tag_no", "en") == "Hook"
    assert host.words.label("keys", "tag_no", "zh_CN") == "挂钩号"
    assert host.words.label("keys", "state", "en") != "Hook"
    allocated = allocate(wish_of(one) for one in host.actions.values() if one.register == "keys.keys")
    assert allocated.action("v") == "keys.lend"


async def test_a_listener_hears_of_what_was_done_and_of_nothing_else(
    host: Host, key: dict[str, Any], home: Path
) -> None:
    outcome = await act(host, "keys.register", key)
    stranger = await host.call(host.actor("nobody"))
    with pytest.raises(NotPermitted):
        await engine.run(host, "keys.register", key, stranger)
    line = (home / "cstui-acts.tsv").read_text("utf-8")
    assert line == f"{outcome.entry}\t2026-11-24T09:02:00+08:00\tadmin\tkeys.register\n"
