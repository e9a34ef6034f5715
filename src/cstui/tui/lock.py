"""The lock: while it is on, nothing of the site stands on the terminal, and no key but those of the PIN gets in.

It covers what is painted and takes what is typed; the screens under it stay as they are, a form with what was typed.
It is no second login: whoever has the login's account can use the command line. But a session that ends locked is
locked again at its login's next one.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING

from textual import events

from cstui.bindings import plain_key
from cstui.contract.errors import BadInput, Fault, NotPermitted
from cstui.contract.text import Text

if TYPE_CHECKING:
    from cstui.tui.app import Dashboard

NAME = "locked"
"""Whether the login's last session ended locked, by this name in the unjournalled state."""
LONGEST = 8
"""Digits of a PIN (people.set_pin)."""


class Lock:
    """The lock of one dashboard. It opens by its login's PIN; whoever has none isn't locked out."""

    def __init__(self, app: Dashboard) -> None:
        self.app = app
        self.on = False
        self.free = asyncio.Event()
        """Set while it isn't on, and from when it is time to leave."""
        self.free.set()
        self.typed = ""
        self.said: Text | None = None
        self.wrong = 0
        """Wrong PINs since it is on; those of a login are counted in the store."""
        self.proving = False
        self.last_key = self.tried = 0.0
        """When a key was struck last, in seconds of the loop; the silence in which it was tried to lock."""

    def heard(self) -> None:
        """Somebody is there."""
        self.last_key = asyncio.get_running_loop().time()

    async def watch(self) -> None:
        """After a silence lock, after a longer one end the session."""
        assert self.app.host
        settings = self.app.host.settings
        silent = (asyncio.get_running_loop().time() - self.last_key) / 60
        if 0 < settings.idle_minutes < silent:
            self.app.fault = self.app.say("tui.idle")
            self.app.end(0)
        elif 0 < settings.lock_minutes < silent and self.tried != self.last_key:
            self.tried = self.last_key
            await self.shut()

    async def begin(self) -> None:
        """A session begins: locked if the last one ended so."""
        from cstui.store.state import recall  # behind the first frame

        if await self.app.call(recall(self.app.login, NAME)):
            await self.shut()

    async def shut(self) -> bool:
        """Lock, where the login has a PIN; answers whether it is locked now."""
        from cstui.people import pin_of

        actor = self.app.actor
        kept = await self.app.call(pin_of(actor.staff_id)) if actor and actor.staff_id else None
        if kept and not self.on:
            self.on, self.typed, self.said, self.wrong = True, "", None, 0
            self.free.clear()
            self.app.screen.refresh()
            await self.keep()
        return self.on

    async def keep(self) -> None:
        """Remember whether it is on. A store that can't be written now is let be."""
        from cstui.store.state import keep

        assert self.app.host
        with suppress(Fault):
            await self.app.call(keep(self.app.host.store, self.app.login, NAME, self.on))

    def lines(self) -> list[str]:
        """What stands on the terminal instead."""
        say, actor = self.app.say, self.app.actor
        locked, pin = say("tui.lock.locked", name=actor.name if actor else self.app.login), say("tui.lock.pin")
        return [locked, "", f"{pin}{'*' * len(self.typed)}_", "", say(self.said or Text("tui.lock.how"))]

    def take(self, event: events.Event) -> None:
        """What was typed while it is on. Pasted text and the mouse mean nothing, nor do keys while a PIN is proved."""
        if not isinstance(event, events.Key) or self.proving:
            return
        digit = plain_key(event.character or "")
        if event.key == "ctrl+q":
            self.app.end(0)
        elif event.key == "enter" and self.typed:
            self.proving = True
            self.app.run_worker(self._open())
        elif event.key == "backspace":
            self.typed = self.typed[:-1]
        elif event.key == "escape":
            self.typed = ""
        elif digit.isascii() and digit.isdigit() and len(self.typed) < LONGEST:
            self.typed, self.said = self.typed + digit, None
        self.app.show_cover()

    async def _open(self) -> None:
        """Open it with the right PIN. After too many wrong ones, and where there is none any more, the session ends."""
        from cstui.signing import TRIES

        try:
            await self.app.call(self._prove())
        except Fault as fault:
            wrong = fault.text.id == "engine.pin_wrong"
            self.said, self.wrong = fault.text, self.wrong + wrong
            if isinstance(fault, BadInput | NotPermitted) and not (wrong and self.wrong < TRIES):
                gone = fault.text.id == "engine.pin_not_set"
                self.app.fault = self.app.say("tui.lock.cleared" if gone else fault.text)
                self.app.end(fault.code)
        else:
            self.on = False
            self.free.set()
        self.typed, self.proving = "", False
        if self.on:
            self.app.show_cover()
        else:
            await self.keep()
            self.heard()
            self.app.screen.refresh()
            await self.app.follow()

    async def _prove(self) -> None:
        from cstui.people import Staff
        from cstui.signing import prove

        assert self.app.host and self.app.actor
        await prove(self.app.host, await Staff.get(id=self.app.actor.staff_id), self.typed)
