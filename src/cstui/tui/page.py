"""The base of every full screen: header, status, footer, keys, and the way from a key to an act."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from textual import events
from textual.app import ComposeResult
from textual.widget import Widget

from cstui.bindings import is_han, pressed
from cstui.cells import clean, clip, width
from cstui.contract.text import Text, Verbatim
from cstui.tui.acting import Acting
from cstui.tui.paint import Run
from cstui.tui.widgets.line import Line
from cstui.tui.widgets.rows import Rows

if TYPE_CHECKING:
    from cstui.tui.screens.pick import Choice
    from cstui.tui.tour import Tour

FIXED = {"back": "escape", "sign": "enter"}
"""Keys that mean something only on some pages."""
NAME = 24
"""Most cells for the name of the site or the actor in the header."""
NAMED = {"space", "enter", "escape"}
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class Page(Acting):
    """A full screen. A subclass says what is current (`subject`), which actions it offers, and what its keys do."""

    AUTO_FOCUS = ""
    CORE: Sequence[str] = ("menu", "go", "palette", "help")
    """Core keys shown in the footer, in order; those of `ALWAYS` at its right end."""
    MENU: Sequence[str] = ()
    """Core keys that the menu of the current row offers, too."""
    ALWAYS = frozenset({"palette", "help", "back"})
    UNKEYED: Sequence[str] = ("first", "tour")
    """What has no key of its own: it stands in the command list."""

    def __init__(self) -> None:
        super().__init__()
        self.tour: Tour | None = None

    def compose(self) -> ComposeResult:
        yield Line(id="header")
        yield from self.body()
        yield Line(id="status")
        yield Line(id="footer")

    def body(self) -> Iterable[Widget]:
        """The widgets between header and footer."""
        return ()

    async def on_mount(self) -> None:
        await self.load()

    async def load(self) -> None:
        """Read what is shown, and paint it."""

    async def follow(self) -> None:
        """Others changed something: read again, without moving what the user looks at."""
        await self.load()

    def reword(self) -> None:
        """Paint everything again, in another language."""
        self.call_later(self.load)
        if self.tour:
            self.call_later(self.tour.place)

    def heading(self) -> str:
        return ""

    # painting the frame

    def paint_header(self) -> None:
        actor = self.app.actor
        now = self.host.clock().astimezone(self.host.zone)
        day = f"{self.app.say(f'tui.weekday.{WEEKDAYS[now.weekday()]}')} {now.date().isoformat()}"
        left: list[Run] = [(clip(clean(self.host.settings.site), NAME), "strong"), (f"  {day}", "")]
        if actor and actor.name:
            left.append((f"  {clip(clean(actor.name), NAME)}", ""))
        if self.heading():
            left.append((f"  {self.heading()}", "accent"))
        if self.host.store.read_only:
            left.append((f"  {self.app.say('tui.read_only')}", "warning"))
        self.query_one("#header", Line).say(left, [*self.header_right(now), (f"  {now:%H:%M}", "dim")])

    def header_right(self, now: datetime) -> Sequence[Run]:
        return ()

    def paint_footer(self) -> None:
        keys = [(offer.key, offer.label, bool(offer.reason)) for offer in self.offers if offer.key]
        core = [(name, self.key_of(name)) for name in self.CORE]
        said = self.app.say
        told = [(key, said(f"tui.core.{name}"), self.core_reason(name) is not None, name) for name, key in core if key]
        always = [(key, label, dim) for key, label, dim, name in told if name in self.ALWAYS]
        keys += [(key, label, dim) for key, label, dim, name in told if name not in self.ALWAYS]
        keys.sort(key=lambda key: key[2])  # those that work first; the rest where there is room
        room = self.size.width - 2 - sum(width(f"{key} {label}  ") for key, label, _ in always)
        left: list[Run] = []
        for key, label, dim in keys:
            room -= width(f"{key} {label}  ")
            if room < -2:
                break
            left += [(key, "dim" if dim else "accent"), (f" {label}  ", "dim" if dim else "")]
        right = [run for key, label, _ in always for run in ((f"  {key}", "accent"), (f" {label}", ""))]
        self.query_one("#footer", Line).say(left, right)
        self.paint_header()

    def key_of(self, name: str) -> str:
        """The key of something of the dashboard's own, as it is written."""
        return self.key_name(self.allocation.key(name) or FIXED.get(name, ""))

    def on_resize(self) -> None:
        if self.app.host:
            self.paint_footer()
        if self.tour:
            self.call_after_refresh(self.tour.place)

    def core_reason(self, name: str) -> Text | None:
        """Why a core key can't be used on the current row, or None."""
        if name == "first" and len(self.app.screen_stack) == 2:
            return Text("tui.here_already")
        if name == "undo" and not (self.app.last and self.app.last.action.inverse):
            return Text("tui.no_undo")
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

    def status(self, text: Text | str = "", style: str = "") -> None:
        """One line above the footer: what was done, or why not."""
        words = self.app.say(text) if isinstance(text, Text) else text
        self.query_one("#status", Line).say([(words, style)] if words else [])

    # from a key to what it does

    async def on_key(self, event: events.Key) -> None:
        if self.app.screen is not self:  # typed ahead: it is meant for what has opened meanwhile
            self.app.type_ahead(event)
            return
        if self.focused is not None:
            return
        if is_han(event.character or ""):
            self.status(Text("tui.input_method"), "warning")
            event.stop()
            return
        key = pressed(event.key, event.character)
        tour = self.tour
        if tour and key == "escape":
            await tour.leave()
        elif not await self.key(key):
            return
        elif tour:
            await tour.pressed(key)
        event.stop()
        event.prevent_default()

    async def key(self, key: str) -> bool:
        """Do what a key stands for; whether it stood for anything."""
        if key == "escape":
            return await self.key_back()
        if self.move(key):
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
        found = self.query(Rows)
        if found and found.first().moved:
            found.first().moved = False
            await self.moved()

    async def moved(self) -> None:
        """Show what belongs to the row on which the cursor stands now."""

    def move(self, key: str) -> bool:
        """Move the cursor of the page's list."""
        found = self.query(Rows)
        if not found:
            return False
        rows = found.first()
        steps = {"up": -1, "down": 1, "pageup": -rows.page(), "pagedown": rows.page()}
        if key in steps:
            rows.move(steps[key])
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

    async def do_language(self) -> None:
        self.app.switch_language()

    async def do_refresh(self) -> None:
        await self.load()

    async def do_menu(self) -> None:
        from cstui.tui.palette import core, here

        def choices() -> list[Choice]:
            return [*here(self), *core(self, self.MENU)]

        if choices():
            name = await self.subject_name()
            self._pick(Verbatim(name) if name else Text("tui.core.menu"), choices)

    async def do_go(self) -> None:
        from cstui.tui.palette import registers

        self._pick(Text("tui.core.go"), lambda: registers(self.app))

    async def do_palette(self) -> None:
        from cstui.tui.palette import used_before
        from cstui.tui.screens.palette import Palette

        self.app.recent = self.app.recent or await used_before(self.app)
        self.app.push_screen(Palette(self), self._chosen)

    def _pick(self, title: Text, choices: Callable[[], Sequence[Choice]]) -> None:
        from cstui.tui.screens.pick import Pick

        self.app.push_screen(Pick(title, choices), self._chosen)

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
        if isinstance(first, Page):
            await begin(first)

    async def do_help(self) -> None:
        from cstui.tui.screens.help import Help

        self.app.push_screen(Help(self))

    async def do_write(self) -> None:
        from cstui.tui.printing import choose

        await choose(self)

    async def do_journal(self) -> None:
        from cstui.tui.screens.journal import Journal

        self.app.push_screen(Journal())

    async def do_plugins(self) -> None:
        from cstui.tui.screens.plugins import Plugins

        self.app.push_screen(Plugins())

    async def key_back(self) -> bool:
        """Escape leaves every page but the first."""
        if len(self.app.screen_stack) > 2:
            self.app.pop_screen()
            return True
        return False
