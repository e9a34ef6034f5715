"""The department that the pictures show: the same people, keys, loans and days each time, to the minute."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from cstui import engine
from cstui.contract.context import SYSTEM
from cstui.host import Host
from cstui.review.models import SignOff

SHANGHAI = ZoneInfo("Asia/Shanghai")
TODAY = date(2026, 11, 24)
ROLES = """\
supervisor = ["people.*", "approvals.*", "ledger.*", "review.*", "site.look", "keys.*"]
custodian = ["people.look", "review.look", "keys.*"]
staff = ["people.look", "review.look", "keys.look"]
"""
"""Roles of the site beside the administrator's."""
STAFF = [
    ("K001", "王芳", "admin", "客服部", "supervisor"),
    ("K002", "陈敏", "chen.min", "客服部", "custodian"),
    ("K003", "欧阳丽娟", "ouyang.lijuan", "客服部", "custodian"),
    ("K004", "周婷", "zhou.ting", "客服部", "staff"),
    ("E001", "李强", "li.qiang", "工程部", "staff"),
    ("E002", "何慧", "he.hui", "工程部", ""),
    ("E003", "赵海涛", "zhao.haitao", "工程部", ""),
    ("S001", "刘建国", "liu.jianguo", "保安部", ""),
]
ROOMS = ("配电房", "水泵房", "电梯机房", "消防控制室", "生活水箱间", "弱电间")
REASONS = ("配电箱例行检查", "楼道照明更换", "消防栓月检", "水泵巡检", "对讲门机故障处理", "门禁读卡器调试")
BACK = [
    (2, "08:40", 0, "li.qiang", "10:15"), (3, "09:05", 1, "he.hui", "11:30"), (4, "08:20", 2, "zhao.haitao", "16:50"),
    (5, "13:30", 3, "li.qiang", "15:05"), (6, "08:55", 4, "he.hui", "10:40"), (9, "09:30", 5, "li.qiang", "11:10"),
    (10, "08:10", 0, "zhao.haitao", "09:55"), (11, "14:20", 1, "li.qiang", "16:35"), (12, "08:45", 2, "he.hui", "10:05"),
    (13, "10:15", 3, "zhao.haitao", "11:45"), (16, "08:35", 4, "li.qiang", "17:10"), (17, "13:50", 5, "he.hui", "15:20"),
    (18, "09:10", 0, "li.qiang", "10:30"), (19, "08:25", 1, "zhao.haitao", "12:00"), (20, "15:40", 2, "he.hui", "17:25"),
]  # fmt: skip
"""Loans that came back: day of November, when out, which room's key, who, when back."""
OUT = [
    (20, "09:20", "3-S1-A", "li.qiang", "2026-11-21 09:00"), (23, "08:40", "3-S2-A", "zhou.ting", "2026-11-23 17:00"),
    (23, "16:10", "3-S3-A", "he.hui", "2026-11-24 08:30"), (24, "08:05", "3-S4-A", "zhao.haitao", "2026-11-24 17:00"),
    (24, "08:30", "3-S5-A", "liu.jianguo", "2026-11-25 08:30"),
]  # fmt: skip
LEFT = {16: 2, 17: 3, 18: 1, 19: 4, 20: 2}
"""Matters put off when a day was signed, by day of November."""


class _Acts:
    def __init__(self, host: Host) -> None:
        self.host = host

    async def run(self, action: str, raw: dict[str, Any], target: Any = (), by: str = "admin") -> Any:
        actor = await self.host.actor(by) if by else SYSTEM
        return await engine.run(self.host, action, raw, actor, target=target)

    def at(self, day: int, clock: str) -> None:
        hour, minute = map(int, clock.split(":"))
        moment = datetime(2026, 11, day, hour, minute, tzinfo=SHANGHAI)
        self.host.clock = lambda: moment

    async def lend(self, day: int, clock: str, tag: str, who: str, due: str = "") -> None:
        self.at(day, clock)
        reason = REASONS[(day + int(clock[3:])) % len(REASONS)]
        signed = {"signature_ref": f"登记表 {day} 页", **({"due_at": due} if due else {})}
        await self.run("keys.lend", {"borrower": who, "work_reason": reason, **signed}, [tag], "chen.min")


