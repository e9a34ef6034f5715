"""Choosing a file to read: what lies in a folder, the newest first, narrowed by typing."""

from __future__ import annotations

from datetime import tzinfo
from pathlib import Path

from textual import events
from textual.widgets import Input

from cstui.contract.text import Text, Verbatim
from cstui.tui.reading import entries
from cstui.tui.screens.pick import Choice, Pick, rank
from cstui.tui.widgets.rows import Rows

ENDINGS = (".csv", ".xlsx", ".json", ".tsv", ".txt", ".xlsm", ".xls", ".ods")
"""Of these some can't be read: whoever tries is told why, who doesn't see them wonders."""


class FilePick(Pick):
    """The chosen file's path. With `free`, other folders may be typed or entered; a name is never taken unseen."""

    def __init__(self, folder: Path, free: bool) -> None:
        self.home, self.free = folder, free
        super().__init__(Text("tui.import.file", folder=Verbatim(str(folder))), lambda: self._entries(folder))

    def _entries(self, folder: Path) -> list[Choice]:
        found = entries(folder, self.free, self._zone(), ENDINGS)
        return [Choice(name, name, "", remark, dim=name.endswith("/")) for name, remark in found]

    def _zone(self) -> tzinfo | None:
        return self.app.host.zone if self.is_attached and self.app.host else None

    @property
    def folder(self) -> Path:
        """The folder that was typed, else the one it began with."""
        typed, slash, _ = self.asked.rpartition("/")
        if not (slash and self.free):
            return self.home
        return self.home / Path(f"{typed}/").expanduser()

    def found(self) -> list[Choice]:
        name = self.asked.rpartition("/")[2] if self.free else self.asked
        entries = self._entries(self.folder)
        ranked = [(rank(name, one, False), one) for one in entries]
        return [one for place, one in sorted(ranked, key=lambda pair: pair[0] or 0) if place is not None]

    async def on_key(self, event: events.Key) -> None:
        if event.key == "tab":
            self._enter_name()
            event.stop()
            event.prevent_default()

    def _enter_name(self) -> None:
        """Complete what was typed with the marked entry."""
        at = self.query_one(Rows).cursor
        if at < len(self.shown):
            typed, slash, _ = self.asked.rpartition("/")
            field = self.query_one(Input)
            field.value = f"{typed}{slash}{self.shown[at].id}" if self.free else self.shown[at].id
            field.cursor_position = len(field.value)

    async def _choose(self) -> None:
        at = self.query_one(Rows).cursor
        if at >= len(self.shown) or self.app.screen is not self:
            return
        name = self.shown[at].id
        if name.endswith("/"):
            self._enter_name()
        else:
            self.dismiss(str(self.folder / name))
