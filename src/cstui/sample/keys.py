"""Three thousand keys of six buildings: household doors, public doors and windows, equipment rooms."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import Any

KEY_HEADERS = (
    "钥匙编号", "楼栋", "部位类别", "单元", "楼层", "房号", "设备房名称", "门类", "份号", "钥匙扣编号", "挂钩",
    "已贴标签", "保管部门", "接管日期",
)  # fmt: skip
BUILDINGS = 6
PER_BUILDING = 500
FLOORS = 18

_ROOMS = ("配电房", "水泵房", "电梯机房", "消防控制室", "弱电间", "换热站", "风机房", "监控室")
_DOORS = ("防盗铁门", "防盗铁门", "室内门", "室内门", "信报箱", "电子对讲门")
"""What a household hands in; the last not by every one."""


def keys(random: Random) -> list[tuple[Any, ...]]:
    """The rows under `KEY_HEADERS`; tags such as 3-2-1502-A, exactly 500 in each building."""
    rows: list[tuple[Any, ...]] = []
    for block in range(1, BUILDINGS + 1):
        taken_over = date(2021, 5, 6) + timedelta(days=120 * block + random.randrange(60))
        for line in (*_equipment(block), *_public(block), *_households(block)):
            *place, department = line
            rows.append((*place, "是", department, taken_over))
    return rows


def _equipment(block: int) -> Iterator[tuple[Any, ...]]:
    for at, room in enumerate(_ROOMS, 1):
        ring, hook = f"{block}-S{at}", f"{block}E-{at:03d}"
        for copy in (1, 2):
            tag = f"{ring}-{'AB'[copy - 1]}"
            yield tag, str(block), "设备房", None, None, None, room, "设备房", copy, ring, hook, "工程部"


def _public(block: int) -> Iterator[tuple[Any, ...]]:
    for floor in range(1, FLOORS + 1):
        ring, hook = f"{block}-F{floor:02d}", f"{block}P-{floor:03d}"
        for unit in (1, 2):
            for letter, door in (("P", "单元门" if floor == 1 else "其他"), ("W", "窗")):
                tag = f"{block}-{unit}-F{floor:02d}-{letter}"
                yield tag, str(block), "公共门窗", str(unit), str(floor), None, None, door, 1, ring, hook, "客服部"


def _households(block: int) -> Iterator[tuple[Any, ...]]:
    places = [(unit, floor, door) for unit in (1, 2) for floor in range(1, FLOORS + 1) for door in (1, 2)]
    left = PER_BUILDING - 2 * len(_ROOMS) - 4 * FLOORS
    for at, (unit, floor, door) in enumerate(places):
        room = f"{floor}{door:02d}"
        ring, hook = f"{block}-{unit}-{room}", f"{block}-{at + 1:03d}"
        count = len(_DOORS) if left - len(_DOORS) >= (len(places) - at - 1) * (len(_DOORS) - 1) else len(_DOORS) - 1
        left -= count
        for number, kind in enumerate(_DOORS[:count]):
            copy = _DOORS[: number + 1].count(kind)
            tag = f"{ring}-{'ABCDEF'[number]}"
            yield tag, str(block), "业主房屋", str(unit), str(floor), room, None, kind, copy, ring, hook, "客服部"
