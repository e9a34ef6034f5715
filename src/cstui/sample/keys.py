"""Three thousand keys of six buildings: household doors, public doors and windows, equipment rooms."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import Any

KEY_HEADERS = (
    "钥匙编号", "楼栋", "部位类别", "单元", "楼层", "房号", "设备房名称", "门类", "份号", "钥匙扣编号", "挂钩", "标签内容",
    "保管部门", "接管日期",
)  # fmt: skip
BUILDINGS = 6
PER_BUILDING = 500

_ROOMS = ("配电房", "水泵房", "电梯机房", "消防控制室", "弱电间", "换热站", "风机房", "监控室")
FLOORS = 18
_OWNER_DOORS = (("防盗铁门", 2), ("室内门", 2), ("信报箱", 1), ("电子对讲门", 1))


def keys(random: Random) -> list[tuple[Any, ...]]:
    """The rows under `KEY_HEADERS`; tags such as 3-2-1502-A, exactly 500 in each building."""
    rows: list[tuple[Any, ...]] = []
    for block in range(1, BUILDINGS + 1):
        taken_over = date(2021, 5, 6) + timedelta(days=120 * block + random.randrange(60))
        made = _of_building(block)
        rows += [(*row, taken_over) for row in made]
    return rows


def _of_building(block: int) -> Iterator[tuple[Any, ...]]:
    hooks = iter(range(1, 1000))
    for at, room in enumerate(_ROOMS, 1):
        hook = f"{block}E-{next(hooks):03d}"
        for copy in range(1, 3):
            tag = f"{block}-S{at}-{'AB'[copy - 1]}"
            yield (
                tag, str(block), "设备房", None, None, None, room, "设备房", copy, f"{block}-S{at}", hook,
                f"{block}栋{room}", "工程部",
            )  # fmt: skip
    for floor in range(1, FLOORS + 1):
        hook = f"{block}P-{next(hooks):03d}"
        for unit in (1, 2):
            for letter, kind, label in (("P", "单元门" if floor == 1 else "其他", "楼道门"), ("W", "窗", "楼道窗")):
                yield (
                    f"{block}-{unit}-F{floor:02d}-{letter}", str(block), "公共门窗", str(unit), str(floor), None, None,
                    kind, 1, f"{block}-F{floor:02d}", hook, f"{block}栋{unit}单元{floor}层{label}", "客服部",
                )  # fmt: skip
    spare = PER_BUILDING - len(_ROOMS) * 2 - FLOORS * 4 - FLOORS * 4 * 5  # so many households gave a sixth key
    for unit in (1, 2):
        for floor in range(1, FLOORS + 1):
            for door in (1, 2):
                room = f"{floor}{door:02d}"
                hook = f"{block}-{next(hooks):03d}"
                kinds = [kind for kind, copies in _OWNER_DOORS for _ in range(copies)][: 6 if spare > 0 else 5]
                spare -= 1
                for letter, kind in zip("ABCDEF", kinds, strict=False):
                    copy = kinds[: "ABCDEF".index(letter) + 1].count(kind)
                    yield (
                        f"{block}-{unit}-{room}-{letter}", str(block), "业主房屋", str(unit), str(floor), room,
                        None, kind, copy, f"{block}-{unit}-{room}", hook, f"{block}栋{unit}单元{room}室{kind}", "客服部",
                    )  # fmt: skip
