"""Service computers: scanned daily, threats dealt with, only certified software, alerts settled."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from confidentiality_desk import Desk, confidentiality_desk
from counting import counted
from desk import words

from cstui import engine
from cstui.api import BadInput, Period, Refusal
from cstui.contract.errors import NotPermitted
from cstui.people import Absence
from cstui_confidentiality.alerts.due import alerts
from cstui_confidentiality.models import FoundSoftware, SoftwareApproval, VirusScan, Workstation
from cstui_confidentiality.software.due import uncertified
from cstui_confidentiality.workstations.due import scans
from cstui_confidentiality.workstations.plan import scan_plan


@pytest.fixture
async def desk(request: pytest.FixtureRequest, tmp_path: Path, secret_template: Path) -> AsyncIterator[Desk]:
    """Computer PC1 is an's, PC2 is shared; both since Monday."""
    async with confidentiality_desk(request, tmp_path, secret_template) as opened:
        for pc, seat in (("PC1", "an"), ("PC2", "")):
            raw = {"pc": pc, "seat_user": seat, "first_day": "2026-11-23"}
            await opened.run("set_workstation", raw, "guan")
        yield opened


async def scan(desk: Desk, *pcs: str, login: str = "guan", **raw: Any) -> None:
    await desk.run("record_scan", {"day": "today", **raw}, login, target=list(pcs))


async def missed(desk: Desk) -> list[list[str]]:
    """The computers of each matter."""
    return [one.title.args["pcs"] for one in await desk.due(scans)]


async def bulk(desk: Desk, action: str, rows: list[dict[str, Any]], login: str = "guan") -> Any:
    actor = await desk.host.call(desk.host.actor(login))
    return await engine.run_bulk(desk.host, f"confidentiality.{action}", list(enumerate(rows, 1)), actor)


# scans


@pytest.mark.rule("confidentiality-19")
async def test_without_a_record_at_six_the_scan_is_missed(desk: Desk) -> None:
    await scan(desk, "PC1", "PC2", day="2026-11-23")
    desk.at(24, "17:59:59")
    assert await desk.due(scans) == []
    await scan(desk, "PC1")
    desk.at(24, "18:00:00")
    (item,) = await desk.due(scans)
    pc2 = await desk.ask(Workstation.get(pc="PC2"))
    assert (item.title.args["pcs"], item.severity, item.records) == (["PC2"], "warning", (pc2.id,))
    assert item.due == (await desk.context()).moment(date(2026, 11, 24), 18 * 60)
    await scan(desk, "PC2")
    assert await desk.due(scans) == []


async def test_days_missed_are_one_matter_until_the_computer_is_scanned(desk: Desk) -> None:
    await scan(desk, "PC2", day="2026-11-23")
    desk.at(26, "18:00")
    items = await desk.due(scans)
    assert [one.state.args["count"] for one in items if one.state] == [4, 3]
    desk.at(27, "10:00")
    await scan(desk, "PC1", result="not_run", note="no power")
    assert [one.id for one in await desk.due(scans)] == [one.id for one in items]  # why it wasn't is no scan
    await scan(desk, "PC1", "PC2")
    assert await desk.due(scans) == []


async def test_who_isn_t_at_work_scans_nothing(desk: Desk) -> None:
    await scan(desk, "PC1", "PC2", day="2026-11-23")
    await desk.shift("bo", date(2026, 11, 24))
    desk.at(24, "18:00")
    assert await missed(desk) == [["PC2"]]  # an is off; somebody is there for PC2
    await desk.shift("an", date(2026, 11, 24))
    assert await missed(desk) == [["PC1", "PC2"]]
    assert [(one.person, one.mine) for one in await desk.due(scans, login="an")] == [("", False), ("an", True)]
    day = date(2026, 11, 24)
    await desk.make_row(Absence, staff="an", first_day=day, last_day=day, kind="leave")
    assert await missed(desk) == [["PC2"]]


