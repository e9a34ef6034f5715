"""From a register to the import of a spreadsheet: whether it can be, and which file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from cstui.contract.text import Text
from cstui.tui.permitted import unable
from cstui.tui.reading import place

if TYPE_CHECKING:
    from cstui.tui.page import Page


def reason(page: Page, register_id: str) -> Text | None:
    """Why a register can't be imported here, or None."""
    action = page.host.importing(register_id)
    if action is None:
        return Text("tui.import.none")
    return unable(page.app, action)


async def choose(page: Page, register_id: str) -> None:
    """Ask for the file, then import it."""
    from cstui.tui.screens.files import FilePick
    from cstui.tui.screens.importing import Import

    async def go(chosen: str | None) -> None:
        if chosen:
            page.app.push_screen(Import(register_id, Path(chosen)), back)

    async def back(told: Any) -> None:
        await page.load()
        if told:
            page.status(told, "good")

    page.app.push_screen(FilePick(*place(page.app)), go)
