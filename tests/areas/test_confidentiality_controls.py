"""The weekly control of documents: a sample anybody can draw again, led by management; and the written rules."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from confidentiality_desk import Desk, confidentiality_desk
from hypothesis import given
from hypothesis import strategies as st

from cstui.api import BadInput, Refusal
from cstui.contract.errors import NotPermitted
from cstui_confidentiality import policy
from cstui_confidentiality.controls.acts import draw
from cstui_confidentiality.controls.due import checks, leadership
from cstui_confidentiality.kinds import AssetState
from cstui_confidentiality.models import AuditFinding, ControlCheck, ControlLine


@pytest.fixture
async def desk(request: pytest.FixtureRequest, tmp_path: Path, secret_template: Path) -> AsyncIterator[Desk]:
    async with confidentiality_desk(request, tmp_path, secret_template) as opened:
        yield opened


async def lines(desk: Desk) -> list[ControlLine]:
    found: list[ControlLine] = await desk.ask(ControlLine.all().order_by("line_no").select_related("asset"))
    return found


async def checked(desk: Desk) -> None:
    """A control with all in order."""
    await desk.run("begin_check")
    (check,) = await desk.ask(ControlCheck.filter(state="draft"))
    await desk.run("line_in_order", {}, target=[one.pk for one in await lines(desk) if one.check_id == check.pk])
    await desk.run("sign_check", {}, target=[check.pk])


def told(refused: pytest.ExceptionInfo[Any]) -> str:
    return str(refused.value.text.id).rpartition(".")[2]


@given(st.sets(st.text("AB0123456789-", min_size=1, max_size=6), max_size=30), st.integers(0, 8), st.randoms())
def test_a_sample_follows_from_the_control_s_number(numbers: set[str], size: int, random: Any) -> None:
    shuffled = [*numbers]
    random.shuffle(shuffled)
    first = draw("K20261124-001", numbers, size)
    assert first == draw("K20261124-001", shuffled, size)
    assert len(first) == min(size, len(numbers)) and {*first} <= numbers


def test_every_asset_is_drawn_in_time_and_none_more_than_others() -> None:
    numbers = [f"A-{number}" for number in range(20)]
    often = dict.fromkeys(numbers, 0)
    for week in range(400):
        for one in draw(f"K{week}", numbers, 5):
            often[one] += 1
    assert min(often.values()) > 70 and max(often.values()) < 130  # 100 each


@pytest.mark.rule("confidentiality-46")
async def test_what_is_missing_is_a_critical_finding_about_its_keeper(desk: Desk) -> None:
    for number in range(1, 8):
        await desk.asset(f"A-{number}")
    await desk.asset("A-8", state=AssetState.DESTROYED)
    await desk.asset("A-9", keeper="deng")
    with pytest.raises(NotPermitted):  # led by management
        await desk.run("begin_check", {}, "an")
    await desk.run("begin_check")
    drawn = await lines(desk)
    names = [one.asset.asset_no for one in drawn if one.asset]
    assert names == draw("K20261124-001", [f"A-{number}" for number in range(1, 8)], 5)
    assert await desk.cell("check_lines", drawn[0].pk, "kept_at") == "cabinet 3"
    assert await desk.cell("check_lines", drawn[0].pk, "kept_at", "fu") == "****"
    with pytest.raises(Refusal) as twice:
        await desk.run("begin_check", {}, "fu")
    assert told(twice) == "check_going"
    with pytest.raises(Refusal) as another:
        await desk.run("line_in_order", {}, "fu", target=[drawn[0].pk])
    assert told(another) == "another_checks"
    await desk.run("line_missing", {"remark": "the folder is empty"}, target=[drawn[0].pk])
    await desk.run("line_wrong_readers", {"remark": "cai reads it"}, target=[drawn[1].pk])
    with pytest.raises(Refusal) as unfinished:
        await desk.run("sign_check", {}, target=["K20261124-001"])
    assert told(unfinished) == "lines_open"
    await desk.run("line_in_order", {}, target=[one.pk for one in drawn[2:]])
    await desk.run("sign_check", {}, target=["K20261124-001"])
    found = await desk.ask(AuditFinding.all().order_by("id").select_related("staff"))
    assert [(one.rule, one.severity, one.staff.login) for one in found] == [
        ("confidentiality-46", "critical", "an"), ("confidentiality-46", "warning", "an"),
    ]  # fmt: skip
    with pytest.raises(Refusal) as over:
        await desk.run("line_in_order", {}, target=[drawn[0].pk])
    assert told(over) == "check_signed"


@pytest.mark.rule("confidentiality-46")
async def test_a_control_is_due_every_week_from_the_first_asset_on(desk: Desk) -> None:
    assert await desk.due(checks) == []
    await desk.asset("A-1")  # on 1 November
    found = []
    for day in (7, 8, 9):
        desk.at(day)
        found += [[item.severity for item in await desk.due(checks)]]
    assert found == [[], ["warning"], ["critical"]]
    await desk.run("begin_check")
    (walking,) = await desk.due(checks)
    assert (walking.severity, walking.register, walking.state and walking.state.args) == (
        "critical", "confidentiality.check_lines", {"count": 0, "all": 1},
    )  # fmt: skip
    await desk.run("line_in_order", {}, target=list(walking.records))
    (signing,) = await desk.due(checks)
    assert signing.register == "confidentiality.checks"
    await desk.run("drop_check", {}, target=list(signing.records))
    await checked(desk)
    desk.at(15)
    assert await desk.due(checks) == []
    desk.at(16)
    assert [item.severity for item in await desk.due(checks)] == ["warning"]


@pytest.mark.rule("confidentiality-46")
async def test_half_yearly_the_supervisor_asks_how_confidentiality_is_led(desk: Desk) -> None:
    await desk.figure("confidentiality-46", "leadership_review", "20")
    await desk.asset("A-1")
    desk.at(20)
    assert await desk.due(leadership) == []
    desk.at(24)
    (item,) = await desk.due(leadership)
    assert (item.severity, item.actions) == ("warning", ("confidentiality.begin_check",))
    await desk.run("begin_check")
    assert await desk.due(leadership) == []
    (_, question) = await lines(desk)
    assert (question.asset, question.asked) == (None, "leadership")
    with pytest.raises(Refusal) as readers:
        await desk.run("line_wrong_readers", {"remark": "x"}, target=[question.pk])
    assert told(readers) == "no_readers"
    await desk.run("line_in_order", {}, target=[one.pk for one in await lines(desk)])
    await desk.run("sign_check", {}, target=["K20261124-001"])
    desk.at(13, month=12)
    assert await desk.due(leadership) == []
    desk.at(14, month=12)
    assert len(await desk.due(leadership)) == 1


# the written rules


@pytest.mark.rule("confidentiality-42")
async def test_the_version_in_force_is_looked_through_in_a_year(desk: Desk) -> None:
    assert await desk.due(policy.acts.due) == []
    version = {"title": "confidentiality", "in_force_from": "2025-11-23"}
    await desk.run("add_policy", {"policy_version": "1", **version})
    await desk.run("add_policy", {"policy_version": "2", **version, "in_force_from": "2026-12-01"})
    desk.at(23)
    assert await desk.due(policy.acts.due) == []  # day 365
    desk.at(24)
    (item,) = await desk.due(policy.acts.due)
    assert (item.severity, item.title.args["policy"]) == ("critical", "1")
    with pytest.raises(Refusal) as later:
        await desk.run("review_policy", {}, target=["2"])
    assert told(later) == "policy_old"
    await desk.run("review_policy", {}, target=["1"])
    assert await desk.due(policy.acts.due) == []
    for more, field in (({"policy_version": "1"}, "policy_version"), ({"reviewed_on": "2026-11-25"}, "reviewed_on")):
        with pytest.raises(BadInput) as bad:
            await desk.run("add_policy", {"policy_version": "3", **version, **more})
        assert bad.value.field == field
    assert (await desk.context()).today == date(2026, 11, 24)
