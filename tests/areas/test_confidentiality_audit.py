"""The audit in the store: a seeded log whose breaches are all found, findings decided by people, nothing found twice."""

from __future__ import annotations

import csv
from collections.abc import AsyncIterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import seeded_log
from confidentiality_desk import Desk, confidentiality_desk, moment
from seeding import HEADER, MAPPING, furnish, row, take

from cstui import dossier
from cstui.api import Period, Refusal, Text
from cstui.contract.errors import NotPermitted
from cstui.people import Staff
from cstui_confidentiality.audit.acts import find_by_hand
from cstui_confidentiality.audit.charts import by_week
from cstui_confidentiality.audit.due import findings_due
from cstui_confidentiality.audit.gathering import facts_of
from cstui_confidentiality.kinds import FindingState, Operation, RequestState
from cstui_confidentiality.logs.charts import by_hour
from cstui_confidentiality.models import (
    AccessEvent,
    AuditFinding,
    ConfidentialityCase,
    FindingEvent,
    LogImport,
    OperationRequest,
)

MONDAY = date(2026, 11, 23)


@pytest.fixture
async def desk(request: pytest.FixtureRequest, tmp_path: Path, secret_template: Path) -> AsyncIterator[Desk]:
    async with confidentiality_desk(request, tmp_path, secret_template) as opened:
        yield opened


async def test_of_a_seeded_log_all_breaches_are_found_and_none_invented(desk: Desk, tmp_path: Path) -> None:
    with seeded_log.TRUTH.open(encoding="utf-8", newline="") as file:
        truth = {(int(line), rule, kind) for line, rule, kind in list(csv.reader(file))[1:]}
    assert len(truth) == 200
    department = seeded_log.Department()
    lines = [*department.log()]
    await desk.host.call(furnish(department))
    noon = next(at for at, line in enumerate(lines) if line >= "2026-11-08 12:00:00" and line[0].isdigit())
    await take(desk, tmp_path, lines[:noon], "SEED")
    half = await desk.ask(FindingEvent.all().count())
    told = await take(desk, tmp_path, lines[:1] + lines[noon - 5000 :], "SEED")
    assert told.text.args["doubled"] == 5000 and 0 < half < 200
    rows = await desk.ask(
        FindingEvent.all().values_list("event__line", "event__log_id", "finding__rule", "finding__way")
    )
    first = min(log for _, log, _, _ in rows)
    shifted = {(line if log == first else line + noon - 5001, rule[-2:], kind) for line, log, rule, kind in rows}
    assert shifted == truth and len(rows) == 200
    assert sum(one.count for one in await desk.ask(AuditFinding.all())) == 200
    again = await desk.run("audit", {"since": "2026-10-24"})
    assert again.text.args["findings"] == 0


async def month(desk: Desk, tmp_path: Path, *lines: str) -> list[AuditFinding]:
    """an (cs01, at PC-1) and bo (cs02) have the day shift on Monday; these lines are imported. What was found."""
    await desk.system(mapping=MAPPING)
    if not await desk.ask(AccessEvent.all().count()):
        await desk.account(seat="PC-1")
        await desk.account("cs02", "bo")
        for login in ("an", "bo"):
            await desk.shift(login, MONDAY)
    await take(desk, tmp_path, [HEADER, *lines])
    return await found(desk)


async def found(desk: Desk, **where: Any) -> list[AuditFinding]:
    rows: list[AuditFinding] = await desk.ask(AuditFinding.filter(**where).order_by("id").select_related("staff"))
    return rows


async def approved(desk: Desk, operation: Operation, **more: Any) -> OperationRequest:
    values = {"request_no": "R-1", "requester": "an", "system": await desk.system(mapping=MAPPING), "subject_ref": "C-1", "purpose": "x",
              "requested_at": moment("2026-11-23 08:00"), "approved_at": moment("2026-11-23 09:00"),
              "valid_to": moment("2026-11-23 18:00"), "state": RequestState.APPROVED, **more}  # fmt: skip
    made: OperationRequest = await desk.make_row(OperationRequest, kind=operation, **values)
    return made


