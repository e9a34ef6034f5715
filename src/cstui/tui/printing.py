"""From the rows under the cursor to a paper in a file: which paper, in which form, and where it was written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from cstui import paper
from cstui.contract.errors import Fault
from cstui.contract.text import Text
from cstui.review.sheet import KINDS, Sheet
from cstui.tui import files
from cstui.tui.palette import choice
from cstui.tui.screens.pick import Choice, Pick

if TYPE_CHECKING:
    from cstui.contract.paper import Paper
    from cstui.tui.keyed import Keyed

PAGE, SHEET = "page:txt", "sheet"
"""The choice of what the page itself tells; of a list that it makes."""


async def choose(page: Keyed, text: str = "", sheet: Callable[[], Sheet] | None = None) -> None:
    """Ask for the paper and its form, then write it.

    `text` is what the page itself tells, to be written as it is; `sheet` a list that it makes when it is wanted.
    """
    app = page.app
    assert app.actor
    ctx = await app.call(page.host.context(app.actor))
    papers = {one.id: one for one in paper.papers_of(page.host, ctx, page.subject()[0])}

    def choices() -> list[Choice]:
        return (
            [
                choice(app, f"{one.id}:{kind}", _name(one), "", Text(f"tui.paper.{kind}"))
                for one in papers.values()
                for kind in paper.FORMATS
            ]
            + [
                choice(app, f"{SHEET}:{kind}", Text("tui.paper.morning"), "", Text(f"tui.paper.{kind}"))
                for kind in (KINDS if sheet else ())
            ]
            + ([choice(app, PAGE, Text("tui.paper.page"), "", Text("tui.paper.txt"))] if text else [])
        )

    async def go(chosen: str | None) -> None:
        if chosen == PAGE:
            files.write(page, _stem(page, page.subject()[0] or "record"), "txt", text.encode("utf-8", "replace"))
        elif chosen and sheet and chosen.startswith(SHEET):
            kind = chosen.rpartition(":")[2]
            files.write(page, _stem(page, "morning"), kind, sheet().file(page.host, app.lang, kind))
        elif chosen:
            paper_id, _, kind = chosen.partition(":")
            await _write(page, papers[paper_id], kind)

    app.push_screen(Pick(Text("tui.core.write"), choices), go)


def _name(one: Paper) -> Text:
    area, name = one.id.split(".", 1)
    return Text(f"{area}.paper.{name}")


async def _write(page: Keyed, one: Paper, kind: str) -> None:
    async def make() -> bytes:
        assert page.app.actor
        ctx = replace(await page.host.context(page.app.actor), revealed=page.revealed())
        return await paper.printed(page.host, ctx, one, await page.printed_rows(), page.app.lang, kind)

    try:
        made = await page.app.call(make())
    except Fault as fault:
        page.status(fault.text, "critical")
        return
    files.write(page, _stem(page, one.id), kind, made)


def _stem(page: Keyed, name: str) -> str:
    """A file's name from an id and the day: nothing that people typed."""
    day = page.host.clock().astimezone(page.host.zone).date()
    return f"{name.replace('.', '-').replace('_', '-')}-{day}"
