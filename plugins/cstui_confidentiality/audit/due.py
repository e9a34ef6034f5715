"""Findings that wait for a decision; after some days of work they are late, after a week critical whatever they are."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime, timedelta
from typing import Final

from cstui.api import Context, DueItem, Severity, Text, choice, utc
from cstui_confidentiality.audit.deciding import MATCHED
from cstui_confidentiality.kinds import FindingState
from cstui_confidentiality.models import AuditFinding, FindingEvent

DAY = timedelta(days=1)
SHOWN: Final = 3
"""Events that stand with a finding in Today; its page has them all."""
DECIDING: Final = tuple(
    f"confidentiality.{name}" for name in ("explain_finding", "warn_finding", "open_case_of_finding")
)
MATCHING: Final = "confidentiality.match_finding"


async def findings_due(ctx: Context) -> list[DueItem]:
    """One item for each."""
    if not ctx.may("confidentiality.audit"):
        return []
    rows = await AuditFinding.filter(state=FindingState.OPEN).order_by("day", "id").select_related("staff")
    shown: dict[int, list[tuple[datetime, str]]] = defaultdict(list)
    left = FindingEvent.filter(finding__state=FindingState.OPEN, cleared=False).order_by("event__at", "id")
    for finding, at, kind in await left.values_list("finding_id", "event__at", "event__kind"):
        if len(shown[finding]) < SHOWN:
            shown[finding].append((at, kind))
    return [_item(ctx, row, shown[row.id]) for row in rows]


def _item(ctx: Context, finding: AuditFinding, shown: list[tuple[datetime, str]]) -> DueItem:
    days, critical = _limits(ctx, finding)
    late = utc(ctx.now) - days
    proof = [
        finding.told,
        *(
            Text("confidentiality.proof.event", at=f"{ctx.local(at):%m-%d %H:%M:%S}",
                 kind=choice("confidentiality", kind), account=finding.account_no)
            for at, kind in shown
        ),
        Text("confidentiality.proof.finding_due", found=finding.found_at,
             days=ctx.rule("confidentiality-52").finding_due, until=days),
    ]  # fmt: skip
    if finding.count > len(shown) > 0:
        proof.insert(-1, Text("confidentiality.proof.more_events", count=finding.count - len(shown)))
    return DueItem(
        id=f"confidentiality.finding.{finding.id}",
        severity=severity_of(ctx, finding, critical),
        title=title_of(finding),
        rule=finding.rule,
        person=finding.staff.name if finding.staff else "",
        person_id=finding.staff_id,
        due=days,
        state=Text("confidentiality.state.late", late=late) if late > timedelta() else
        Text("confidentiality.state.events", count=finding.count),
        register="confidentiality.findings",
        records=(finding.id,),
        actions=(MATCHING, *DECIDING) if finding.rule in MATCHED and finding.way else DECIDING,
        proof=tuple(proof),
    )  # fmt: skip


def title_of(finding: AuditFinding) -> Text:
    """What, on which account and day; by hand as it was told."""
    if not finding.way:
        return finding.told
    what = Text(f"confidentiality.found.{finding.way}")
    return Text("confidentiality.due.finding", what=what, account=finding.account_no, day=finding.day)


def severity_of(ctx: Context, finding: AuditFinding, critical: datetime) -> Severity:
    return "critical" if utc(ctx.now) > critical else finding.severity


def state_of(ctx: Context, finding: AuditFinding) -> Text:
    """How far it is; past the time for a decision it is overdue, though nothing was written."""
    overdue = finding.state is FindingState.OPEN and utc(ctx.now) > _limits(ctx, finding)[0]
    return choice("confidentiality", "overdue" if overdue else finding.state.value)


def _limits(ctx: Context, finding: AuditFinding) -> tuple[datetime, datetime]:
    """By when it is decided, and when it is critical whatever it is."""
    rule = ctx.rule("confidentiality-52")
    day = ctx.local(finding.found_at).date()
    last = ctx.calendar.add_workdays(day, rule.finding_due)
    return ctx.moment(last + DAY), finding.found_at + rule.finding_critical * DAY
