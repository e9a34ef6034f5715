"""Points and money: posted, reversed once; nobody is fined by the program."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from conftest import Run
from errands import enrol, errand_host

from cstui import engine, naming, registers
from cstui.contract.context import SYSTEM
from cstui.contract.errors import BadInputs, NotPermitted, Refusal
from cstui.host import Host
from cstui.ledger import balance

POINTS = {"person": "wang.fang", "points": "2.5", "rule": "errand-01", "note": "praise"}


@pytest_asyncio.fixture
async def staffed(host: Host) -> Host:
    await enrol(host, "wang.fang")
    return host


async def points(host: Host, kind: str = "points") -> int:
    async def read() -> int:
        person = await naming.find(host, await host.context(SYSTEM), "people.staff", "wang.fang")
        return await balance(person.pk, kind)

    return await host.call(read())


async def test_points_are_kept_in_hundredths(staffed: Host, run: Run) -> None:
    await run("ledger.post_points", POINTS)
    await run("ledger.post_points", POINTS | {"points": "－1.25"})  # full width as an input method writes it
    assert await points(staffed) == 125


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        ("2.505", "decimal_max_places"),
        ("12345678901", "decimal_max_digits"),
        ("NaN", "finite_number"),
        ("two", "decimal_parsing"),
    ],
)
async def test_points_that_are_none(staffed: Host, run: Run, typed: str, kind: str) -> None:
    with pytest.raises(BadInputs) as fault:
        await run("ledger.post_points", POINTS | {"points": typed})
    assert fault.value.text.id == f"input.{kind}"
    assert "{" not in staffed.words.say(fault.value.text, "en")


async def test_nothing_is_no_amount(staffed: Host, run: Run) -> None:
    with pytest.raises(Refusal, match="nothing"):
        await run("ledger.post_points", POINTS | {"points": "0"})


async def test_a_posting_is_reversed_once_and_a_reversal_never(staffed: Host, run: Run) -> None:
    await run("ledger.post_points", POINTS)
    await run("ledger.reverse", {"reason": "wrong person"}, target=["#1"])
    assert await points(staffed) == 0
    for target, refusal in (("#1", "ledger.refusal.reversed"), ("#2", "ledger.refusal.is_reversal")):
        with pytest.raises(Refusal) as fault:
            await run("ledger.reverse", {"reason": "again"}, target=[target])
        assert fault.value.text.id == refusal
    assert await points(staffed) == 0


async def test_nobody_posts_or_reverses_their_own(staffed: Host, run: Run) -> None:
    for action, raw, target in (
        ("ledger.post_points", POINTS | {"person": "admin"}, ()),
        ("ledger.reverse", {"reason": "mine"}, ("#1",)),
    ):
        if target:
            await engine.run(staffed, "ledger.post_points", POINTS | {"person": "admin"}, SYSTEM)
        with pytest.raises(NotPermitted) as fault:
            await run(action, raw, target=target)
        assert fault.value.text.id == "engine.same_person"


async def test_balances_are_sums_of_what_is_posted(staffed: Host, run: Run) -> None:
    await enrol(staffed, "li.qiang")
    for raw in (POINTS, POINTS | {"points": "-0.75"}, POINTS | {"person": "li.qiang", "points": "4"}):
        await run("ledger.post_points", raw)
    await run("ledger.reverse", {"reason": "not his"}, target=["#3"])

    async def shown() -> dict[str, tuple[str, str]]:
        page = await registers.page(staffed, await staffed.context(SYSTEM), "ledger.balances", sort="number", limit=2)
        rest = await registers.page(
            staffed, await staffed.context(SYSTEM), "ledger.balances", sort="number", after=page.next
        )
        return {
            row.record.login: (str(row.values["points"]), str(row.values["money"])) for row in (*page.rows, *rest.rows)
        }

    assert await staffed.call(shown()) == {
        "admin": ("0.00", "0.00"), "li.qiang": ("0.00", "0.00"), "wang.fang": ("1.75", "0.00"),
    }  # fmt: skip


@pytest.mark.rule("money-02")
async def test_money_given_is_not_taken_back_by_a_reversal(tmp_path: Path, errand_template: Path, request: Any) -> None:
    async with errand_host(tmp_path, errand_template) as host:
        host.rules_off = frozenset(request.config.getoption("rule_off"))
        await enrol(host, "wang.fang")
        await engine.run(host, "errand.pay", {"person": "wang.fang", "yuan": "50"}, SYSTEM)
        with pytest.raises(Refusal) as fault:
            await engine.run(host, "ledger.reverse", {"reason": "too much"}, SYSTEM, target=["#1"])
        assert (fault.value.text.id, fault.value.rule) == ("ledger.refusal.fine", "money-02")


@pytest.mark.rule("money-02")
async def test_money_is_not_simply_taken(tmp_path: Path, errand_template: Path, request: Any) -> None:
    async with errand_host(tmp_path, errand_template) as host:
        host.rules_off = frozenset(request.config.getoption("rule_off"))
        await enrol(host, "wang.fang")
        with pytest.raises(Refusal) as fault:
            await engine.run(host, "errand.pay", {"person": "wang.fang", "yuan": "-50"}, SYSTEM)
        assert (fault.value.text.id, fault.value.rule) == ("ledger.refusal.fine", "money-02")


async def test_money_given_is_posted_as_written(tmp_path: Path, errand_template: Path) -> None:
    async with errand_host(tmp_path, errand_template) as host:
        await enrol(host, "wang.fang")
        await engine.run(host, "errand.pay", {"person": "wang.fang", "yuan": "50"}, SYSTEM)
        assert await points(host, "money") == 5000
