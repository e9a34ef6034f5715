"""Every area, the host's and the bundled ones, on a new store (on the sample department's: tests/process/test_demo.py)."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import lost_site
from errands import enrol, errand_host

from cstui.contract.action import Action, Bulk, Signature
from cstui.contract.declare import Column, Register
from cstui.host import Host
from cstui.people import Staff
from cstui.people.actions import SetPin
from cstui.testing import check_area
from cstui.words import LANGUAGES


async def check_all(host: Host) -> dict[str, list[str]]:
    return {name: found for name, area in host.areas.items() if (found := await check_area(area, host))}


async def test_every_area_conforms_on_a_new_store(host: Host) -> None:
    assert host.areas.keys() >= {"people", "approvals", "ledger", "site", "review", "keys"}
    assert host.quarantine == []
    assert await check_all(host) == {}


async def test_the_drop_ins_of_these_tests_conform(tmp_path: Path, template: Path) -> None:
    async with errand_host(tmp_path, template) as host:
        assert await check_area(host.areas["errand"], host) == []
    async with Host.open(lost_site(tmp_path, template)) as host:
        assert await check_area(host.areas["lost"], host) == []


def test_every_text_exists_in_both_languages_with_the_same_places(host: Host) -> None:
    assert host.words.missing() == []
    assert host.words.faults == []


async def nothing(ctx: object, data: object) -> None:
    return None


SOUND = Action("people.set_pin", run=nothing, needs="people.set_pin", input=SetPin)


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"needs": "Anything"}, "permission"),
        ({"mnemonic": "1"}, "mnemonic"),
        ({"rules": ("keys-99",)}, "no rule keys-99"),
        ({"id": "people.unheard_of"}, "no text people.action.unheard_of"),
        ({"bulk": Bulk(nothing, ("pin",)), "signatures": (Signature("pin", "pin"),)}, "import"),
        ({"register": "people.nowhere"}, "no register"),
    ],
)
async def test_the_kit_finds_what_is_wrong_with_an_action(host: Host, change: dict[str, object], fault: str) -> None:
    area = replace(host.areas["people"], actions=(replace(SOUND, **change),))  # type: ignore[arg-type]
    host.actions.clear()
    host.actions.update({action.id: action for action in area.actions})
    assert any(fault in told for told in await check_area(area, host))


@pytest.mark.parametrize(
    ("columns", "natural_key", "fault"),
    [
        ((Column("shoe_size"),), ("login",), "no text people.field.shoe_size"),
        ((Column("name", "no.such.path"),), ("login",), "can't be read"),
        ((Column("name"),), ("nickname",), "no field nickname"),
        ((Column("name"),), ("department",), "can't be read"),  # one department's people can't be told apart
    ],
)
async def test_the_kit_finds_what_is_wrong_with_a_register(
    host: Host, columns: tuple[Column, ...], natural_key: tuple[str, ...], fault: str
) -> None:
    await enrol(host, "wang.fang")
    register = Register("people.staff", Staff, columns, "person", natural_key)
    host.registers["people.staff"] = register
    told = await check_area(replace(host.areas["people"], registers=(register,)), host)
    assert any(fault in one for one in told), told


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("area", ["people", "approvals", "ledger", "site", "review", "keys", "hygiene"])
def test_no_two_actions_of_an_area_are_called_the_same(host: Host, area: str, lang: str) -> None:
    """In the command list one couldn't tell them apart."""
    offered = [one for one in host.areas[area].actions if not one.hidden]
    called = Counter(host.words.say(f"{area}.action.{one.name}", lang) for one in offered)
    assert [name for name, times in called.items() if times > 1] == []
