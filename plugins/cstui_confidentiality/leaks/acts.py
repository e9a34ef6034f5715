"""A report is acknowledged, investigated, confirmed or found to be unfounded, and closed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from cstui.api import BadInput, Context, Refusal, Text, utc
from cstui.people import Staff
from cstui_confidentiality.cases.acts import open_case, opened
from cstui_confidentiality.kinds import Ground, Late, LeakState
from cstui_confidentiality.leaks.inputs import (
    AddWitness,
    AnswerReporter,
    ClearWitness,
    Confirm,
    DecideLate,
    HandOver,
    Investigate,
    OpenCaseOfLeak,
    ReportLeak,
    Unfounded,
)
from cstui_confidentiality.leaks.reach import (
    HELD,
    allow,
    barred,
    involved,
    is_late,
    lateness,
    lateness_open,
    unless,
    was_silent,
)
from cstui_confidentiality.leaks.reporting import make, report_prefilled
from cstui_confidentiality.leaks.rewards import earns
from cstui_confidentiality.models import LeakReport, Witness

__all__ = ["report_prefilled"]
AREA = "confidentiality"


async def report(ctx: Context, data: ReportLeak) -> Text:
    """Somebody tells of a leak under their name, their own doing included."""
    if ctx.actor.staff_id is None:
        raise Refusal("confidentiality.refusal.reporter_unknown", field="what", value=ctx.actor.login)
    discovered = data.discovered_at or ctx.now
    since = data.known_since or discovered
    for name, moment in (("discovered_at", discovered), ("known_since", since), ("knew_since", data.knew_since)):
        _not_to_come(ctx, name, moment)
    for staff in data.knew or ():
        if staff.pk in (ctx.actor.staff_id, data.suspect and data.suspect.pk):
            raise BadInput("confidentiality.refusal.knew_oneself", field="knew", value=staff.name)
    made = await make(
        ctx, reporter_id=ctx.actor.staff_id, what=data.what, category=data.category, channel=data.channel,
        suspect=data.suspect, discovered_at=discovered, known_since=since, loss_fen=data.loss,
        witnesses=[(staff, data.knew_since or since) for staff in data.knew or ()],
    )  # fmt: skip
    if is_late(ctx, made):
        ctx.notes.append(Text("confidentiality.note.late", late=lateness(ctx, since, ctx.now)))
    return Text("confidentiality.done.leak_reported", leak=made.report_no)


def _not_to_come(ctx: Context, name: str, moment: datetime | None) -> None:
    if moment is not None and utc(moment) > utc(ctx.now):
        raise BadInput("confidentiality.refusal.moment_to_come", field=name, value=moment)


async def acknowledge(ctx: Context, report: LeakReport, data: None) -> Text:
    """Somebody takes it in hand: its handler from now on."""
    await allow(ctx, report, LeakState.RECEIVED)
    report.state = LeakState.ACKNOWLEDGED
    await _take(ctx, report)
    return Text("confidentiality.done.leak_acknowledged", leak=report.report_no)


async def _take(ctx: Context, report: LeakReport) -> None:
    report.handler_id = report.handler_id or ctx.actor.staff_id
    report.acknowledged_at = report.acknowledged_at or utc(ctx.now)
    await report.save()


async def investigate(ctx: Context, report: LeakReport, data: Investigate) -> Text:
    """What is done to find out, and to keep the harm small."""
    await allow(ctx, report, *HELD)
    report.state = LeakState.INVESTIGATING
    report.actions = f"{report.actions}\n{data.actions}".strip()[-500:]
    await _take(ctx, report)
    return Text("confidentiality.done.leak_investigated", leak=report.report_no)


async def confirm(ctx: Context, report: LeakReport, data: Confirm) -> Text:
    """It is so. Whose doing it was, what it cost and what was saved is said as far as it is known."""
    await allow(ctx, report, *HELD)
    if data.recovered > data.loss:
        raise BadInput("confidentiality.refusal.recovered_more", field="recovered", value=data.recovered,
                       loss=data.loss)  # fmt: skip
    if data.suspect is not None and data.suspect.pk == ctx.actor.staff_id:
        raise Refusal("confidentiality.refusal.named_handler", field="suspect", value=data.suspect.name)
    report.suspect_id = data.suspect.pk if data.suspect else report.suspect_id
    report.loss, report.recovered = data.loss, data.recovered
    await _conclude(ctx, report, LeakState.CONFIRMED, data.conclusion, data.answer)
    return Text("confidentiality.done.leak_confirmed", leak=report.report_no)


async def unfounded(ctx: Context, report: LeakReport, data: Unfounded) -> Text:
    """It isn't so: nothing is held against anybody."""
    await allow(ctx, report, *HELD)
    await _conclude(ctx, report, LeakState.UNFOUNDED, data.conclusion, data.answer)
    return Text("confidentiality.done.leak_unfounded", leak=report.report_no)


