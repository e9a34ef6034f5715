"""One act inside the locked transaction: what `engine.run` does between begin and commit."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from tortoise.exceptions import IntegrityError

from cstui import journal
from cstui.approvals.overrides import overridden
from cstui.contract.action import Action
from cstui.contract.context import ANONYMOUS, Actor, Context
from cstui.contract.errors import BadInput, Fault, NotPermitted, Refusal, Stale
from cstui.contract.records import AnonymousRecord, models_in
from cstui.contract.text import Text
from cstui.inputs import parse, shown
from cstui.naming import Finder
from cstui.permitted import by_now, permit
from cstui.plugins import call_each
from cstui.registers import base_query, name_of, reach
from cstui.store.anonymous import shuffle

if TYPE_CHECKING:
    from cstui.contract.paper import Content
    from cstui.host import Host

CLOCK_SLACK = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an act did. `entry` is its journal number (0: dry run, or anonymous)."""

    text: Text | None = None
    notes: tuple[Text, ...] = ()
    entry: int = 0
    changed: frozenset[str] = frozenset()
    rows: tuple[int, ...] = ()
    pages: tuple[Content, ...] = ()


Progress = Callable[[int, int | None], None]
"""Told how much is done, of how much (None: not known). What it raises ends the act: nothing is stored."""


class Stopped(Exception):
    """For a Progress to raise when somebody wants the act to end."""


class RolledBack(Exception):
    """Ends a dry run's transaction."""


