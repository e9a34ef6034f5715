"""From a key to what it does: the actions offered here, and the core keys that every page has."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual import events

from cstui.bindings import RELOAD_KEY, is_han, pressed
from cstui.contract.text import Text
from cstui.tui.acting import Acting
from cstui.tui.permitted import forbidden
from cstui.tui.widgets.rows import Rows

if TYPE_CHECKING:
    from cstui.tui.tour import Tour

FIXED = {
    "back": "escape", "stop": "escape", "sign": "enter", "store": "enter", "store_good": "s", "detail": "right",
    "reload": RELOAD_KEY,
}  # fmt: skip
"""Keys that mean something only on some pages."""
NAMED = {"space", "enter", "escape", "right", RELOAD_KEY}


class Keyed(Acting):
    """A screen whose keys do something; a core key NAME is done by `do_NAME`, where there is one."""

    CORE: Sequence[str] = ()
    """Core keys shown in the footer, in order."""
    MENU: Sequence[str] = ()
    """Core keys that the menu of the current row offers, too."""
    UNKEYED: Sequence[str] = ("first", "rules", "tour", "reload", "connected")
    """What has no key of its own: it stands in the command list."""

    def __init__(self) -> None:
        super().__init__()
        self.tour: Tour | None = None

    def does(self, name: str) -> bool:
        """Whether a core key means something here; where nothing is read, Space is only another key to mark with."""
        return hasattr(self, f"do_{name}") and (name != "read" or name in self.CORE)

    def key_of(self, name: str) -> str:
        """The key of something of the dashboard's own, as it is written."""
        return self.key_name(self.raw_key(name))

    def raw_key(self, name: str) -> str:
        """The same as it is pressed."""
        return self.allocation.key(name) or FIXED.get(name, "")

    def core_reason(self, name: str) -> Text | None:
        """Why a core key can't be used on the current row, or None."""
        if name == "first" and len(self.app.screen_stack) == 2:
            return Text("tui.here_already")
        if name == "connected":
            return forbidden(self.app, "people.look")
        if name == "undo" and not (self.app.last and self.app.last.action.inverse):
            last = self.app.last.action if self.app.last else None
            return Text("tui.no_undo_of", what=Text(f"{last.area}.action.{last.name}")) if last else Text("tui.no_undo")
        if name == "write" and not any(one.register == self.subject()[0] for one in self.host.papers.values()):
            return Text("tui.no_paper")
        return None

    def core_help(self, name: str) -> Text:
        """What a core key does on this page."""
        here = f"tui.help_on.{type(self).__name__.casefold()}.{name}"
        return Text(here if self.app.words.find(here, self.app.lang) else f"tui.help.{name}")

    def key_name(self, key: str) -> str:
        """A key as the footer and help write it."""
        return self.app.say(f"tui.key.{key}") if key in NAMED else key

    async def on_key(self, event: events.Key) -> None:
        if self.app.screen is not self or (self.focused is not None and event.is_printable):
            self.app.type_ahead(event)  # it is meant for what has opened meanwhile, or got the focus
            return
        if self.focused is not None:
            return
        if is_han(event.character or ""):
            self.status(Text("tui.input_method"), "warning")
            event.stop()
            return
        key = pressed(event.key, event.character)
        if not await self.press(key):
            return
        event.stop()
        event.prevent_default()

    async def press(self, key: str) -> bool:
        """Do what a key stands for, on the page or on the tour above it; whether it stood for anything."""
        tour = self.tour
        if tour and key == "escape":
            await tour.leave()
        elif not await self.key(key):
            return False
        elif tour:
            await tour.pressed(key)
        return True

    async def key(self, key: str) -> bool:
        """Do what a key stands for; whether it stood for anything."""
        if key == "escape":
            return await self.key_back()
        if self.move(key):
            self.moved_on()
            return True
        await self.on_rows_moved()  # typed ahead of the cursor's own message: the offers must be of this row
        name = self.allocation.action(key)
        if name in self.host.actions:
            await self.perform_offer(name)
        elif name and hasattr(self, f"do_{name}"):
            await self.do_core(name)
        else:
            return False
        return True

    async def do_core(self, name: str) -> None:
        """Do something of the dashboard's own, or say why it can't be done here."""
        reason = self.core_reason(name)
        self.status(reason or "", "warning")
        if reason is None:
            await getattr(self, f"do_{name}")()

    async def on_rows_moved(self) -> None:
        """The cursor stands elsewhere: once for each rest, however many keys brought it there."""
        rows = self.query_one_optional(Rows)
        if rows and rows.moved:
            rows.moved = False
            await self.moved()

    async def moved(self) -> None:
        """Show what belongs to the row on which the cursor stands now."""

    def move(self, key: str) -> bool:
        """Move the cursor of the page's list."""
        rows = self.query_one_optional(Rows)
        if rows is None:
            return False
        if key in {"up", "down"}:
            rows.move(1 if key == "down" else -1)
        elif key in {"pageup", "pagedown"}:
            rows.move(rows.page() if key == "pagedown" else -rows.page())
        elif key in {"home", "end"}:
            rows.jump(0 if key == "home" else rows.count - 1, 1 if key == "home" else -1)
        else:
            return False
        return True

    # core keys every page has

    async def do_quit(self) -> None:
        from cstui.tui.screens.pick import Confirm

        async def go(yes: bool | None) -> None:
            if yes:
                self.app.end(0)

        self.app.push_screen(Confirm(Text("tui.core.quit"), ""), go)

    async def do_lock(self) -> None:
        await self.app.action_lock()

    async def do_language(self) -> None:
        self.app.switch_language()

    async def do_refresh(self) -> None:
        self.app.repaint()
        await self.load()

    async def do_menu(self) -> None:
        from cstui.tui.screens.palette import Menu

        menu = Menu(self, await self.subject_name())
        if menu.choices:
            self.app.push_screen(menu, self._chosen)

    async def do_go(self) -> None:
        from cstui.tui.palette import charts, registers
        from cstui.tui.screens.pick import Pick

        self.app.push_screen(Pick(Text("tui.core.go"), lambda: [*registers(self.app), *charts(self.app)]), self._chosen)

    async def do_palette(self) -> None:
        from cstui.tui.palette import used_before
        from cstui.tui.screens.palette import Palette

        self.app.recent = self.app.recent or await used_before(self.app)
        self.app.push_screen(Palette(self), self._chosen)

    async def _chosen(self, chosen: str | None) -> None:
        from cstui.tui.palette import follow

        if chosen:
            await follow(self, chosen)

    async def do_first(self) -> None:
        """Back to the first page."""
        while len(self.app.screen_stack) > 2:
            self.app.pop_screen()

    async def do_tour(self) -> None:
        """The tour over the first page."""
        from cstui.tui.tour import begin

        first = self.app.screen_stack[1]
        await self.do_first()
        if isinstance(first, Keyed):
            await begin(first)

    async def do_help(self) -> None:
        from cstui.tui.screens.help import Help

        self.app.push_screen(Help(self))

    def copied(self) -> str:
        """What is copied here: the current row as it is painted, unless a page tells more; "" for nothing."""
        rows = self.query_one_optional(Rows)
        if rows is None or not rows.count:
            return ""
        return "".join(text for text, _ in rows.painter(rows.cursor, rows.size.width)).strip(" >")

    async def do_copy(self) -> None:
        from cstui.tui.files import copy

        copy(self)

    async def do_write(self) -> None:
        from cstui.tui.printing import choose

        await choose(self)

    async def do_journal(self) -> None:
        from cstui.tui.screens.journal import Journal

        self.app.push_screen(Journal())

    async def do_rules(self) -> None:
        from cstui.tui.screens.rules import Rules

        self.app.push_screen(Rules())

    async def do_reload(self) -> None:
        self.app.action_reload()

    async def do_connected(self) -> None:
        from cstui.tui.screens.connected import Connected

        self.app.push_screen(Connected())

    async def do_plugins(self) -> None:
        from cstui.tui.screens.plugins import Plugins

        self.app.push_screen(Plugins())

    async def key_back(self) -> bool:
        """Escape leaves every page but the first."""
        if len(self.app.screen_stack) > 2:
            self.app.pop_screen()
            return True
        return False
