"""A record at the dashboard: its lines lead on and back, its timeline tells what was done, also as it was then."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.tui.conftest import NOW

from cstui.cells import width
from cstui.tui.screens.journal import Entry
from cstui.tui.screens.record import Record
from cstui.tui.screens.register import Register

SIZES = [(80, 24), (120, 40)]
STAFF = {"number": "K007", "login": "wang.fang", "name": "王芳", "department": "工程部", "phone": "13700001111"}
LENT = {"borrower": "wang.fang", "work_reason": "楼道照明更换", "signature_ref": "登记表 7 页"}


@pytest.fixture
def clerks(config_path: Path) -> None:
    """The site has a role that may look, and doesn't see what is masked."""
    config_path.write_text(config_path.read_text() + 'clerk = ["people.look", "keys.look", "keys.lend"]\n')


@pytest.fixture
async def lent(clerks: None, run: Any, key: Any, host: Any) -> int:
    """A key lent at two minutes past nine and back an hour later; its pk."""
    await run("keys.register", key)
    await run("people.enrol", STAFF)
    await run("keys.lend", LENT, target=[key["tag_no"]])
    host.clock = lambda: NOW + timedelta(hours=1)
    out = await run("keys.return", {"condition": "ok", "remark": "齿有磨损"}, target=[key["tag_no"]])
    return int(out.rows[0])


async def shown(desk: Any, register: str, pk: int) -> Record:
    page = Record(register, pk)
    await desk.app.push_screen(page)
    await desk.until(lambda: page.stands)
    await desk.pilot.pause()
    return page


async def to(desk: Any, page: Record, lead: str) -> None:
    """Down to the line that leads there."""
    for _ in range(200):
        if page.lead.startswith(lead):
            return
        await desk.press("down")
    raise AssertionError(page.leads)


@pytest.mark.parametrize("size", SIZES)
async def test_a_line_leads_to_what_it_names_and_escape_comes_back_to_it(sit: Any, lent: int, size: Any) -> None:
    async with sit(size=size) as desk:
        page = await shown(desk, "keys.keys", lent)
        await to(desk, page, "record:keys.buildings")
        await desk.press("enter")
        building = desk.app.screen
        await desk.until(lambda: building is not page and building.stands)
        assert "Buildings" in desk.lines[0]
        assert building.row_name == "3"
        await to(desk, building, "record:keys.spaces")
        await desk.press("escape")
        await desk.until(lambda: desk.app.screen is page)
        assert page.lead.startswith("record:keys.buildings")
        assert any(line.startswith(">") and "building" in line for line in desk.lines)


@pytest.mark.parametrize("size", SIZES)
async def test_the_timeline_tells_from_what_to_what_by_whom_and_under_which_rule(
    sit: Any, lent: int, size: Any
) -> None:
    async with sit(size=size) as desk:
        page = await shown(desk, "keys.keys", lent)
        text = page.copied()
        back, out = text.index("10:02  admin  return"), text.index("09:02  admin  lend")
        assert back < out
        assert "state  on loan -> labelled" in text[back:out]
        assert "holder  王芳 -> none" in text[back:out]
        assert "齿有磨损" in text[back:out]
        assert "keys-22" in text[back:out]
        assert "state  labelled -> on loan" in text[out:]
        assert "楼道照明更换" in text[out:]
        rules = text[text.index("RULES") :]
        assert "keys-22" in rules and "钥匙管理规定 2(1)" in rules
        await desk.press("end")
        await desk.sees("钥匙管理规定")
        desk.app.switch_language()
        await desk.pilot.pause()
        await desk.until(lambda: "状态  借出 -> 已贴标签" in page.copied())
        assert max(map(width, page.copied().splitlines())) <= size[0]


async def test_every_line_can_be_read_at_80_by_24(sit: Any, lent: int) -> None:
    async with sit(size=(80, 24)) as desk:
        page = await shown(desk, "keys.keys", lent)
        wanted = {line.strip() for line in page.copied().splitlines() if line.strip()}
        seen: set[str] = set()
        for _ in range(len(page.text)):
            seen |= {line.lstrip(">").strip() for line in desk.lines}
            await desk.press("down")
        assert wanted <= seen


