"""Pairs who approve each other: counted both ways, told to others, not to the two."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from conftest import NOW
from errands import act, crew

from cstui import charts
from cstui.contract.chart import Figures, Period
from cstui.contract.context import SYSTEM
from cstui.host import Host


@pytest_asyncio.fixture
async def errands(tmp_path: Path, errand_template: Path, request: pytest.FixtureRequest) -> AsyncIterator[Host]:
    async with crew(tmp_path, errand_template) as host:
        host.rules_off = frozenset(request.config.getoption("rule_off", default=None) or ())
        yield host


async def told(host: Host, login: str) -> list[tuple[str, Any]]:
    """Pairs that are due for a login: their id, and how often each way."""
    found = host.areas["approvals"].due
    assert found

    async def read() -> Any:
        return await found(await host.context(await host.actor(login)))

    items = [item for item in await host.call(read()) if item.id.startswith("approvals.mutual:")]
    return [(item.id, tuple(item.state.args.values())) for item in items if item.state]


async def ask_and_approve(host: Host, asks: str, decides: str, times: int) -> None:
    for _ in range(times):
        await act(host, asks, "errand.ask", {"title": "a day off"})
        number = (await host.call(host.store.query("SELECT max(id) AS last FROM approvals_request")))[0]["last"]
        await act(host, decides, "approvals.approve", {}, f"#{number}")


@pytest.mark.rule("approvals-01")
async def test_a_pair_that_often_approves_each_other_is_told_to_others_for_a_while(errands: Host) -> None:
    await ask_and_approve(errands, "lena", "leo", 3)
    await ask_and_approve(errands, "leo", "lena", 2)
    await ask_and_approve(errands, "mia", "leo", 4)  # one way only
    assert await told(errands, "admin") == []
    await ask_and_approve(errands, "leo", "lena", 1)
    (pair,) = await told(errands, "admin")
    assert pair[1] == (3, 3)
    assert await told(errands, "mia") == [pair]
    assert await told(errands, "lena") == await told(errands, "leo") == []
    errands.clock = lambda: NOW + timedelta(days=7)
    assert await told(errands, "admin") == []
    await ask_and_approve(errands, "leo", "lena", 1)
    ((_, times),) = await told(errands, "admin")
    assert sorted(times) == [3, 4]
    errands.clock = lambda: NOW + timedelta(days=92)  # what is long ago counts no more
    await ask_and_approve(errands, "lena", "leo", 1)
    assert await told(errands, "admin") == []


async def test_the_chart_counts_the_pairs_of_any_days(errands: Host) -> None:
    await ask_and_approve(errands, "lena", "leo", 2)
    await ask_and_approve(errands, "leo", "lena", 1)

    async def drawn(first: date, last: date) -> Figures:
        ctx = await errands.context(SYSTEM)
        answer = await charts.drawn(errands, ctx, errands.charts["approvals.mutual"], Period(first, last))
        assert isinstance(answer, Figures)
        return answer

    figures = await errands.call(drawn(date(2026, 11, 1), date(2026, 11, 30)))
    assert [errands.words.say(label, "en") for label in figures.labels] == ["Lena and Leo"]
    assert [[datum.value for datum in series.data] for series in figures.series] == [[1], [2]]
    assert [len(datum.records) for series in figures.series for datum in series.data] == [1, 2]
    assert not (await errands.call(drawn(date(2026, 11, 25), date(2026, 11, 30)))).labels
