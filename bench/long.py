"""A long import: 100,000 keys against 10,000, what a line costs and how much memory it takes at most."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Iterator
from pathlib import Path

from bench.command import site
from bench.measure import CSTUI, Cost, Row, child

SHORT, LONG = 10_000, 100_000
CONSTANT = 1.3
HEADERS = (
    "钥匙编号", "楼栋", "部位类别", "单元", "楼层", "房号", "门类", "份号", "钥匙扣编号", "挂钩", "已贴标签",
    "保管部门", "接管日期", "业主",
)  # fmt: skip
DOORS = ("防盗铁门", "室内门", "信报箱", "窗")
OWNERS = ("王芳", "李强", "赵敏", "张伟", "刘洋", "陈静")


def keys(count: int) -> Iterator[tuple[object, ...]]:
    """So many keys: four to a home, twelve homes to a floor, thirty floors to a building."""
    for at in range(count):
        home, door = divmod(at, len(DOORS))
        (rest, number), unit = divmod(home, 4), home // 4 % 3 + 1
        block, floor = rest // 90 + 1, rest // 3 % 30 + 1
        room = f"{floor}{number + 1:02}"
        ring = f"{block}-{unit}-{room}"
        yield (
            f"{ring}-{'ABCD'[door]}", block, "业主房", unit, floor, room, DOORS[door], 1, ring, f"H{ring}", "是",
            "客服部", "2024-03-01", OWNERS[home % len(OWNERS)],
        )  # fmt: skip


def bring(folder: Path, count: int) -> Cost:
    """`cstui import` of so many keys into a store without keys."""
    made = site(folder / str(count))
    with (made / "long.csv").open("w", encoding="utf-8", newline="") as file:
        lines = csv.writer(file)
        lines.writerow(HEADERS)
        lines.writerows(keys(count))
    cost = child((*CSTUI, "import", "keys.keys", "long.csv"), made)
    shutil.rmtree(made)
    return cost


def measure(folder: Path) -> list[Row]:
    short, long = bring(folder, SHORT), bring(folder, LONG)
    what, against = f"import of {LONG:,} keys (.csv)", f"the same of {SHORT:,} keys"
    scale = LONG / SHORT
    return [
        Row(f"{what}: peak memory", against, "MiB", long.memory, short.memory, long.memory / short.memory, 1, CONSTANT),
        Row(f"{what}: processor", f"{scale:g} times {against}", "s", long.cpu, scale * short.cpu,
            long.cpu / scale / short.cpu, 1, CONSTANT),
        Row(f"{what}: wall", f"{scale:g} times {against}", "s", long.wall, scale * short.wall,
            long.wall / scale / short.wall, 1),
    ]  # fmt: skip
