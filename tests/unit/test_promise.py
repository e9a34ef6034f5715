"""docs/promise.md: within one version the contract only grows, and what was written for it runs with a later program."""

from __future__ import annotations

import json
import runpy
import shutil
from collections.abc import Iterator
from dataclasses import field, make_dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from conftest import CONFIG, NOW
from conftest import site as new_site

from cstui import api, engine, review
from cstui.contract import declare, hooks
from cstui.host import Host
from cstui.plugins import call, call_each, forget

HOME = Path(__file__).parents[2]
FROZEN = HOME / "tests" / "frozen"
THEN: dict[str, Any] = json.loads((FROZEN / "contract_1.json").read_text("utf-8"))
NOWADAYS: dict[str, Any] = runpy.run_path(str(HOME / "tools" / "contract.py"))["contract"]()


def test_no_name_is_gone() -> None:
    assert THEN["api"] == NOWADAYS["api"] == 1
    assert set(THEN["names"]) <= set(NOWADAYS["names"])


@pytest.mark.parametrize("name", THEN["takes"])
def test_what_one_hands_in_is_taken_as_before(name: str) -> None:
    """In the same order; what may be left out may still be, and what was added may be left out."""
    then, now = THEN["takes"][name], NOWADAYS["takes"][name]
    for old, new in zip(then, now[: len(then)], strict=True):
        assert new in (old, f"{old}?")
    assert all(one.endswith("?") for one in now[len(then) :])


@pytest.mark.parametrize("name", THEN["handed"])
def test_what_one_is_handed_can_do_as_much(name: str) -> None:
    assert set(THEN["handed"][name]) <= set(NOWADAYS["handed"][name])


@pytest.mark.parametrize("name", THEN["hooks"])
def test_a_hook_is_called_with_as_much(name: str) -> None:
    assert set(THEN["hooks"][name]) <= set(NOWADAYS["hooks"][name])


class Later(hooks.Hooks):
    """The hooks of a later program: one more, and one that tells more."""

    @hooks.hookspec
    def cstui_action_done(self, ctx: Any, action: Any, entry: int, text: Any, mood: str) -> None: ...

    @hooks.hookspec
    def cstui_weather(self, sky: str) -> None: ...


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """A program whose contract knows more: a field of an area, a name, a hook, an argument of a hook."""
    area = make_dataclass("Area", [("mood", str, field(default="calm"))], bases=(declare.Area,), frozen=True)
    monkeypatch.setattr(api, "Area", area)
    monkeypatch.setattr(api, "Weather", object(), raising=False)
    monkeypatch.setattr(call, "Hooks", Later)
    monkeypatch.setenv("HOME", str(tmp_path))
    yield
    forget()


async def test_what_was_written_for_this_version_runs_with_a_later_program(
    later: None, tmp_path: Path, template: Path
) -> None:
    folder = shutil.copytree(FROZEN / "api_1", tmp_path / "plugins")
    path = new_site(tmp_path / "site", f'{CONFIG}\n[plugins]\ndirs = ["{folder}"]\n')
    shutil.copy(template.with_name("cstui.db"), path.with_name("cstui.db"))
    async with Host.open(path) as host:  # strict: any fault of a plugin would be raised
        host.clock = lambda: NOW
        actor = await host.call(host.actor("admin"))
        outcome = await engine.run(host, "parcels.take_in", {"name": "Li Na"}, actor)
        host.clock = lambda: NOW + timedelta(days=4)
        today = await host.call(review.collect(host, actor))
        (matter,) = [one.item for one in today.matters if one.item.area == "parcels"]
        await engine.run(host, matter.actions[0], {}, actor, target=matter.records)

        async def drawn() -> Any:
            return await host.views["hours.hours"].fn(await host.context(actor), 70)

        assert len(await host.call(drawn())) == 3
        assert host.words.label("keys", "tag_no", "en") == "Hook"
        ctx, action = await host.call(host.context(actor)), host.actions["parcels.take_in"]
        told = {"ctx": ctx, "action": action, "entry": 99, "text": None, "mood": "fair"}
        answers = [one async for one in call_each(host.manager, "cstui_action_done", **told)]
        assert answers == [("told", None)]
    lines = [line.split("\t") for line in (tmp_path / "cstui-acts.tsv").read_text("utf-8").splitlines()]
    assert [(line[0], line[3]) for line in lines] == [
        (str(outcome.entry), "parcels.take_in"), (str(outcome.entry + 1), "parcels.hand_out"), ("99", "parcels.take_in"),
    ]  # fmt: skip
