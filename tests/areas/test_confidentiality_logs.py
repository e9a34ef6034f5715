"""Logs are taken in through the one door: each event once, what can't be read listed, nothing lost."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from confidentiality_desk import Desk, confidentiality_desk, moment
from seeding import HEADER, MAPPING, row, take

from cstui import registers
from cstui.api import BadInput, Refusal
from cstui_confidentiality.kinds import LogFormat
from cstui_confidentiality.logs.due import imports_due
from cstui_confidentiality.models import AccessEvent, LogImport, UnreadLine


@pytest.fixture
async def desk(request: pytest.FixtureRequest, tmp_path: Path, secret_template: Path) -> AsyncIterator[Desk]:
    async with confidentiality_desk(request, tmp_path, secret_template) as opened:
        yield opened


async def the_import(desk: Desk) -> LogImport:
    found: LogImport = await desk.ask(LogImport.all().order_by("-id").first())
    return found


async def test_each_line_is_counted_once_whatever_it_is(desk: Desk, tmp_path: Path) -> None:
    await desk.system(mapping=MAPPING)
    account = await desk.account()
    await desk.shift("an", moment("2026-11-23 09:00").date())
    told = await take(desk, tmp_path, [
        HEADER, row("2026-11-23 09:00:00"), row("2026-11-23 09:00:00"), row("2026-11-23 09:01:00", "闲逛"),
        row("2026-11-23 09:02:00", login="ghost\x1b[2J"), b"2026-11-23 09:03:00," + "王芳,登录,,,,".encode("gb18030"),
        b"x" * 1_000_000, "",
    ])  # fmt: skip
    log = await the_import(desk)
    assert (log.added, log.doubled, log.unread, log.aside, log.unknown) == (4, 0, 2, 1, 2)
    assert told.text.args == {"number": log.import_no, "added": 4, "doubled": 0}
    assert {note.id for note in told.notes} >= {"confidentiality.note.unread", "confidentiality.note.unknown"}
    assert [(one.line, one.why) for one in await desk.ask(UnreadLine.all().order_by("id"))] == [
        (4, "unknown_kind"), (7, "too_long"),
    ]  # fmt: skip
    events = await desk.ask(AccessEvent.all().order_by("id"))
    assert [one.login for one in events] == ["cs01", "cs01", "ghost^[[2J", "王芳"]
    assert [one.account_id for one in events] == [account.id, account.id, None, None]
    assert log.first_at == moment("2026-11-23 09:00") and log.last_at == moment("2026-11-23 09:03")


async def test_an_overlapping_file_doubles_nothing(desk: Desk, tmp_path: Path) -> None:
    await desk.system(mapping=MAPPING)
    lines = [row(f"2026-11-23 09:0{n // 3}:00", "查询", ticket="T-1") for n in range(12)]
    broken = ["2026-11-23", "2026-11-23"]
    await take(desk, tmp_path, [HEADER, *lines[:8], *broken])
    await take(desk, tmp_path, [HEADER, *lines[3:], *broken])
    log = await the_import(desk)
    assert (log.added, log.doubled) == (4, 5)
    assert await desk.ask(AccessEvent.all().count()) == 12
    assert await desk.ask(UnreadLine.all().count()) == 2


async def test_a_file_of_which_nothing_can_be_read_stores_nothing(desk: Desk, tmp_path: Path) -> None:
    await desk.system(mapping=MAPPING)
    with pytest.raises(BadInput) as fault:
        await take(desk, tmp_path, [HEADER, "one", "two"])
    assert fault.value.text.args["line"] == 2
    with pytest.raises(BadInput, match="no_column"):
        await take(desk, tmp_path, ["at,login", row("2026-11-23 09:00:00")])
    assert await desk.ask(LogImport.all().count()) == await desk.ask(UnreadLine.all().count()) == 0
    await desk.system("HAND", LogFormat.BY_HAND)
    with pytest.raises(Refusal, match="by_hand"):
        await take(desk, tmp_path, ["x"], "HAND")


async def test_sshd_and_last_are_read_in_the_system_s_zone(desk: Desk, tmp_path: Path) -> None:
    await desk.system("GATE", LogFormat.SSHD, log_zone="UTC")
    await take(desk, tmp_path, ["Nov 23 01:00:00 gate sshd[7]: Accepted password for an from ::1 port 5 ssh2"], "GATE")
    await desk.system("HOST", LogFormat.LAST)
    await take(desk, tmp_path, ["an pts/0 ::1  Mon Nov 23 09:00 - 18:00  (09:00)"], "HOST")
    events = await desk.ask(AccessEvent.all().order_by("id"))
    assert [one.at for one in events] == [moment(f"2026-11-23 {at}") for at in ("09:00", "09:00", "18:00")]


async def test_an_older_log_without_years_says_until_when_it_reaches(desk: Desk, tmp_path: Path) -> None:
    await desk.system("GATE", LogFormat.SSHD)
    line = "Nov 23 01:00:00 gate sshd[7]: Accepted password for an from ::1 port 5 ssh2"
    await take(desk, tmp_path, [line], "GATE", taken_on="2025-11-30")
    assert [one.at.year for one in await desk.ask(AccessEvent.all())] == [2025]
    with pytest.raises(BadInput, match="taken_ahead"):
        await take(desk, tmp_path, [line], "GATE", taken_on="2026-11-25")


async def test_what_was_taken_in_is_listed_with_customers_masked(desk: Desk, tmp_path: Path) -> None:
    await desk.system(mapping=MAPPING)
    await desk.account()
    await take(desk, tmp_path, [HEADER, row("2026-11-23 09:00:59", "查询", subject="C-77", ticket="T-1"), "broken"])
    (event,) = await desk.ask(AccessEvent.all())
    assert await desk.cell("events", event.id, "event_at") == "2026-11-23 09:00:59"
    assert await desk.cell("events", event.id, "event_account") == "CRM/cs01"
    assert await desk.cell("events", event.id, "held_by") == "an"
    assert "C-77" not in str(await desk.cell("events", event.id, "subject_ref"))
    (line,) = await desk.ask(UnreadLine.all())
    assert await desk.cell("unread", line.id, "why_unread") == "too few columns"
    ctx = await desk.context("an")
    assert not ctx.may(desk.host.registers["confidentiality.events"].needs)
    page = await desk.host.call(registers.page(desk.host, await desk.context(), "confidentiality.imports"))
    assert len(page.rows) == 1


async def test_a_log_that_isn_t_imported_for_a_day_leaves_the_audit_blind(desk: Desk, tmp_path: Path) -> None:
    await desk.system(mapping=MAPPING, registered_at=moment("2026-11-23 09:02"))
    await desk.system("HAND", LogFormat.BY_HAND)
    assert await desk.due(imports_due) == []
    desk.at(24, "09:02:01")
    (item,) = await desk.due(imports_due)
    assert (item.severity, item.actions) == ("warning", ("confidentiality.import_log",))
    assert await desk.due(imports_due, login="an") == []
    await take(desk, tmp_path, [HEADER, row("2026-11-23 09:00:00")])
    assert await desk.due(imports_due) == []
