"""A department to review: two supervisors, a clerk, and a clock that goes on."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from conftest import CONFIG, NOW, SHANGHAI, site

from cstui import engine, review
from cstui.contract.context import SYSTEM
from cstui.engine import Outcome
from cstui.host import Host
from cstui.review import Matter, Review

ROLES = """
supervisor = ["review.*", "people.*", "approvals.*"]
clerk = ["review.look"]
"""


class Desk:
    """One host, several people at it."""

    def __init__(self, host: Host) -> None:
        self.host = host
        self.now = NOW
        host.clock = lambda: self.now

    def later(self, **span: float) -> None:
        self.now += timedelta(**span)

    def at(self, day: int, clock: str) -> None:
        """Go to that time of that day of November 2026."""
        hour, minute = clock.split(":")
        self.now = datetime(2026, 11, day, int(hour), int(minute), tzinfo=SHANGHAI)

    async def run(self, action: str, raw: dict[str, Any] | None = None, login: str = "wang", **more: Any) -> Outcome:
        actor = await self.host.call(self.host.actor(login))
        return await engine.run(self.host, action, raw or {}, actor, **more)

    async def look(self, login: str = "wang", earlier: Review | None = None) -> Review:
        return await review.collect(self.host, await self.host.call(self.host.actor(login)), earlier)

    async def seen(self, login: str = "wang", shown: Review | None = None) -> None:
        await review.seen(self.host, await self.host.call(self.host.actor(login)), shown)

    async def matter(self, item: str, login: str = "wang") -> Matter:
        """The one matter of that id, or that begins so."""
        (found,) = [one for one in (await self.look(login)).matters if one.item.id.startswith(item)]
        return found

    async def ids(self, login: str = "wang") -> list[str]:
        """What stands in somebody's Today, without days not signed off."""
        return [one.item.id for one in (await self.look(login)).to_sign]

    async def add(
        self, text: str = "Ask the lift company", day: str = "today", login: str = "wang", **more: Any
    ) -> str:
        """A matter of one's own; its id."""
        outcome = await self.run("review.add", {"text": text, "day": day, **more}, login)
        return f"review.own:{outcome.rows[0]}"

    def say(self, text: Any, lang: str = "en") -> str:
        return self.host.words.say(text, lang, self.host.zone)


@asynccontextmanager
async def review_desk(folder: Path, template: Path, config: str = "") -> AsyncIterator[Desk]:
    path = site(folder / "desk", CONFIG + ROLES + config)
    shutil.copy(template.with_name("cstui.db"), path.with_name("cstui.db"))
    async with Host.open(path) as host:
        desk = Desk(host)
        await enrol_all(host)
        yield desk


async def enrol_all(host: Host) -> None:
    """Two supervisors and two clerks."""
    for login, name, role in (
        ("wang", "王芳", "supervisor"), ("zhao", "赵敏", "supervisor"), ("li", "李强", "clerk"), ("sun", "孙丽", "clerk"),
    ):  # fmt: skip
        raw = {"number": login, "name": name, "login": login, "role": role}
        await engine.run(host, "people.enrol", raw, SYSTEM)


def day(number: int) -> date:
    return date(2026, 11, number)
