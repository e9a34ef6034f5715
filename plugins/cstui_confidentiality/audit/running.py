"""The audit: what wasn't looked at yet is judged, and what was against a rule becomes findings.

It may be run again at any time: whatever is a finding's event already makes no second one.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from cstui.api import Context, Text, utc
from cstui_confidentiality.audit.acts import packed
from cstui_confidentiality.audit.facts import Facts
from cstui_confidentiality.audit.gathering import events, facts_of
from cstui_confidentiality.audit.inputs import RunAudit
from cstui_confidentiality.audit.judging import Breach, Judge
from cstui_confidentiality.kinds import FindingState
from cstui_confidentiality.models import AccessEvent, AuditFinding, FindingEvent, LogImport, SystemRegister

DAY = timedelta(days=1)


class Key(NamedTuple):
    """What makes one finding of a day."""

    rule: str
    way: str
    staff: int | None
    account_no: str


async def run_audit(ctx: Context, data: RunAudit) -> Text:
    """Look at what wasn't looked at yet, or at everything from a day on: after a roster was put right, say."""
    seen, found = await audit(ctx, ctx.moment(data.since) if data.since else None)
    return Text("confidentiality.done.audited", events=seen, findings=found)


async def after_import(ctx: Context, rows: object, data: object) -> Text:
    """What came in is looked at in the same act."""
    seen, found = await audit(ctx)
    return Text("confidentiality.done.audited", events=seen, findings=found)


async def audit(ctx: Context, since: datetime | None = None) -> tuple[int, int]:
    """Judge events since a moment, else since the first that no audit has seen; how many were seen, and new findings.

    Everything after that is judged again: a change that comes late may take up the request of a later one. It begins
    a day before, since a shift does.
    """
    waiting = await LogImport.filter(audited_at__isnull=True)
    moments = [one.first_at for one in waiting if one.first_at] + ([since] if since else [])
    newest = await AccessEvent.all().order_by("-at").first().values_list("at", flat=True)
    for log in waiting:
        log.audited_at = utc(ctx.now)
    await LogImport.change(waiting, ["audited_at"])
    if not moments or newest is None:
        return 0, 0
    first = ctx.moment(ctx.local(min(moments)).date() - DAY)
    last: datetime = utc(newest)  # type: ignore[arg-type]
    facts = await facts_of(ctx, first, last)
    if not facts.shifts:
        ctx.notes.append(Text("confidentiality.note.no_roster"))
        figures = facts.figures
        facts = replace(
            facts, figures=lambda day: replace(figures(day), rules=figures(day).rules - {"confidentiality-08"})
        )
    first = min([first, *(one.approved_at for one in facts.requests if one.kind == "modify" and _open(one, first))])
    return await _judged(ctx, facts, first, last)


def _open(request: Any, at: datetime) -> bool:
    return request.valid_to is not None and request.valid_to >= at


async def _judged(ctx: Context, facts: Facts, first: datetime, last: datetime) -> tuple[int, int]:
    judge, findings, seen = Judge(facts), Findings(ctx), 0
    findings.systems = dict(await SystemRegister.all().values_list("id", "code"))
    async for part in events(first, last):
        await findings.take(judge.breaches(part))
        seen += len(part)
        ctx.progress(seen)
        await asyncio.sleep(0)  # a dashboard paints meanwhile
    await findings.keep()
    return seen, findings.made


class Findings:
    """Breaches become findings, a day at a time."""

    def __init__(self, ctx: Context) -> None:
        self.ctx = ctx
        self.systems: dict[int, str] = {}
        self.day: date | None = None
        self.groups: dict[Key, list[Breach]] = defaultdict(list)
        self.made = 0
        self.number = ""

    async def take(self, breaches: Iterable[Breach]) -> None:
        for one in breaches:
            if one.day != self.day:
                await self.keep()
                self.day = one.day
            self.groups[Key(one.rule, one.way, one.staff, f"{self.systems[one.system]}/{one.login}")].append(one)

    async def keep(self) -> None:
        """Write the day's findings: what is new is added to a finding that is open, or else makes one of its own."""
        if not self.groups:
            return
        rows = await AuditFinding.filter(day=self.day).exclude(way="").order_by("id")
        known = defaultdict(set)
        for finding, event in await FindingEvent.filter(finding__day=self.day).values_list("finding_id", "event_id"):
            known[finding].add(event)
        before: dict[Key, list[AuditFinding]] = defaultdict(list)
        for row in rows:
            before[Key(row.rule, row.way, row.staff_id, row.account_no)].append(row)
        made: list[tuple[AuditFinding, list[Breach]]] = []
        grown: list[AuditFinding] = []
        for key, group in self.groups.items():
            seen = set().union(*(known[row.id] for row in before[key]))
            new = [one for one in group if one.event not in seen]
            if not new:
                continue
            finding = next((row for row in before[key] if row.state is FindingState.OPEN), None)
            if finding:
                finding.count += len(new)
                grown.append(finding)
            else:
                finding = await self._finding(key, new)
            made.append((finding, new))
        await AuditFinding.insert(finding for finding, _ in made if finding not in grown)
        await AuditFinding.change(grown, ["count"])
        await FindingEvent.insert(
            FindingEvent(finding_id=finding.id, event_id=one.event) for finding, new in made for one in new
        )
        self.made += len(made) - len(grown)
        self.groups.clear()

    async def _finding(self, key: Key, new: list[Breach]) -> AuditFinding:
        first = new[0]
        return AuditFinding(
            finding_no=await self._next(), rule=key.rule, way=key.way, staff_id=key.staff, account_id=first.account,
            account_no=key.account_no, day=first.day, severity=first.severity, why=packed(first.why),
            found_at=utc(self.ctx.now), found_by=self.ctx.actor.login, count=len(new),
        )  # fmt: skip

    async def _next(self) -> str:
        """The store is asked for the first number; the next ones follow."""
        if not self.number:
            self.number = await AuditFinding.next_number("finding_no", "F", self.ctx.today)
        else:
            head, _, number = self.number.rpartition("-")
            self.number = f"{head}-{int(number) + 1:03}"
        return self.number
