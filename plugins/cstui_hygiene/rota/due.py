"""Rotas that are missing, not published or changed, duties and areas with nobody (hygiene-10, 25, 39)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from cstui.api import Context, DueItem, Severity, Text, Verbatim
from cstui.people import is_gone
from cstui_hygiene.kinds import AreaState, Crew, DutyState, RotaState
from cstui_hygiene.models import CleaningArea, DutyAssignment, DutyRota
from cstui_hygiene.roster import DAY, Roster
from cstui_hygiene.rota.acts import IN_FORCE, areas_in_rotas, month_end, number_of
from cstui_hygiene.rota.jobs import Job, jobs, rule_of


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
    roster = await Roster.read(ctx, _monday(ctx.today), _monday(horizon) + 6 * DAY)
    wanted = jobs(ctx, areas, roster, ctx.today + DAY, horizon, elsewhere=True)
    days = [ctx.today + n * DAY for n in range(1, rule.rota_lookahead + 1)]
    if roster.ends and any(day > roster.ends and ctx.calendar.is_workday(day) for day in days):
        found.append(_no_roster(ctx, roster.ends))
    found += _without_people(ctx, areas, roster, _monday(horizon) + 6 * DAY)
    needed = {_rota_of(job): job.day for job in reversed(wanted)}
    lacking = sorted(number for number in needed if not _holds(rotas.get(number)))
    found += [_no_rota(ctx, number, rotas.get(number), needed[number]) for number in lacking]
    found += await _unlisted(ctx, [job for job in wanted if _holds(rotas.get(_rota_of(job)))])
    if ctx.today >= following - rule.rota_publish_before * DAY:
        numbers = {number_of(following, area.team) for area in areas} - {*lacking}
        late = [one for one in sorted(numbers) if not _holds(rotas.get(one))]
        found += [_unpublished(ctx, one, rotas.get(one), following, rule.rota_publish_before) for one in late]
    found += [_amended(rota) for rota in rotas.values() if rota.state is RotaState.AMENDED]
    return found + await _nobody(ctx, horizon)


async def _keepers(ctx: Context) -> list[DueItem]:
    """Areas of a named person who isn't there any more (hygiene-39)."""
    if not ctx.rule("hygiene-39").on:
        return []
    areas = CleaningArea.filter(state=AreaState.ACTIVE, crew=Crew.NAMED).select_related("keeper").order_by("code")
    return [
        _item(
            f"hygiene.no_keeper.{area.pk}", "critical", Text("hygiene.due.no_keeper", name=area.name), None, "nobody",
            "hygiene.areas", (area.pk,), ("hygiene.name_keeper", "hygiene.retire_area"),
            (Text("hygiene.proof.keeper_left", person=area.keeper.name, day=area.keeper.left_on),)
            if area.keeper
            else (),
            "hygiene-39",
        )
        for area in await areas
        if area.keeper is None or is_gone(area.keeper, ctx.today)
    ]  # fmt: skip


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _rota_of(job: Job) -> str:
    """The rota in which a job stands."""
    return number_of(job.meant.replace(day=1), job.area.team)


def _holds(rota: DutyRota | None) -> bool:
    return rota is not None and rota.state is not RotaState.DRAFT


async def _unlisted(ctx: Context, wanted: Sequence[Job]) -> list[DueItem]:
    """Jobs of the next days that stand in no rota, though there is one: it was made before area or roster."""
    days = {job.day for job in wanted}
    rows = DutyAssignment.filter(day__in=sorted(days)).select_related("area") if days else None
    there = {duty.key for duty in await rows} if rows else set()
    lacking: dict[str, list[Job]] = defaultdict(list)
    for job in wanted:
        if job.key not in there:
            lacking[_rota_of(job)].append(job)
    return [
        _item(
            f"hygiene.unlisted.{number}", "critical",
            Text("hygiene.due.unlisted", rota=number, day=some[0].day, areas=[Verbatim(job.area.name) for job in some]),
            ctx.moment(some[0].day), "nobody", "hygiene.rotas", actions=("hygiene.generate_rota",),
        )
        for number, some in lacking.items()
    ]  # fmt: skip


def _without_people(ctx: Context, areas: Sequence[CleaningArea], roster: Roster, last: date) -> list[DueItem]:
    """Areas of which nobody is at work in the days ahead, though these are known and days of work."""
    days = [ctx.today + n * DAY for n in range((last - ctx.today).days + 1)]
    known = [day for day in days if ctx.calendar.is_workday(day) and not (roster.ends and day > roster.ends)]
    return [
        _item(
            f"hygiene.no_people.{area.pk}", "critical", Text("hygiene.due.no_people", name=area.name, until=known[-1]),
            None, "nobody", "hygiene.areas", (area.pk,), ("hygiene.name_keeper", "hygiene.retire_area"),
        )
        for area in areas
        if known and area.crew is not Crew.NAMED and not any(roster.pool(day, area.team_id) for day in days)
    ]  # fmt: skip


def _no_roster(ctx: Context, ends: date) -> DueItem:
    return _item(
        "hygiene.no_roster", "critical", Text("hygiene.due.no_roster", day=ends), ctx.moment(ends + DAY), "none",
        "people.duties", actions=("people.assign_duty",),
    )  # fmt: skip


def _no_rota(ctx: Context, number: str, rota: DutyRota | None, day: date) -> DueItem:
    title = Text("hygiene.due.unpublished_tomorrow" if rota else "hygiene.due.no_rota", rota=number, day=day)
    proof = (Text("hygiene.proof.no_rota", day=day),)
    return _to_publish(f"hygiene.no_rota.{number}", "critical", title, ctx.moment(day), rota, proof)


def _unpublished(ctx: Context, number: str, rota: DutyRota | None, month: date, before: int) -> DueItem:
    title = Text("hygiene.due.unpublished", rota=number)
    proof = (Text("hygiene.proof.publish_before", days=before, month=month),)
    due = ctx.moment(month - before * DAY)
    return _to_publish(f"hygiene.unpublished.{number}", "warning", title, due, rota, proof)


def _to_publish(
    item: str, severity: Severity, title: Text, due: datetime, rota: DutyRota | None, proof: tuple[Text, ...]
) -> DueItem:
    """A rota that isn't there, or is a draft only."""
    actions = ("hygiene.publish_rota", "hygiene.generate_rota") if rota else ("hygiene.generate_rota",)
    records = (rota.pk,) if rota else ()
    return _item(item, severity, title, due, "draft" if rota else "none", "hygiene.rotas", records, actions, proof)


def _amended(rota: DutyRota) -> DueItem:
    title = Text("hygiene.due.amended", rota=rota.rota_no)
    return _item(
        f"hygiene.amended.{rota.rota_no}", "warning", title, None, "amended", "hygiene.rotas", (rota.pk,),
        ("hygiene.publish_rota",),
    )  # fmt: skip


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
    return _item(
        item, severity, title, duties[0].due_at, "nobody", "hygiene.duties", tuple(duty.pk for duty in duties),
        ("hygiene.assign_duty", "hygiene.skip_duty"), rule=rule,
    )  # fmt: skip


def _item(
    item: str,
    severity: Severity,
    title: Text,
    due: datetime | None,
    state: str,
    register: str,
    records: tuple[int, ...] = (),
    actions: tuple[str, ...] = (),
    proof: tuple[Text, ...] = (),
    rule: str = "hygiene-10",
) -> DueItem:
    return DueItem(
        item, severity, title, rule, due=due, state=Text(f"hygiene.state.{state}"), register=register, records=records,
        actions=actions, proof=proof,
    )  # fmt: skip