async def test_rest_days_and_retired_computers_ask_for_nothing(desk: Desk) -> None:
    desk.at(27)
    await scan(desk, "PC1", "PC2")
    desk.at(28, "19:00")  # Saturday, and no roster
    assert await desk.due(scans) == []
    desk.at(30, "19:00")
    assert await missed(desk) == [["PC1", "PC2"]]
    await desk.run("retire_workstation", {"last_day": "2026-11-27"}, "guan", target=["PC1", "PC2"])
    assert await desk.due(scans) == []
    with pytest.raises(BadInput):
        await scan(desk, "PC1")


@pytest.mark.rule("confidentiality-19")
async def test_threats_are_critical_until_dealt_with(desk: Desk) -> None:
    await scan(desk, "PC1", "PC2", result="threats", threats="2")
    assert [(one.severity, one.person) for one in await desk.due(scans)] == [("critical", "an"), ("critical", "")]
    desk.at(27)
    await scan(desk, "PC1", "PC2")  # a clean scan later doesn't say what became of them
    assert words(await desk.due(scans)) == ["threats", "threats"]
    await desk.run("quarantine", {"note": "removed"}, "guan", target=["PC1/2026-11-24", "PC2/2026-11-24"])
    assert await desk.due(scans) == []
    with pytest.raises(Refusal):
        await desk.run("quarantine", {"note": "again"}, "guan", target=["PC1/2026-11-24"])


@pytest.mark.rule("confidentiality-19")
async def test_signatures_of_seven_days_are_fresh_enough(desk: Desk) -> None:
    await scan(desk, "PC1", signature_date="2026-11-17")
    await scan(desk, "PC2", signature_date="2026-11-16")
    (item,) = await desk.due(scans)
    assert (item.title.id, item.title.args["pc"]) == ("confidentiality.due.signatures", "PC2")
    desk.at(25)
    await scan(desk, "PC2", signature_date="2026-11-25")
    assert await desk.due(scans) == []


async def test_one_scan_for_a_computer_and_day_unless_more_was_found(desk: Desk) -> None:
    await scan(desk, "PC1", result="not_run", note="no power")
    await scan(desk, "PC1")
    with pytest.raises(Refusal):
        await scan(desk, "PC1", result="not_run", note="no")
    await scan(desk, "PC1", result="threats", threats="1")
    with pytest.raises(Refusal):
        await scan(desk, "PC1")
    (found,) = await desk.ask(VirusScan.all())
    assert (found.scan_no, found.result, found.threats) == ("PC1/2026-11-24", "threats", 1)


@pytest.mark.parametrize(
    ("raw", "field"),
    [
        ({"day": "2026-11-25"}, "day"),
        ({"day": "2026-11-22"}, "day"),
        ({"result": "threats"}, "threats"),
        ({"threats": "1"}, "threats"),
        ({"result": "not_run"}, "note"),
        ({"signature_date": "2026-11-25"}, "signature_date"),
    ],
)
async def test_what_can_t_have_been_is_refused(desk: Desk, raw: dict[str, str], field: str) -> None:
    with pytest.raises(BadInput) as fault:
        await scan(desk, "PC1", **raw)
    assert fault.value.field == field
    assert await desk.ask(VirusScan.all().count()) == 0


async def test_who_sits_there_records_their_own_and_no_other(desk: Desk) -> None:
    await scan(desk, "PC1", login="an")
    with pytest.raises(BadInput):
        await scan(desk, "PC2", login="an")
    with pytest.raises(NotPermitted):
        await desk.run("quarantine", {"note": "gone"}, "an", target=["PC1/2026-11-24"])


async def test_a_scanner_s_report_is_imported(desk: Desk) -> None:
    rows = [
        {"pc": "PC1", "day": "2026-11-24", "result": "clean", "signature_date": "2026-11-23"},
        {"pc": "PC2", "day": "2026-11-24", "result": "threats", "threats": "3"},
        {"pc": "PC2", "day": "2026-11-23", "result": "clean"},
    ]
    assert (await bulk(desk, "enter_scan", rows)).counts["created"] == 3
    assert (await bulk(desk, "enter_scan", rows)).counts["unchanged"] == 3
    assert words(await desk.due(scans)) == ["threats"]
    assert (await desk.ask(Workstation.get(pc="PC2"))).scanned_on == date(2026, 11, 24)


