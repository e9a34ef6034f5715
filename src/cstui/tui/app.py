"""The dashboard's application: first frame at once, the site behind it, and an orderly end."""

from __future__ import annotations

import asyncio
import importlib
import logging
import os
import signal
from collections.abc import Callable, Coroutine, Sequence
from contextlib import AsyncExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.widgets import Input, Static

from cstui import garbage, quick
from cstui.bindings import LANGUAGE_KEY, LOCK_KEY, RELOAD_KEY
from cstui.contract.errors import Fault
from cstui.contract.text import Text
from cstui.tui import glimpse
from cstui.tui.drafts import Drafts
from cstui.tui.following import Following
from cstui.tui.lock import Lock
from cstui.tui.looks import LEAST, THEME
from cstui.tui.paint import Run, lines, rich
from cstui.tui.presence import Presence
from cstui.words import LANGUAGES, Words, host_folders

if TYPE_CHECKING:
    from cstui.contract.context import Actor
    from cstui.host import Host
    from cstui.tui.acting import Done
    from cstui.tui.page import Page

T = TypeVar("T")
PROGRAM_FAULT = 70
LAST_SECONDS = 2.0
"""How long the end waits for an act that is being done."""


class Dashboard(Following):
    """One supervisor's dashboard on one site."""

    TITLE = "cstui"
    CSS_PATH = Path(__file__).with_name("cstui.tcss")
    ENABLE_COMMAND_PALETTE = False
    BINDINGS = [
        Binding(LANGUAGE_KEY, "language", show=False, priority=True),
        Binding(LOCK_KEY, "lock", show=False, priority=True),
        Binding(RELOAD_KEY, "reload", show=False, priority=True),
    ]

    def __init__(self, config: Path, who: Callable[[Path | None], str], safe: bool = False) -> None:
        """`who` tells the login on the store that is this file, if it is one."""
        self.quick = quick.look(config, os.environ)
        super().__init__(self.quick.theme)
        self.config, self.who, self.safe = config, who, safe
        self.login = ""
        self.lang = self.opened_in = "en" if self.poor else self.quick.language
        self.words = Words.load(host_folders())
        self.host: Host | None = None
        self.actor: Actor | None = None
        self.holders: dict[str, list[str]] = {}
        """The names of those who hold a role today: whom one may ask for what one may not do."""
        self.fault = ""
        self.last: Done | None = None
        self.tried: Fault | None = None
        """The last refusal that put a finding before whoever decides it."""
        self.recent: list[str] = []
        """What was chosen last from the command list."""
        self.drafts = Drafts(self)
        self.lock = Lock(self)
        self.presence = Presence(self)
        self.handing_in: asyncio.Task[Any] | None = None
        """A form's act that is being done: nothing else asks the store meanwhile, it may have to wait for others."""
        self.handed_in = 0.0
        """When the last one was: an Enter struck before was meant for it."""
        self.leaving = False
        self._woken = asyncio.Event()
        """Set when the plugins are to be read again, or it is time to leave."""
        self._site: asyncio.Task[None] | None = None
        self.early: list[events.Key] = []
        """Keys typed while the site was being opened."""
        self._stopped = 0

    def compose(self) -> ComposeResult:
        yield Static(rich([(" cstui", "strong")]), id="first-header", markup=False)
        yield Static(rich([(" " + self.say("tui.opening"), "dim")]), id="first-body", markup=False)

    def on_mount(self) -> None:
        Input.cursor_blink = False  # type: ignore[assignment]  # steady output keeps sshd from noticing a dead client
        loop = asyncio.get_running_loop()
        for number in (signal.SIGHUP, signal.SIGTERM):
            loop.add_signal_handler(number, self.end, 128 + number)
        self.lock.heard()
        self._site = asyncio.create_task(self._hold_site())

    async def _hold_site(self) -> None:
        """Open the site, show Today, and keep the store open until the end."""
        try:
            self.login = self.who(self.quick.store)
            if seen := glimpse.read(self.quick, self.login):
                self.tell(glimpse.lines(self, seen))
            await self._painted.wait()
            await asyncio.to_thread(importlib.import_module, "cstui.host")
            today = await asyncio.to_thread(importlib.import_module, "cstui.tui.screens.today")
            held = AsyncExitStack()
            try:
                host = await self.open_site(held)
                first = today.Today()
                await self.show(host, first)
                garbage.running()
                if seen:
                    glimpse.hand_on(self.early, first, seen)
                while not self.leaving:
                    await self._woken.wait()
                    self._woken.clear()
                    if not self.leaving:
                        from cstui.tui.reload import reload

                        held = await reload(self, held)
                if self.handing_in:  # it is stored, or it isn't: nobody is left to be told that it's unknown
                    await asyncio.wait([self.handing_in], timeout=LAST_SECONDS)
                if not (self.return_code or self.fault or self.lock.on):  # who leaves at the lock was told of nothing
                    self.drafts.settle()
                await self.drafts.leave()  # first: what comes after it waits less, and is no loss
                await self.call(first.leave())
                await self.presence.leave()
                if self.lock.on:
                    await self.lock.keep()
            finally:
                await held.aclose()
        except Fault as fault:
            self._stop(fault.code, self.say(fault.text))
        except Exception as error:
            self._handle_exception(error)

    async def open_site(self, held: AsyncExitStack) -> Host:
        """The site, on a connection that is open all day and therefore keeps little. Raises Fault."""
        from cstui.host import Host

        host = await held.enter_async_context(Host.open(self.config, safe=self.safe))
        await host.store.keep_little()
        return host

    def tell(self, told: list[list[Run]]) -> None:
        """Lines in place of a page, while there is none."""
        self.query_one("#first-body", Static).update(lines(told))

    def _handle_exception(self, error: Exception) -> None:
        """One sentence, and the log: Textual would print a traceback with what people's records hold.

        What was still asked of the store while it closed is no fault.
        """
        if not self.leaving:
            logging.getLogger(__name__).error("the dashboard stopped", exc_info=error)
            self._stop(PROGRAM_FAULT, self.say("tui.broken", reason=type(error).__name__))
            if self.is_headless:  # a test sees the error itself
                super()._handle_exception(error)

    async def show(self, host: Host, first: Page) -> None:
        """The site is open: show the first page, and follow the clock and the others."""
        from cstui.people import holders  # behind the first frame
        from cstui.store.state import recall
        from cstui.tui.tour import first_time

        self.host, self.words = host, host.words
        chosen = await host.call(glimpse.language(self, host))
        self.lang = self.opened_in = "en" if self.poor else chosen
        if asked := await host.call(recall(self.login, THEME)):
            self.take_theme(str(asked))
        self.actor = await host.call(host.actor(self.login))
        self.holders = await host.call(holders(host.clock().astimezone(host.zone).date()))
        await host.call(host.store.changed())
        await self.lock.begin()
        await self.push_screen(first)
        await first_time(first)
        if notes := host.settings.notes:
            first.status(self.say("tui.noted", first=notes[0], n=len(notes)) if len(notes) > 1 else notes[0], "warning")
        elif self.poor:
            first.status(Text("tui.spelled"), "warning")
        await self.drafts.offer(first)
        self.begin_following(host)
        self.run_worker(self.presence.enter())

    def _stop(self, code: int, sentence: str) -> None:
        """One sentence on the screen; any key leaves."""
        self.fault, self._stopped = sentence, code
        if self.host is not None or not self.is_running:
            self.end(code)
            return
        told: list[list[Run]] = [[(f" {sentence}", "critical")], [], [(f" {self.say('tui.any_key')}", "dim")]]
        self.tell(told)

    def on_event(self, event: events.Event) -> Coroutine[Any, Any, None]:
        if self.lock.on and isinstance(event, events.InputEvent | events.Paste):
            self.lock.take(event)
            return asyncio.sleep(0)
        if isinstance(event, events.Key | events.MouseEvent | events.Paste):
            self.lock.heard()
        if isinstance(event, events.Key) and event.key == "enter" and event.time < self.handed_in:
            return asyncio.sleep(0)
        return super().on_event(event)

    def on_key(self, event: events.Key) -> None:
        if self._stopped:
            self.end(self._stopped)
        elif self.host is None:
            self.early.append(event)

    def type_ahead(self, event: events.Key) -> None:
        """A key that reached a page after another screen had opened above it: hand it to that screen."""
        event.stop()
        event.prevent_default()
        again = events.Key(event.key, event.character)
        again.time = event.time
        (self.focused or self.screen)._forward_event(again)  # before later keys

    def action_reload(self) -> None:
        """Read the site's plugins again."""
        if self.host:
            self._woken.set()

    def action_language(self) -> None:
        self.switch_language()

    async def action_lock(self) -> None:
        """Cover the screen at once, or say what is needed for it."""
        status = getattr(self.screen, "status", None)
        if self.host and not await self.lock.shut() and status:
            status(Text("tui.lock.no_pin"), "warning")

    def cover(self) -> Sequence[str]:
        return self.lock.lines() if self.lock.on else super().cover()

    def action_help_quit(self) -> None:
        """Ctrl+C is pressed by habit: it tells how to leave."""
        status = getattr(self.screen, "status", None)
        if status:
            status(Text("tui.how_to_quit"), "warning")

    async def action_quit(self) -> None:
        self.end(0)

    def end(self, code: int = 0) -> None:
        """Leave, with the store closed and the terminal restored."""
        self._leave()
        self.exit(code, return_code=code)

    def _leave(self) -> None:
        self.leaving = True
        self._woken.set()
        self.lock.free.set()

    async def on_unmount(self) -> None:
        self._leave()
        if self._site and not self._site.done() and self._site is not asyncio.current_task():
            await asyncio.wait([self._site], timeout=3)

    def say(self, text: Text | str, **args: Any) -> str:
        """A text in the user's language."""
        zone = self.host.zone if self.host else None
        return self.words.say(text, self.lang, zone, **args)

    def value(self, value: Any, area: str = "") -> str:
        """A value as the user's language writes it."""
        return self.words.value(value, self.lang, self.host.zone if self.host else None, area=area)

    def label(self, area: str, name: str) -> str:
        return self.words.label(area, name, self.lang)

    def switch_language(self) -> None:
        """The other language, at once, on every open screen."""
        self.lang = LANGUAGES[1 - LANGUAGES.index(self.lang)]
        self.reword()

    def say_too_small(self) -> str:
        return self.say("tui.too_small", width=LEAST.width, height=LEAST.height, key="Ctrl+Q")