class Act:
    """One action by one actor, inside one locked transaction."""

    def __init__(
        self, host: Host, action: Action, actor: Actor, told: Progress | None = None, override: str = ""
    ) -> None:
        self.host = host
        self.action = action
        self.actor = ANONYMOUS if action.anonymous else actor
        self.asking = actor
        self.told = told
        self.override = override
        """Why it is done in an emergency, where a permission or a role may be lacking."""
        self.sealed = action.anonymous
        """Whether anonymous rows were written, or sealed: no side file may tell in which order."""

    async def single(
        self, raw: Mapping[str, Any], target: Sequence[int | str], version: int | None, dry_run: bool
    ) -> Outcome:
        """Do the action once; raises what `engine.run` raises."""
        outcome = Outcome()
        try:
            async with self.host.store.transaction() as client:
                ctx = await self._begin(client)
                finder = Finder(self.host, ctx)
                rows = await self._rows(target, version, finder)
                data = await parse(self.action, raw, ctx, finder)
                await self._check(ctx, rows, data)
                outcome = await self._act(client, ctx, rows, data)
                if dry_run:
                    raise RolledBack
        except RolledBack:
            return replace(outcome, entry=0, pages=())
        except IntegrityError as error:
            raise Refusal("engine.integrity", value=str(error)) from error
        return outcome

    async def _begin(self, client: Any) -> Context:
        """The act's context. It may have waited for others, and one of them have taken the permission from it."""
        self.asking = await by_now(self.host, self.asking)
        if not self.action.anonymous:
            self.actor = self.asking
        permit(self.action, self.asking, self.override)
        return await self._context(client)

    async def _context(self, client: Any) -> Context:
        """The act's context: rules as they stand in this very transaction, one moment for all of it."""
        rows = await client.execute_query_dict("SELECT max(id) AS claimed FROM house_change")
        self.claimed_before = rows[0]["claimed"] or 0
        now = self.host.clock()
        if self.action.anonymous:
            now = datetime.combine(now.astimezone(self.host.zone).date(), datetime.min.time(), self.host.zone)
        ctx = replace(await self.host.context(self.actor, now), told=self.told, override=self.override)
        if self.override and not ctx.may(needs := self.action.needs):
            ctx.waive(Text("engine.lacks", value=needs))
            ctx = replace(ctx, actor=replace(ctx.actor, permissions=ctx.actor.permissions | {needs}))
        return ctx

    async def _rows(self, target: Sequence[int | str], version: int | None, finder: Finder) -> list[Any]:
        action = self.action
        if action.target == "none":
            if target:
                raise BadInput("engine.no_target", field="target", value=target[0])
            return []
        if not target or (action.target == "row" and len(target) > 1):
            raise BadInput("engine.one_target" if target else "engine.target_missing", field=self._noun, value="")
        pks = []
        for name in target:
            pks.append(name if isinstance(name, int) else (await finder.find(action.register, name)).pk)
        found = {row.pk: row for row in await base_query(finder.ctx, self._register).filter(id__in=pks)}
        for pk in pks:
            if pk not in found:
                raise BadInput("engine.no_row_alone", field=self._noun, value=pk)
        rows = [found[pk] for pk in dict.fromkeys(pks)]
        if version is not None and rows[0].version != version:
            raise await self._stale(rows[0])
        return rows

    @property
    def _register(self) -> Any:
        return self.host.registers[self.action.register]

    @property
    def _noun(self) -> str:
        return str(self._register.noun)

    async def _stale(self, row: Any) -> Stale:
        entries = await journal.history(self.host, self.action.register, row.pk, 1)
        by, at = (entries[0].name, entries[0].at) if entries else ("?", self.host.clock())
        return Stale("engine.stale", field=self._noun, value=name_of(self._register, row), by=by, at=at)

    async def _check(self, ctx: Context, rows: Sequence[Any], data: Any) -> None:
        """Separation of duties, then the site's vetoes; a veto that fails refuses too."""
        for separation in self.action.separate:
            if separation.rule and not ctx.rule(separation.rule).on:
                continue
            for holder in (data, *rows):
                person = _person(holder, separation.path)
                if person is not None and person == self.asking.staff_id:
                    raise NotPermitted("engine.same_person", field=separation.path, rule=separation.rule)
        async for plugin, answer in call_each(
            self.host.manager, "cstui_check_action", ctx=ctx, action=self.action, rows=rows, data=data
        ):
            if isinstance(answer, Refusal):
                raise answer
            if isinstance(answer, BaseException):
                raise Refusal("engine.veto_failed", value=plugin, reason=str(answer)) from answer

    async def _act(self, client: Any, ctx: Context, rows: list[Any], data: Any) -> Outcome:
        action = self.action
        if action.target == "none":
            text = await action.run(ctx, data)
        elif action.target == "row":
            text = await action.run(ctx, rows[0], data)
        else:
            text = await action.run(ctx, rows, data)
        for consequence in self.host.consequences.get(action.id, ()):
            told = await consequence.run(ctx, rows, data)
            if told is not None:
                ctx.notes.append(told)
        if self.override:
            text = await overridden(ctx, action.id, text, bool(action.register) and self._register.private)
        return await self._journal(client, ctx, rows, text, shown(data))

    async def _journal(
        self, client: Any, ctx: Context, rows: Sequence[Any], text: Text | None, told: Mapping[str, Any]
    ) -> Outcome:
        changes = await self._claim(client)
        changed = self.host.registers_of({*ctx.added, *(change["table"] for change in changes)})
        table = self._register.model._meta.db_table if self.action.register else ""
        made = dict.fromkeys(int(change["key"]) for change in changes if change["table"] == table)
        if self.action.anonymous:
            if changes or ctx.added:
                raise Refusal("engine.anonymous_trace", value=[change["table"] for change in changes] or [*ctx.added])
            for model in models_in(self.host.areas[self.action.area].models, AnonymousRecord):
                await shuffle(client, model)
            return Outcome(text, tuple(ctx.notes), 0, frozenset(), (), tuple(ctx.pages))
        body: dict[str, Any] = {
            "outcome": "done",
            "name": ctx.actor.name,
            "rules": list(self.action.rules),
            "input": told,
            "text": text,
            "changes": changes,
        }
        if self.override:
            body["override"] = self.override
        if ctx.sealed:
            body["sealed"] = ctx.sealed
            self.sealed = True
        if ctx.added:
            body["added"] = await journal.seal(client, ctx.added)
            ctx.added.clear()  # the next part of an import seals its own
        last = await journal.last(client)
        if last and last.at - ctx.now > CLOCK_SLACK:  # order is by number, not by time; a clock that went back is told
            body["clock_back"] = last.at
            ctx.notes.append(Text("engine.clock_back", since=last.at))
        refs = ctx.about | {f"{table}:{row.pk}" for row in rows} | {f"{c['table']}:{c['key']}" for c in changes}
        seq = await journal.append(client, self.host.store, last, ctx, self.action.id, body, sorted(refs))
        return Outcome(text, tuple(ctx.notes), seq, changed, tuple(made), tuple(ctx.pages))

    async def _claim(self, client: Any) -> list[dict[str, Any]]:
        """Take the row images that this act's triggers wrote."""
        rows = await client.execute_query_dict(
            f"SELECT tab, record, before, after FROM house_change WHERE id > {self.claimed_before} ORDER BY id"
        )
        if rows:
            await client.execute_query(f"DELETE FROM house_change WHERE id > {self.claimed_before}")
        return [
            {
                "table": row["tab"],
                "key": row["record"],
                "before": json.loads(row["before"]) if row["before"] else None,
                "after": json.loads(row["after"]) if row["after"] else None,
            }
            for row in rows
        ]

    async def refuse(self, fault: Fault) -> None:
        """Keep that the act was refused, and why; a finding that the refusal carries goes before whoever decides it."""
        async with self.host.store.transaction() as client:
            ctx = await self._context(client)
            body: dict[str, Any] = {
                "outcome": "refused", "name": self.actor.name, "text": fault.text, "rules": [fault.rule],
            }  # fmt: skip
            if self.override:
                body["override"] = self.override
            refs: list[str] = []
            if isinstance(fault, Refusal) and fault.finding:
                await ctx.propose(rule=fault.rule, title=fault.finding, person=fault.suspect, daily=True)
                body["changes"] = await self._claim(client)
                refs = [f"{change['table']}:{change['key']}" for change in body["changes"]]
            await journal.append(client, self.host.store, await journal.last(client), ctx, self.action.id, body, refs)


def _person(holder: Any, path: str) -> int | None:
    """The pk of the person at a path of an input or a row, if there is one."""
    if holder is None or not hasattr(holder, path.split(".", 1)[0]):
        return None
    value = reach(holder, path)
    if isinstance(value, int):
        return value
    return getattr(value, "pk", None)
