"""What was typed in forms and isn't done yet: kept in the unjournalled state; a dropped connection loses nothing.

Only the login itself sees it; what is secret or sealed, and forms that leave no trace, are never handed in here.
"""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypedDict

from cstui.contract.errors import Fault
from cstui.contract.text import Text

if TYPE_CHECKING:
    from cstui.tui.app import Dashboard
    from cstui.tui.page import Page

NAME = "drafts"
MOST = 20
"""Drafts kept of one login; the oldest goes."""
SAVE_SECONDS = 5.0
"""After this time what was typed is in the store. Each writing wakes the other dashboards: not after every letter."""


class Draft(TypedDict):
    action: str
    names: str
    """Those of the records it is about."""
    at: str
    typed: dict[str, str]
    open: bool
    """Whether the form was still open: left by its user's will it isn't told of again."""


class Drafts:
    """The drafts of the login that sits at this dashboard, by action and what it is about."""

    def __init__(self, app: Dashboard) -> None:
        self.app = app
        self.kept: dict[str, Draft] = {}
        self._read = False
        self._saving = False
        """Whether there is something to be saved."""

    async def read(self) -> None:
        """Once, before the first form: what an earlier session kept."""
        if not self._read:
            from cstui.store.state import recall  # behind the first frame

            self._read = True
            self.kept = {**await recall(self.app.login, NAME, {}), **self.kept}

    def of(self, action: str, about: tuple[Any, ...]) -> Draft | None:
        return self.kept.get(_key(action, about))

    def put(self, action: str, about: tuple[Any, ...], names: str, typed: dict[str, str], open_: bool = True) -> None:
        assert self.app.host
        key = _key(action, about)
        self.kept.pop(key, None)
        at = self.app.host.clock().isoformat()
        self.kept[key] = Draft(action=action, names=names, at=at, typed=typed, open=open_)
        while len(self.kept) > MOST:
            self.kept.pop(next(iter(self.kept)))
        self._soon()

    def drop(self, action: str, about: tuple[Any, ...]) -> None:
        if self.kept.pop(_key(action, about), None):
            self._soon()

    def _soon(self) -> None:
        if not self._saving:
            self._saving = True
            self.app.set_timer(SAVE_SECONDS, self.save)

    async def save(self) -> None:
        """Keep them. A store that can't be written now is let be: they stand in this session all the same."""
        from cstui.store.state import keep

        host = self.app.host
        if self.app.handing_in:
            self.app.set_timer(SAVE_SECONDS, self.save)
        elif self._saving and host and not host.store.read_only:
            self._saving = False
            with suppress(Fault):
                await self.app.call(keep(host.store, self.app.login, NAME, self.kept))

    async def offer(self, page: Page) -> None:
        """Tell what was still open when the last session ended."""
        await self.app.call(self.read())
        left = [draft for draft in self.kept.values() if draft["open"]]
        if not left:
            return
        last = left[-1]
        area, _, name = last["action"].partition(".")
        what = Text(f"{area}.action.{name}")
        at = datetime.fromisoformat(last["at"])
        page.status(Text("tui.form.kept", what=what, names=last["names"], at=at, n=len(left)), "warning")
        for draft in left:
            draft["open"] = False
        self._soon()


def _key(action: str, about: tuple[Any, ...]) -> str:
    return json.dumps([action, *map(str, about)], ensure_ascii=False)
