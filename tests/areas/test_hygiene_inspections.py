"""Inspections: the sheets from the rules' points, the walk through their items, the score, and who may not inspect."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from counting import counted
from hygiene_desk import Desk, hygiene_desk
from hypothesis import given
from hypothesis import strategies as st

from cstui import conditions, registers
from cstui.api import SYSTEM, BadInput, Refusal
from cstui.contract.errors import NotPermitted
from cstui.timeline import timeline
from cstui_hygiene.inspections.due import inspections_due
from cstui_hygiene.kinds import AreaKind, Item, Verdict
from cstui_hygiene.models import HygieneInspection, InspectionItem
from cstui_hygiene.sheets import FULL, LOOKS, OFFICE, PERSONAL, SHEETS, asked, points_of, score, sheet


@pytest.fixture
async def desk(request: pytest.FixtureRequest, tmp_path: Path, clean_template: Path) -> AsyncIterator[Desk]:
    async with hygiene_desk(request, tmp_path, clean_template) as opened:
        yield opened


POINTS = {
    "floor": 15, "dead_corner": 10, "desk": 15, "equipment": 10, "chair": 5, "put_back": 5, "layout_monitor": 2,
    "layout_headset": 2, "layout_notebook": 2, "alignment": 4, "foreign": 5, "move": 3, "keyboard": 2, "window": 5,
    "board": 3, "dress": 5, "frontage": 3, "lights": 2, "lockers": 2,
}  # fmt: skip
"""The office's items that are worth points, as the regulation lists them."""


@pytest.mark.rule("hygiene-03")
@pytest.mark.rule("hygiene-04")
@pytest.mark.rule("hygiene-07")
@pytest.mark.rule("hygiene-12")
@pytest.mark.rule("hygiene-13")
@pytest.mark.rule("hygiene-14")
@pytest.mark.rule("hygiene-15")
@pytest.mark.rule("hygiene-16")
@pytest.mark.rule("hygiene-17")
@pytest.mark.rule("hygiene-18")
@pytest.mark.rule("hygiene-19")
@pytest.mark.rule("hygiene-21")
@pytest.mark.rule("hygiene-22")
@pytest.mark.rule("hygiene-27")
@pytest.mark.rule("hygiene-31")
async def test_the_sheet_of_the_office_sums_to_100(desk: Desk) -> None:
    items = await desk.items(await desk.inspect())
    assert {code: item.points for code, item in items.items() if item.points} == {
        code: points * 100 for code, points in POINTS.items()
    }
    assert sum(item.points for item in items.values()) == FULL


@pytest.mark.rule("hygiene-24")
@pytest.mark.rule("hygiene-26")
@pytest.mark.rule("hygiene-28")
async def test_the_changing_room_has_a_sheet_of_its_own(desk: Desk) -> None:
    items = await desk.items(await desk.inspect("CH"))
    assert {code: items[code].points for code in ("appearance", "quiet", "lockers", "locker_outside")} == {
        "appearance": 300, "quiet": 100, "lockers": 200, "locker_outside": 0,
    }  # fmt: skip
    assert "desk" not in items


@pytest.mark.rule("hygiene-45")
async def test_sales_aids_are_looked_at_in_the_reception(desk: Desk) -> None:
    assert (await desk.items(await desk.inspect("RE")))["aid"].points == 200


@pytest.mark.rule("hygiene-06")
@pytest.mark.rule("hygiene-44")
async def test_dropped_things_and_making_up_are_looked_for_in_spot_checks(desk: Desk) -> None:
    daily = await desk.inspect()
    spot = await desk.inspect("", staff="an", kind="spot")
    assert {"dropped", "makeup"} & {*await desk.items(daily)} == set()
    assert {"dropped", "makeup"} <= {*await desk.items(spot)}


@pytest.mark.rule("hygiene-05")
@pytest.mark.rule("hygiene-20")
async def test_litter_peel_and_writing_on_equipment_take_no_points_off(desk: Desk) -> None:
    items = await desk.items(await desk.inspect())
    assert [items[code].points for code in ("litter", "peel", "graffiti")] == [0, 0, 0]


@pytest.mark.rule("hygiene-46")
async def test_dress_asks_for_what_both_rules_say(desk: Desk) -> None:
    ctx = await desk.context()
    told = desk.host.words.say(asked(ctx, Item.DRESS, ctx.today), "en", desk.host.zone)
    assert "tied hair" in told
    assert "Uniforms" in told


@pytest.mark.parametrize("off", ["hygiene-23", "hygiene-46"])
async def test_dress_stays_in_the_sheet_while_one_of_its_rules_holds(desk: Desk, off: str) -> None:
    desk.host.rules_off = frozenset({off})
    assert "dress" in await desk.items(await desk.inspect())