async def test_what_is_of_one_person_rule_account_and_day_is_one_finding(desk: Desk, tmp_path: Path) -> None:
    rows = await month(
        desk, tmp_path,
        row("2026-11-23 08:00:00"), row("2026-11-23 08:30:00"), row("2026-11-23 10:00:00"),  # two too early
        row("2026-11-22 12:00:00"), row("2026-11-23 08:10:00", login="cs02"),
        row("2026-11-23 10:00:00", "查询"), row("2026-11-23 10:01:00", "导出"),
        row("2026-11-23 11:00:00", "查询", ticket="T", seat="PC-9"), row("2026-11-23 03:00:00", login="ghost"),
    )  # fmt: skip
    assert {(one.rule[-2:], one.way, one.staff.login, one.account_no, one.day.day, one.count, one.severity) for one in rows if one.staff} == {
        ("08", "off_duty", "an", "CRM/cs01", 22, 1, "critical"),
        ("08", "off_duty", "an", "CRM/cs01", 23, 2, "critical"),
        ("08", "off_duty", "bo", "CRM/cs02", 23, 1, "critical"),
        ("14", "no_ticket", "an", "CRM/cs01", 23, 1, "warning"),
        ("16", "export", "an", "CRM/cs01", 23, 1, "critical"),
        ("07", "other_seat", "an", "CRM/cs01", 23, 1, "critical"),
    }  # fmt: skip
    assert len(rows) == 6
    assert (await found(desk, day=date(2026, 11, 22)))[0].told.id == "confidentiality.why.no_shift"


async def test_more_of_the_same_day_grows_an_open_finding_and_a_decided_one_stays(desk: Desk, tmp_path: Path) -> None:
    (first,) = await month(desk, tmp_path, row("2026-11-23 08:00:00"))
    (again,) = await month(desk, tmp_path, row("2026-11-23 08:00:00"), row("2026-11-23 08:01:00"))
    assert (again.id, again.count) == (first.id, 2)
    await desk.run("explain_finding", {"reason": "called in", "reference": "chat of 7:50"}, target=[first.id])
    rows = await month(desk, tmp_path, row("2026-11-23 08:02:00"))
    assert [(one.state, one.count) for one in rows] == [(FindingState.EXPLAINED, 2), (FindingState.OPEN, 1)]
    assert (rows[0].reason, rows[0].disposed_by) == ("called in · chat of 7:50", "deng")
    assert (await desk.run("audit", {"since": "2026-11-01"})).text.args["findings"] == 0
    assert (await desk.run("audit")).text.args == {"events": 0, "findings": 0}
    assert not [one for one in await desk.ask(LogImport.all()) if one.audited_at is None]


async def test_an_account_registered_later_is_audited_from_a_day_on(desk: Desk, tmp_path: Path) -> None:
    assert await month(desk, tmp_path, row("2026-11-23 08:00:00", login="cs03")) == []
    await desk.account("cs03", "cai")
    assert (await desk.run("audit", {"since": "2026-11-23"})).text.args["findings"] == 1


async def test_without_any_roster_logins_off_duty_are_nobody_s_question(desk: Desk, tmp_path: Path) -> None:
    await desk.system(mapping=MAPPING)
    await desk.account()
    told = await take(desk, tmp_path, [HEADER, row("2026-11-23 03:00:00"), row("2026-11-23 03:01:00", "导出")])
    assert [one.way for one in await found(desk)] == ["export"]
    assert Text("confidentiality.note.no_roster") in told.notes


