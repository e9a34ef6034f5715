"""The host: settings, areas, rules, words and store together; makes contexts and actors."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Callable, Coroutine, Iterable, Mapping
from contextlib import asynccontextmanager
from copy import copy
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from cstui import config, keymap, plugins
from cstui.calendar import Calendar
from cstui.contract.action import Action
from cstui.contract.chart import Chart
from cstui.contract.context import ANONYMOUS, SYSTEM, Actor, Context, RuleInForce
from cstui.contract.declare import ApprovalKind, Area, Consequence, Register
from cstui.contract.figures import load_figure
from cstui.contract.paper import Paper
from cstui.contract.rules import Rule
from cstui.contract.view import View
from cstui.opening import bring_up_to_date, up_to_date
from cstui.services import Services
from cstui.store.backup import copy_file
from cstui.store.store import Database, Store
from cstui.words import Words, host_folders

T = TypeVar("T")


class Book:
    """All rules with their effective-dated figures; see `Context.rule`."""

    def __init__(
        self, rules: Mapping[str, Rule], figures: Iterable[tuple[str, str, str, date]], off: frozenset[str]
    ) -> None:
        self.rules = rules
        self.off = off
        self.dated: dict[tuple[str, str], list[tuple[date, str]]] = {}
        for rule_id, name, value, first in figures:
            self.dated.setdefault((rule_id, name), []).append((first, value))
        for versions in self.dated.values():
            versions.sort(key=lambda version: version[0])
        self._made: dict[tuple[str, date], RuleInForce] = {}

    def rule(self, rule_id: str, on: date) -> RuleInForce:
        """Raises KeyError for a rule nobody declares."""
        made = self._made.get((rule_id, on))
        if made is None:
            rule = self.rules[rule_id]
            figures = {}
            for param in rule.params:
                value = self._dated(rule_id, param.name, on)
                figures[param.name] = param.default if value is None else load_figure(param, value)
            holds = self._dated(rule_id, "on", on)
            made = RuleInForce(rule, figures, rule_id not in self.off and holds != "false")
            self._made[rule_id, on] = made
        return made

    def _dated(self, rule_id: str, name: str, on: date) -> str | None:
        found = None
        for first, value in self.dated.get((rule_id, name), ()):
            if first <= on:
                found = value
        return found


class Host:
    """Everything a command, a screen or a test works with. Open it with `Host.open`."""

    def __init__(
        self,
        settings: config.Settings,
        loaded: plugins.Loaded,
        store: Store,
        figures: Mapping[str, Mapping[str, Any]],
    ) -> None:
        self.settings = settings
        self.figures = figures
        self.loaded = loaded
        self.store = store
        self.areas: Mapping[str, Area] = loaded.areas
        self.manager = loaded.manager
        self.quarantine = loaded.quarantine
        self.zone = ZoneInfo(settings.zone)
        days = settings.holidays
        self._days = dict.fromkeys(days.off, False) | dict.fromkeys(days.work, True)
        self.clock: Callable[[], datetime] = lambda: datetime.now(UTC)
        self.rules_off: frozenset[str] = frozenset()
        self.due_kept: Any = None
        """What was due at a moment, while `review.asking.asked_once` keeps it."""
        areas = list(self.areas.values())
        self.rules: dict[str, Rule] = {rule.id: rule for area in areas for rule in area.rules}
        self.actions: dict[str, Action] = {action.id: action for area in areas for action in area.actions}
        self.registers: dict[str, Register] = {reg.id: reg for area in areas for reg in area.registers}
        from cstui.site.agreement import figure_kind

        self.kinds: dict[str, ApprovalKind] = {kind.id: kind for area in areas for kind in area.approvals}
        self.kinds |= {kind.id: kind for area in areas if (kind := figure_kind(area))}
        self.papers: dict[str, Paper] = {paper.id: paper for area in areas for paper in area.papers}
        self.charts: dict[str, Chart] = {chart.id: chart for area in areas for chart in area.charts}
        self.views: dict[str, View] = {view.id: view for area in areas for view in area.views}
        self.consequences: dict[str, list[Consequence]] = {}
        for area in areas:
            for consequence in area.consequences:
                self.consequences.setdefault(consequence.action, []).append(consequence)
        self.words = words_of(loaded)
        self.words.clock = lambda: self.clock()

    @classmethod
    @asynccontextmanager
    async def open(cls, path: Path, *, safe: bool = False, create: bool = False) -> AsyncIterator[Host]:
        """Open the site of a config.toml; an older store is brought up to date first.

        `safe` loads no area but the host's. `create` makes a store where there is none (`cstui init`).
        Raises StoreFault (config or store missing, faulty, newer).
        """
        settings = config.load(path)
        loaded = await asyncio.to_thread(plugins.load, settings, safe=safe)
        settings = keymap.checked(settings, loaded.areas, loaded.absent, loaded.own)
        figures = config.figures(settings, loaded.areas, loaded.absent)
        database = database_of(settings)
        if create:
            await bring_up_to_date(database, loaded)
        async with up_to_date(database, loaded) as store:
            figures = {area: named for area, named in figures.items() if area in loaded.areas}
            host = cls(settings, loaded, store, figures)
            async for _ in plugins.call_each(loaded.manager, "cstui_startup", site=settings.site):
                pass
            try:
                yield host
            finally:
                async for _ in plugins.call_each(loaded.manager, "cstui_shutdown"):
                    pass

    @asynccontextmanager
    async def beside(self, database: Database | None = None) -> AsyncIterator[Host]:
        """The same host on a connection of its own, so that a long act holds up nothing that is read meanwhile.

        Raises StoreFault.
        """
        async with Store.open(database or database_of(self.settings), self.areas) as store:
            store.epoch = self.store.epoch  # a later one is that of a program which upgraded it meanwhile
            other = copy(self)
            other.store = store
            yield other

    @asynccontextmanager
    async def trial(self) -> AsyncIterator[Host]:
        """The same host on a copy of the store that is thrown away: what is tried there locks nobody out.

        A store on PostgreSQL, or one that can't be written, isn't copied. Raises StoreFault.
        """
        path = self.settings.store_file
        if path is None or self.store.read_only:
            async with self.beside() as other:
                yield other
            return
        with TemporaryDirectory(prefix=".trial-", dir=path.parent) as folder:
            copied = Path(folder) / path.name
            await asyncio.to_thread(copy_file, path, copied)
            async with self.beside(Database("", copied, "OFF")) as other:
                yield other

    async def context(self, actor: Actor, now: datetime | None = None) -> Context:
        """A context for this actor with the rules and days in force in the store as it is read now."""
        from cstui.site import day_exceptions, rule_figures

        return Context(
            actor=actor,
            now=now or self.clock(),
            zone=self.zone,
            rules=Book(self.rules, await rule_figures(), self.rules_off),
            calendar=Calendar(self._days | await day_exceptions()),
            services=Services(self),
            site=self.settings.site,
        )

    async def actor(self, login: str) -> Actor:
        """Who a login is: as a plugin of the site knows it, else by the staff list; a stranger may do nothing."""
        from cstui.people import roles_of

        if not login or login == SYSTEM.login:  # nobody logs in as the program itself
            return ANONYMOUS
        async for _, known in plugins.call_each(self.manager, "cstui_actor", login=login, environ=os.environ):
            if isinstance(known, Actor):
                return known
        today = self.clock().astimezone(self.zone).date()
        staff, roles = await roles_of(login, today)
        permissions = {pattern for role in roles for pattern in self.settings.roles.get(role, ())}
        if staff is None:
            return Actor(login, name=login)
        return Actor(login, staff.pk, staff.name, roles, frozenset(permissions))

    def importing(self, register_id: str) -> Action | None:
        """The action by which a register is imported, if there is one."""
        able = (action for action in self.actions.values() if action.bulk and action.register == register_id)
        return next(able, None)

    def registers_of(self, tables: set[str]) -> frozenset[str]:
        """Registers that may look different after these tables changed: all of their areas."""
        areas = tuple(f"{area}_" for area in self.areas if any(table.startswith(f"{area}_") for table in tables))
        return frozenset(name for name in self.registers if f"{name.split('.', 1)[0]}_" in areas)

    async def call(self, coroutine: Coroutine[Any, Any, T]) -> T:
        """Run a coroutine with the store's context, from anywhere."""
        return await self.store.call(coroutine)

    @property
    def language(self) -> str:
        return self.settings.language


def words_of(loaded: plugins.Loaded) -> Words:
    """All texts: of the host's rooms and of every area."""
    words = Words.load({**host_folders(), **{area.id: area.strings for area in loaded.areas.values()}})
    words.renamed = {area.id: area.renamed for area in loaded.areas.values()}
    return words


def database_of(settings: config.Settings) -> Database:
    """Where the store of these settings is."""
    table = settings.database
    return Database(settings.database_url, settings.store_file, table.synchronous, table.busy_timeout)
