"""Honours that stay and are counted; praise with points, read out the next morning."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from desk import words
from rewards_desk import Desk, rewards_desk

from cstui import paper
from cstui.api import UNKNOWN, Area, Context, Fact, Refusal
from cstui.contract.errors import NotPermitted
from cstui.ledger import Posting
from cstui.people import Staff
from cstui_rewards.honours.due import quarters_due
from cstui_rewards.kinds import HonourSource
from cstui_rewards.models import HonourEntry, Praise
from cstui_rewards.praise.due import praises_due

ANNUAL = {"person": "an", "source": "annual", "title": "年度优秀员工", "day": "2026-12-31"}
FIRST = {"person": "an", "source": "ranking", "title": "月度第一", "day": "2026-10-31"}


@pytest_asyncio.fixture
async def desk(request: pytest.FixtureRequest, tmp_path: Path, reward_template: Path) -> AsyncIterator[Desk]:
    async with rewards_desk(request, tmp_path, reward_template) as opened:
        yield opened


def report(desk: Desk, name: str, value: Any) -> None:
    async def fn(ctx: Context, person_id: int, first: date, last: date) -> Any:
        return value

    area = name.partition(".")[0]
    desk.host.areas[area] = Area(area, strings="", facts=(Fact(name, fn),))


async def honour(desk: Desk, login: str, code: str, day: date) -> HonourEntry:
    made: HonourEntry = await desk.make_row(
        HonourEntry, honour_no=f"{login}{code}{day:%y%m%d}", staff=await desk.ask(Staff.get(login=login)), title=code,
        code=code, period=f"{day:%Y-%m}", day=day, source=HonourSource.AWARD,
    )  # fmt: skip
    return made


async def count(desk: Desk, login: str, first: date, last: date) -> Any:
    ctx = await desk.context()
    return await desk.host.call(
        ctx.fact("rewards.excellent_count", (await desk.ask(Staff.get(login=login))).pk, first, last)
    )


@pytest.mark.rule("rewards-36")
@pytest.mark.rule("rewards-37")
async def test_promotion_counts_titles_of_excellent_agent(desk: Desk) -> None:
    for code, day in (("bee", date(2026, 8, 31)), ("service_star", date(2026, 9, 30)), ("lecturer", date(2026, 9, 30)),
                      ("bee", date(2025, 12, 31))):  # fmt: skip
        await honour(desk, "an", code, day)
    year = date(2026, 1, 1), date(2026, 12, 31)
    assert await count(desk, "an", *year) == 2  # a lecturer isn't an agent, last year is past
    assert await count(desk, "bo", *year) == 0
    assert await count(desk, "an", date(2026, 9, 1), date(2026, 9, 30)) == 1


async def test_an_honour_is_only_annulled_and_stays(desk: Desk) -> None:
    entry = await honour(desk, "an", "bee", date(2026, 8, 31))
    with pytest.raises(NotPermitted):
        await desk.run("annul_honour", {"reason": "x"}, "zhu", target=[entry.honour_no])
    await desk.run("annul_honour", {"reason": "事例不实"}, "head", target=[entry.honour_no])
    assert await count(desk, "an", date(2026, 1, 1), date(2026, 12, 31)) == 0
    assert (await desk.ask(HonourEntry.get(id=entry.pk))).annulled_because == "事例不实"
    with pytest.raises(Refusal, match="annulled"):
        await desk.run("annul_honour", {"reason": "x"}, "head", target=[entry.honour_no])


@pytest.mark.rule("rewards-47")
async def test_acts_against_the_team_bar_from_honours_of_the_year(desk: Desk) -> None:
    with pytest.raises(Refusal, match="unchecked"):  # nobody reports: a person says so
        await desk.run("record_honour", ANNUAL, "head")
    report(desk, "discipline.against_team", True)
    with pytest.raises(Refusal, match="against_team"):
        await desk.run("record_honour", {**ANNUAL, "checked": "yes"}, "head")
    report(desk, "discipline.against_team", UNKNOWN)
    await desk.run("record_honour", {**ANNUAL, "checked": "yes"}, "head")
    with pytest.raises(Refusal, match="honoured"):
        await desk.run("record_honour", {**ANNUAL, "checked": "yes"}, "head")
    report(desk, "discipline.against_team", False)
    await desk.run("record_honour", {**ANNUAL, "person": "bo"}, "head")


@pytest.mark.rule("rewards-62")
async def test_the_first_of_the_month_is_the_first(desk: Desk) -> None:
    report(desk, "performance.month_rank", 2)
    with pytest.raises(Refusal, match="not_first"):
        await desk.run("record_honour", FIRST, "head")
    report(desk, "performance.month_rank", 1)
    await desk.run("record_honour", FIRST, "head")
    entry = await desk.ask(HonourEntry.get())
    assert (entry.period, entry.source) == ("2026-10", HonourSource.RANKING)


@pytest.mark.rule("rewards-45")
async def test_the_quarters_best_are_put_up_when_it_has_ended(desk: Desk) -> None:
    desk.at(1, month=10)
    assert await desk.due(quarters_due) == []  # nobody was honoured
    for login, day in (("an", date(2026, 7, 31)), ("mo", date(2026, 9, 30)), ("bo", date(2026, 6, 30))):
        await honour(desk, login, "bee", day)
    desk.at(8, month=10)  # the first working day after the holiday
    (item,) = await desk.due(quarters_due)
    assert len(item.records) == 2
    desk.at(9, month=10)
    assert await desk.due(quarters_due) == []
    ctx = await desk.context()

    async def make() -> bytes:
        return await paper.printed(
            desk.host, ctx, paper.paper_of(desk.host, ctx, "rewards.quarter_board"), item.records, "zh_CN", "txt"
        )

    sheets = (await desk.host.call(make())).decode().split("\f")
    assert [("an" in sheet, "mo" in sheet) for sheet in sheets] == [(True, True), (True, False), (False, True)]


@pytest.mark.rule("rewards-43")
async def test_praise_gives_points_and_is_read_out_the_next_morning(desk: Desk) -> None:
    with pytest.raises(NotPermitted):
        await desk.run("praise", {"person": "lead", "words": "x"}, "lead")  # nobody praises oneself
    await desk.run("praise", {"person": "an", "words": "雨天送客户上车"}, "lead")
    posted = await desk.ask(Posting.get(person__login="an"))
    assert (posted.amount, posted.rule, posted.note) == (100, "rewards-43", "雨天送客户上车")
    assert [one.severity for one in await desk.due(praises_due)] == ["info"]
    desk.at(25, "23:59")
    assert [one.severity for one in await desk.due(praises_due)] == ["info"]
    desk.at(26, "00:00")
    (item,) = await desk.due(praises_due)
    assert item.severity == "warning"
    praised = await desk.ask(Praise.get())
    await desk.run("read_out", None, "lead", target=[praised.praise_no])
    assert words(await desk.due(praises_due)) == []
    with pytest.raises(Refusal, match="read_out"):
        await desk.run("read_out", None, "lead", target=[praised.praise_no])


@pytest.mark.rule("rewards-46")
async def test_a_good_deed_has_a_witness_from_outside(desk: Desk) -> None:
    deed = {"person": "an", "words": "捡到手机交还", "points": "1.5"}
    for witness in ("an", "lead"):
        with pytest.raises(Refusal, match="deed_witness"):
            await desk.run("good_deed", {**deed, "witness": witness}, "lead")
    await desk.run("good_deed", {**deed, "witness": "bo"}, "lead")
    assert (await desk.ask(Posting.get(person__login="an"))).amount == 150
    assert (await desk.ask(Praise.get())).good_deed
