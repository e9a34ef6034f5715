"""Today as a triage: areas, filters, groups, and one act on several matters."""

from __future__ import annotations

import asyncio
from datetime import datetime
from typing import Any

import pytest
from conftest import SHANGHAI

from cstui import journal, review
from cstui.tui.screens.form import Form

STAFF = [
    ("K001", "王芳", "wang.fang", "客服部"),
    ("E001", "李强", "li.qiang", "工程部"),
    ("E002", "何慧", "he.hui", "工程部"),
]


@pytest.fixture
async def out(run: Any, key: Any) -> None:
    """Two keys out with 李强 and one with 何慧, all late; three without label; a building nobody keeps the keys of."""
    for number, name, login, department in STAFF:
        await run("people.enrol", {"number": number, "name": name, "login": login, "department": department})
    for number in range(1, 4):
        tag = {"tag_no": f"3-S{number}-A", "equipment_room_name": f"{number}号配电房", "custodian_dept": "engineering"}
        await run("keys.register", {**key, **tag})
    for tag, login in (("3-S1-A", "li.qiang"), ("3-S2-A", "li.qiang"), ("3-S3-A", "he.hui")):
        raw = {
            "borrower": login,
            "work_reason": "配电箱例行检查",
            "signature_ref": "7 页",
            "due_at": "2026-11-24 09:20",
        }
        await run("keys.lend", raw, target=[tag])
    for number in range(4, 7):
        tag = {"tag_no": f"3-S{number}-A", "equipment_room_name": f"{number}号机房", "labelled": "false"}
        await run("keys.register", {**key, **tag, "custodian_dept": "engineering"})


def titles(desk: Any) -> list[str]:
    return [desk.app.say(matter.item.title) for matter in desk.app.screen.queue.matters]


async def test_an_attempt_that_is_a_finding_stands_in_the_queue_when_one_comes_back(
    sit: Any, out: None, run: Any, key: Any
) -> None:
    made = await run(
        "keys.register", {**key, "tag_no": "3-S9-A", "equipment_room_name": "水泵房", "custodian_dept": "engineering"}
    )
    async with sit() as desk:
        form = Form(desk.app.host.actions["keys.lend"], made.rows, {})
        desk.app.push_screen(form)
        await desk.until(lambda: desk.app.screen is form and desk.app.focused)
        for field, typed in (("borrower", "li.qiang"), ("work_reason", "moving house"), ("purpose", "private")):
            form.query_one(f"#field-{field}").value = typed
        await desk.press("ctrl+s")
        await desk.until(lambda: form.faults)
        await desk.press("escape")
        await desk.until(lambda: any("For private purposes: 李强" in title for title in titles(desk)))


