"""Rotas that are missing, not published or changed, duties and areas with nobody (hygiene-10, 25, 39)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from cstui.api import Context, DueItem, Severity, Text
from cstui.people import is_gone
from cstui_hygiene.kinds import AreaState, Crew, DutyState, RotaState
from cstui_hygiene.models import CleaningArea, DutyAssignment, DutyRota
from cstui_hygiene.roster import DAY, Roster
from cstui_hygiene.rota.acts import IN_FORCE, areas_in_rotas, month_end, number_of
from cstui_hygiene.rota.jobs import jobs, rule_of


async def rotas_due(ctx: Context) -> list[DueItem]:
    """What lacks somebody, or a rota."""
    found = await _keepers(ctx)
    areas = await areas_in_rotas()
    rule = ctx.rule("hygiene-10")
    if not areas or not rule.on:
        return found
    horizon = ctx.today + rule.rota_lookahead * DAY
    month = ctx.today.replace(day=1)
    following = month_end(month) + DAY
    rotas = {rota.rota_no: rota for rota in await DutyRota.filter(month__gte=month).select_related("team")}
    wanted = await _wanted(ctx, areas, horizon)
    lacking = sorted(number for number in wanted if number not in rotas or rotas[number].state is RotaState.DRAFT)
    found += [_no_rota(ctx, number, rotas.get(number), wanted[number]) for number in lacking]
    if ctx.today >= following - rule.rota_publish_before * DAY:
        numbers = {number_of(following, area.team) for area in areas} - {*lacking}
        late = [one for one in sorted(numbers) if one not in rotas or rotas[one].state is RotaState.DRAFT]
        found += [_unpublished(ctx, one, rotas.get(one), following, rule.rota_publish_before) for one in late]
    found += [_amended(rota) for rota in rotas.values() if rota.state is RotaState.AMENDED]
    return found + await _nobody(ctx, horizon)


async def _keepers(ctx: Context) -> list[DueItem]:
    """Areas of a named person who isn't there any more (hygiene-39)."""
    if not ctx.rule("hygiene-39").on:
        return []
    areas = CleaningArea.filter(state=AreaState.ACTIVE, crew=Crew.NAMED).select_related("keeper").order_by("code")
    return [
        DueItem(
            id=f"hygiene.no_keeper.{area.pk}",
            severity="critical",
            title=Text("hygiene.due.no_keeper", name=area.name),
            rule="hygiene-39",
            state=Text("hygiene.state.nobody"),
            register="hygiene.areas",
            records=(area.pk,),
            actions=("hygiene.name_keeper", "hygiene.retire_area"),
            proof=(Text("hygiene.proof.keeper_left", person=area.keeper.name, day=area.keeper.left_on),)
            if area.keeper
            else (),
        )
        for area in await areas
        if area.keeper is None or is_gone(area.keeper, ctx.today)
    ]


async def _wanted(ctx: Context, areas: Sequence[CleaningArea], horizon: date) -> dict[str, list[date]]:
    """The rotas that are needed for the next days, each with the days for which it is."""
    first = ctx.today + DAY
    roster = await Roster.read(
        ctx, first - timedelta(days=first.weekday()), horizon + timedelta(days=6 - horizon.weekday())
    )
    wanted: dict[str, list[date]] = defaultdict(list)
    for job in jobs(ctx, areas, roster, first, horizon, elsewhere=True):
        wanted[number_of(job.meant.replace(day=1), job.area.team)].append(job.day)
    return wanted


def _no_rota(ctx: Context, number: str, rota: DutyRota | None, days: Iterable[date]) -> DueItem:
    first = min(days)
    return DueItem(
        id=f"hygiene.no_rota.{number}",
        severity="critical",
        title=Text("hygiene.due.unpublished_tomorrow" if rota else "hygiene.due.no_rota", rota=number, day=first),
        rule="hygiene-10",
        due=ctx.moment(first),
        state=Text("hygiene.state.draft" if rota else "hygiene.state.none"),
        register="hygiene.rotas",
        records=(rota.pk,) if rota else (),
        actions=("hygiene.publish_rota", "hygiene.generate_rota") if rota else ("hygiene.generate_rota",),
        proof=(Text("hygiene.proof.no_rota", day=first),),
    )


def _unpublished(ctx: Context, number: str, rota: DutyRota | None, month: date, before: int) -> DueItem:
    return DueItem(
        id=f"hygiene.unpublished.{number}",
        severity="warning",
        title=Text("hygiene.due.unpublished", rota=number),
        rule="hygiene-10",
        due=ctx.moment(month - before * DAY),
        state=Text("hygiene.state.draft" if rota else "hygiene.state.none"),
        register="hygiene.rotas",
        records=(rota.pk,) if rota else (),
        actions=("hygiene.publish_rota", "hygiene.generate_rota") if rota else ("hygiene.generate_rota",),
        proof=(Text("hygiene.proof.publish_before", days=before, month=month),),
    )


def _amended(rota: DutyRota) -> DueItem:
    return DueItem(
        id=f"hygiene.amended.{rota.rota_no}",
        severity="warning",
        title=Text("hygiene.due.amended", rota=rota.rota_no),
        rule="hygiene-10",
        state=Text("hygiene.state.amended"),
        register="hygiene.rotas",
        records=(rota.pk,),
        actions=("hygiene.publish_rota",),
    )


async def _nobody(ctx: Context, horizon: date) -> list[DueItem]:
    """Duties that nobody has: of today and the next days each by itself, later ones by rota."""
    rows = DutyAssignment.filter(
        rota__state__in=IN_FORCE, state=DutyState.DUE, assignee_id=None, day__gte=ctx.today
    ).select_related("area", "rota")
    duties = await rows.order_by("day", "id")
    found = [_empty(duty) for duty in duties if duty.day <= horizon and duty.due_at > ctx.now]
    later: dict[str, list[DutyAssignment]] = defaultdict(list)
    for duty in duties:
        if duty.day > horizon and duty.rota:
            later[duty.rota.rota_no].append(duty)
    return found + [_gaps(number, some) for number, some in later.items()]


def _empty(duty: DutyAssignment) -> DueItem:
    rule = rule_of(duty.area, duty.slot)
    word = "no_owner" if rule == "hygiene-25" else "nobody"
    return _gap(
        f"hygiene.nobody.{duty.pk}", "critical", Text(f"hygiene.due.{word}", name=duty.area.name, day=duty.day),
        [duty], rule if rule == "hygiene-25" else "hygiene-10",
    )  # fmt: skip


def _gaps(number: str, duties: Sequence[DutyAssignment]) -> DueItem:
    title = Text("hygiene.due.gaps", rota=number, count=len(duties), day=duties[0].day)
    return _gap(f"hygiene.gaps.{number}", "warning", title, duties, "hygiene-10")


def _gap(item: str, severity: Severity, title: Text, duties: Sequence[DutyAssignment], rule: str) -> DueItem:
    return DueItem(
        id=item,
        severity=severity,
        title=title,
        rule=rule,
        due=duties[0].due_at,
        state=Text("hygiene.state.nobody"),
        register="hygiene.duties",
        records=tuple(duty.pk for duty in duties),
        actions=("hygiene.assign_duty", "hygiene.skip_duty"),
    )
