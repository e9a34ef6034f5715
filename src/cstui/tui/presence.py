"""That this dashboard is open, told to the others. A store that can't be written now is let be."""

from __future__ import annotations

import os
from contextlib import suppress
from ipaddress import ip_address
from typing import TYPE_CHECKING

from cstui.contract.errors import Fault

if TYPE_CHECKING:
    from cstui.store.sessions import Session
    from cstui.tui.app import Dashboard


class Presence:
    """The session of one dashboard among those that are open."""

    def __init__(self, app: Dashboard) -> None:
        self.app = app
        self.session: Session | None = None

    async def enter(self) -> None:
        from cstui.store import sessions  # behind the first frame

        app = self.app
        assert app.host and app.actor
        with suppress(Fault):
            entering = sessions.enter(app.host.store, app.login, app.actor.name, app.host.clock(), came_from())
            self.session = await app.call(entering)

    async def sign(self) -> None:
        """A sign of life, now and then."""
        from cstui.store import sessions

        if self.app.host and self.session:
            with suppress(Fault):
                await self.app.call(sessions.sign(self.app.host.store, self.session, self.app.host.clock()))

    async def leave(self) -> None:
        from cstui.store import sessions

        if self.app.host and self.session:
            with suppress(Fault):
                await self.app.call(sessions.leave(self.app.host.store, self.session))


def came_from() -> str:
    """The address from which sshd says one came: the environment proves nothing, it is a remark for colleagues."""
    try:
        return str(ip_address(os.environ.get("SSH_CLIENT", "").split()[0]))
    except (IndexError, ValueError):
        return ""
