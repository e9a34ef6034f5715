"""Reports without a name: nothing leads back to who wrote them, and the code leads them to the answer."""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from confidentiality_desk import Desk, confidentiality_desk
from hypothesis import given
from hypothesis import strategies as st

from cstui import engine, journal
from cstui.api import Actor, BadInput, Refusal
from cstui_confidentiality.leaks.anonymous import SIGNS, code_of, digest_of
from cstui_confidentiality.leaks.due import leaks_due
from cstui_confidentiality.models import AnonymousLeak, LeakReport

LETTER = {"what": "有人把客户电话卖给装修公司", "category": "S04"}
WHO = "xin.ren.mi"
"""Stands nowhere else in the store."""


@pytest.fixture
async def desk(request: pytest.FixtureRequest, tmp_path: Path, secret_template: Path) -> AsyncIterator[Desk]:
    async with confidentiality_desk(request, tmp_path, secret_template) as opened:
        await opened.category("S04")
        yield opened


async def written(desk: Desk, **more: Any) -> str:
    """A letter by somebody; answers its code."""
    done = await desk.run("report_anonymously", LETTER | more, "an")
    assert done.text
    return str(done.text.args["code"])


async def box(desk: Desk, login: str = "deng") -> list[tuple[int, int]]:
    found = await desk.due(leaks_due, "box", login)
    return [(one.title.args["letters"], one.title.args["notes"]) for one in found]


def store(desk: Desk) -> bytes:
    """All that the store's files hold."""
    path = desk.host.store.database.path
    assert path
    return b"".join(one.read_bytes() for one in path.parent.glob("cstui.db*"))


async def test_the_store_s_files_hold_neither_who_wrote_nor_the_code_nor_when(desk: Desk) -> None:
    count = (await journal.head(desk.host)).count
    desk.at(24, "17:43:29")
    actor = Actor(WHO, 7, WHO, permissions=frozenset({"confidentiality.own"}))
    done = await engine.run(desk.host, "confidentiality.report_anonymously", LETTER, actor)
    assert done.text and done.entry == 0
    code = done.text.args["code"]
    await engine.run(desk.host, "confidentiality.follow_up", {"receipt": code, "note": "还有一份"}, actor)
    with pytest.raises(Refusal):
        await engine.run(desk.host, "confidentiality.follow_up", {"receipt": code[::-1]}, actor)
    assert (await journal.head(desk.host)).count == count
    held = store(desk)
    assert LETTER["what"].encode() in held and "还有一份".encode() in held
    for trace in (WHO, code, code.replace("-", ""), "17:43", "09:43"):
        assert trace.encode() not in held
    (letter,) = await desk.host.store.query("SELECT * FROM confidentiality_anonymous_leak")
    assert letter["day"] == "2026-11-24" and set(letter) == {
        "id", "day", "what", "category", "suspect_login", "receipt", "taken_up",
    }  # fmt: skip
    assert letter["receipt"] == hashlib.sha256(code.replace("-", "").encode()).hexdigest()


async def test_the_code_leads_to_the_answer_and_proves_the_day(desk: Desk) -> None:
    code = await written(desk)

    async def told(note: str = "", typed: str = code) -> Any:
        desk.at(25)
        return (await desk.run("follow_up", {"receipt": typed, "note": note}, "an")).text

    assert (await told()).args["day"] == date(2026, 11, 24)
    await told("照片在前台")
    assert await box(desk) == [(1, 1)]
    await desk.run("open_box")
    assert await box(desk) == []
    (report,) = await desk.ask(LeakReport.all())
    assert (report.reporter_id, report.notes, report.what) == (None, "2026-11-25 照片在前台", LETTER["what"])
    assert (await told()).id == "confidentiality.done.letter_read"
    await desk.run("answer_reporter", {"answer": "正在查"}, target=[report.id])
    answered = await told("再补一句", code.lower().replace("-", " "))
    assert (answered.id, answered.args["answer"]) == ("confidentiality.done.letter_answered", "正在查")
    assert await box(desk) == [(0, 1)]
    await desk.run("open_box")
    assert (await desk.ask(LeakReport.get(id=report.id))).notes.endswith("2026-11-25 再补一句")
    with pytest.raises(Refusal, match="box_empty"):
        await desk.run("open_box")
    with pytest.raises(BadInput, match="receipt"):
        await told(typed="7K2M")


async def test_the_box_is_opened_by_nobody_whom_a_letter_names(desk: Desk) -> None:
    code = await written(desk, suspect="deng")
    await written(desk)
    assert (await box(desk), await box(desk, "fu")) == ([(1, 0)], [(2, 0)])
    await desk.run("open_box")
    assert await box(desk) == []
    assert await box(desk, "fu") == [(1, 0)]
    await desk.run("open_box", {}, "fu")
    await desk.run("follow_up", {"receipt": code, "note": "他今天也在"}, "an")
    assert (await box(desk), await box(desk, "head")) == ([], [(0, 1)])
    named = await desk.ask(LeakReport.get(suspect__login="deng"))
    with pytest.raises(BadInput, match="no_row_alone"):
        await desk.run("acknowledge_leak", target=[named.id])
    assert not await box(desk, "an")  # a member opens no box


async def test_the_journal_commits_to_what_was_in_the_box(desk: Desk) -> None:
    await written(desk)
    await desk.run("open_box")
    last = await journal.entry(desk.host, (await journal.head(desk.host)).count)
    assert last.action == "confidentiality.open_box"
    (body,) = await desk.host.store.query("SELECT body FROM house_body ORDER BY seq DESC LIMIT 1")
    assert '"table": "confidentiality_anonymous_leak"' in body["body"].replace('":"', '": "')
    assert await desk.ask(AnonymousLeak.filter(taken_up="").count()) == 0


@given(st.uuids())
def test_a_code_is_read_however_it_was_written_down(key: Any) -> None:
    code = code_of(key.hex)
    assert len(code) == 19 and set(code) <= {*SIGNS, "-"}
    careless = code.lower().replace("-", "").replace("0", "o").replace("1", "l")
    assert digest_of(careless) == digest_of(f" {code} ") == digest_of(code)
