"""What was typed in forms and isn't done yet: kept in the unjournalled state; a dropped connection loses nothing.

Only the login itself sees it; what is secret or sealed, and forms that leave no trace, are never handed in here.
"""

from __future__ import annotations

import json
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

LAST_SECONDS = 3.0
"""How long the end of a session waits for others' lock to save them."""


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
        self._changed: dict[str, Draft | None] = {}
        """What isn't saved yet. Only this is: the login may sit at another dashboard, too, with forms of its own."""
        self._stored: set[str] = set()
        """Which may be in the store: what never got there needn't be taken out of it."""
        self._told: list[str] = []
        """Which were still open when the last session ended; told of again until a session ends in order."""
        self._read = False

    async def read(self) -> None:
        """Once, before the first form: what earlier sessions kept."""
        if not self._read:
            from cstui.store.state import recall  # behind the first frame

            self._read = True
            kept = await recall(self.app.login, NAME, {})
            self.kept, self._stored = mended(kept, self._changed), {*kept}

    def of(self, action: str, about: tuple[Any, ...]) -> Draft | None:
        return self.kept.get(_key(action, about))

    def put(self, action: str, about: tuple[Any, ...], names: str, typed: dict[str, str], open_: bool = True) -> None:
        assert self.app.host
        at = self.app.host.clock().isoformat()
        self._change(_key(action, about), Draft(action=action, names=names, at=at, typed=typed, open=open_))

    def drop(self, action: str, about: tuple[Any, ...]) -> None:
        if (key := _key(action, about)) in self._stored:
            self._change(key, None)
        else:
            self.kept.pop(key, None)
            self._changed.pop(key, None)

    def _change(self, key: str, draft: Draft | None) -> None:
        if not self._changed:
            self.app.set_timer(SAVE_SECONDS, self.save)
        self._changed[key] = draft
        self.kept = mended(self.kept, {key: draft})
        if key in self._told:
            self._told.remove(key)

    async def save(self) -> None:
        """Keep them. A store that can't be written now is tried again: they stand in this session all the same."""
        from cstui.store.state import mend

        host = self.app.host
        if not (self._changed and host) or host.store.read_only:
            return
        if self.app.handing_in:
            self.app.set_timer(SAVE_SECONDS, self.save)
            return
        changed, self._changed = self._changed, {}
        self._stored |= changed.keys()
        try:
            kept = await self.app.call(mend(host.store, self.app.login, NAME, lambda before: mended(before, changed)))
        except Fault:
            self._changed = changed | self._changed
            self.app.set_timer(SAVE_SECONDS, self.save)
        else:
            self.kept, self._stored = mended(kept, self._changed), {*kept}

    async def leave(self) -> None:
        """The session ends: the last time to save them, so others' lock is waited for."""
        if self._changed and self.app.host:
            await self.app.call(self.app.host.store.patience(LAST_SECONDS))
            await self.save()

    async def offer(self, page: Page) -> None:
        """Tell what was still open when the last session ended."""
        await self.app.call(self.read())
        self._told = [key for key, draft in self.kept.items() if draft["open"]]
        if not self._told:
            return
        last = self.kept[self._told[-1]]
        area, _, name = last["action"].partition(".")
        what = Text(f"{area}.action.{name}")
        at = datetime.fromisoformat(last["at"])
        page.status(Text("tui.form.kept", what=what, names=last["names"], at=at, n=len(self._told)), "warning")

    def settle(self) -> None:
        """The session ends in order: what was told of and let be isn't told of again."""
        for key in [key for key in self._told if key in self.kept]:  # another dashboard may have done it
            self._change(key, Draft(**{**self.kept[key], "open": False}))


def mended(kept: dict[str, Draft] | None, changed: dict[str, Draft | None]) -> dict[str, Draft]:
    """The drafts after some changes, the one that changed last at the end; no more than there may be."""
    rest = {key: draft for key, draft in (kept or {}).items() if key not in changed}
    drafts = rest | {key: draft for key, draft in changed.items() if draft}
    return dict([*drafts.items()][-MOST:])


def _key(action: str, about: tuple[Any, ...]) -> str:
    return json.dumps([action, *map(str, about)], ensure_ascii=False)
