"""The rota of a month to hang up: areas by days, with the names, and below what each area needs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from cstui.api import Content, Context, Facts, Paper, Refusal, Table, Text, Verbatim, choice
from cstui_hygiene.kinds import DutyState, RotaState, Slot
from cstui_hygiene.models import CleaningArea, DutyAssignment, DutyRota
from cstui_hygiene.roster import DAY

WEEK = 7
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


async def rota_sheet(ctx: Context, rotas: Sequence[DutyRota]) -> list[Content]:
    """A sheet for each rota, a table for each of its weeks. A draft isn't hung up."""
    made = []
    for rota in rotas:
        if rota.state is RotaState.DRAFT:
            raise Refusal("hygiene.refusal.draft_sheet", value=rota.rota_no, rule="hygiene-10")
        rows = DutyAssignment.filter(rota=rota).exclude(state=DutyState.EXCUSED).select_related("area", "assignee")
        duties = list(await rows.order_by("area__code", "slot", "day"))
        facts = [
            (Text("hygiene.field.rota_no"), rota.rota_no),
            (Text("hygiene.field.team"), rota.team.name if rota.team else Text("hygiene.paper.everybody")),
            (Text("hygiene.field.published_at"), rota.published_at),
        ]
        tables = [_week(duties, monday) for monday in _mondays(duties)]
        made.append(Content(Text("hygiene.paper.rota_sheet"), [Facts(facts), *tables, _standards(duties)], wide=True))
    return made


def _mondays(duties: Sequence[DutyAssignment]) -> list[date]:
    return sorted({duty.day - duty.day.weekday() * DAY for duty in duties})


def _week(duties: Sequence[DutyAssignment], monday: date) -> Table:
    """Areas by the seven days; a job moved into the next month stands there, too."""
    days = [monday + n * DAY for n in range(WEEK)]
    cells: dict[tuple[CleaningArea, Slot], dict[date, str]] = defaultdict(dict)
    by_area: dict[int, CleaningArea] = {}
    for duty in duties:
        if monday <= duty.day < monday + WEEK * DAY:
            area = by_area.setdefault(duty.area_id, duty.area)
            person = duty.assignee.name if duty.assignee else ""
            cells[area, duty.slot][duty.day] = person
    headers = (
        Text("hygiene.field.area"), Text("hygiene.field.slot"),
        *(Text("hygiene.paper.day", weekday=Text(f"hygiene.weekday.{WEEKDAYS[day.weekday()]}"), day=f"{day:%m-%d}")
          for day in days),
    )  # fmt: skip
    rows = [
        (Verbatim(area.name), choice("hygiene", slot.value), *(Verbatim(found.get(day, "")) for day in days))
        for (area, slot), found in sorted(
            cells.items(), key=lambda cell: (list(Slot).index(cell[0][1]), cell[0][0].code)
        )
    ]
    return Table(headers, rows)


def _standards(duties: Sequence[DutyAssignment]) -> Table:
    """What has to be done in each area, and how long it takes."""
    areas = {duty.area_id: duty.area for duty in duties}
    headers = tuple(Text(f"hygiene.field.{name}") for name in ("area", "standard", "minutes"))
    return Table(headers, [(area.name, area.standard, area.minutes or "") for area in areas.values()])


PAPERS = (Paper("hygiene.rota_sheet", "hygiene.rotas", rota_sheet, rules=("hygiene-10",)),)
