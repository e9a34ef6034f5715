"""Who may see a report, and who may have it in hand: nobody whom it names, who made it, or who kept silent about it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from tortoise.expressions import Q

from cstui.api import Context, Refusal, Text, choice, utc
from cstui_confidentiality.kinds import LeakState
from cstui_confidentiality.models import LeakReport, Witness

NOBODY = 0
HELD = (LeakState.RECEIVED, LeakState.ACKNOWLEDGED, LeakState.INVESTIGATING)
"""States in which it isn't known yet whether it is so."""


def seen(ctx: Context) -> Any:
    """Those who look into leaks see all but what names them; anybody else the reports they made themselves."""
    me = ctx.actor.staff_id or NOBODY
    own = Q(reporter_id=me)
    reports = LeakReport.all().select_related("category", "reporter", "suspect", "handler")
    others = Q(suspect_id__isnull=True) | ~Q(suspect_id=me)
    return reports.filter(own | others if ctx.may("confidentiality.audit") else own)


def known(ctx: Context) -> Any:
    """Those who knew of a report that one sees, but not oneself."""
    me = ctx.actor.staff_id or NOBODY
    named = Q(report__suspect_id__isnull=True) | ~Q(report__suspect_id=me)
    return Witness.all().select_related("report", "staff").filter(named, ~Q(staff_id=me))


async def barred(ctx: Context, report: LeakReport) -> Text | None:
    """Why the actor may not have a report in hand, as handler or in any other part."""
    if ctx.actor.staff_id is None:
        return Text("confidentiality.blocked.not_staff")
    return await involved(report, ctx.actor.staff_id)


async def involved(report: LeakReport, person: int) -> Text | None:
    """How somebody has to do with a report, so that they aren't its handler."""
    if person == report.suspect_id:
        return Text("confidentiality.blocked.named")
    if person == report.reporter_id:
        return Text("confidentiality.blocked.own_report")
    if await Witness.exists(report=report, staff_id=person):
        return Text("confidentiality.blocked.knew")
    return None


async def allow(ctx: Context, report: LeakReport, *states: LeakState) -> None:
    """Refuse who has to do with it, and what its state doesn't let be done."""
    Refusal.because(await barred(ctx, report) or unless(report, *states), field="leak", value=report.report_no)


def unless(report: LeakReport, *states: LeakState) -> Text | None:
    """That a report's state keeps it from being done."""
    return (
        None
        if report.state in states
        else Text("confidentiality.blocked.leak", state=choice("confidentiality", report.state))
    )


def lateness(ctx: Context, known_since: datetime, reported_at: datetime) -> timedelta:
    """How long after its time something was reported; zero or less: in time (confidentiality-27)."""
    due: timedelta = ctx.rule("confidentiality-27", ctx.local(known_since).date()).leak_report_due
    return utc(reported_at) - utc(known_since) - due


def is_late(ctx: Context, report: LeakReport) -> bool:
    """Whether a named report came late; of an anonymous one only the day is known."""
    rule = ctx.rule("confidentiality-27")
    late = lateness(ctx, report.known_since, report.reported_at) > timedelta()
    return rule.on and report.reporter_id is not None and late


def lateness_open(ctx: Context, report: LeakReport) -> bool:
    """Whether a late report waits for a decision; of one that is unfounded nothing is asked."""
    return is_late(ctx, report) and not report.late_decision and report.state is not LeakState.UNFOUNDED


def was_silent(ctx: Context, witness: Witness) -> bool:
    """Whether somebody knew longer than they may before it was reported, and didn't tell in time."""
    told = witness.told_at or witness.report.reported_at
    return lateness(ctx, witness.known_since, told) > timedelta()
