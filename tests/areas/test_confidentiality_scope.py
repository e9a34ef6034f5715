"""What is secret: classes, who may read what, embargoes, and flaws told to nobody but those who mend them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from confidentiality_desk import Desk, confidentiality_desk, moment

from cstui import dossier, engine, registers
from cstui.api import BadInput, Refusal
from cstui.contract.errors import NotPermitted
from cstui.timeline import timeline
from cstui_confidentiality.kinds import AssetState, CategoryState, Level
from cstui_confidentiality.models import AssetReader, ConfidentialAsset, SecrecyCategory
from cstui_confidentiality.scope.acts import embargoed
from cstui_confidentiality.scope.due import classes_missing, embargoes_ending, unclassed, unkept
from cstui_confidentiality.scope.presets import BUSINESS, FINANCE, PERSONNEL, PRESET, TECHNICAL


@pytest.fixture
async def desk(request: pytest.FixtureRequest, tmp_path: Path, secret_template: Path) -> AsyncIterator[Desk]:
    async with confidentiality_desk(request, tmp_path, secret_template) as opened:
        yield opened


async def asset(desk: Desk, number: str = "A-1") -> ConfidentialAsset:
    found: ConfidentialAsset = await desk.ask(
        ConfidentialAsset.get(asset_no=number).select_related("category", "keeper").prefetch_related("readers")
    )
    return found


def told(refused: pytest.ExceptionInfo[Any]) -> str:
    return str(refused.value.text.id).rpartition(".")[2]


# classes


@pytest.mark.rule("confidentiality-01")
async def test_twelve_classes_are_loaded_and_a_scope_with_fewer_is_a_matter(desk: Desk) -> None:
    assert await desk.due(classes_missing) == []  # nobody began
    await desk.run("load_categories")
    known = await desk.ask(SecrecyCategory.all().order_by("code"))
    assert [one.code for one in known] == [f"S{number:02}" for number in range(1, 13)]
    assert {one.code for one in known if one.level is Level.SECRET} == {"S03", "S04", "S07", "S08", "S11"}
    assert {one.level for one in known} == {Level.SECRET, Level.CONFIDENTIAL}
    assert await desk.due(classes_missing) == []
    await desk.run("supersede_category", {"reason": "no forum any more"}, target=["S05"])
    await desk.run("load_categories")
    assert (await desk.ask(SecrecyCategory.get(code="S05"))).state is CategoryState.SUPERSEDED
    (missing,) = await desk.due(classes_missing)
    assert missing.state and missing.state.args == {"count": 11, "all": 12}
    await desk.run("set_category", {"code": "S13", "title": "ours", "level": "internal", "owner_role": "supervisor"})
    assert await desk.due(classes_missing) == []
    await desk.run("set_category", {"code": "S05", "title": "board", "level": "secret", "owner_role": "deputy"})
    board = await desk.ask(SecrecyCategory.get(code="S05"))
    assert (board.state, board.title, board.level) == (CategoryState.ACTIVE, "board", Level.SECRET)
    with pytest.raises(BadInput) as bad:
        await desk.run("set_category", {"code": "S14", "title": "x", "level": "secret", "owner_role": "nobody"})
    assert bad.value.field == "owner_role"


def test_the_four_kinds_of_secrets_are_in_the_preset() -> None:
    owned = {row.code: (row.title, row.level) for row in PRESET}
    assert owned[BUSINESS][0].startswith("经营") and owned[FINANCE][0].startswith("财务")
    assert owned[PERSONNEL] == ("人事与薪酬", Level.SECRET)
    assert owned[TECHNICAL] == ("技术与设计", Level.SECRET)


@pytest.mark.rule("confidentiality-01")
async def test_what_belongs_to_no_class_in_force_is_put_forward_until_it_does(desk: Desk) -> None:
    await desk.asset("A-1", category=None)
    await desk.asset("A-2", code="S09")
    await desk.asset("A-3", category=None, state=AssetState.DESTROYED)
    await desk.run("supersede_category", {"reason": "merged"}, target=["S09"])
    await desk.asset("A-4", category=None, keeper="bo")
    found = await desk.due(unclassed)
    assert [(one.person, one.severity, len(one.records)) for one in found] == [
        ("an", "warning", 2),
        ("bo", "warning", 1),
    ]
    assert [line.id.rpartition(".")[2] for line in found[0].proof] == ["unclassed", "superseded"]
    await desk.category("S10")
    await desk.run("class_asset", {"category": "S10"}, target=["A-1", "A-2", "A-4"])
    assert await desk.due(unclassed) == []


async def test_assets_come_from_a_list_and_are_changed_by_another(desk: Desk) -> None:
    await desk.run("load_categories")
    row = {"title": "contracts", "category": "S09", "medium": "paper", "keeper": "an", "location": "cabinet 3"}
    lines = [
        (2, {"asset_no": "A-1", **row}), (3, {"asset_no": "A-2", **row, "embargo_until": "2026-12-01 10:00"}),
        (4, {"asset_no": "A-3", "title": "bare"}), (5, {"asset_no": "A-4", **row, "category": "S99"}),
    ]  # fmt: skip
    actor = await desk.host.call(desk.host.actor("deng"))
    bulk = await engine.run_bulk(desk.host, "confidentiality.set_asset", lines, actor, skip_bad=True)
    assert bulk.counts == {"created": 2, "refused": 2}
    faults = {one.line: one.fault for one in bulk.refused}
    assert [faults[4].field, faults[5].field] == ["medium", "category"]  # type: ignore[union-attr]
    assert (await asset(desk, "A-2")).embargo
    again = await engine.run_bulk(desk.host, "confidentiality.set_asset", [lines[0], (3, {"asset_no": "A-2", "keeper": "bo"})], actor)  # fmt: skip
    assert again.counts == {"unchanged": 1, "updated": 1}
    assert (await asset(desk, "A-2")).keeper.login == "bo"


@pytest.mark.rule("confidentiality-43")
async def test_what_a_leaver_kept_is_critical_until_somebody_else_keeps_it(desk: Desk) -> None:
    await desk.asset("A-1", keeper="cai")
    await desk.asset("A-2", keeper="an")
    await desk.run("people.leave", {"left_on": "2026-11-24"}, "admin", target=["cai"])
    assert await desk.due(unkept) == []  # the last day counts
    desk.at(25)
    (item,) = await desk.due(unkept)
    assert (item.severity, item.title.args["asset"], item.person) == ("critical", "A-1", "cai")
    await desk.run("hand_over_asset", {"keeper": "bo"}, target=["A-1"])
    assert await desk.due(unkept) == []


# who may read


@pytest.mark.rule("confidentiality-43")
async def test_others_than_its_circle_see_number_and_title_only(desk: Desk) -> None:
    made = await desk.asset("A-1", content="the plan", location="cabinet 3")
    await desk.make_row(AssetReader, asset=made, staff="bo", since=moment("2026-11-02 09:00"))
    ended = {"since": moment("2026-11-02 09:00"), "until": moment("2026-11-20 09:00")}
    await desk.make_row(AssetReader, asset=made, staff="cai", **ended)

    async def seen(login: str, *columns: str) -> list[Any]:
        return [await desk.cell("assets", made.pk, column, login) for column in columns]

    assert await seen("cai", "asset_no", "title") == ["A-1", "A-1"]
    for column in ("keeper_name", "category", "medium", "readers"):
        assert await seen("cai", column) == ["****"], column
    assert await seen("bo", "keeper_name", "readers", "medium") == ["an", "bo", "paper"]
    # who keeps the register sees where everything is and whose, but not what it says
    assert await seen("fu", "keeper_name", "content", "location") == ["an", "****", "****"]


@pytest.mark.rule("confidentiality-43")
async def test_its_history_tells_others_no_more_than_the_register_does(desk: Desk) -> None:
    await desk.run("load_categories")
    row = {"title": "plan", "category": "S01", "medium": "paper", "keeper": "an", "location": "cabinet 3"}
    await desk.run("set_asset", {"asset_no": "A-1", **row})
    await desk.run("add_reader", {"reader": "bo"}, target=["A-1"])
    made = await asset(desk)

    async def seen(login: str) -> dict[str, Any]:
        register = desk.host.registers["confidentiality.assets"]
        events, _ = await desk.host.call(timeline(desk.host, await desk.context(login), register, made.pk))
        assert "bo" not in str([event.entry.text for event in events])
        return {one.name: one.after for event in events for change in event.changes for one in change.differences}

    outside, keeper = await seen("cai"), await seen("an")
    assert [outside[name] for name in ("category", "medium", "keeper", "location")] == ["****"] * 4
    assert (keeper["keeper"], keeper["location"]) == (["an"], "****")  # until it is revealed


@pytest.mark.rule("confidentiality-43")
async def test_whoever_is_not_of_its_circle_is_refused_what_it_says_and_that_is_told(desk: Desk) -> None:
    made = await desk.asset("A-1", content="the plan")
    look = {"register_id": "confidentiality.assets", "record": made.pk, "purpose": "to know the plan"}
    for login in ("an", "deng"):  # its keeper, and who registered it
        await desk.run("site.reveal", look, login)
    assert await desk.findings() == []
    for login in ("cai", "fu", "head"):
        with pytest.raises(Refusal) as outside:
            await desk.run("site.reveal", look, login)
        assert (told(outside), outside.value.rule) == ("outside_circle", "confidentiality-43")
    assert await desk.findings() == [("confidentiality-43", "outside_circle", login) for login in ("cai", "fu", "head")]
    ctx = replace(await desk.context("cai"), revealed=frozenset({"confidentiality.assets"}))  # as an export asks
    row = await desk.host.call(registers.one(desk.host, ctx, "confidentiality.assets", made.pk))
    assert (row.values["content"], row.values["location"]) == ("****", "****")


async def test_what_a_row_does_not_tell_no_filter_and_no_other_page_tells(desk: Desk) -> None:
    made = await desk.asset("A-1", code="S09")

    async def counted(login: str, **where: Any) -> int:
        ctx = await desk.context(login)
        return await desk.host.call(registers.count(desk.host, ctx, "confidentiality.assets", where=where))

    async def led_from(login: str, register: str, pk: int) -> list[str]:
        ctx = await desk.context(login)
        links = await desk.host.call(dossier.belonging(desk.host, ctx, desk.host.registers[register], pk))
        return [one.register.id for one in links]

    assert await counted("fu", keeper_id=made.keeper_id, medium="paper") == 1
    for name, value in (("keeper_id", made.keeper_id), ("medium", "paper"), ("category_id", made.category_id)):
        with pytest.raises(NotPermitted):
            await counted("cai", **{name: value})
    assert await counted("cai", asset_no="A-1") == 1
    places = (("people.staff", made.keeper_id), ("confidentiality.categories", made.category_id))
    assert ["confidentiality.assets" in await led_from("fu", *place) for place in places] == [True, True]
    assert ["confidentiality.assets" in await led_from("cai", *place) for place in places] == [False, False]


async def test_only_keeper_and_supervisor_let_somebody_in_and_nothing_is_done_by_others(desk: Desk) -> None:
    await desk.asset("A-1")
    await desk.run("add_reader", {"reader": "cai"}, "an", target=["A-1"])
    with pytest.raises(Refusal) as twice:
        await desk.run("add_reader", {"reader": "cai"}, target=["A-1"])
    assert told(twice) == "reads_already"
    for action in ("begin_use", "mark_for_destruction"):
        with pytest.raises(Refusal) as other:
            await desk.run(action, {}, "cai", target=["A-1"])
        assert told(other) == "not_in_charge"
    reader = await desk.ask(AssetReader.get(staff__login="cai"))
    await desk.run("end_reader", {}, target=[reader.pk])
    await desk.run("add_reader", {"reader": "cai"}, target=["A-1"])
    assert await desk.ask(AssetReader.all().count()) == 2


# embargoes


@pytest.mark.rule("confidentiality-06")
async def test_an_update_is_kept_back_until_it_is_published(desk: Desk) -> None:
    await desk.run("load_categories")
    row = {"title": "version 3", "medium": "file", "keeper": "an", "location": "share"}
    await desk.run("set_asset", {"asset_no": "U-1", "category": "S02", **row})
    await desk.run("set_asset", {"asset_no": "U-2", "category": "S09", **row})
    ctx = await desk.context()
    assert [embargoed(ctx, await asset(desk, one)) for one in ("U-1", "U-2")] == [True, False]
    await desk.run("publish", {}, target=["U-1"])
    published = await asset(desk, "U-1")
    assert (published.state, embargoed(ctx, published)) == (AssetState.PUBLISHED, False)


@pytest.mark.rule("confidentiality-06")
async def test_embargoes_that_end_today_are_listed_published_or_moved(desk: Desk) -> None:
    for number, until in (("U-1", "2026-11-24 10:00"), ("U-2", "2026-11-25 00:00"), ("U-3", "2026-11-24 23:59")):
        await desk.asset(number, "S02", embargo=True, embargo_until=moment(until))
    await desk.asset("U-4", "S02", embargo=True)
    found = await desk.due(embargoes_ending)
    assert [one.title.args["asset"] for one in found] == ["U-1", "U-3"]
    with pytest.raises(Refusal) as early:
        await desk.run("publish", {}, target=["U-1"])
    assert told(early) == "embargo_runs"
    first = await asset(desk, "U-1")
    at = (moment("2026-11-24 09:59"), moment("2026-11-24 10:00"))
    assert [embargoed(await desk.context(), first, one) for one in at] == [True, False]
    desk.at(24, "10:00")
    await desk.run("publish", {}, target=["U-1"])
    await desk.run("move_embargo", {"embargo_until": "2026-12-01 10:00", "reason": "tests"}, target=["U-3"])
    assert await desk.due(embargoes_ending) == []
    with pytest.raises(BadInput) as past:
        await desk.run("move_embargo", {"embargo_until": "2026-11-24 10:00", "reason": "x"}, target=["U-3"])
    assert past.value.field == "embargo_until"
    await desk.run("move_embargo", {"reason": "unknown when"}, target=["U-2"])
    assert embargoed(await desk.context(), await asset(desk, "U-2"), moment("2030-01-01 00:00"))


# flaws


@pytest.mark.rule("confidentiality-10")
async def test_a_flaw_is_read_by_finder_supervisor_and_fixers_and_told_in_time(desk: Desk) -> None:
    await desk.run("load_categories")
    flaw = {"title": "shop page", "content": "coupons count twice", "location": "ticket 17", "fixers": ["cai"]}
    await desk.run("report_flaw", {**flaw, "found_at": "2026-11-24 08:02"}, "an")
    assert await desk.findings() == []  # an hour to the second
    await desk.run("report_flaw", {**flaw, "found_at": "2026-11-24 08:01"}, "an")
    assert await desk.findings() == [("confidentiality-10", "flaw_late", "an")]
    made = await asset(desk, "F20261124-001")
    readers = await desk.ask(AssetReader.filter(asset=made).order_by("id").values_list("staff__login", flat=True))
    assert (made.keeper.login, readers, made.category and made.category.code) == ("an", ["deng", "cai"], "S02")
    assert made.flaw and made.embargo
    with pytest.raises(Refusal) as keeper:
        await desk.run("add_reader", {"reader": "bo"}, "an", target=[made.asset_no])
    assert told(keeper) == "flaw"
    await desk.run("add_reader", {"reader": "bo"}, target=[made.asset_no])
    with pytest.raises(BadInput) as later:
        await desk.run("report_flaw", {**flaw, "found_at": "2026-11-24 09:03"}, "an")
    assert later.value.field == "found_at"


async def test_what_a_flaw_is_never_stands_in_the_journal(desk: Desk) -> None:
    await desk.run("load_categories")
    flaw = {"title": "shop page", "content": "coupons-count-twice", "location": "x", "found_at": "2026-11-24 09:00"}
    await desk.run("report_flaw", flaw, "an")
    async with desk.host.store.transaction() as client:
        rows = await client.execute_query_dict("SELECT * FROM house_body")
    assert "shop page" in str(rows) and "coupons-count-twice" not in str(rows)
