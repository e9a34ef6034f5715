"""The act by which what is masked is shown: who may, what for, and how an area refuses it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from conftest import NOW, lost_site

from cstui import engine, journal
from cstui.config import Settings
from cstui.contract.context import SYSTEM, Actor
from cstui.contract.errors import BadInput, Fault, NotPermitted, Refusal
from cstui.host import Host
from cstui.plugins import load

PHONE = {"register_id": "people.staff", "record": 1, "purpose": "call back"}
CLERK = Actor("clerk", permissions=frozenset({"people.look", "people.reveal"}))


@pytest_asyncio.fixture
async def lost(tmp_path: Path, lost_template: Path) -> AsyncIterator[Host]:
    async with Host.open(lost_site(tmp_path, lost_template)) as host:
        host.clock = lambda: NOW
        yield host


async def test_it_stands_in_the_history_of_the_record(lost: Host) -> None:
    before = await lost.store.query("SELECT version FROM people_staff WHERE id = 1")
    await engine.run(lost, "site.reveal", {**PHONE, "ticket": "W-1182"}, CLERK)
    [told, *_] = await journal.history(lost, "people.staff", 1)
    assert (told.actor, told.action) == ("clerk", "site.reveal")
    assert (told.input["purpose"], told.input["ticket"]) == ("call back", "W-1182")
    assert await lost.store.query("SELECT version FROM people_staff WHERE id = 1") == before


@pytest.mark.parametrize(
    ("raw", "actor", "kind", "field"),
    [
        ({"purpose": " "}, CLERK, BadInput, "purpose"),
        ({"purpose": "x\ny"}, CLERK, BadInput, "purpose"),
        ({"record": 99}, CLERK, BadInput, "record"),
        ({"register_id": "people.nothing"}, CLERK, BadInput, "register_id"),
        ({"register_id": "lost.items"}, SYSTEM, BadInput, "register_id"),  # nothing of it is masked
        ({}, Actor("guest", permissions=frozenset({"people.look"})), NotPermitted, ""),
        ({"register_id": "keys.spaces"}, CLERK, NotPermitted, ""),
        ({"purpose": "curiosity"}, CLERK, Refusal, "purpose"),  # an area's rule
    ],
)
async def test_without_right_and_reason_nothing_is_shown(
    lost: Host, raw: dict[str, Any], actor: Actor, kind: type[Fault], field: str
) -> None:
    with pytest.raises(kind) as refused:
        await engine.run(lost, "site.reveal", PHONE | raw, actor)
    assert refused.value.field == field
    assert [one.outcome for one in await journal.history(lost, "people.staff", 1)] == ["done"]
    if kind is not BadInput:
        assert (await journal.page(lost, limit=1))[0].outcome == "refused"


def test_its_key_is_nobody_elses_on_a_record_with_secrets() -> None:
    areas = load(Settings(), environ={"CSTUI_STRICT": "1"}).areas.values()
    actions = [action for area in areas for action in area.actions]
    [key] = [action.mnemonic for action in actions if action.id == "site.reveal"]
    registers = [register for area in areas for register in area.registers]
    secret = {one.id for one in registers if any(column.secret for column in (*one.columns, *one.sections))}
    assert secret and not [one.id for one in actions if one.register in secret and one.mnemonic == key]
