"""Leaks that wait: unread letters, reports nobody has in hand, those under way, late ones, silent ones, rewards."""

from __future__ import annotations

from datetime import timedelta

from cstui.api import Context, DueItem, Severity, Text, choice, utc
from cstui_confidentiality.kinds import LeakState
from cstui_confidentiality.leaks.anonymous import unread
from cstui_confidentiality.leaks.reach import barred, known, lateness, lateness_open, seen, was_silent
from cstui_confidentiality.leaks.rewards import earns, is_great, suggestion
from cstui_confidentiality.leaks.upward import is_above
from cstui_confidentiality.models import LeakReport, Witness

ACTIONS = {
    LeakState.RECEIVED: ("acknowledge_leak", "investigate_leak", "escalate_leak"),
    LeakState.ACKNOWLEDGED: ("investigate_leak", "confirm_leak", "unfounded_leak", "escalate_leak"),
    LeakState.INVESTIGATING: ("confirm_leak", "unfounded_leak", "investigate_leak", "escalate_leak"),
    LeakState.CONFIRMED: ("open_case_of_leak", "close_leak"),
    LeakState.UNFOUNDED: ("close_leak",),
}


async def leaks_due(ctx: Context) -> list[DueItem]:
    """For those who look into leaks, and only what they may have in hand: nothing that names them."""
    if not ctx.may("confidentiality.audit"):
        return []
    found = await _box(ctx)
    me = ctx.actor.staff_id
    knew = {*await Witness.filter(staff_id=me).values_list("report_id", flat=True)} if me else set()
    for report in await seen(ctx).exclude(state=LeakState.CLOSED).order_by("id"):
        if me and me not in (report.suspect_id, report.reporter_id) and report.pk not in knew:
            found += await _of(ctx, report)
    return found


async def _box(ctx: Context) -> list[DueItem]:
    letters, notes = await unread(ctx)
    if not letters and not notes:
        return []
    first = min(one.day for one in (*letters, *notes))
    return [
        DueItem(
            id="confidentiality.box",
            severity="critical" if letters else "warning",
            title=Text("confidentiality.due.box", letters=len(letters), notes=len(notes)),
            rule="confidentiality-27",
            state=Text("confidentiality.state.unread"),
            register="confidentiality.leaks",
            actions=("confidentiality.open_box",),
            proof=(Text("confidentiality.proof.box", day=first),),
        )
    ]


async def _of(ctx: Context, report: LeakReport) -> list[DueItem]:
    found = []
    told = (Text("confidentiality.proof.leak", leak=report.report_no, at=report.reported_at,
                 category=report.category.code),)  # fmt: skip
    if ctx.rule("confidentiality-27").on:
        new = report.state is LeakState.RECEIVED
        why = (*told, Text("confidentiality.proof.nobody_s")) if new else told
        found.append(_item(report, f"leak_{report.state.value}", "critical" if new else "warning", "confidentiality-27",
                           ACTIONS[report.state], why, choice("confidentiality", report.state)))  # fmt: skip
    if lateness_open(ctx, report):
        late = lateness(ctx, report.known_since, report.reported_at)
        due = ctx.rule("confidentiality-27").leak_report_due
        how = Text("confidentiality.proof.late", since=report.known_since, within=due, at=report.reported_at)
        found.append(_item(report, "leak_late", "warning", "confidentiality-27", ("decide_late",), (*told, how),
                           Text("confidentiality.state.late", late=late)))  # fmt: skip
    if report.escalated_at and not report.noted_by and ctx.rule("confidentiality-48").on:
        found += _upward(ctx, report, told)
    if await earns(ctx, report):
        rule = "confidentiality-36" if is_great(ctx, report) else "confidentiality-35"
        found.append(_item(report, "leak_reward", "warning", rule, ("propose_reward", "decline_reward"),
                           (*told, suggestion(ctx, report)), Text("confidentiality.state.reward")))  # fmt: skip
    return found


def _upward(ctx: Context, report: LeakReport, told: tuple[Text, ...]) -> list[DueItem]:
    """Only those above have it before them; urged it is critical."""
    if not is_above(ctx):
        return []
    if report.urged:
        told = (*told, Text("confidentiality.proof.urged", at=report.escalated_at, reason=report.urged))
    return [_item(report, "leak_upward", "critical" if report.urged else "warning", "confidentiality-48",
                  ("note_leak",), told, Text("confidentiality.state.told_up"))]  # fmt: skip


def _item(
    report: LeakReport, word: str, severity: Severity, rule: str, actions: tuple[str, ...], proof: tuple[Text, ...],
    state: Text,
) -> DueItem:  # fmt: skip
    """Under its handler's name; neither who reported it nor who is named stands in a title."""
    handler = report.handler
    return DueItem(
        id=f"confidentiality.leak.{report.pk}.{word}",
        severity=severity,
        title=Text(f"confidentiality.due.{word}", leak=report.report_no, category=report.category.title),
        rule=rule,
        person=handler.name if handler else "",
        person_id=handler.pk if handler else None,
        due=report.reported_at if report.state is LeakState.RECEIVED else None,
        state=state,
        register="confidentiality.leaks",
        records=(report.pk,),
        actions=tuple(f"confidentiality.{name}" for name in actions),
        proof=proof,
    )


async def witnesses_due(ctx: Context) -> list[DueItem]:
    """Who knew of a confirmed leak and kept silent: for each a case is offered (confidentiality-28)."""
    rule = ctx.rule("confidentiality-28")
    if not rule.on or not ctx.may("confidentiality.audit"):
        return []
    found = []
    for witness in await known(ctx).filter(decision="", report__state=LeakState.CONFIRMED).order_by("id"):
        if was_silent(ctx, witness) and await barred(ctx, witness.report) is None:
            found.append(_silent(ctx, witness))
    return found


def _silent(ctx: Context, witness: Witness) -> DueItem:
    told = witness.told_at or witness.report.reported_at
    within: timedelta = ctx.rule("confidentiality-27").leak_report_due
    word = "told_late" if witness.told_at else "silent"
    return DueItem(
        id=f"confidentiality.witness.{witness.pk}",
        severity="warning",
        title=Text("confidentiality.due.witness", person=witness.staff.name, leak=witness.report.report_no),
        rule="confidentiality-28",
        state=Text("confidentiality.state.silent", span=utc(told) - utc(witness.known_since)),
        register="confidentiality.witnesses",
        records=(witness.pk,),
        actions=("confidentiality.open_silence_case", "confidentiality.clear_witness"),
        proof=(Text(f"confidentiality.proof.{word}", since=witness.known_since, within=within, at=told),),
    )
