"""A leak is told up the chain when its report is saved, and urged where nobody moves (confidentiality-48)."""

from __future__ import annotations

from cstui.api import Context, Refusal, Text, utc
from cstui.people import role_name
from cstui_confidentiality.kinds import LeakState
from cstui_confidentiality.leaks.inputs import Escalate, TakeNote
from cstui_confidentiality.leaks.reach import HELD, allow, barred, unless
from cstui_confidentiality.models import LeakReport


async def escalate(ctx: Context, report: LeakReport, data: Escalate) -> Text:
    """Tell it once more, with a reason: whoever is above has to take note of it anew."""
    await allow(ctx, report, *HELD, LeakState.CONFIRMED)
    report.escalated_at, report.urged, report.noted_by = utc(ctx.now), data.reason, ""
    await report.save()
    return Text("confidentiality.done.leak_escalated", leak=report.report_no,
                roles=[role_name(role) for role in ctx.rule("confidentiality-48").leak_told_to])  # fmt: skip


async def take_note(ctx: Context, report: LeakReport, data: TakeNote) -> Text:
    """Whoever is above knows of it, and may say what is to be done."""
    Refusal.because(await note_blocked(ctx, report), field="leak", value=report.report_no, rule="confidentiality-48")
    report.noted_by, report.instruction = ctx.actor.login, data.instruction
    await report.save()
    return Text("confidentiality.done.leak_noted", leak=report.report_no)


def is_above(ctx: Context) -> bool:
    """Whether the actor is one of those to whom leaks are told."""
    return bool(ctx.actor.roles & {*ctx.rule("confidentiality-48").leak_told_to})


async def escalate_blocked(ctx: Context, report: LeakReport) -> Text | None:
    return await barred(ctx, report) or unless(report, *HELD, LeakState.CONFIRMED)


async def note_blocked(ctx: Context, report: LeakReport) -> Text | None:
    if report.escalated_at is None or report.noted_by:
        return Text("confidentiality.blocked.noted")
    if not is_above(ctx):
        roles = ctx.rule("confidentiality-48").leak_told_to
        return Text("confidentiality.blocked.told_to", roles=[role_name(role) for role in roles])
    return await barred(ctx, report)
