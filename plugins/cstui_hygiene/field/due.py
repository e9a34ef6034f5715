"""What is missing in the weeks of the field force (hygiene-37, 38, 40), in a constant number of queries."""

from __future__ import annotations

from collections.abc import Sequence

from cstui.api import Context, DueItem, Severity, Text, Verbatim, utc
from cstui.people import Absence, is_gone
from cstui_hygiene.field.acts import WEEK, due_at, is_own, monday
from cstui_hygiene.kinds import FieldState
from cstui_hygiene.models import FieldCleaningDay
from cstui_hygiene.roster import DAY

KEPT = 4
"""A field force is kept as long as it worked or was to work within so many weeks."""
_DAYS = "hygiene.field_days"
Rows = Sequence[FieldCleaningDay]


async def field(ctx: Context) -> list[DueItem]:
    """All of the weeks around today; nothing where no field force is kept."""
    around = FieldCleaningDay.filter(day__gte=monday(ctx.today) - KEPT * WEEK).select_related("officer")
    rows = await around.order_by("day", "group")
    if not rows:
        return []
    return [
        *_unplanned(ctx, rows), *await _officers(ctx, rows), *_labour(ctx, rows), *_groups(ctx, rows),
        *_countersign(ctx, rows),
    ]  # fmt: skip


def _horizon(ctx: Context) -> int:
    """So many days ahead there must be a plan and an officer, as for the rota."""
    return int(ctx.rule("hygiene-10").rota_lookahead)


def _unplanned(ctx: Context, rows: Rows) -> list[DueItem]:
    """The week of tomorrow isn't planned."""
    week = monday(ctx.today + _horizon(ctx) * DAY)
    if not ctx.rule("hygiene-38").on or any(monday(one.day) == week for one in rows):
        return []
    return [
        DueItem(
            id=f"hygiene.field_week.{week}",
            severity="critical",
            title=Text("hygiene.due.field_week", week=week),
            rule="hygiene-38",
            due=ctx.moment(week),
            state=Text("hygiene.state.none"),
            register=_DAYS,
            actions=("hygiene.plan_week",),
        )
    ]


async def _officers(ctx: Context, rows: Rows) -> list[DueItem]:
    """Days from today to tomorrow on which groups work and nobody leads them."""
    last = ctx.today + _horizon(ctx) * DAY
    near = [one for one in rows if ctx.today <= one.day <= last and one.state is FieldState.PLANNED]
    if not near:
        return []
    away = await Absence.filter(first_day__lte=last, last_day__gte=ctx.today)
    found = []
    for day in sorted({one.day for one in near}):
        groups = [one for one in near if one.day == day]
        named = {one.officer.pk: one.officer for one in groups if one.officer}
        absent = {one.staff_id for one in away if one.first_day <= day <= one.last_day}
        gone = [person for person in named.values() if person.pk in absent or is_gone(person, day)]
        rule = ctx.rule("hygiene-37", day)
        if rule.on and len(named) - len(gone) < min(rule.duty_officers_per_day, len(groups)):
            found.append(
                DueItem(
                    id=f"hygiene.officer.{day}",
                    severity="critical",
                    title=Text("hygiene.due.officer", day=day),
                    rule=rule.id,
                    due=ctx.moment(day),
                    state=Text("hygiene.state.nobody"),
                    register=_DAYS,
                    records=tuple(one.pk for one in groups),
                    actions=("hygiene.name_officer",),
                    proof=(
                        *(Text("hygiene.proof.officer_away", person=Verbatim(one.name), day=day) for one in gone),
                        *(Text("hygiene.proof.group", group=one.group, zones=one.zones) for one in groups),
                    ),
                )
            )
    return found


def _labour(ctx: Context, rows: Rows) -> list[DueItem]:
    """This week's days whose labour isn't on record: today's as what is to come, the others as missing."""
    found = []
    for one in rows:
        if one.state is not FieldState.PLANNED or not monday(ctx.today) <= one.day <= ctx.today:
            continue
        if not ctx.rule("hygiene-40", one.day).on:
            continue
        due = due_at(ctx, one.day)
        late = utc(ctx.now) - due if utc(ctx.now) >= due else None
        word = "labour_today" if late is None else "labour"
        found.append(
            _labour_item(
                one, f"hygiene.field.{one.pk}", "info" if late is None else "warning",
                Text(f"hygiene.due.{word}", group=one.group, day=one.day), rule="hygiene-40", due=due,
                state=Text("hygiene.state.due", due=due) if late is None else Text("hygiene.state.late", late=late),
            )
        )  # fmt: skip
    return found


def _groups(ctx: Context, rows: Rows) -> list[DueItem]:
    """Groups that didn't work as often as they should in the week that is over (told from Monday 0:00)."""
    week = monday(ctx.today) - WEEK
    past = [one for one in rows if monday(one.day) == week]
    rule = ctx.rule("hygiene-38", week)
    if not past or not rule.on:
        return []
    found = []
    for group in range(1, rule.field_groups + 1):
        own = [one for one in past if one.group == group]
        owed = [one for one in own if one.state is FieldState.PLANNED]
        if len(own) - len(owed) < rule.field_group_frequency:
            title = Text("hygiene.due.group", group=group, week=week)
            found.append(
                _labour_item(
                    owed[0] if owed else None, f"hygiene.field_group.{week}.{group}", "warning", title,
                    rule="hygiene-38", due=ctx.moment(week + WEEK), state=Text("hygiene.state.no_record"),
                )
            )  # fmt: skip
    return found


def _labour_item(
    one: FieldCleaningDay | None, item_id: str, severity: Severity, title: Text, **more: object
) -> DueItem:
    """A matter that is settled by putting a group's labour on record."""
    officer = one.officer if one else None
    return DueItem(
        item_id, severity, title, person=officer.name if officer else "", person_id=officer.pk if officer else None,
        register=_DAYS, records=(one.pk,) if one else (),
        actions=("hygiene.record_labour", "hygiene.name_officer") if one else (),
        proof=(Text("hygiene.proof.group", group=one.group, zones=one.zones),) if one else (),
        **more,  # type: ignore[arg-type]
    )  # fmt: skip


def _countersign(ctx: Context, rows: Rows) -> list[DueItem]:
    """Records that nobody else has signed yet, as one matter; one's own only where there are no others."""
    recorded = [one for one in rows if one.state is FieldState.RECORDED]
    waiting = [one for one in recorded if not is_own(ctx, one)] or recorded
    if not waiting or not ctx.rule("hygiene-40").on:
        return []
    return [
        DueItem(
            id="hygiene.countersign",
            severity="info",
            title=Text("hygiene.due.countersign", count=len(waiting)),
            rule="hygiene-40",
            state=Text("hygiene.state.waiting", count=len(waiting)),
            register=_DAYS,
            records=tuple(one.pk for one in waiting),
            actions=("hygiene.countersign_field",),
            proof=tuple(
                Text("hygiene.proof.labour", group=one.group, day=one.day, count=one.people_present, result=one.result)
                for one in waiting
            ),
        )
    ]