@pytest.mark.rule("confidentiality-15")
async def test_matched_events_count_no_more_and_a_request_is_taken_up_once(desk: Desk, tmp_path: Path) -> None:
    await approved(desk, Operation.MODIFY, subject_ref="C-1", ticket="T-1")
    lines = [row(f"2026-11-23 1{n}:00:00", "修改", subject="C-2", ticket="T-2") for n in range(2)]
    (changed,) = await month(desk, tmp_path, *lines)
    await approved(desk, Operation.EXPORT, request_no="R-2")
    with pytest.raises(Refusal, match="covers_none"):
        await desk.run("match_finding", {"request": "R-2"}, target=[changed.id])
    await desk.run("match_finding", {"request": "R-1"}, target=[changed.id])
    (left,) = await found(desk)
    assert (left.state, left.count) == (FindingState.OPEN, 1)
    with pytest.raises(Refusal, match="request_matched"):
        await desk.run("match_finding", {"request": "R-1"}, target=[changed.id])
    await approved(desk, Operation.MODIFY, request_no="R-3", ticket="T-3")
    await desk.run("match_finding", {"request": "R-3"}, target=[changed.id])
    (done,) = await found(desk)
    assert (done.state, done.count, done.reason) == (FindingState.EXPLAINED, 0, "R-3")
    assert (await desk.run("audit", {"since": "2026-11-23"})).text.args["findings"] == 0


async def test_one_request_covers_all_exports_of_its_time(desk: Desk, tmp_path: Path) -> None:
    await approved(desk, Operation.EXPORT, subject_ref="list", ticket="T-9")
    lines = [row(f"2026-11-23 {at}:00", "导出", ticket="T-1") for at in ("08:59", "10:00", "11:00")]
    (taken,) = await month(desk, tmp_path, *lines)
    told = await desk.run("match_finding", {"request": "R-1"}, target=[taken.id])
    assert told.text.args["events"] == 2
    (left,) = await found(desk)
    assert (left.state, left.count) == (FindingState.OPEN, 1)


async def test_a_finding_becomes_a_case_and_nobody_decides_their_own(desk: Desk, tmp_path: Path) -> None:
    (finding,) = await month(desk, tmp_path, row("2026-11-23 08:00:00"))
    ctx = await desk.context()
    about_deng = await desk.host.call(_by_hand(desk, ctx))
    for act, raw in (("explain_finding", {"reason": "x"}), ("warn_finding", {"reason": "x"}),
                     ("open_case_of_finding", {"facts": "x"})):  # fmt: skip
        with pytest.raises(NotPermitted):
            await desk.run(act, raw, target=[about_deng.id])
    await desk.run("open_case_of_finding", {"facts": "came at eight"}, target=[finding.id])
    (case,) = await desk.ask(ConfidentialityCase.all().select_related("subject"))
    assert (case.subject.login, case.article, case.finding_id) == ("an", "confidentiality-08", finding.id)
    (done,) = await found(desk, id=finding.id)
    assert (done.state, done.reason) == (FindingState.CASE, case.case_no)
    with pytest.raises(Refusal, match="decided"):
        await desk.run("warn_finding", {"reason": "x"}, target=[finding.id])
    with pytest.raises(NotPermitted):
        await desk.run("explain_finding", {"reason": "x"}, "an", target=[finding.id])


async def _by_hand(desk: Desk, ctx: Any) -> AuditFinding:
    async with desk.host.store.transaction():
        person = await Staff.get(login="deng")
        return await find_by_hand(
            ctx, rule="confidentiality-25", staff=person, severity="warning", why=Text("confidentiality.rule.25")
        )