async def test_the_plan_shows_what_was_and_what_is_missing(desk: Desk) -> None:
    await scan(desk, "PC1", result="threats", threats="1")
    desk.at(25, "18:00")
    ctx = await desk.context()
    plan = await desk.host.call(scan_plan(ctx, Period(date(2026, 11, 21), date(2026, 11, 26))))
    signs = [{day.day: mark.sign.id.rpartition(".")[2] for day, mark in row.marks.items()} for row in plan.rows]
    assert signs == [{23: "missed", 24: "threats", 25: "missed"}, {23: "missed", 24: "missed", 25: "missed"}]
    assert {day.day for day in plan.rows[0].free} == {21, 22}


async def test_as_many_queries_for_fifty_computers_as_for_one(desk: Desk) -> None:
    async def queries() -> int:
        asked, _items = await counted(desk.host, scans(await desk.context()))
        return asked

    desk.at(25, "18:00")
    before = await queries()
    await bulk(desk, "set_workstation", [{"pc": f"X{n}", "first_day": "2026-11-24"} for n in range(50)])
    assert await queries() == before
    assert sorted(len(one.records) for one in await desk.due(scans)) == [2, 50]


# software


async def found(desk: Desk, *rows: tuple[str, str, str], day: str = "2026-11-24") -> None:
    lines = [{"pc": pc, "name": name, "software_version": version, "seen_on": day} for pc, name, version in rows]
    await bulk(desk, "find_software", lines)


async def strangers(desk: Desk) -> dict[str, tuple[str, int]]:
    return {
        one.title.args["program"].args["words"]: (one.severity, len(one.records)) for one in await desk.due(uncertified)
    }


@pytest.mark.rule("confidentiality-17")
async def test_a_line_of_the_inventory_that_isn_t_certified_is_a_warning(desk: Desk) -> None:
    for raw in (
        {"name": "7-Zip", "software_version": "24.08"},
        {"name": "Chrome"},
        {"name": "Scanner", "pcs": ["PC2"]},
    ):
        await desk.run("certify_software", raw, "guan")
    await found(
        desk, ("PC1", "7-zip", "24.08"), ("PC1", "7-Zip", "9.20"), ("PC2", "7-Zip", "9.20"), ("PC1", "Chrome", "131"),
        ("PC1", "Scanner", "1"), ("PC2", "Scanner", "1"),
    )  # fmt: skip
    assert await strangers(desk) == {"7-Zip 9.20": ("warning", 2), "Scanner 1": ("warning", 1)}
    await desk.run("withdraw_certificate", {"note": "leaks"}, "guan", target=["Chrome"])
    assert "Chrome 131" in await strangers(desk)


@pytest.mark.rule("confidentiality-17")
async def test_only_whom_the_site_names_certifies(desk: Desk) -> None:
    await found(desk, ("PC1", "Game", "1"))
    with pytest.raises(Refusal) as fault:
        await desk.run("certify_found", {"note": "fine"}, "deng", target=["PC1/Game 1"])
    assert fault.value.rule == "confidentiality-17"
    await desk.run("certify_found", {"note": "for training"}, "guan", target=["PC1/Game 1"])
    assert await strangers(desk) == {}
    one = await desk.ask(SoftwareApproval.get(software="Game 1"))
    await desk.run("set_workstation", {"pc": "PC2", "seat_user": "guan"}, "guan")
    await found(desk, ("PC2", "Mine", "1"))
    with pytest.raises(NotPermitted):
        await desk.run("certify_found", {"note": "mine"}, "guan", target=["PC2/Mine 1"])
    assert (one.state, one.certified_by, one.certified_on) == ("certified", "guan", date(2026, 11, 24))


