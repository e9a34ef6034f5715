"""The dashboard follows the clock, and what others do."""

from __future__ import annotations

from collections.abc import Coroutine
from typing import TYPE_CHECKING, Any, TypeVar

from cstui.tui.looks import Looks

if TYPE_CHECKING:
    from asyncio import Task

    from cstui.contract.context import Actor
    from cstui.host import Host
    from cstui.tui.lock import Lock
    from cstui.tui.presence import Presence

T = TypeVar("T")
WATCH_SECONDS = 1.5
"""How often open screens look for what others did: to be read again and painted takes them another moment of 2 s."""


class Following(Looks):
    """Asks the store for its screens, and has them read again when it may tell something else."""

    host: Host | None
    actor: Actor | None
    lock: Lock
    presence: Presence
    handing_in: Task[Any] | None
    asking = 0
    """How much is being asked of the store just now."""

    async def call(self, coroutine: Coroutine[Any, Any, T]) -> T:
        """Run something that touches the store."""
        assert self.host
        self.asking += 1
        try:
            return await self.host.call(coroutine)
        finally:
            self.asking -= 1

    def begin_following(self, host: Host) -> None:
        self.set_interval(WATCH_SECONDS, self._watch)
        self.set_timer(60 - host.clock().second, self._minute)

    async def _minute(self) -> None:
        """Once a minute: the clock; every tenth minute a sign of life, and what has become late meanwhile."""
        if self.host is None:
            return
        now = self.host.clock()
        self.set_timer(60 - now.second, self._minute)
        for screen in self.screen_stack:
            if hasattr(screen, "paint_header"):
                screen.paint_header()
        if now.minute % 10 == 0:
            self.run_worker(self.presence.sign())
            await self.follow()

    async def follow(self) -> None:
        """Read again what can be seen, unless it is covered; a page beneath others when it comes up again."""
        from cstui.tui.page import Page  # behind the first frame

        if self.host:  # a role may have begun or ended meanwhile
            self.actor = await self.call(self.host.actor(self.login))
        seen, hidden = list[Page](), False
        for screen in () if self.lock.on else reversed(self.screen_stack):
            if isinstance(screen, Page):
                screen.stale = hidden
                if not hidden:
                    seen.append(screen)
            hidden = hidden or not screen.is_modal
        for page in seen:  # what is beneath knows already that it is stale, if it comes up while these are read
            await page.follow()

    async def _watch(self) -> None:
        """Follow what other sessions did; after a silence lock, after a longer one leave."""
        if self.host is None:
            return
        await self.lock.watch()
        if not (self.handing_in or self.lock.on) and await self.call(self.host.store.changed()):
            await self.follow()