async def test_findings_wait_three_days_of_work_and_are_critical_after_a_week(desk: Desk, tmp_path: Path) -> None:
    await month(desk, tmp_path, row("2026-11-23 10:00:00", "查询"), row("2026-11-23 10:01:00", "查询"))
    (item,) = await desk.due(findings_due)
    assert (item.severity, item.person, item.rule) == ("warning", "an", "confidentiality-14")
    assert item.due == moment("2026-11-28 00:00")  # found on Tuesday
    assert item.state == Text("confidentiality.state.events", count=2)
    assert "confidentiality.match_finding" in item.actions
    assert [one.id.rpartition(".")[2] for one in item.proof] == ["no_ticket", "event", "event", "finding_due"]
    desk.at(28, "00:01")
    (item,) = await desk.due(findings_due)
    assert item.severity == "warning" and item.state and item.state.id == "confidentiality.state.late"
    assert await desk.cell("findings", item.records[0], "finding_state") == "overdue"
    desk.at(1, "09:02", month=12)
    assert [one.severity for one in await desk.due(findings_due)] == ["warning"]
    desk.at(1, "09:03", month=12)
    assert [one.severity for one in await desk.due(findings_due)] == ["critical"]
    assert await desk.due(findings_due, login="an") == []


async def test_a_finding_s_page_tells_why_and_leads_to_its_events(desk: Desk, tmp_path: Path) -> None:
    (finding,) = await month(desk, tmp_path, row("2026-11-23 08:00:00"), row("2026-11-23 08:01:00"))
    assert await desk.cell("findings", finding.id, "found_what") == "Login off duty"
    assert "One may sign in from" in await desk.cell("findings", finding.id, "why")
    register = desk.host.registers["confidentiality.findings"]
    (belonging,) = await desk.host.call(dossier.belonging(desk.host, await desk.context(), register, finding.id))
    assert belonging.count == 2


async def test_a_baseline_counts_queries_by_the_day_on_which_the_shift_began(desk: Desk, tmp_path: Path) -> None:
    moments = ["23 22:30", "23 23:59", "24 00:00", "24 05:59", "24 08:00"]
    await desk.system(mapping=MAPPING)
    await desk.shift("cai", MONDAY, "22:00", "30:00")
    await desk.account("cs03", "cai")
    await month(desk, tmp_path, *(row(f"2026-11-{at}:00", "查询", "cs03", ticket="T") for at in moments))
    facts = await desk.host.call(facts_of(await desk.context(), moment("2026-11-24 00:00"), moment("2026-11-26 00:00")))
    (counts,) = facts.queries.values()
    assert {day.day: count for day, count in counts.items()} == {23: 4, 24: 1}


async def test_a_logout_after_the_shift_is_a_sign_off(desk: Desk, tmp_path: Path) -> None:
    """What is known of a shift's end: the logout of a session that began on duty, at most an hour later."""
    before = ["2026-11-23 09:00:00", "2026-11-23 18:20:00"]
    rows = await month(desk, tmp_path, *map(row, before))
    assert [one.count for one in rows] == [1]
    ended = (await desk.system("GATE", mapping=MAPPING)).code
    await desk.account("an", code=ended)
    await desk.run("explain_finding", {"reason": "x"}, target=[rows[0].id])
    await take(desk, tmp_path, [HEADER, row("2026-11-23 09:01:00", login="an"),
                                row("2026-11-23 18:40:00", "退出", "an")], ended)  # fmt: skip
    rows = await month(desk, tmp_path, row("2026-11-23 18:30:00"), row("2026-11-23 18:41:00"))
    assert [one.count for one in rows] == [1, 1]


async def test_the_charts_count_what_was_found_and_when_people_sign_in(desk: Desk, tmp_path: Path) -> None:
    (finding,) = await month(desk, tmp_path, row("2026-11-23 08:00:00"), row("2026-11-23 09:59:59"))
    period = Period(MONDAY, MONDAY + timedelta(days=6))
    ctx = await desk.context()
    weeks = await desk.host.call(by_week(ctx, period))
    assert weeks.labels == (MONDAY,) and weeks.series[0].data[0].records == (finding.id,)
    hours = await desk.host.call(by_hour(ctx, period))
    logins, shifts = hours.series
    assert [datum.value for datum in logins.data[8:10]] == [1, 1]
    assert [datum.value for datum in shifts.data[8:10]] == [0, 2]
