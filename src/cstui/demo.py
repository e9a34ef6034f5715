"""The sample department: an invented site with three months of history, made by the same acts as a real one.

Every area that declares `demo(stage)` plays its part. All parts run on one clock: `await stage.at(day, "09:05")` waits
until the other parts have come as far, so the journal grows in the order of time.
"""

from __future__ import annotations

import asyncio
import heapq
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import count
from random import Random
from typing import TYPE_CHECKING, Any

from cstui import config, engine

if TYPE_CHECKING:
    from cstui.contract.context import Actor, Context
    from cstui.engine import Outcome
    from cstui.host import Host

HISTORY = timedelta(days=91)


class Timeline:
    """One clock for many parts: the part whose next moment is the earliest goes on, alone."""

    def __init__(self, host: Host, now: datetime) -> None:
        self.host, self.now = host, now
        self.moment = now - HISTORY
        self._waiting: list[tuple[datetime, int, asyncio.Future[None]]] = []
        self._order = count()
        self._idle = asyncio.Event()
        host.clock = lambda: self.moment

    async def reach(self, moment: datetime) -> None:
        """Wait until the clock stands at `moment` (at the present, if that lies ahead)."""
        turn = asyncio.get_running_loop().create_future()
        heapq.heappush(self._waiting, (max(min(moment, self.now), self.moment), next(self._order), turn))
        self._idle.set()
        await turn

    async def play(self, parts: Mapping[str, Callable[[], Any]], ended: Callable[[str], None]) -> dict[str, Exception]:
        """Run all parts to their ends; the errors of those that failed."""
        failed: dict[str, Exception] = {}
        alive = len(parts)

        async def part(name: str, act: Callable[[], Any]) -> None:
            nonlocal alive
            try:
                await self.reach(self.moment)
                await act()
            except Exception as error:  # one area's sample must not cost the others theirs
                failed[name] = error
            ended(name)
            alive -= 1
            self._idle.set()

        tasks = [asyncio.create_task(part(name, act)) for name, act in parts.items()]
        try:
            await asyncio.sleep(0)
            while alive:
                if self._waiting:
                    self.moment, _, turn = heapq.heappop(self._waiting)
                    self._idle.clear()
                    turn.set_result(None)
                await self._idle.wait()
        finally:
            for task in tasks:
                task.cancel()
            with suppress(asyncio.CancelledError):
                await asyncio.gather(*tasks, return_exceptions=True)
        return failed


@dataclass
class Stage:
    """What an area's `demo(stage)` plays on. `first` is the day the history begins, `today` the present day."""

    host: Host
    timeline: Timeline
    supervisor: str
    random: Random
    first: date
    today: date
    departments: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    _actors: dict[str, Actor] = field(default_factory=dict)

    def logins(self, department: str) -> list[str]:
        """Logins of a department's staff, in the order of the staff list."""
        return list(self.departments.get(department, ()))

    async def at(self, day: date, clock: str) -> None:
        """Wait until it is that time of that day in the site's zone."""
        hour, minute = clock.split(":")
        moment = datetime(day.year, day.month, day.day, int(hour), int(minute), tzinfo=self.host.zone)
        await self.timeline.reach(moment.astimezone(UTC))

    async def actor(self, login: str | None = None) -> Actor:
        """Who acts; the supervisor unless told."""
        name = login or self.supervisor
        if name not in self._actors:
            self._actors[name] = await self.host.actor(name)
        return self._actors[name]

    async def context(self, login: str | None = None) -> Context:
        """A context for a look at this moment."""
        return await self.host.context(await self.actor(login))

    async def run(
        self, action_id: str, raw: Mapping[str, Any], login: str | None = None, target: Sequence[int | str] = ()
    ) -> Outcome:
        """Do an action at this moment, as the supervisor unless told. Raises what the engine raises."""
        return await engine.run(self.host, action_id, raw, await self.actor(login), target=target)

    async def run_bulk(
        self, action_id: str, rows: Sequence[Mapping[str, Any]], login: str | None = None
    ) -> engine.BulkOutcome:
        """Do an importable action for many rows; raises the first row's fault."""
        bulk = await engine.run_bulk(self.host, action_id, list(enumerate(rows, 1)), await self.actor(login))
        for line in bulk.lines:
            if line.fault:
                raise line.fault
        return bulk


async def begin(host: Host, admin: str) -> None:
    """The first acts of a store: its first administrator, and the figures of config.toml."""
    await engine.run(host, "people.first_admin", {"login": admin}, SYSTEM)
    written = config.figures(host.settings, host.areas, host.loaded.absent)
    figures = [
        {"rule": rule.id, "name": param.name, "value": written[rule.area][param.name]}
        for rule in host.rules.values()
        for param in rule.params
        if param.name in written.get(rule.area, {})
    ]
    if figures:
        await engine.run(host, "site.seed_figures", {"figures": figures}, SYSTEM)
