"""What a terminal gets to see: in which colours, in which characters, how much of it, and what where nothing fits."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from rich.segment import Segment
from textual import events
from textual._compositor import CompositorUpdate, LayoutUpdate
from textual.app import App
from textual.color import Color
from textual.geometry import Size
from textual.strip import Strip

from cstui.cells import pad, wrap
from cstui.contract.errors import Fault
from cstui.tui import theme
from cstui.tui.paint import Harmless
from cstui.tui.terminal import Terminal, charset

if TYPE_CHECKING:
    from rich.console import RenderableType
    from textual.filter import LineFilter
    from textual.screen import Screen

    from cstui.host import Host

HARMLESS = Harmless()
LEAST = Size(40, 12)
"""Cells and lines below which no page has room."""
BLACK = Color(0, 0, 0)
THEME = "theme"
"""What a login chose, by this name in the unjournalled state."""


class Looks(App[int]):
    """An application as it is painted. `asked` is the configured theme."""

    host: Host | None = None
    login = ""

    def __init__(self, asked: str) -> None:
        look = theme.choose(asked, os.environ)
        super().__init__(driver_class=Terminal, ansi_color=True if look == theme.NO_COLOR else None)
        self.charset = charset(sys.__stderr__.encoding if sys.__stderr__ else "utf-8", os.environ)
        self.filters: list[LineFilter] = [HARMLESS]
        self.poor = False
        """Whether the terminal shows no Chinese."""
        if self.charset:
            from cstui.tui.spelling import Spelled, shows

            self.poor = not shows("\u4e2d", self.charset)
            self.filters.insert(0, Spelled(self.charset))
        self._painted = asyncio.Event()
        """The first frame stands: from now on it takes what it takes."""
        self.take_theme(asked)

    def say_too_small(self) -> str:
        """What is needed where nothing fits."""
        raise NotImplementedError

    def reword(self) -> None:
        """Paint every open screen anew: in another language, in other colours."""
        for screen in self.screen_stack:
            again = getattr(screen, "reword", None)
            if again:
                again()

    # colours

    def take_theme(self, asked: str) -> None:
        """Paint in a theme from now on; "auto": as the terminal tells."""
        self.asked, name = asked, theme.choose(asked, os.environ)
        theme.put(name)
        self.register_theme(theme.textual(name))
        self.theme = name
        self.stylesheet.set_variables(self.get_css_variables())

    async def choose_theme(self, asked: str) -> None:
        """Paint in another theme, and remember it for this login."""
        from cstui.store.state import keep  # behind the first frame

        self.take_theme(asked)
        self.reword()
        if self.host and not self.host.store.read_only:
            with suppress(Fault):
                await self.host.call(keep(self.host.store, self.login, THEME, asked))

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return theme.textual("dark").variables

    # characters

    def get_line_filters(self) -> list[LineFilter]:
        return [*super().get_line_filters(), *self.filters]

    # cells

    @property
    def small(self) -> bool:
        """Whether no page has room: what stands on the screens is kept, and comes back as it was."""
        return self.size.width < LEAST.width or self.size.height < LEAST.height

    def cover(self) -> Sequence[str]:
        """Lines that stand on the terminal instead of all screens; none: the screens stand there."""
        return [self.say_too_small()] if self.small else []

    def show_cover(self) -> None:
        """Paint it as it is now."""
        self._display(self.screen, LayoutUpdate([], self.size.region))

    def _display(self, screen: Screen[Any], renderable: RenderableType | None) -> None:
        """Of what was painted only the difference goes out; nothing gets past a cover."""
        if isinstance(renderable, CompositorUpdate) and (told := self.cover()):
            renderable = notice(told, self.size, self.filters)
        if isinstance(self._driver, Terminal) and isinstance(renderable, CompositorUpdate):
            renderable = self._driver.shown.difference(renderable)
        super()._display(screen, renderable)
        if renderable is not None:
            self._painted.set()

    def repaint(self) -> None:
        """Paint all of the screen again, whatever stands on it."""
        if isinstance(self._driver, Terminal):
            self._driver.shown.forget()
        self.screen.refresh()

    async def on_event(self, event: events.Event) -> None:
        if self.small and isinstance(event, events.InputEvent | events.Paste) and not _leaves(event):
            return  # nobody acts on what isn't seen
        await super().on_event(event)
        if isinstance(event, events.Resize):
            self.repaint()


def _leaves(event: events.Event) -> bool:
    return isinstance(event, events.Key) and event.key == "ctrl+q"


def notice(told: Sequence[str], size: Size, filters: Sequence[LineFilter] = ()) -> LayoutUpdate:
    """A few words on an otherwise empty terminal."""
    lines = [line for one in told for line in wrap(one, size.width)][: size.height]
    strips = [Strip([Segment(pad(line, size.width))]) for line in [*lines, *[""] * (size.height - len(lines))]]
    for one in filters:
        strips = [Strip(one.apply(list(strip), BLACK)) for strip in strips]
    return LayoutUpdate([[strip] for strip in strips], size.region)