async def _conclude(ctx: Context, report: LeakReport, state: LeakState, conclusion: str, answer: str) -> None:
    report.state, report.conclusion = state, conclusion
    report.answer = answer or report.answer
    await _take(ctx, report)


async def close(ctx: Context, report: LeakReport, data: None) -> Text:
    """Nothing is left to decide: being late, who kept silent, a reward. Its cases go their own way."""
    Refusal.because(await close_blocked(ctx, report), field="leak", value=report.report_no)
    report.state, report.closed_at = LeakState.CLOSED, utc(ctx.now)
    await report.save()
    return Text("confidentiality.done.leak_closed", leak=report.report_no)


async def hand_over(ctx: Context, report: LeakReport, data: HandOver) -> Text:
    """Another handler, who has nothing to do with it."""
    await allow(ctx, report, *HELD, LeakState.CONFIRMED, LeakState.UNFOUNDED)
    Refusal.because(await involved(report, data.handler.pk), field="handler", value=data.handler.name)
    report.handler = data.handler
    await report.save()
    return Text("confidentiality.done.leak_handed_over", leak=report.report_no, person=data.handler.name)


async def answer(ctx: Context, report: LeakReport, data: AnswerReporter) -> Text:
    """What the reporter is told: a named one finds it at the report, an anonymous one by the code."""
    await allow(ctx, report, *LeakState)
    report.answer = data.answer
    await report.save()
    return Text("confidentiality.done.leak_answered", leak=report.report_no)


async def add_witness(ctx: Context, report: LeakReport, data: AddWitness) -> Text:
    """Somebody else knew of it."""
    await allow(ctx, report, *HELD, LeakState.CONFIRMED)
    _not_to_come(ctx, "known_since", data.known_since)
    if data.told_at and utc(data.told_at) < utc(data.known_since):
        raise BadInput("confidentiality.refusal.told_before", field="told_at", value=data.told_at)
    if data.staff.pk in (report.reporter_id, report.suspect_id):
        raise BadInput("confidentiality.refusal.knew_oneself", field="staff", value=data.staff.name)
    if await Witness.exists(report=report, staff=data.staff):
        raise BadInput("confidentiality.refusal.knew_already", field="staff", value=data.staff.name)
    told = utc(data.told_at) if data.told_at else None
    await Witness.create(report=report, staff=data.staff, known_since=utc(data.known_since), told_at=told)
    return Text("confidentiality.done.witness_added", leak=report.report_no)


async def open_case_of(ctx: Context, report: LeakReport, data: OpenCaseOfLeak) -> Text:
    """A case against whose doing it was. Who only knew and kept silent has a case by themselves."""
    await allow(ctx, report, LeakState.CONFIRMED, LeakState.CLOSED)
    case = await open_case(
        ctx, subject=data.subject, article=data.article, ground=Ground.LEAK, facts=data.facts, report=report,
        loss_fen=report.loss,
    )  # fmt: skip
    return opened(case, data.subject)


async def case_prefill(ctx: Context, rows: Sequence[LeakReport]) -> Mapping[str, Any]:
    report = rows[0]
    return {"subject": report.suspect, "article": "confidentiality-38", "facts": report.conclusion}


