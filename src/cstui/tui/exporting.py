"""What a register shows, written to a file: its rows as narrowed and sorted, its columns as chosen."""

from __future__ import annotations

import io
from contextlib import AsyncExitStack
from typing import TYPE_CHECKING

from cstui.contract.errors import Fault
from cstui.contract.text import Text

if TYPE_CHECKING:
    from cstui.tui.screens.register import Register

KINDS = ("xlsx", "csv", "json")


async def choose(page: Register) -> None:
    """Ask for the kind of file, and write it."""
    from cstui.tui.screens.pick import Choice, Pick

    def kinds() -> list[Choice]:
        return [Choice(kind, page.app.say(f"tui.export.{kind}")) for kind in KINDS]

    async def go(kind: str | None) -> None:
        if kind:
            page.status(Text("tui.export.begun"), "dim")
            page.run_worker(_write(page, kind), exclusive=True, group="export")

    page.app.push_screen(Pick(Text("tui.export.title", n=len(page.marked) or page.window.count), kinds), go)


async def _write(page: Register, kind: str) -> None:
    from cstui.tui.files import write

    try:
        made = await (page.window.call(_made(page, kind)) if page.window.then else _made(page, kind))
    except Fault as fault:
        page.status(fault.text, "critical")
        return
    day = page.host.clock().astimezone(page.host.zone).date()
    write(page, f"{page.register_id}-{day}", kind, made)


async def _made(page: Register, kind: str) -> bytes:
    """The file: the marked rows, or all that are left, as of one moment."""
    from cstui.filters import equals
    from cstui.sheet.listing import Listing
    from cstui.sheet.writing import writer

    out, asked, window = io.BytesIO(), page.window.ordered, page.window
    if page.marked:
        chosen = equals("id__in", list(page.marked))
        asked["within"] = chosen & window.within if window.within else chosen
    names = [column.name for column in page.layout_.shown(page.size.width)]
    assert page.app.actor
    async with AsyncExitStack() as stack:
        host = page.host
        if not window.then:
            host = await stack.enter_async_context(page.host.beside())
            await stack.enter_async_context(host.store.snapshot())
        ctx = await host.context(page.app.actor, window.then.moment if window.then else None)
        listing = Listing(host, ctx, page.declared, page.app.lang, kind, names)
        with writer(out, listing.names, listing.headers, kind, page.heading()) as put:
            async for row in listing.rows(**asked):
                put(row)
    return out.getvalue()