async def furnish(host: Host) -> None:
    """Three weeks of a department, up to two minutes past nine on the 24th of November."""
    acts = _Acts(host)
    acts.at(2, "08:00")
    for number, name, login, team, role in STAFF:
        await acts.run("people.enrol", {"number": number, "name": name, "login": login, "department": team}, by="")
        if role:
            await acts.run("people.grant_role", {"role": role}, [login], by="")
    keys = await engine.run_bulk(host, "keys.register", list(enumerate(_keys(), 1)), await host.actor("admin"))
    assert not keys.refused
    await acts.run("keys.appoint", {"custodian": "chen.min", "deputy": "ouyang.lijuan"}, ["3"])
    for day, out, room, who, back in BACK:
        await acts.lend(day, out, f"3-S{room + 1}-A", who)
        acts.at(day, back)
        await acts.run("keys.return", {"condition": "ok"}, [f"3-S{room + 1}-A"], "chen.min")
    await _copies(acts)
    for day, out, tag, who, due in OUT:
        await acts.lend(day, out, tag, who, due)
    acts.at(23, "17:20")
    await acts.run("review.add", {"text": "给 3 栋业主回电：漏水维修进度", "day": "2026-11-24", "time": "16:00"})
    await acts.run("review.add", {"text": "核对本月外借钥匙登记表", "day": "2026-11-27"})
    await acts.run("review.note", {"items": ["review.own:1"], "note": "业主姓吴，下午四点后方便接电话"})
    await acts.run("review.delegate", {"items": ["review.own:2"], "to": "zhou.ting", "note": "月底前交给我"})
    for day, left in LEFT.items():
        await SignOff.create(**_signed(day, left))


def _keys() -> list[dict[str, Any]]:
    """Six rooms of building 3, and the flats of building 1: of some the owner's key isn't labelled."""
    rooms = [
        {"tag_no": f"3-S{at}-A", "block": "3", "space_kind": "equipment_room", "equipment_room_name": f"{at}号{room}",
         "door_kind": "equipment_room", "labelled": "true", "custodian_dept": "engineering", "hook": f"甲{at:02}"}
        for at, room in enumerate(ROOMS, 1)
    ]  # fmt: skip
    flats = [
        {"tag_no": f"1-{unit}-{floor:02}{flat:02}-A", "block": "1", "space_kind": "owner_unit", "unit": f"{unit}",
         "floor": f"{floor}", "room": f"{flat:02}", "door_kind": "security_gate", "labelled": str(floor != 9).lower(),
         "owner_name": "吴" if flat == 1 else "诸葛", "received_on": "2026-09-04", "hook": f"乙{floor:02}"}
        for unit in (1, 2) for floor in range(5, 13) for flat in (1, 2)
    ]  # fmt: skip
    return [*rooms, *flats]


async def _copies(acts: _Acts) -> None:
    """Two wishes for copies of keys that everybody uses, one for an owner's."""
    acts.at(18, "14:10")
    await acts.run("keys.request_copies", {"copies": 2, "reason": "夜班、门岗各备一把"}, ["3-S5-A"], "chen.min")
    acts.at(19, "09:40")
    await acts.run("keys.request_copies", {"copies": 1, "reason": "原钥匙磨损"}, ["3-S6-A"], "chen.min")
    acts.at(23, "10:25")
    wish = {"copies": 3, "reason": "业主为家人另配", "consent_ref": "书面申请 11 号"}
    await acts.run("keys.request_copies", wish, ["1-1-0501-A"], "chen.min")


def _signed(day: int, left: int) -> dict[str, Any]:
    """A day's sign-off with so many matters put off."""
    at = datetime(2026, 11, day, 17, 30, tzinfo=SHANGHAI) + timedelta(minutes=day)
    told = {"matters": [{"how": "decided"}] * (10 - left) + [{"how": "deferred"}] * left}
    return {
        "day": date(2026, 11, day), "by_login": "admin", "by_name": "王芳", "at": at, "statement": json.dumps(told),
        "checkpoint": "",
    }  # fmt: skip
