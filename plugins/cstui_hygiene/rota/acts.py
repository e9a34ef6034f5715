"""The rota of a month is drafted, published and closed (hygiene-10)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from tortoise.expressions import Q

from cstui.api import Context, Refusal, Text, utc
from cstui.people import Team
from cstui_hygiene.kinds import Algorithm, AreaState, Basis, Crew, DutyState, Frequency, RotaState
from cstui_hygiene.models import CleaningArea, DutyAssignment, DutyRota
from cstui_hygiene.roster import DAY, Roster
from cstui_hygiene.rota.inputs import Generate, NameKeeper
from cstui_hygiene.rota.jobs import BASES, Job, jobs
from cstui_hygiene.rota.reckoning import choices, evidence, past, taken_by

IN_FORCE = (RotaState.PUBLISHED, RotaState.AMENDED)
ROTATED = (Frequency.DAILY_OPEN, Frequency.DAILY_CLOSE, Frequency.WEEKLY)
LONGEST = timedelta(days=31)
PLANNED = ("assignee_id", "basis", "reckoned", "due_at", "moved_from")


def month_end(day: date) -> date:
    """The last day of a day's month."""
    return (day.replace(day=1) + LONGEST + DAY).replace(day=1) - DAY


def number_of(month: date, team: Team | None) -> str:
    """How a rota is called."""
    return f"{month:%Y-%m}/{team.code}" if team else f"{month:%Y-%m}"


async def areas_in_rotas() -> list[CleaningArea]:
    """The areas that are cleaned by a rota, whatever their crew."""
    areas = CleaningArea.filter(state=AreaState.ACTIVE).filter(frequency__in=ROTATED)
    return list(await areas.select_related("team", "keeper").order_by("code"))


async def generate(ctx: Context, data: Generate) -> Text:
    """Draft the rotas of a month. What is over, published, or was arranged by hand stays as it is."""
    if month_end(data.month) < ctx.today:
        raise Refusal("hygiene.refusal.month_over", field="month", value=f"{data.month:%Y-%m}", rule="hygiene-10")
    areas = [area for area in await areas_in_rotas() if data.team is None or area.team_id == data.team.pk]
    if not areas:
        raise Refusal("hygiene.refusal.no_areas", field="team", value=data.team.code if data.team else "")
    roster = await Roster.read(ctx, data.month, month_end(data.month) + 6 * DAY)
    if roster.ends and roster.ends < month_end(data.month):
        ctx.notes.append(Text("hygiene.note.roster_ends", day=roster.ends))
    made = []
    for team_id in sorted({area.team_id for area in areas}, key=lambda pk: pk or 0):
        group = [area for area in areas if area.team_id == team_id]
        made.append(await _draft(ctx, data.month, group, roster))
    changed = sum(count for _, count in made)
    names = ", ".join(rota.rota_no for rota, _ in made if rota.pk) or f"{data.month:%Y-%m}"
    if not changed:
        raise Refusal("hygiene.refusal.nothing_new", field="month", value=names, rule="hygiene-10")
    empty = await DutyAssignment.filter(
        rota_id__in=[rota.pk for rota, _ in made if rota.pk], assignee_id=None, state=DutyState.DUE
    ).count()
    if empty:
        ctx.notes.append(Text("hygiene.note.empty", count=empty))
    return Text("hygiene.done.drafted", rotas=names, count=changed)


async def _draft(ctx: Context, month: date, areas: Sequence[CleaningArea], roster: Roster) -> tuple[DutyRota, int]:
    """One rota, and how many of its duties are new or changed."""
    team, last = areas[0].team, month_end(month)
    rota = await DutyRota.filter(rota_no=number_of(month, team)).first()
    if rota is None:
        rota = DutyRota(rota_no=number_of(month, team), month=month, team=team)
    elif rota.state is RotaState.CLOSED:
        raise Refusal("hygiene.refusal.closed", field="month", value=rota.rota_no, rule="hygiene-10")
    rota.algorithm = Algorithm(ctx.rule("hygiene-10", month).rota_algorithm)
    here = {duty.key: duty for duty in await _duties(month, rota)} if rota.pk else {}
    ahead = [job for job in jobs(ctx, areas, roster, month, last) if job.due_at > utc(ctx.now)]
    open_ = {job.key for job in ahead if _is_open(rota, here.get(job.key), ctx)}
    gone = [
        duty
        for key, duty in here.items()
        if key not in {job.key for job in ahead} and _is_open(rota, duty, ctx) and not duty.carried_from_id
    ]
    planned = [job for job in ahead if job.key in open_]
    fixed = [duty for key, duty in here.items() if key not in open_ and duty not in gone]
    filled = await _filled(ctx, rota, roster, planned, fixed)
    changed = await _store(rota, [(job, here.get(job.key), duty) for job, duty in filled])
    for duty in gone:
        await duty.delete()
    return rota, changed + len(gone)


def _is_open(rota: DutyRota, duty: DutyAssignment | None, ctx: Context) -> bool:
    """Whether a place of the rota may be given anew: nobody has it yet, or it is a draft's that no hand touched."""
    if duty is None:
        return True
    drafted = rota.state is RotaState.DRAFT and duty.basis is not Basis.BY_HAND
    return drafted and duty.state is DutyState.DUE and duty.due_at > utc(ctx.now)


