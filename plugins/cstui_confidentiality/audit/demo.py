"""The sample department's logs: taken in week by week, what was found decided, some of the last days left for today."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import partial
from io import BytesIO
from typing import Any, NamedTuple

from cstui.api import File
from cstui.people import Absence, Duty
from cstui_confidentiality.kinds import AccountState, FindingState
from cstui_confidentiality.models import Account, AuditFinding, Workstation
from cstui_confidentiality.stage import Moments, Part

DAY = timedelta(days=1)
HEADER = "操作时间,工号,类型,客户编号,记录数,工单号,终端"
WEEK = 7
STORIES = ("late", "export", "loose", "rows", "early")
"""What goes wrong in the weeks, one after the other."""
ANSWERS = (
    ("warn", {"reason": "已面谈，承认下班后用手机登录，下不为例"}),
    ("explain", {"reason": "投诉复核急用，主管口头同意，已补申请", "reference": "值班日志"}),
    ("warn", {"reason": "查询要先有工单，已提醒"}),
    ("explain", {"reason": "核对批量退款名单，有邮件安排", "reference": "邮件"}),
    ("explain", {"reason": "交接班提前到岗", "reference": "值班日志"}),
)  # fmt: skip
"""What became of it: how it was decided, and why."""
LEFT = ("late", "export", "loose", "rows")
"""What the last evening's log shows, one agent after the other."""


class Row(NamedTuple):
    at: datetime
    login: str
    kind: str
    customer: str = ""
    rows: str = ""
    ticket: str = ""


def moments(part: Part) -> Moments:
    stage = part.stage
    fridays = [day for day in part.workdays()[8:-4] if day.weekday() == 4]
    plan: Moments = []
    first = part.workdays()[2]
    for number, day in enumerate(fridays):
        plan.append((day, "17:50", partial(_take, part, first, day, {number: STORIES[number % len(STORIES)]})))
        plan.append((day, "18:05", partial(_decide, part, *ANSWERS[number % len(ANSWERS)])))
        first = day
    last = dict(enumerate(LEFT, 1))
    return [*plan, (stage.today, "08:25", partial(_take, part, first, stage.today, last))]


async def _take(part: Part, first: date, until: date, stories: dict[int, str]) -> None:
    """Import the log of the days before one, with what goes wrong on the last of them."""
    day, rows = first, []
    while day < until:
        rows += await _of_day(part, day, stories if day == until - DAY else {})
        day += DAY
    lines = [HEADER, *(_line(part, row, pcs) for pcs in [await _pcs()] for row in sorted(rows))]
    if until == part.today:
        lines[20:20] = ["系统维护，日志暂停"]
    content = "\n".join(lines).encode("gb18030")
    raw = {"file": File.spooled(BytesIO(content), f"crm-{until:%m%d}.csv")}
    await part.stage.run("confidentiality.import_log", raw, target=["CRM"])


async def _of_day(part: Part, day: date, stories: dict[int, str]) -> list[Row]:
    """What those who are on duty do in a day; the stories are of the first agents on duty."""
    accounts = await Account.filter(system__code="CRM", state=AccountState.ACTIVE).values_list("holder_id", "login")
    away = {one.staff_id for one in await Absence.filter(first_day__lte=day, last_day__gte=day)}
    shifts: dict[int, list[Duty]] = defaultdict(list)
    for duty in await Duty.filter(day=day).order_by("start_at"):
        shifts[duty.staff_id].append(duty)
    rows: list[Row] = []
    number = 0
    for holder, login in accounts:
        if holder in away or not shifts[holder]:
            continue
        number += 1
        rows += _shift(part, shifts[holder][0], str(login), stories.get(number, ""))
    return rows


def _shift(part: Part, duty: Duty, login: str, story: str) -> list[Row]:
    random, start, end = part.random, duty.start_at, duty.end_at
    count = random.randint(4, 7) if story != "loose" else 4
    step = (end - start) / (count + 1)
    rows = [Row(start - timedelta(minutes=random.randint(2, 8)), login, "登录"), Row(end, login, "退出")]
    rows += [
        Row(start + step * n, login, "查看", f"C{random.randint(20000, 29999)}", str(random.randint(1, 9)),
            f"W-{random.randint(1000, 1999)}")
        for n in range(1, count + 1)
    ]  # fmt: skip
    middle = start + (end - start) / 2 + timedelta(seconds=random.randint(1, 59))
    told: dict[str, Sequence[Row]] = {
        "late": [Row(end + timedelta(minutes=95), login, "登录"), Row(end + timedelta(minutes=110), login, "退出")],
        "early": [Row(start - timedelta(minutes=42), login, "登录")],
        "export": [Row(middle, login, "导出", rows="86")],
        "loose": [Row(middle + n * timedelta(minutes=3), login, "查看", f"C{20700 + n}", "1") for n in range(3)],
        "rows": [Row(middle, login, "查看", rows="260", ticket="W-1177")],
    }
    return [*rows, *told.get(story, ())]


async def _pcs() -> dict[str, str]:
    """Each login's computer."""
    return dict(await Workstation.filter(seat_user_id__isnull=False).values_list("seat_user__login", "pc"))


def _line(part: Part, row: Row, pcs: dict[str, str]) -> str:
    local = row.at.astimezone(part.stage.host.zone)
    return ",".join((f"{local:%Y/%m/%d %H:%M:%S}", *row[1:], pcs.get(row.login, "")))


async def _decide(part: Part, verdict: str, raw: dict[str, Any]) -> None:
    """The supervisor decides what the last import showed, all of one kind."""
    found = await AuditFinding.filter(state=FindingState.OPEN).exclude(way="").values_list("id", flat=True)
    if found:
        await part.stage.run(f"confidentiality.{verdict}_finding", raw, target=list(found))