async def decide_late(ctx: Context, report: LeakReport, data: DecideLate) -> Text:
    """A report that came late is excused, or is a case of silence against who made it (confidentiality-27, -28)."""
    await allow(ctx, report, *LeakState)
    Refusal.because(await late_blocked(ctx, report), field="leak", value=report.report_no, rule="confidentiality-27")
    report.late_decision = data.reason
    await report.save()
    if data.verdict is Late.EXCUSED:
        return Text("confidentiality.done.late_excused", leak=report.report_no)
    reporter = await Staff.get(id=report.reporter_id)
    return await _silent(ctx, reporter, "confidentiality-27", data.reason, report)


async def silence_case(ctx: Context, witness: Witness, data: ClearWitness) -> Text:
    """A case against somebody who knew and kept silent (confidentiality-28)."""
    await _waiting(ctx, witness)
    witness.decision = data.reason
    await witness.save()
    return await _silent(ctx, witness.staff, "confidentiality-28", data.reason, witness.report)


async def _silent(ctx: Context, person: Staff, article: str, facts: str, report: LeakReport) -> Text:
    case = await open_case(ctx, subject=person, article=article, ground=Ground.SILENCE, facts=facts, report=report)
    return opened(case, person)


async def clear_witness(ctx: Context, witness: Witness, data: ClearWitness) -> Text:
    """Nothing is held against somebody who knew."""
    await _waiting(ctx, witness)
    witness.decision = data.reason
    await witness.save()
    return Text("confidentiality.done.witness_cleared", person=witness.staff.name)


async def _waiting(ctx: Context, witness: Witness) -> None:
    reason = await barred(ctx, witness.report) or await witness_blocked(ctx, witness)
    Refusal.because(reason, field="witness", value=witness.staff.name, rule="confidentiality-28")


async def witness_blocked(ctx: Context, witness: Witness) -> Text | None:
    if witness.decision:
        return Text("confidentiality.blocked.witness_decided")
    if reason := unless(witness.report, LeakState.CONFIRMED):
        return reason
    return None if was_silent(ctx, witness) else Text("confidentiality.blocked.in_time")


async def late_blocked(ctx: Context, report: LeakReport) -> Text | None:
    if report.late_decision:
        return Text("confidentiality.blocked.late_decided")
    return None if is_late(ctx, report) else Text("confidentiality.blocked.in_time")


async def look_at(ctx: Context, rows: Sequence[Any], data: Any) -> None:
    """Who reported a leak is shown to nobody but its handler, whatever they may see else."""
    if data.register_id == "confidentiality.leaks":
        held = ctx.actor.staff_id is not None and LeakReport.filter(id=data.record or 0, handler_id=ctx.actor.staff_id)
        if not held or not await held.exists():
            raise Refusal("confidentiality.refusal.handler_only", field="record", value=data.record or "")


async def received_only(ctx: Context, report: LeakReport) -> Text | None:
    return await barred(ctx, report) or unless(report, LeakState.RECEIVED)


async def held_only(ctx: Context, report: LeakReport) -> Text | None:
    return await barred(ctx, report) or unless(report, *HELD)


async def held_or_confirmed(ctx: Context, report: LeakReport) -> Text | None:
    return await barred(ctx, report) or unless(report, *HELD, LeakState.CONFIRMED)


async def not_closed(ctx: Context, report: LeakReport) -> Text | None:
    return await barred(ctx, report) or unless(report, *HELD, LeakState.CONFIRMED, LeakState.UNFOUNDED)


async def close_blocked(ctx: Context, report: LeakReport) -> Text | None:
    if reason := await barred(ctx, report) or unless(report, LeakState.CONFIRMED, LeakState.UNFOUNDED):
        return reason
    if lateness_open(ctx, report):
        return Text("confidentiality.blocked.left_late")
    if await earns(ctx, report):
        return Text("confidentiality.blocked.left_reward")
    undecided = await Witness.filter(report=report, decision="").select_related("report")
    silent = report.state is LeakState.CONFIRMED and ctx.rule("confidentiality-28").on
    if silent and any(was_silent(ctx, one) for one in undecided):
        return Text("confidentiality.blocked.left_silent")
    return None


async def so_only(ctx: Context, report: LeakReport) -> Text | None:
    return await barred(ctx, report) or unless(report, LeakState.CONFIRMED, LeakState.CLOSED)
