"""The field force of the sample department: planned and led week by week, with one group that left no record."""

from __future__ import annotations

from datetime import date, timedelta

from cstui_hygiene.kinds import FieldState
from cstui_hygiene.models import FieldCleaningDay
from cstui_hygiene.roster import DAY
from cstui_hygiene.stage import Act, Moments, Part, week_of

ZONES = "东门广场、1 号楼周边\n南门步道、排水沟\n中心花园、景观沟\n3 号楼至 5 号楼周边\n停车场、垃圾房周边"
RESULTS = (
    "清扫落叶、清掏雨水口两处", "捡拾杂物，冲洗地面", "清沟约四十米，水流通畅", "清理绿化带垃圾，擦拭座椅",
    "地面干净，杂物清运完毕",
)  # fmt: skip
WEEK = timedelta(days=7)
LEFT_OUT = 4
"""The group of last week without a record."""


def moments(part: Part) -> Moments:
    found: Moments = []
    week = week_of(part.stage.first) + WEEK
    while week <= week_of(part.today) + WEEK:
        found.append((max(min(week - 3 * DAY, part.today), part.stage.first), "16:00", _plan(part, week)))
        found += [(day, "17:20", _record(part, day)) for day in (week + n * DAY for n in range(7)) if day < part.today]
        if week + WEEK < week_of(part.today):
            found.append((week + WEEK, "09:40", _countersign(part)))
        week += WEEK
    return found


def _officers(part: Part, week: date) -> str:
    """Somebody who isn't a team leader leads the groups of a week."""
    return part.members[week.toordinal() // 7 % len(part.members)].login


def _plan(part: Part, week: date) -> Act:
    """Plan a week and name who leads it; for tomorrow nobody is named yet."""

    async def plan() -> None:
        await part.stage.run("hygiene.plan_week", {"week": f"{week}", "zones": ZONES})
        days = await FieldCleaningDay.filter(day__gte=week, day__lt=week + WEEK).exclude(day=part.today + DAY)
        if days:
            raw = {"officer": _officers(part, week)}
            await part.stage.run("hygiene.name_officer", raw, target=[one.pk for one in days])

    return plan


def _record(part: Part, day: date) -> Act:
    async def record() -> None:
        last_week = week_of(day) == week_of(part.today) - WEEK
        for one in await FieldCleaningDay.filter(day=day, state=FieldState.PLANNED).select_related("officer"):
            if one.officer and not (last_week and one.group == LEFT_OUT):
                raw = {"people_present": str(part.random.randint(5, 9)), "result": part.random.choice(RESULTS)}
                await part.stage.run("hygiene.record_labour", raw, one.officer.login, target=[one.pk])

    return record


def _countersign(part: Part) -> Act:
    async def countersign() -> None:
        days = await FieldCleaningDay.filter(state=FieldState.RECORDED)
        if days:
            await part.stage.run("hygiene.countersign_field", {}, target=[one.pk for one in days])

    return countersign
