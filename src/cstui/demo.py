"""The sample department: an invented site with three months of history, made by the same acts as a real one.

Every area that declares `demo(stage)` plays its part. All parts run on one clock: `await stage.at(day, "09:05")` waits
until the other parts have come as far, so the journal grows in the order of time.
"""

from __future__ import annotations

import asyncio
import heapq
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from itertools import count
from pathlib import Path
from random import Random
from typing import Any

from cstui import config, engine, review
from cstui.contract.context import SYSTEM, Actor, Context
from cstui.engine import BulkOutcome, Outcome
from cstui.host import Host
from cstui.people import Staff
from cstui.review.asking import asked_once
from cstui.sample import SEED, Table, config_text, key_register, roster, save, staff_list
from cstui.sheet import read, write
from cstui.sheet.columns import Headers, importable

Step = Callable[..., None]
"""Told of each part of the work: `step(host, "keys")`, `step(host, "area", "hygiene")`."""
Act = Callable[[], Awaitable[None]]
"""One part of the history: what is done at some moment."""
HISTORY = timedelta(days=91)
SIGNED = timedelta(days=35)
"""So far back the days are signed off: longer than an unsigned day is put before the supervisor."""


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
    calendar: Any = None
    """The site's working days."""
    departments: dict[str, tuple[str, ...]] = field(default_factory=dict)
    _actors: dict[str, Actor] = field(default_factory=dict)

    def logins(self, department: str) -> list[str]:
        """Logins of a department's staff ("customer_service", "engineering", …), in the order of the staff list."""
        return list(self.departments.get(department, ()))

    async def at(self, day: date, clock: str) -> None:
        """Wait until it is that time of that day in the site's zone."""
        await self.timeline.reach(self.moment(day, clock))

    def moment(self, day: date, clock: str) -> datetime:
        """That time of that day in the site's zone, as UTC."""
        hour, minute = clock.split(":")
        wall = datetime(day.year, day.month, day.day, int(hour), int(minute), tzinfo=self.host.zone)
        return wall.astimezone(UTC)

    async def actor(self, login: str | None = None) -> Actor:
        """Who acts; the supervisor unless told."""
        name = login or self.supervisor
        if name not in self._actors:
            self._actors[name] = await self.host.actor(name)
        return self._actors[name]

    def days(self, first: date | None = None) -> list[date]:
        """Each day of the history from one on, today included."""
        begin = first or self.first
        return [begin + timedelta(days=number) for number in range((self.today - begin).days + 1)]

    def workdays(self, first: date | None = None) -> list[date]:
        """Each working day of the history from one on, today included."""
        return [day for day in self.days(first) if self.calendar.is_workday(day)]

    async def context(self, login: str | None = None) -> Context:
        """A context for a look at this moment."""
        return await self.host.context(await self.actor(login))

    async def run(
        self,
        action_id: str,
        raw: Mapping[str, Any],
        login: str | None = None,
        target: Sequence[int | str] = (),
        override: str = "",
    ) -> Outcome:
        """Do an action at this moment, as the supervisor unless told. Raises what the engine raises."""
        return await engine.run(self.host, action_id, raw, await self.actor(login), target=target, override=override)

    async def play(self, plan: Sequence[tuple[date, str, Act]]) -> None:
        """Do all that is planned (day, time of day, act), in the order of time, as far as it isn't yet to come."""
        for day, clock, act in sorted(plan, key=lambda one: one[:2]):
            if self.moment(day, clock) <= self.timeline.now:
                await self.at(day, clock)
                await act()

    async def run_bulk(
        self, action_id: str, rows: Sequence[Mapping[str, Any]], login: str | None = None
    ) -> BulkOutcome:
        """Do an importable action for many rows; raises the first row's fault."""
        return _raise(await engine.run_bulk(self.host, action_id, list(enumerate(rows, 1)), await self.actor(login)))


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