async def test_tab_goes_from_part_to_part(sit: Any, lent: int) -> None:
    async with sit(size=(80, 24)) as desk:
        page = await shown(desk, "keys.keys", lent)
        leads = []
        for _ in range(5):
            await desk.press("tab")
            leads.append(page.lead.split(":")[0])
        assert leads.count("past") == 1 and leads[-1] == "core"
        await desk.press("shift+tab", "shift+tab")
        await desk.sees("HISTORY")


async def test_it_is_shown_as_it_was_and_nothing_can_be_done_about_the_past(sit: Any, lent: int) -> None:
    async with sit(size=(80, 24)) as desk:
        page = await shown(desk, "keys.keys", lent)
        assert page.offers
        moments = [lead for lead in page.leads if lead.startswith("past:")]
        await to(desk, page, moments[1])
        await desk.press("enter")
        past = desk.app.screen
        await desk.until(lambda: past is not page and past.stands)
        assert "as of 11-24 09:02" in desk.lines[0]
        assert "on loan" in desk.painted and "-> labelled" not in past.copied()
        assert "holder  王芳 -> none" not in past.copied()
        assert not past.offers
        await to(desk, past, "record:people.staff")
        await desk.press("enter")
        await desk.until(lambda: desk.app.screen is not past and desk.app.screen.stands)
        assert desk.app.screen.at is not None


async def test_before_a_record_was_there_that_is_said(sit: Any, lent: int) -> None:
    async with sit() as desk:
        page = Record("keys.keys", lent, NOW - timedelta(days=1))
        await desk.app.push_screen(page)
        await desk.sees("no key")


async def test_secrets_are_masked_in_fields_and_timeline_until_they_are_revealed(sit: Any, lent: int, run: Any) -> None:
    who = await run("people.enrol", {"number": "K008", "login": "li.ming", "name": "李明", "department": "工程部"})
    await run("people.grant_role", {"role": "clerk"}, target=["li.ming"])
    assert who.rows
    async with sit() as desk:
        page = await shown(desk, "people.staff", 2)
        assert page.copied().count("****") == 2
        await desk.press("v", "enter")
        await desk.sees("! must be filled in")
        await desk.type("回拨客户 W-1182")
        await desk.press("enter")
        await desk.until(lambda: page.copied().count("13700001111") == 2)
        assert "for: 回拨客户 W-1182" in desk.painted and "show in full" in page.copied()
        await desk.press("escape")
        page = await shown(desk, "people.staff", 2)
        assert "13700001111" not in page.copied() and "回拨客户 W-1182" in page.copied()
    async with sit(login="li.ming") as desk:
        page = await shown(desk, "people.staff", 2)
        assert "13700001111" not in page.copied()
        assert page.copied().count("****") == 2
        await desk.press("v")
        await desk.sees("ask")
        assert desk.app.screen is page
        await desk.app.push_screen(Entry(await desk.app.call(_enrolled(desk))))
        await desk.sees("****")
        assert "13700001111" not in desk.painted


async def _enrolled(desk: Any) -> Any:
    from cstui import journal

    entries = await journal.history(desk.app.host, "people.staff", 2)
    return await journal.entry(desk.app.host, entries[-1].seq)


async def test_acts_on_what_belongs_to_it_stand_in_its_history_and_refusals_do_not(
    sit: Any, lent: int, run: Any, key: Any
) -> None:
    await run("people.grant_role", {"role": "clerk"}, target=["wang.fang"])
    with pytest.raises(Exception, match="not_out"):
        await run("keys.return", {"condition": "ok"}, target=[key["tag_no"]])
    async with sit() as desk:
        person = await shown(desk, "people.staff", 2)
        history = person.copied()[person.copied().index("HISTORY") :]
        assert "clerk" in history and "Roles" in history
        page = await shown(desk, "keys.keys", lent)
        assert page.copied().count("admin  return") == 1


