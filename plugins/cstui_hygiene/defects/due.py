"""Defects that wait for somebody: to be accepted, put right, or looked at again (hygiene-42, hygiene-47)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import timedelta

from tortoise.expressions import Q

from cstui.api import Context, DueItem, Severity, Text, choice, utc
from cstui.people import RoleGrant, Staff, is_gone, names_of
from cstui_hygiene.defects.terms import is_overdue, proof_of
from cstui_hygiene.kinds import DefectState
from cstui_hygiene.models import HygieneDefect
from cstui_hygiene.roster import SERVICE

DAY = timedelta(days=1)
MONITOR = "hygiene_monitor"
WAITING = (DefectState.REPORTED, DefectState.OPEN, DefectState.FIXED)
ACTIONS: Mapping[str, tuple[str, ...]] = {
    "defect_reported": ("hygiene.accept_defect", "hygiene.refuse_defect"),
    "defect_open": ("hygiene.fix_defect", "hygiene.name_responsible"),
    "defect_overdue": ("hygiene.fix_defect", "hygiene.pass_on_defect", "hygiene.name_responsible"),
    "defect_fixed": ("hygiene.recheck_defect",),
}


async def defects_due(ctx: Context) -> list[DueItem]:
    """One item for each that waits; those past their time come first."""
    rows = HygieneDefect.filter(state__in=WAITING).select_related("area", "responsible", "fixed_by")
    defects = await rows.order_by("due_at", "id")
    finders = await names_of(defect.found_by for defect in defects)
    return [item for defect in defects if (item := _item(ctx, defect, finders))]


def _item(ctx: Context, defect: HygieneDefect, finders: Mapping[str, str]) -> DueItem | None:
    overdue = is_overdue(ctx, defect)
    word = "defect_overdue" if overdue else f"defect_{defect.state.value}"
    rule = "hygiene-42" if defect.state is DefectState.REPORTED else "hygiene-47"
    if not ctx.rule(rule).on:
        return None
    waits_for = defect.fixed_by if defect.state is DefectState.FIXED else defect.responsible
    proof = [
        Text("hygiene.proof.found", at=defect.found_at, by=finders[defect.found_by], defect=defect.defect_no),
        proof_of(ctx, defect),
    ]
    if waits_for is None:
        proof.append(Text("hygiene.proof.nobody"))
    elif defect.state is DefectState.OPEN and not defect.named:
        proof.append(Text("hygiene.proof.duty_person", person=waits_for.name))
    if defect.reopened:
        proof.append(Text("hygiene.proof.reopened", times=defect.reopened))
    if overdue:
        proof.append(Text("hygiene.proof.critical_after", days=ctx.rule("hygiene-47").defect_critical_days))
    late, more = utc(ctx.now) - defect.due_at, defect.remark or defect.place
    return DueItem(
        id=f"hygiene.defect.{defect.id}.{word}",
        severity=_severity(ctx, defect, overdue),
        title=Text(f"hygiene.due.{word}", item=choice("hygiene", defect.item), what=more and f" · {more}",
                   where=_where(defect)),
        rule=rule,
        person=waits_for.name if waits_for else "",
        person_id=waits_for.pk if waits_for else None,
        due=defect.due_at if defect.state is DefectState.OPEN else None,
        state=Text("hygiene.state.late", late=late) if overdue else choice("hygiene", defect.state),
        register="hygiene.defects",
        records=(defect.id,),
        actions=ACTIONS[word],
        proof=tuple(proof),
    )  # fmt: skip


def _where(defect: HygieneDefect) -> str:
    """The area, else whose place it is."""
    return defect.area.name if defect.area else defect.responsible.name if defect.responsible else defect.defect_no


def _severity(ctx: Context, defect: HygieneDefect, overdue: bool) -> Severity:
    """Overdue it is a warning for some days, then critical; a matter to decide is a warning."""
    if defect.state is not DefectState.OPEN:
        return "warning"
    days = ctx.rule("hygiene-47").defect_critical_days
    if defect.severity == "critical" or (overdue and utc(ctx.now) > defect.due_at + days * DAY):
        return "critical"
    return "warning" if overdue or defect.responsible is None else defect.severity


async def monitors_due(ctx: Context) -> list[DueItem]:
    """Teams without enough monitors, once the site has begun to have some (hygiene-42)."""
    rule = ctx.rule("hygiene-42")
    grants = await RoleGrant.filter(role=MONITOR, first_day__lte=ctx.today).select_related("staff")
    if not rule.on or not grants:
        return []
    in_force = [one for one in grants if one.last_day is None or one.last_day >= ctx.today]
    has = Counter(one.staff.team_id for one in in_force if not is_gone(one.staff, ctx.today))
    members = Staff.filter(Q(left_on__isnull=True) | Q(left_on__gte=ctx.today), department=SERVICE)
    teams = {person.team_id: person.team for person in await members.select_related("team").order_by("team__code")}
    return [
        DueItem(
            id=f"hygiene.monitors.{team.id}",
            severity="warning",
            title=Text("hygiene.due.monitors", team=team.name),
            rule=rule.id,
            state=Text("hygiene.state.monitors", has=has[team.id], wanted=rule.monitors_min),
            register="people.teams",
            records=(team.id,),
            proof=(Text("hygiene.proof.monitors", wanted=rule.monitors_min, has=has[team.id]),),
        )
        for team in teams.values()
        if team and has[team.id] < rule.monitors_min
    ]