@pytest.mark.rule("hygiene-23")
async def test_tied_hair_is_asked_for(desk: Desk) -> None:
    ctx = await desk.context()
    assert "tied hair" in desk.host.words.say(asked(ctx, Item.DRESS, ctx.today), "en", desk.host.zone)


async def test_where_screen_headset_and_notebook_belong_is_the_site_s(desk: Desk) -> None:
    await desk.figure("hygiene-14", "layout_monitor", "left")
    await desk.figure("hygiene-16", "layout_notebook", "beside the phone")
    ctx = await desk.context()
    said = [desk.host.words.say(asked(ctx, item, ctx.today), "en", desk.host.zone)
            for item in (Item.LAYOUT_MONITOR, Item.LAYOUT_HEADSET, Item.LAYOUT_NOTEBOOK)]  # fmt: skip
    assert "left" in said[0] and "right" in said[1] and "beside the phone" in said[2]


async def test_every_item_stands_in_some_sheet_and_has_a_rule(desk: Desk) -> None:
    assert {*OFFICE, *PERSONAL, *(item for some in SHEETS.values() for item in some)} == {*Item} == {*LOOKS}
    ctx = await desk.context()
    for kind in (*AreaKind, None):
        items = sheet(ctx, kind, True, ctx.today)
        assert len(items) == len({*items}) > 0
        assert sum(points_of(ctx, item, ctx.today) for item in items) > 0


# the score


def test_the_scores_of_the_regulation() -> None:
    assert score(FULL, 1500 + 200) == 8300
    assert score(8000, 800) == 9000
    assert score(FULL, 0) == 10000
    assert score(FULL, FULL) == 0
    assert score(0, 0) is None


def test_a_score_is_rounded_half_up() -> None:
    assert score(3000, 1000) == 6667
    assert score(6000, 1000) == 8333
    assert score(80000, 1004) == 9875  # 98.745


@given(st.lists(st.tuples(st.integers(0, 10**4), st.integers(0, 10**4)), max_size=30))
def test_a_score_lies_between_nothing_and_100_and_more_deductions_never_help(items: list[tuple[int, int]]) -> None:
    worth, lost = sum(a for a, _ in items), sum(min(a, b) for a, b in items)
    found = score(worth, lost)
    if worth == 0:
        assert found is None
        return
    assert found is not None and 0 <= found <= FULL
    exact = Decimal(FULL) * (worth - lost) / worth
    assert abs(found - exact) <= Decimal("0.5")
    if lost < worth:
        less = score(worth, lost + 1)
        assert less is not None and less <= found


async def test_a_signed_inspection_is_scored_as_in_the_regulation(desk: Desk) -> None:
    number = await desk.inspect()
    failed = {"floor": {"remark": "paper"}, "layout_headset": {}}
    assert (await desk.walk(number, failed)).score == 8300


async def test_what_does_not_apply_counts_neither_way(desk: Desk) -> None:
    number = await desk.inspect()
    none = ("dead_corner", "equipment")  # worth 20
    signed = await desk.walk(number, {"floor": {"deduction": "8"}}, none=none)
    assert signed.score == 9000
    assert await desk.cell("inspections", signed.id, "score") == "90.00"
    ctx = await desk.host.context(SYSTEM)
    inspections = desk.host.registers["hygiene.inspections"]
    events, _ = await desk.host.call(timeline(desk.host, ctx, inspections, signed.id))
    told = {one.name: one.after for event in events for change in event.changes for one in change.differences}
    assert told["score"] == Decimal(90)
    for line, count in (("score=90", 1), ("score>=90.00", 1), ("score>90", 0)):
        wanted = conditions.parse(desk.host, inspections, line)
        found = registers.count(desk.host, ctx, "hygiene.inspections", conditions=wanted)
        assert await desk.host.call(found) == count


async def test_an_inspection_of_nothing_that_is_worth_points_has_no_score(desk: Desk) -> None:
    number = await desk.inspect()
    codes = await desk.items(number)
    await desk.run("no_such_item", target=[f"{number}/{code}" for code in codes])
    told = await desk.run("sign_inspection", target=[number])
    assert told.text and told.text.id == "hygiene.done.inspection_unscored"
    assert (await desk.ask(HygieneInspection.get(inspection_no=number))).score is None


# the walk


@pytest.mark.rule("hygiene-03")
@pytest.mark.parametrize("action", ["pass_item", "fail_item"])
async def test_the_dead_corner_cannot_be_decided_without_naming_it(desk: Desk, action: str) -> None:
    number = await desk.inspect()
    with pytest.raises(Refusal) as refused:
        await desk.run(action, {} if action == "fail_item" else None, target=[f"{number}/dead_corner"])
    assert refused.value.text.id == "hygiene.refusal.name_the_corner"
    await desk.run("name_place", {"place": "behind the cabinet"}, target=[f"{number}/dead_corner"])
    await desk.run(action, {} if action == "fail_item" else None, target=[f"{number}/dead_corner"])
    item = (await desk.items(number))["dead_corner"]
    assert (item.verdict, item.place) == (Verdict(action.removesuffix("_item")), "behind the cabinet")


