"""Registers on PostgreSQL as of a past moment, and sorted by what may be empty."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from conftest import NOW
from tests.process.test_postgres import KEY
from tests.unit.test_registers import BY_HIRING

from cstui import engine, registers
from cstui.contract.context import SYSTEM, Actor
from cstui.host import Host
from cstui.store.past import Then, past

REGISTERS = ("keys.keys", "keys.loans", "keys.custody", "people.staff", "people.roles", "review.own")


@pytest_asyncio.fixture
async def host(on_postgres: Path) -> AsyncIterator[Host]:
    async with Host.open(on_postgres, create=True) as opened:
        opened.clock = lambda: NOW
        await engine.run(opened, "people.first_admin", {"login": "admin"}, SYSTEM)
        yield opened


async def shown(host: Host, actor: Actor, at: Any = None) -> dict[str, list[dict[str, Any]]]:
    ctx = await host.context(actor, at)
    pages = {name: await registers.page(host, ctx, name) for name in REGISTERS}
    return {name: [row.values for row in page.rows] for name, page in pages.items()}


async def test_every_past_state_is_told(host: Host) -> None:
    admin = await host.call(host.actor("admin"))
    person = {"number": "101", "login": "p1", "name": "王芳", "department": "工程部"}
    steps: list[tuple[str, dict[str, Any], list[str]]] = [
        ("people.enrol", person, []),
        ("keys.register", {"tag_no": "K1", **KEY, "labelled": "true"}, []),
        ("keys.lend", {"borrower": "p1", "work_reason": "repair W-1182", "signature_ref": "7"}, ["K1"]),
        ("keys.return", {"condition": "ok"}, ["K1"]),
        ("people.set_pin", {"pin": "4711"}, []),
        ("review.add", {"text": "换锁", "day": "2026-11-25"}, []),
        ("people.enrol", {**person, "name": "王小芳"}, []),
    ]
    states = []
    for number, (action, raw, target) in enumerate(steps):
        host.clock = lambda number=number: NOW + timedelta(minutes=number)
        await engine.run(host, action, raw, admin, target=target)
        states.append(await host.call(shown(host, admin, host.clock())))

    async def then(number: int) -> dict[str, list[dict[str, Any]]]:
        at = NOW + timedelta(minutes=number)
        async with past(host, at):
            entries = await host.store.query("SELECT max(seq) AS seq FROM house_entry")
            assert entries[0]["seq"] == number + 2
            return await shown(host, admin, at)

    for number, state in enumerate(states):
        assert await host.call(then(number)) == state, number
    assert await host.call(shown(host, admin)) == states[-1], "the present is what it was"


async def test_a_past_that_is_kept_open_stays_while_others_write(host: Host) -> None:
    admin = await host.call(host.actor("admin"))
    before = await host.call(shown(host, admin))
    then = await Then.open(host, NOW)
    await engine.run(host, "keys.register", {"tag_no": "K1", **KEY}, admin)
    assert await then.call(shown(host, admin)) == before
    with pytest.raises(Exception, match="does not exist"):
        await then.call(host.store.query("SELECT * FROM tortoise_migrations"))  # what isn't of then answers nothing
    then.close()
    assert [row["tag_no"] for row in (await host.call(shown(host, admin)))["keys.keys"]] == ["K1"]


@pytest.mark.parametrize("descending", [False, True])
@pytest.mark.parametrize("limit", [1, 2, 5])
async def test_what_may_be_empty_is_paged_through_there_and_back(host: Host, descending: bool, limit: int) -> None:
    admin = await host.call(host.actor("admin"))
    host.registers[BY_HIRING.id] = BY_HIRING
    for number, day in enumerate([None, "2026-01-02", None, "2025-03-04", "2026-01-02"]):
        person = {"number": f"{number}", "login": f"p{number}", "name": f"员工{number}", "department": "客服部"}
        await engine.run(host, "people.enrol", {**person, "hired_on": day}, admin)

    async def walk() -> None:
        ctx, asked = await host.context(admin), {"descending": descending, "limit": limit}
        pages = [await registers.page(host, ctx, BY_HIRING.id, **asked)]
        while after := pages[-1].next:
            pages.append(await registers.page(host, ctx, BY_HIRING.id, **asked, after=after))
        read = [(row.record.hired_on or date.max, row.pk) for page in pages for row in page.rows]
        assert read == sorted(read, reverse=descending) and len(read) == 6
        back = [pages[-1]]
        while after := back[-1].previous:
            back.append(await registers.page(host, ctx, BY_HIRING.id, **asked, after=after))
        assert [row.pk for page in reversed(back) for row in page.rows] == [pk for _, pk in read]

    await host.call(walk())