async def test_what_is_asked_for_waits_for_the_certifier(desk: Desk) -> None:
    await desk.run("request_software", {"name": "Meet", "note": "video calls"}, "an")
    with pytest.raises(Refusal):
        await desk.run("request_software", {"name": "Meet", "note": "me too"}, "bo")
    request = 1
    with pytest.raises(NotPermitted):
        await desk.run("approvals.approve", {}, "deng", target=[request])
    await desk.run("approvals.approve", {}, "guan", target=[request])
    await found(desk, ("PC1", "Meet", "2"))
    assert await strangers(desk) == {}


async def test_a_removal_is_a_matter_until_an_inventory_lacks_it(desk: Desk) -> None:
    await found(desk, ("PC1", "Game", "1"), ("PC1", "Music", "2"), ("PC2", "Game", "1"))
    await desk.run("order_removal", {}, "guan", target=["PC1/Game 1", "PC2/Game 1"])
    assert await strangers(desk) == {"Game 1": ("info", 2), "Music 2": ("warning", 1)}
    desk.at(26)
    await found(desk, ("PC1", "Game", "1"), day="2026-11-26")  # Music is gone, PC2 wasn't looked at
    assert await strangers(desk) == {"Game 1": ("warning", 2)}
    await desk.run("taken_off", {}, "guan", target=["PC1/Game 1", "PC2/Game 1"])
    assert await strangers(desk) == {}
    await found(desk, ("PC1", "Game", "1"), day="2026-11-26")
    assert await strangers(desk) == {}  # an inventory of before, once more
    desk.at(27)
    await found(desk, ("PC1", "Game", "1"), day="2026-11-27")
    back = await desk.ask(FoundSoftware.get(found_no="PC1/Game 1"))
    assert (await strangers(desk), back.removal_ordered_at) == ({"Game 1": ("warning", 1)}, None)


# alerts


async def alert(desk: Desk, *numbers: int, pc: str = "PC1") -> None:
    rows = [
        {"alert_no": f"A{n}", "pc": pc, "at": "2026-11-24 08:00", "alert_kind": "download", "alert_what": f"f{n}.exe"}
        for n in numbers
    ]
    await bulk(desk, "enter_alert", rows)


@pytest.mark.rule("confidentiality-18")
async def test_alerts_are_one_matter_for_each_computer_as_grave_as_the_site_says(desk: Desk) -> None:
    await alert(desk, 1, 2)
    await alert(desk, 3, pc="PC2")
    assert [(one.severity, one.person, len(one.records)) for one in await desk.due(alerts)] == [
        ("warning", "an", 2), ("warning", "", 1)
    ]  # fmt: skip
    await desk.figure("confidentiality-18", "blocked_download_severity", "critical")
    assert {one.severity for one in await desk.due(alerts)} == {"critical"}
    await desk.run("settle_alert", {"note": "blocked"}, "deng", target=["A1", "A2", "A3"])
    assert await desk.due(alerts) == []


async def test_an_alert_is_known_by_its_number_and_stays_as_it_was_told(desk: Desk) -> None:
    await alert(desk, 1)
    rows = [{"alert_no": "A1", "pc": "PC2", "at": "2026-11-24 08:00", "alert_kind": "site", "alert_what": "x"}]
    outcome = await bulk(desk, "enter_alert", rows)
    assert outcome.counts == {"refused": 1}


async def test_nobody_settles_the_alerts_of_their_own_computer(desk: Desk) -> None:
    await desk.run("set_workstation", {"pc": "PC1", "seat_user": "deng"}, "guan")
    await alert(desk, 1)
    with pytest.raises(NotPermitted):
        await desk.run("settle_alert", {"note": "nothing"}, "deng", target=["A1"])
    await desk.run("settle_alert", {"note": "blocked"}, "fu", target=["A1"])


async def test_what_nobody_began_asks_for_nothing(desk: Desk) -> None:
    await desk.ask(Workstation.all().delete())
    desk.at(25, "19:00")
    assert [await desk.due(matter) for matter in (scans, uncertified, alerts)] == [[], [], []]
