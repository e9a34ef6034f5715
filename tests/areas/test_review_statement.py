"""The statement of a signed day: on the screen, as Markdown, as a workbook, as a page to print; and its checkpoint."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path

import pytest
import pytest_asyncio
from review_desk import Desk, day, review_desk

from cstui import journal, paper, review
from cstui.contract.errors import NotPermitted, Refusal
from cstui.journal.chain import read_checkpoints
from cstui.journal.verify import check, snapshot_of_file
from cstui.naming import find
from cstui.sheet import read

LANGUAGES = ("zh_CN", "en")
TODAY = day(24)


@pytest_asyncio.fixture
async def desk(tmp_path: Path, template: Path) -> AsyncIterator[Desk]:
    async with review_desk(tmp_path, template) as opened:
        yield opened


@pytest_asyncio.fixture
async def signed(desk: Desk) -> Desk:
    """A day with a matter of each fate, signed at half past five."""
    given, put_off, seen, moved = [
        await desk.add(text) for text in ("<b>given</b>", "put off | a while", "only *seen*", "=1+1")
    ]
    await desk.run("review.delegate", {"items": [given], "to": "li", "note": "please"})
    await desk.run("review.defer", {"items": [put_off], "until": "2026-11-26", "reason": "waits for parts"}, "zhao")
    await desk.run("review.read", {"items": [seen]})
    await desk.run("review.move", {"day": "2026-11-25"}, target=[int(moved.split(":")[1])])
    done = await desk.add("done in time")
    await desk.run("review.finish", login="zhao", target=[int(done.split(":")[1])])
    desk.at(24, "17:30")
    actor = await desk.host.call(desk.host.actor("wang"))
    await review.sign_off(desk.host, actor, note="a quiet day")
    return desk


async def told(desk: Desk, lang: str = "en", on: date = TODAY) -> review.Sheet:
    statement = await review.statement(desk.host, on, lang)
    assert statement
    return statement


async def printed(desk: Desk, lang: str, kind: str, on: date = TODAY) -> str:
    async def make() -> bytes:
        ctx = await desk.host.context(await desk.host.actor("wang"))
        row = await find(desk.host, ctx, "review.days", on.isoformat())
        return await paper.printed(desk.host, ctx, desk.host.papers["review.statement"], [row.pk], lang, kind)

    return (await desk.host.call(make())).decode()


async def test_it_tells_what_became_of_each_matter_and_by_whom(signed: Desk) -> None:
    rows = {row[2]: (row[4], row[5]) for row in (await told(signed)).rows}
    assert rows["put off | a while"] == ("deferred", "deferred to 2026-11-26 by 赵敏: waits for parts")
    assert rows["<b>given</b>"] == ("delegated", "with 李强, delegated by 王芳: please")
    assert rows["only *seen*"] == ("read", "by 王芳")
    assert rows["=1+1"][0] == "decided"
    assert "王芳" in rows["=1+1"][1]
    assert rows["done in time"] == ("decided", "done: 赵敏 11-24 09:02")


@pytest.mark.parametrize("lang", LANGUAGES)
async def test_as_a_workbook_it_says_the_same_and_nothing_is_a_formula(signed: Desk, lang: str, tmp_path: Path) -> None:
    statement = await told(signed, lang)
    file = tmp_path / "statement.xlsx"
    file.write_bytes(statement.xlsx())
    from openpyxl import load_workbook

    (sheet,) = load_workbook(file).worksheets
    cells = [[cell.value or "" for cell in row] for row in sheet.iter_rows()]
    assert cells[0] == [*statement.head]
    assert [tuple(row) for row in cells[1 : 1 + len(statement.rows)]] == [*statement.rows]
    below = [row[0] for row in cells[2 + len(statement.rows) :]]
    assert below == [statement.title, *statement.lines, *statement.closing, statement.checkpoint]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "inlineStr", "n"}
    assert read(file.read_bytes(), "statement.xlsx")


@pytest.mark.parametrize("lang", LANGUAGES)
async def test_as_a_page_to_print_nobody_s_words_are_markup(signed: Desk, lang: str) -> None:
    statement, page = await told(signed, lang), await printed(signed, lang, "html")
    assert "&lt;b&gt;given&lt;/b&gt;" in page
    assert "<b>given" not in page
    for words in (statement.title, *statement.lines, *statement.closing, statement.checkpoint, *statement.head):
        assert words in page
    plain = await printed(signed, lang, "txt")
    assert statement.checkpoint in " ".join(plain.split())  # it is longer than a line


async def test_in_markdown_nobody_s_words_are_markup(signed: Desk) -> None:
    text = (await told(signed)).markdown()
    assert "only \\*seen\\*" in text
    assert "put off \\| a while" in text
    assert "<b>" not in text.replace("\\<b\\>", "")


async def test_the_statement_s_checkpoint_is_the_line_in_the_file_and_covers_the_sign_off(signed: Desk) -> None:
    (line,) = signed.host.settings.checkpoints.read_text().splitlines()
    assert (await told(signed)).checkpoint == line
    (point,) = read_checkpoints(line)
    entry = await signed.host.call(journal.entry(signed.host, point.count))
    assert entry.action == "review.sign_off"
    store = signed.host.settings.store_file
    assert store
    assert check(snapshot_of_file(store), [point]).verdict == "intact"
    await signed.add("after it")
    assert (await told(signed)).checkpoint == line


async def test_a_past_day_is_signed_late_and_says_what_was_said_then(desk: Desk) -> None:
    item = await desk.add("Lift door", day="2026-12-01")
    await desk.run("review.delegate", {"items": [item], "to": "li"})
    desk.at(25, "09:00")
    actor = await desk.host.call(desk.host.actor("zhao"))
    _, point = await review.sign_off(desk.host, actor, day(24))
    assert point.note == "sign-off 2026-11-24"
    statement = await told(desk)
    assert statement.lines[1] == "Signed late."
    assert [(row[2], row[4], row[5]) for row in statement.rows] == [
        ("Lift door", "delegated", "with 李强, delegated by 王芳")
    ]
    assert "赵敏" in await printed(desk, "zh_CN", "html")
    with pytest.raises(Refusal) as refused:
        await desk.run("review.sign_off", {"day": "2026-11-24"})
    assert "赵敏" in desk.say(refused.value.text)


async def test_a_statement_of_the_first_version_is_told_as_before(signed: Desk) -> None:
    import json

    from cstui.review.models import SignOff

    async def age() -> None:
        (row,) = await SignOff.all()
        kept = json.loads(row.statement)
        kept["matters"][0] |= {"how": "deferred", "note": "2026-11-26 waits"}
        kept["unknown"] = [["keys", "OSError"]]
        await SignOff.filter(id=row.pk).update(statement=json.dumps(kept))

    await signed.host.call(age())
    assert (await told(signed)).rows[0][4:6] == ("deferred", "2026-11-26 waits")
    assert any(line.startswith("Keys: ") for line in (await told(signed)).closing)  # by its name, not its id


async def test_who_doesn_t_answer_for_the_whole_queue_signs_nothing(desk: Desk) -> None:
    desk.host.settings.roles["clerk"] = frozenset({"review.look", "review.sign_off"})
    with pytest.raises(NotPermitted):
        await desk.run("review.sign_off", login="li")
