"""The base of every full screen: header, body, status and footer, read and painted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from textual.app import ComposeResult
from textual.widget import Widget

from cstui.cells import clean, clip, width
from cstui.contract.errors import NotPermitted
from cstui.contract.text import Text
from cstui.tui.keyed import Keyed
from cstui.tui.leaving import in_peace
from cstui.tui.paint import Run
from cstui.tui.widgets.line import Line, Saying

NAME = 24
"""Most cells for the name of the site or the actor in the header."""
CLOCK = 7
"""Cells of the time of day there."""
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class Page(Keyed):
    """A full screen. A subclass says what is current (`subject`), which actions it offers, and what its keys do.

    Textual calls the `on_…` of each class, the subclass's first: none of them calls that of the class above.
    """

    AUTO_FOCUS = ""
    CORE: Sequence[str] = ("menu", "go", "palette", "help")
    """Core keys shown in the footer, in order; those of `ALWAYS` at its right end."""
    ALWAYS = frozenset({"palette", "help", "back", "stop", "search", "sign_off"})

    def compose(self) -> ComposeResult:
        yield Line(id="header")
        yield from self.body()
        yield Saying(id="status")
        yield Line(id="footer")

    def body(self) -> Iterable[Widget]:
        """The widgets between header and footer."""
        return ()

    warned = False
    """Whether the status says why something couldn't be done."""
    stands = False
    """Whether it has been read and painted."""
    stale = False
    """Whether others changed something while it lay beneath other pages."""

    async def on_mount(self) -> None:
        await self._reread()
        self.stands = True

    async def load(self) -> None:
        """Read what is shown, and paint it."""

    async def follow(self) -> None:
        """Read again, without moving what the user looks at: others changed something, or the language did."""
        self.stale = False
        if self.stands:  # else it reads all the same, in a moment
            await self._reread()
            if reason := self.host.store.read_only:
                self.status(Text(reason, value=self.host.store.place), "warning")

    async def _reread(self) -> None:
        try:
            with in_peace(self):
                await self.load()
        except NotPermitted:
            self._leave()

    def _leave(self) -> None:
        """A role has ended: what may not be looked at any more goes, with what stands above it."""
        stack = self.app.screen_stack
        if self not in stack:
            return
        beneath = stack[stack.index(self) - 1]
        while self.app.screen is not beneath:
            self.app.pop_screen()
        if isinstance(beneath, Page):
            beneath.call_later(beneath.status, Text("tui.left", page=self.heading()), "warning")

    def reword(self) -> None:
        """Paint everything again, in another language."""
        self.call_later(self.follow)
        if self.tour:
            self.call_later(self.tour.place)

    def renew(self) -> None:
        """The declarations are others now: let nothing go on that was made of the former ones."""

    def heading(self) -> str:
        return ""

    # painting the frame

    def paint_header(self) -> None:
        actor = self.app.actor
        now = self.host.clock().astimezone(self.host.zone)
        day = f"{self.app.say(f'tui.weekday.{WEEKDAYS[now.weekday()]}')} {now.date().isoformat()}"
        right: list[Run] = [("  ", ""), *self.header_right(now)]
        here: list[Run] = [(f"  {self.heading()}", "accent")] if self.heading() else []
        if self.host.store.read_only:
            here.append((f"  {self.app.say('tui.read_only')}", "warning"))
        around: list[Run] = [(clip(clean(self.host.settings.site), NAME), "strong"), (f"  {day}", "")]
        if actor and actor.name:
            around.append((f"  {clip(clean(actor.name), NAME)}", ""))
        room = self.size.width - 2 - sum(width(clean(text)) for text, _ in (*here, *right))
        if room >= CLOCK:
            right.append((f"  {now:%H:%M}", "dim"))
            room -= CLOCK
        while here and around and sum(width(text) for text, _ in around) > room:  # where one is stays
            around.pop()
        if here and not around:
            here[0] = (here[0][0].lstrip(), here[0][1])
        self.query_one("#header", Line).say([*around, *here], right)

    def header_right(self, now: datetime) -> Sequence[Run]:
        return ()

    def paint_footer(self) -> None:
        named, said = self.key_name, self.app.say
        keys = [(offer.key, offer.label, bool(offer.reason)) for offer in self.offers if offer.key]
        core = [(name, self.raw_key(name)) for name in self.CORE]
        told = [(key, said(f"tui.core.{name}"), self.core_reason(name) is not None, name) for name, key in core if key]
        always = [(key, label, "dim" if dim else "") for key, label, dim, name in told if name in self.ALWAYS]
        keys += [(key, label, dim) for key, label, dim, name in told if name not in self.ALWAYS]
        keys.sort(key=lambda key: key[2])  # those that work first; the rest where there is room
        room = self.size.width - 2 - sum(width(f"{named(key)} {label}  ") for key, label, _ in always)
        while room < -2 and len(always) > 1:
            key, label, _ = always.pop(0)
            room += width(f"{named(key)} {label}  ")
        left: list[Run] = []
        pressed: list[str] = []
        for key, label, dim in keys:
            room -= width(f"{named(key)} {label}  ")
            if room < -2:
                break
            left += [(named(key), "dim" if dim else "accent"), (f" {label}  ", "dim" if dim else "")]
            pressed += [key, key]
        right = [
            (text, style)
            for key, label, dim in always
            for text, style in ((f"  {named(key)}", dim or "accent"), (f" {label}", dim))
        ]
        pressed += [key for key, *_ in always for _ in range(2)]
        self.query_one("#footer", Line).say(left, right, pressed)
        self.paint_header()

    async def on_line_pressed(self, event: Line.Pressed) -> None:
        """A key of the footer was clicked."""
        await self.press(event.key)

    def on_resize(self) -> None:
        if self.app.host:
            self.paint_footer()
        if self.tour:
            self.call_after_refresh(self.tour.place)

    def on_screen_suspend(self) -> None:
        """Another page or a box has the keys now: what the tour says of them isn't so there."""
        if self.tour:
            self.tour.display = False

    async def on_screen_resume(self) -> None:
        if self.tour:
            self.tour.display = True
        if self.stale:
            await self.follow()

    def status(self, text: Text | str = "", style: str = "") -> None:
        """A sentence above the footer: what was done, or why not."""
        words = self.app.say(text) if isinstance(text, Text) else text
        self.warned = bool(words) and style in {"warning", "critical"}
        self.query_one("#status", Saying).say([(words, style)] if words else [])

    def moved_on(self) -> None:
        """The cursor goes elsewhere: why something couldn't be done was said of the row it leaves."""
        if self.warned:
            self.status()