async def test_what_is_due_is_computed_once_at_the_start(sit: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    asked, collect = [], review.collect
    monkeypatch.setattr(review, "collect", lambda *args: asked.append(args) or collect(*args))
    async with sit():
        assert len(asked) == 1


async def test_the_queue_is_narrowed_by_words_pinyin_severity_and_area(sit: Any, out: None) -> None:
    async with sit(size=(80, 24)) as desk:
        whole = titles(desk)
        assert len(whole) > 4
        await desk.press("/")
        await desk.type("hh")
        assert titles(desk) == ["3号配电房: due today"]
        await desk.press("enter", "escape", "!")
        assert titles(desk) == ["Building 3 has no key custodian"]
        assert "TO SETTLE" in desk.lines[1]
        await desk.press("!")
        assert {title for title in titles(desk) if "号配电房" in title} == {
            f"{n}号配电房: due today" for n in (1, 2, 3)
        }
        assert "Building 3 has no key custodian" not in titles(desk)
        await desk.press("escape")
        assert titles(desk) == whole


async def test_a_filter_that_lets_nothing_pass_says_how_to_leave_it(sit: Any, out: None) -> None:
    async with sit(size=(80, 24)) as desk:
        await desk.press("/")
        await desk.type("x" * 1000)
        assert "Esc shows all again" in desk.painted
        await desk.press("enter", "space", "r", "D", "M", "*", "enter", "S")
        assert desk.app.is_running
        await desk.press("escape", "escape")
        await desk.sees("Building 3")


async def test_areas_have_their_counts_and_tab_goes_from_one_to_the_next(sit: Any, out: None) -> None:
    async with sit(size=(80, 24)) as desk:
        page = desk.app.screen
        await desk.press("M")
        assert page.queue.marked
        count = len(page.review.matters)
        assert f"All {count}" in desk.lines[1]
        assert f"Keys {count}" in desk.lines[1]
        await desk.press("escape", "tab")
        assert page.queue.sieve.area == "keys"
        await desk.press("tab")
        assert page.queue.sieve.area == ""
        await desk.press("shift+tab")
        assert page.queue.sieve.area == "keys"


async def test_grouping_goes_round_and_the_cursor_stays_on_its_matter(sit: Any, out: None) -> None:
    async with sit() as desk:
        page = desk.app.screen
        await desk.press("down", "down")
        kept = page.matter.item.id
        await desk.press("O", "O", "O")
        assert page.queue.sieve.grouping == "person"
        assert "何慧" in [line.strip().split()[0] for line in desk.lines if line.strip()]
        assert page.matter.item.id == kept
        await desk.press("O")
        assert page.queue.sieve.grouping == "severity"


async def test_several_marked_matters_are_settled_by_one_act(sit: Any, out: None, run: Any) -> None:
    async with sit(size=(80, 24)) as desk:
        page = desk.app.screen
        await desk.press("/")
        await desk.type("lq")
        await desk.press("enter", "*")
        assert len(page.queue.marked) == 2
        assert [offer.action.id for offer in page.offers][:2] == ["keys.return", "keys.remind"]
        await desk.press("m")
        await desk.sees("reminded")
        host = desk.app.host
        (last, *_) = await host.call(journal.page(host, limit=1))
        entry = await host.call(journal.entry(host, last.seq))
        assert entry.action == "keys.remind"
        assert len({change["key"] for change in entry.changes if change["table"] == "keys_loan"}) == 2


async def test_several_are_deferred_with_one_reason_and_read_with_one_key(sit: Any, out: None) -> None:
    async with sit(size=(80, 24)) as desk:
        page = desk.app.screen
        count = len(page.review.matters)
        await desk.press("*", "D")
        await desk.type("tomorrow")
        await desk.press("tab")
        await desk.type("together at the round")
        await desk.press("enter")
        await desk.sees(f"{count} matters")
        assert page.review.open == []
        assert all(matter.deferred for matter in page.review.matters)


async def test_marked_matters_of_different_kinds_share_no_act_but_can_be_read(sit: Any, out: None) -> None:
    async with sit(size=(80, 24)) as desk:
        page = desk.app.screen
        await desk.press("*")
        assert page.offers == []
        await desk.press("space")
        await desk.until(lambda: not page.queue.marked)
        assert all(matter.read for matter in page.review.matters)
        assert [matter.item.severity for matter in page.review.open] == ["critical"]


async def test_what_vanished_meanwhile_is_no_longer_marked(sit: Any, out: None, run: Any) -> None:
    async with sit(size=(80, 24)) as desk:
        page = desk.app.screen
        await desk.press("/")
        await desk.type("hh")
        await desk.press("enter", "M")
        await run("keys.return", {"condition": "ok"}, target=["3-S3-A"])
        await desk.app._watch()
        await desk.until(lambda: not page.queue.marked)
        await desk.press("r")
        assert desk.app.is_running


async def test_s_walks_through_what_is_left(sit: Any, out: None) -> None:
    async with sit() as desk:
        page = desk.app.screen
        left = [matter.item.id for matter in page.review.open]
        walked = []
        for _ in left:
            await desk.press("S")
            walked.append(page.matter.item.id)
        assert walked == left
        await desk.press("S")
        assert page.matter.item.id == left[0]


async def test_what_others_did_meanwhile_is_told_at_the_next_look_and_stands_below(
    sit: Any, out: None, run: Any, host: Any
) -> None:
    await run("people.grant_role", {"role": "admin", "first_day": "2026-11-24"}, target=["wang.fang"])
    async with sit():
        pass
    host.clock = lambda: datetime(2026, 11, 24, 9, 7, tzinfo=SHANGHAI)
    await run("keys.return", {"condition": "ok"}, login="wang.fang", target=["3-S3-A"])
    await run("keys.register", {"tag_no": "9-S1-A", "block": "9", "space_kind": "equipment_room",
                                "equipment_room_name": "泵房", "door_kind": "equipment_room"}, login="wang.fang")  # fmt: skip
    async with sit() as desk:
        await desk.sees("settled by others, last 3号配电房: due today (王芳)")
        assert "DONE TODAY" in desk.painted
        assert [desk.app.say(m.item.title) for m in desk.app.screen.review.matters if m.new][:1] == [
            "Building 9 has no key custodian"
        ]
        await desk.press("O")  # what is new comes first, and says so in words
        await desk.sees("NEW SINCE YOU LAST LOOKED")
        assert "Building 9 has no key" in desk.painted[: desk.painted.index("KNOWN BEFORE")]
        await desk.press("O", "O", "O")
        await desk.press("end")
        assert desk.app.screen.matter is None
        await desk.press("space", "r", "D")
        assert desk.app.is_running


async def test_a_matter_of_ones_own_is_entered_and_done_by_keyboard(sit: Any, out: None) -> None:
    async with sit(size=(80, 24)) as desk:
        page = desk.app.screen
        await desk.press("+")
        await desk.type("call the locksmith")
        await desk.press("tab")
        await desk.type("today")
        await desk.press("enter")
        await desk.sees("call the locksmith")
        (own,) = [matter for matter in page.review.matters if matter.item.register == "review.own"]
        await desk.press("/")
        await desk.type("locksmith")
        await desk.press("enter")
        assert page.matter.item.id == own.item.id
        await desk.press(next(offer.key for offer in page.offers if offer.action.id == "review.finish"))
        await desk.until(lambda: not [m for m in page.review.matters if m.item.register == "review.own"])


async def test_a_question_is_asked_and_its_answer_stands_at_the_matter(sit: Any, out: None, run: Any) -> None:
    await run("people.grant_role", {"role": "admin", "first_day": "2026-11-24"}, target=["wang.fang"])
    async with sit(size=(80, 24)) as desk:
        await desk.press("A")
        await desk.type("wang.fang")
        await desk.press("tab")
        await desk.type("who will keep them?")
        await desk.press("enter")
        await desk.sees("asked")
    async with sit(size=(80, 24), login="wang.fang") as desk:
        page = desk.app.screen
        await desk.press("/")
        await desk.type("asks")
        await desk.press("enter")
        await desk.press(next(offer.key for offer in page.offers if offer.action.id == "review.answer"))
        await desk.type("me, from Monday")
        await desk.press("enter")
        await desk.sees("answer")
    async with sit() as desk:
        await desk.sees("me, from Monday")


async def test_where_one_was_is_in_sight_when_the_filter_goes(sit: Any, run: Any, key: Any) -> None:
    await run("keys.register", key)
    for number in range(1, 31):
        await run("review.add", {"text": f"第{number}项", "day": "2026-11-24"})
    async with sit(size=(80, 24)) as desk:
        await desk.press("/")
        await desk.type("第9项")
        await desk.press("enter")
        await desk.until(lambda: desk.lines[3].startswith(">"))
        await desk.press("escape")
        await desk.until(lambda: any(line.startswith(">") and "第9项" in line for line in desk.lines))


async def test_what_is_read_stays_where_it_is_while_others_act(
    sit: Any, out: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with sit(size=(120, 40)) as desk:
        page = desk.app.screen
        await desk.press("down", "right")
        await desk.until(lambda: page.reading and "HISTORY" in desk.painted)
        may, read = asyncio.Event(), journal.history

        async def slow(*args: Any) -> Any:
            await may.wait()
            return await read(*args)

        monkeypatch.setattr(journal, "history", slow)
        await page.follow()
        await page.follow()
        assert page.reading and "HISTORY" in desk.painted
        may.set()
        await desk.until(lambda: page.histories)
        assert page.reading and "HISTORY" in desk.painted
        await desk.press("left", "down")
        assert not page.reading


async def test_many_notes_do_not_push_the_record_out_of_sight(sit: Any, out: None, run: Any) -> None:
    async with sit(size=(120, 40)) as desk:
        page = desk.app.screen
        item = page.queue.matters[0].item.id
        for number in range(5):
            await run("review.note", {"items": [item], "note": f"call {number} made"})
        await page.follow()
        await desk.press("home")
        await desk.until(lambda: "EARLIER NOTES" in desk.painted)
        told = ["".join(text for text, _ in line) for line in page.told]
        at = [next(n for n, line in enumerate(told) if word in line) for word in ("call 4", "RULE", "call 1")]
        assert at == sorted(at) and sum("call" in line for line in told) == 5