async def test_many_that_belong_to_it_are_a_register_of_their_own(sit: Any, run: Any, key: Any) -> None:
    for number in range(23):
        await run("keys.register", {**key, "tag_no": f"3-S1-{number:02}", "copy_no": str(number + 1)})
    await run("keys.register", {**key, "tag_no": "4-S1-A", "block": "4"})
    async with sit() as desk:
        space = await desk.app.call(_space(desk))
        page = await shown(desk, "keys.spaces", space)
        await to(desk, page, "within:keys.keys")
        await desk.press("enter")
        await desk.until(lambda: isinstance(desk.app.screen, Register) and desk.app.screen.stands)
        await desk.sees("23 rows")
        await desk.press("escape")
        assert page.lead.startswith("within:")
        await desk.press("escape")
        page = await shown(desk, "keys.spaces", await desk.app.call(_space(desk, "4-S1-A")))
        await to(desk, page, "within:keys.keys")  # of a few the heading leads to their register, too


async def _space(desk: Any, tag: str = "3-S1-00") -> int:
    from cstui import registers

    host = desk.app.host
    ctx = await host.context(desk.app.actor)
    found = await registers.page(host, ctx, "keys.keys", where={"tag_no": tag})
    return int(found.rows[0].record.space_id)


async def test_older_acts_follow_by_a_key(sit: Any, lent: int, run: Any, key: Any) -> None:
    for _ in range(12):
        await run("keys.lend", LENT, target=[key["tag_no"]])
        await run("keys.return", {"condition": "ok"}, target=[key["tag_no"]])
    async with sit(size=(80, 24)) as desk:
        page = await shown(desk, "keys.keys", lent)
        assert page.copied().count("admin  lend") == 10
        await desk.press("end")
        await desk.press(*["up"] * 12)
        await to(desk, page, "older:")
        await desk.press("enter")
        await desk.until(lambda: page.copied().count("admin  lend") == 13)


async def test_all_of_it_is_written_as_plain_text(sit: Any, lent: int, config_path: Path) -> None:
    async with sit() as desk:
        page = await shown(desk, "keys.keys", lent)
        await desk.press("W")
        await desk.sees("all that stands here")
        await desk.type("all that")
        await desk.press("enter")
        await desk.sees("written to")
        written = next(config_path.parent.glob("keys-keys-*.txt"))
        assert written.read_text() == page.copied()
        assert written.stat().st_mode & 0o077 == 0


async def test_it_is_reached_from_the_journal_and_from_the_detail_of_a_matter(sit: Any, lent: int, run: Any) -> None:
    async with sit() as desk:
        await desk.press("J")
        await desk.sees("lend")
        await desk.press("enter")
        await desk.until(lambda: isinstance(desk.app.screen, Entry) and desk.app.screen.stands)
        entry = desk.app.screen
        await to(desk, entry, "record:keys.keys")
        await desk.press("enter")
        await desk.until(lambda: isinstance(desk.app.screen, Record) and desk.app.screen.stands)
        await desk.press("escape", "escape", "escape")
        first = desk.app.screen
        await desk.until(lambda: first.review and first.matter)
        while not first.matter.item.records:
            await desk.press("down")
        await desk.press("right", "enter")
        await desk.until(lambda: desk.app.screen is not first)
        if not isinstance(desk.app.screen, Record):
            await desk.press("enter")
        await desk.until(lambda: isinstance(desk.app.screen, Record) and desk.app.screen.stands)
        assert (desk.app.screen.register_id, desk.app.screen.pk) == (
            first.matter.item.register, first.matter.item.records[0],
        )  # fmt: skip


async def test_a_history_calls_a_role_as_the_list_does(sit: Any, lent: int, run: Any) -> None:
    await run("people.grant_role", {"role": "custodian"}, target=["wang.fang"])
    async with sit() as desk:
        await desk.press("G")
        await desk.type("people.roles")
        await desk.press("enter")
        await desk.until(lambda: isinstance(desk.app.screen, Register) and desk.app.screen.window.total == 2)
        page = await shown(desk, "people.roles", desk.app.screen.window.rows[-1].pk)
        word = desk.app.say("people.role.custodian")
        assert word != "custodian" and f"role {word}" in page.copied()