@pytest.mark.parametrize("deduction", ["0", "15.01", "16", "0.001", "-1", "NaN"])
async def test_a_deduction_outside_the_item_s_points_is_refused(desk: Desk, deduction: str) -> None:
    number = await desk.inspect()
    with pytest.raises(BadInput):
        await desk.run("fail_item", {"deduction": deduction}, target=[f"{number}/floor"])
    assert (await desk.items(number))["floor"].verdict is Verdict.UNDECIDED


@pytest.mark.parametrize(("deduction", "kept"), [("0.01", 1), ("15", 1500), ("７.5", 750), (None, 1500)])
async def test_a_deduction_within_the_item_s_points_is_kept(desk: Desk, deduction: str | None, kept: int) -> None:
    number = await desk.inspect()
    raw = {} if deduction is None else {"deduction": deduction}
    await desk.run("fail_item", raw, target=[f"{number}/floor"])
    assert (await desk.items(number))["floor"].deduction == kept


async def test_of_an_item_without_points_nothing_is_taken_off(desk: Desk) -> None:
    number = await desk.inspect()
    with pytest.raises(BadInput):
        await desk.run("fail_item", {"deduction": "1"}, target=[f"{number}/litter"])
    await desk.run("fail_item", {}, target=[f"{number}/litter"])
    assert (await desk.items(number))["litter"].deduction == 0


@pytest.mark.rule("hygiene-18")
async def test_what_does_not_belong_there_is_named(desk: Desk) -> None:
    number = await desk.inspect()
    with pytest.raises(Refusal) as refused:
        await desk.run("fail_item", {}, target=[f"{number}/foreign"])
    assert refused.value.text.id == "hygiene.refusal.name_the_thing"
    with pytest.raises(BadInput):
        await desk.run("fail_item", {"phone": True}, target=[f"{number}/floor"])


async def test_a_verdict_may_be_changed_until_the_signature(desk: Desk) -> None:
    number = await desk.inspect()
    floor = f"{number}/floor"
    await desk.run("fail_item", {"remark": "dust", "deduction": "3", "person": "an"}, target=[floor])
    await desk.run("pass_item", target=[floor])
    item = (await desk.items(number))["floor"]
    assert (item.verdict, item.deduction, item.remark, item.person_id) == (Verdict.PASS, 0, "", None)


async def test_it_is_signed_when_all_items_are_decided_and_then_stays_as_it_is(desk: Desk) -> None:
    number = await desk.inspect("RE")
    with pytest.raises(Refusal) as refused:
        await desk.run("sign_inspection", target=[number])
    assert refused.value.text.args["left"] == len(await desk.items(number))
    signed = await desk.walk(number, {"floor": {"deduction": "3"}})
    assert signed.signed_at is not None
    for action, raw, target in (
        ("pass_item", None, f"{number}/floor"), ("fail_item", {}, f"{number}/desk"),
        ("no_such_item", None, f"{number}/desk"), ("name_place", {"place": "x"}, f"{number}/desk"),
        ("sign_inspection", None, number), ("drop_inspection", None, number),
    ):  # fmt: skip
        for login in ("lead", "deng"):
            with pytest.raises(Refusal):
                await desk.run(action, raw, login, target=[target])
    again = await desk.ask(HygieneInspection.get(inspection_no=number))
    assert (again.version, again.score) == (signed.version, signed.score)
    assert len(await desk.defects()) == 1


async def test_only_the_inspector_decides_and_signs(desk: Desk) -> None:
    number = await desk.inspect("RE")
    for action, target in (("pass_item", f"{number}/floor"), ("sign_inspection", number)):
        with pytest.raises(Refusal) as refused:
            await desk.run(action, None, "deng", target=[target])
        assert refused.value.text.id == "hygiene.refusal.another_inspects"


async def test_one_that_was_begun_by_mistake_is_taken_back(desk: Desk) -> None:
    number = await desk.inspect("RE")
    await desk.inspect("", staff="an")
    for again in ({"area": "RE"}, {"area": "", "staff": "an"}):
        with pytest.raises(Refusal) as refused:
            await desk.inspect(**again, login="deng")
        assert refused.value.text.id == "hygiene.refusal.inspection_going"
    await desk.inspect("", staff="bo")
    await desk.run("drop_inspection", target=[number])
    assert await desk.ask(InspectionItem.filter(inspection__inspection_no=number).count()) == 0
    await desk.inspect("RE", "deng")