async def build(folder: Path, supervisor: str, step: Step, seed: int = SEED) -> dict[str, Exception]:
    """Make a site with its spreadsheets, store and history in a new folder; the areas whose history failed.

    The same seed on the same day gives the same department.
    """
    folder.mkdir(mode=0o700, parents=True)
    path = folder / "config.toml"
    # Nothing in a sample is worth a write to the disk for every act.
    text = (
        config_text()
        .replace('# synchronous = "FULL"', 'synchronous = "NORMAL"')
        .replace('"客服部"', '"客服一部（示例）"', 1)
    )
    path.write_text(text, "utf-8")
    path.chmod(0o600)
    staff, keys = staff_list(seed, supervisor), key_register(seed)
    save(staff, folder / "staff.xlsx")
    save(keys, folder / "keys.xlsx")
    async with Host.open(path, create=True) as host:
        host.store.at_once()
        now = host.clock()
        timeline = Timeline(host, now)
        today = now.astimezone(host.zone).date()
        stage = Stage(host, timeline, supervisor, Random(seed), today - HISTORY, today)
        timeline.moment = stage.moment(stage.first, "07:50")
        step(host, "staff")
        await _import(stage, "people.staff", staff, SYSTEM)
        await begin(host, supervisor)
        stage.departments.update(await _departments())
        stage.calendar = (await stage.context()).calendar
        if "keys.keys" in host.registers:
            step(host, "keys")
            await _import(stage, "keys.keys", keys, await stage.actor())
        step(host, "duties")
        await roster.fill(stage)
        parts: dict[str, Callable[[], Any]] = {
            area.id: partial(area.demo, replace(stage, random=Random(f"{seed} {area.id}")))
            for area in host.areas.values()
            if area.demo
        }
        parts["review"] = partial(_sign_off, stage)
        return await timeline.play(parts, lambda area: step(host, "area", area))


async def _sign_off(stage: Stage) -> None:
    """The supervisor's evenings: everything read, what is critical put off to the next day, the day signed off.

    The last working day is left unsigned, as the first matter of the first morning.
    """
    day = stage.today - SIGNED
    while (following := stage.calendar.add_workdays(day, 1)) < stage.today:
        if stage.calendar.is_workday(day):
            await stage.at(day, "17:40")
            with asked_once(stage.host):  # to read, to put off and to sign settles nothing
                await _evening(stage, following)
        day = stage.calendar.add_workdays(day, 1)
    await _desk(stage, day)


async def _evening(stage: Stage, following: date) -> None:
    today = await review.collect(stage.host, await stage.actor())
    waiting = [matter.item for matter in today.open]
    if items := [item.id for item in waiting if item.severity != "critical"]:
        await stage.run("review.read", {"items": items})
    if items := [item.id for item in waiting if item.severity == "critical"]:
        raw = {"items": items, "until": following, "reason": "已安排专人跟进，次日复核"}
        await stage.run("review.defer", raw)
    await stage.run("review.sign_off", {})


async def _desk(stage: Stage, day: date) -> None:
    """What lies on the supervisor's desk besides: matters of one's own, and a question that waits for its answer."""
    await stage.at(day, "16:20")
    for text, due in (
        ("整理下月排班意见，周会前定稿", stage.today),
        ("新员工谈话：入职一个月", stage.today + timedelta(days=2)),
    ):
        await stage.run("review.add", {"text": text, "day": due})
    today = await review.collect(stage.host, await stage.actor())
    if asked := [matter.item for matter in today.open if matter.item.person_id and matter.item.severity == "warning"]:
        who = (await Staff.get(id=asked[0].person_id)).login
        raw = {"items": [asked[0].id], "person": who, "question": "什么情况？今天能处理完吗？"}
        await stage.run("review.ask", raw)


async def _import(stage: Stage, register_id: str, table: Table, actor: Actor) -> None:
    """What `cstui import` does with the sample's spreadsheet. Raises the first line's fault."""
    action = importable(stage.host.actions, register_id)
    headers = Headers(action, stage.host.words)
    source = write(table.headers, table.headers, table.rows, "csv")
    raw = headers.rows(read(source, table.title, headers.known))
    _raise(await engine.run_bulk(stage.host, action.id, raw.rows, actor))


def _raise(bulk: BulkOutcome) -> BulkOutcome:
    for line in bulk.lines:
        if line.fault:
            raise line.fault
    return bulk


async def _departments() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for person in await Staff.all().order_by("number"):
        found[person.department] = (*found.get(person.department, ()), person.login)
    return found
