"""A review on a real PostgreSQL server: delegated, asked, settled by another, signed, and the statement."""

from __future__ import annotations

from pathlib import Path

from conftest import CONFIG, NOW
from review_desk import ROLES, Desk, day, enrol_all

from cstui import review
from cstui.host import Host
from cstui.journal.chain import read_checkpoints
from cstui.journal.verify import check, snapshot_of_store


async def test_a_review_on_postgresql(on_postgres: Path) -> None:
    text = on_postgres.read_text("utf-8")
    on_postgres.write_text(text.replace(CONFIG, CONFIG + ROLES), "utf-8")
    async with Host.open(on_postgres, create=True) as host:
        desk = Desk(host)
        await enrol_all(host)
        given, settled = await desk.add("given"), await desk.add("settled", time="17:00")
        await desk.run("review.delegate", {"items": [given], "to": "li"})
        assert await desk.ids("li") == [given]
        await desk.run("review.ask", {"items": [settled], "person": "sun", "question": "which lift?"})
        await desk.seen("wang")
        desk.later(minutes=5)
        await desk.run("review.answer", {"answer": "the left one"}, "sun", target=[1])
        await desk.run("review.finish", login="li", target=[int(given.split(":")[1])])
        now = await desk.look("wang")
        assert [(one.item.id, one.by.name, desk.say(one.by.text)) for one in now.news] == [
            (given, "李强", "given: done")
        ]
        assert [one.item.id for one in now.matters if one.new] == [settled]
        await desk.run("review.read", {"items": [settled]})
        _, point = await review.sign_off(host, await host.call(host.actor("wang")))
        told = await review.statement(host, day(24), "en")
        assert told and told.checkpoint == point.line()
        report = check(await host.call(snapshot_of_store(host.store)), read_checkpoints(point.line()))
        assert report.verdict == "intact", report
        assert desk.now > NOW