async def _duties(month: date, rota: DutyRota) -> list[DutyAssignment]:
    """A rota's duties; where one stands in for another, that one counts for the place."""
    duties = DutyAssignment.filter(rota=rota, carried_from_id=None).select_related("area")
    return list(await duties.order_by("id"))


async def _filled(
    ctx: Context, rota: DutyRota, roster: Roster, planned: Sequence[Job], fixed: Sequence[DutyAssignment]
) -> list[tuple[Job, dict[str, Any]]]:
    """Each job with what is kept of it: whose it is, and why."""
    blank = {"assignee_id": None, "basis": Basis.NOBODY, "reckoned": ""}
    if not planned:
        return []
    if rota.algorithm is Algorithm.MANUAL:
        return [(job, blank | _when(job)) for job in planned]
    first, last = min(job.day for job in planned), max(job.day for job in planned)
    history = await past(ctx, first)
    others = DutyAssignment.filter(day__gte=first, day__lte=last).select_related("area")
    others = others.filter(Q(rota_id=None) | ~Q(rota_id=rota.pk)) if rota.pk else others
    elsewhere = [duty for duty in await others if duty.rota_id is None or duty.rota_id != rota.pk]
    found = choices(roster, history, planned, taken_by([*elsewhere, *(one for one in fixed if one.day >= first)]))
    made = []
    for job in planned:
        choice = found[job.key]
        basis = BASES[job.area.crew] if choice.person else Basis.NOBODY
        told = evidence(roster, history, job.day, job.area.team_id, choice) if job.area.crew is Crew.ROTA else ""
        made.append((job, {"assignee_id": choice.person, "basis": basis, "reckoned": told} | _when(job)))
    return made


def _when(job: Job) -> dict[str, Any]:
    return {"due_at": job.due_at, "moved_from": job.moved_from}


async def _store(rota: DutyRota, filled: Sequence[tuple[Job, DutyAssignment | None, dict[str, Any]]]) -> int:
    """Keep what is new or different; a published rota that grows is amended."""
    new = [(job, kept) for job, before, kept in filled if before is None]
    differing = []
    for _, before, kept in filled:
        if before is not None and any(getattr(before, name) != value for name, value in kept.items()):
            differing.append(before.update_from_dict(kept))
    if new and rota.state is RotaState.PUBLISHED:
        rota.state = RotaState.AMENDED
    if new or differing:
        await rota.save()
    await DutyAssignment.change(differing, PLANNED)
    await DutyAssignment.insert(
        DutyAssignment(rota=rota, area=job.area, day=job.day, slot=job.slot, **kept) for job, kept in new
    )
    return len(new) + len(differing)


async def generate_prefill(ctx: Context, rows: Sequence[Any]) -> dict[str, Any]:
    """This month as long as it has no rota, then the next."""
    month = ctx.today.replace(day=1)
    there = await DutyRota.filter(month=month).exists()
    return {"month": f"{month_end(month) + DAY if there else month:%Y-%m}"}


async def publish(ctx: Context, rota: DutyRota, data: None) -> Text:
    """From now on it holds; what nobody has yet is told, and stays to be asked."""
    Refusal.because(await publish_blocked(ctx, rota), value=rota.rota_no, rule="hygiene-10")
    duties = await DutyAssignment.filter(rota=rota, state=DutyState.DUE).values_list("assignee_id", flat=True)
    rota.state, rota.published_by, rota.published_at = RotaState.PUBLISHED, ctx.actor.login, utc(ctx.now)
    await rota.save()
    if empty := sum(person is None for person in duties):
        ctx.notes.append(Text("hygiene.note.empty", count=empty))
    return Text("hygiene.done.published", rota=rota.rota_no, count=len(duties))


async def publish_blocked(ctx: Context, rota: DutyRota) -> Text | None:
    if rota.state in (RotaState.PUBLISHED, RotaState.CLOSED):
        return Text(f"hygiene.blocked.rota_{rota.state.value}", rota=rota.rota_no)
    return None


async def close(ctx: Context, rota: DutyRota, data: None) -> Text:
    """The month is over: nothing of it is arranged any more."""
    Refusal.because(await close_blocked(ctx, rota), value=rota.rota_no, rule="hygiene-10")
    rota.state = RotaState.CLOSED
    await rota.save()
    return Text("hygiene.done.rota_closed", rota=rota.rota_no)


async def close_blocked(ctx: Context, rota: DutyRota) -> Text | None:
    if rota.state is not RotaState.PUBLISHED:
        word = "rota_closed" if rota.state is RotaState.CLOSED else "rota_draft"
        return Text(f"hygiene.blocked.{word}", rota=rota.rota_no)
    if (last := month_end(rota.month)) >= ctx.today:
        return Text("hygiene.blocked.month_goes_on", rota=rota.rota_no, last=last)
    return None


async def name_keeper(ctx: Context, area: CleaningArea, data: NameKeeper) -> Text:
    """One person by name keeps the area from now on (hygiene-39)."""
    area.crew, area.keeper = Crew.NAMED, data.keeper
    await area.save()
    return Text("hygiene.done.keeper", area=area.name, person=data.keeper.name)