async def test_an_inspection_is_of_an_area_or_of_a_person(desk: Desk) -> None:
    for raw in ({}, {"area": "FL", "staff": "an"}):
        with pytest.raises(BadInput):
            await desk.run("begin_inspection", raw)


# who inspects


async def test_nobody_inspects_themselves(desk: Desk) -> None:
    with pytest.raises(NotPermitted):
        await desk.run("begin_inspection", {"staff": "lead"})
    with pytest.raises(NotPermitted):
        await desk.run("begin_inspection", {"area": "FL"}, "an")


async def test_nobody_inspects_the_area_that_was_theirs_to_clean(desk: Desk) -> None:
    await desk.duty("lead")
    await desk.duty("an", slot="closing", due_at=datetime(2026, 11, 24, 14, tzinfo=UTC))
    with pytest.raises(Refusal) as refused:
        await desk.inspect()
    assert refused.value.text.id == "hygiene.refusal.own_duty"
    await desk.inspect("RE")
    await desk.inspect("FL", "deng")


async def test_a_duty_that_one_got_meanwhile_keeps_one_from_signing(desk: Desk) -> None:
    number = await desk.inspect()
    await desk.duty("lead")
    with pytest.raises(Refusal) as refused:
        await desk.walk(number, {})
    assert refused.value.text.id == "hygiene.refusal.own_duty"


async def test_who_did_a_duty_for_another_does_not_inspect_it(desk: Desk) -> None:
    await desk.duty("an", done_by_id=(await desk.context("lead")).actor.staff_id, state="done")
    with pytest.raises(Refusal):
        await desk.inspect()
    await desk.duty("an", area="RE", state="excused")
    await desk.duty("lead", area="RE", state="excused")
    await desk.inspect("RE")


# what is due


@pytest.mark.rule("hygiene-47")
async def test_from_four_o_clock_an_inspection_that_nobody_began_is_told(desk: Desk) -> None:
    desk.at(24, "15:59:59")
    assert await desk.due(inspections_due) == []
    desk.at(24, "16:00")
    (item,) = await desk.due(inspections_due)
    assert (item.severity, item.actions) == ("warning", ("hygiene.begin_inspection",))
    await desk.inspect()
    assert await desk.due(inspections_due, "inspection") == []


async def test_on_a_day_of_rest_no_inspection_is_asked_for(desk: Desk) -> None:
    desk.at(28, "17:00")  # a Saturday
    assert await desk.due(inspections_due) == []


async def test_a_site_without_areas_is_asked_for_no_inspection(desk: Desk) -> None:
    for code in ("FL", "CH", "RE"):
        await desk.run("retire_area", {"reason": "moved out"}, "deng", target=[code])
    desk.at(24, "17:00")
    assert await desk.due(inspections_due) == []


async def test_an_inspection_of_yesterday_that_is_not_signed_is_a_warning(desk: Desk) -> None:
    await desk.inspect("RE")
    (item,) = await desk.due(inspections_due)
    assert (item.severity, item.person) == ("info", "lead")
    desk.at(25)
    (item,) = await desk.due(inspections_due)
    assert (item.severity, item.actions[0]) == ("warning", "hygiene.pass_item")


async def test_what_is_due_takes_as_many_queries_however_many_are_begun(desk: Desk) -> None:
    async def asked_for() -> int:
        ctx: Any = await desk.context()
        return (await counted(desk.host, inspections_due(ctx)))[0]

    desk.at(24, "17:00")
    await desk.inspect("RE")
    one = await asked_for()
    for area, login in (("FL", "lead"), ("CH", "deng")):
        await desk.inspect(area, login)
    await desk.inspect("", staff="an")
    assert await asked_for() == one


@pytest.mark.rule("hygiene-47")
async def test_an_inspection_leads_from_item_to_item_and_then_to_the_signature(desk: Desk) -> None:
    number = await desk.inspect("CH")
    walked = []
    while (matter := (await desk.due(inspections_due))[0]).register == "hygiene.items":
        decided = matter.state and f"{matter.state.args['done']}/{matter.state.args['all']}"
        walked.append(decided)
        item = next(one for one in (await desk.items(number)).values() if one.id == matter.records[0])
        if item.item is Item.DEAD_CORNER:
            await desk.run("name_place", {"place": "corner"}, target=[f"{number}/{item.item}"])
        await desk.run("pass_item", target=[f"{number}/{item.item}"])
    assert walked == [f"{done}/{len(walked)}" for done in range(len(await desk.items(number)))]
    assert matter.actions[0] == "hygiene.sign_inspection"
    await desk.run("sign_inspection", target=[number])
    assert await desk.due(inspections_due) == []
