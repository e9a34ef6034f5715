"""A key list as it really arrives: a previous manager's hand-over sheet for one building, grown over years.

Title and remarks above the header, a total below, merged cells, a hidden row, headers of its own, numbers as text and
text as numbers, four ways to write a day, a formula nobody calculated, and a day that could be two.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

HEADERS = ("序号", "钥匙牌", "楼 号", "单元", "楼层", "房间", "钥匙属性", "门 别", "第几把", "挂 位", "交接日", "备注")
_SERIAL = 46346
"""2026-11-20 as the number by which Excel counts days."""
_DAY = date(2026, 11, 20)

_ROWS: tuple[tuple[Any, ...], ...] = (
    (1, 301, "3栋", "1单元", "1层", "101室", "业主", "防盗门", 1.0, "A-01", "2026年11月20日", None),
    (2, 302, None, None, None, "101室", "业主", "信箱", "１", "A-01", _DAY, None),
    (3, 303, None, None, "2层", "201室", "业主", "防盗门", 1, "A-02", _SERIAL, "业主已换锁芯"),
    (4, 304, None, None, None, "201室", "业主", "信箱", 1, "A-02", "２０２６－１１－２０", None),
    (None,) * 12,
    (5, 305, None, "2单元", "1层", "101室", "业主", "防盗门", 1, '="A-"&"03"', _DAY, "挂位为公式"),
    (6, 306, None, None, None, "101室", "业主", "信箱", 1, "A-03", "03/11/2026", None),
    (7, 307, None, None, "2层", "　", "公共", "窗户", 1, "P-01", "2026/11/20", "楼道窗"),
    (8, 308, None, None, None, None, "公共", "窗户", "第2把", "P-01", _DAY, None),
    (9, 309, None, None, None, None, "公共", "窗户", 3, "P-01", _DAY, "隐藏行"),
    (10, 310, "3栋", None, None, None, "机房", "设备房门", 1, "S-01", _DAY, "配电房"),
    ("合计", None, None, None, None, None, None, None, 10, None, None, None),
)
_FIRST = 5
"""The line on which the first key stands."""


def save(path: Path) -> Path:
    """Write the list as .xlsx."""
    import openpyxl
    from openpyxl.styles import Alignment

    book = openpyxl.Workbook()
    page: Any = book.active
    page.title = "3号楼"
    page.append(["阳光花园 3 号楼钥匙移交台账"])
    page.merge_cells("A1:L1")
    page["A1"].alignment = Alignment(horizontal="center")
    page.append(["移交单位：宏达物业", None, None, None, "制表：赵敏", None, None, "2026-11-20"])
    page.append([])
    page.append(list(HEADERS))
    for row in _ROWS:
        page.append(list(row))
    for line in range(_FIRST, _FIRST + len(_ROWS) - 1):
        page.cell(line, 2).number_format = "0000"
    for span in ("C5:C14", "D5:D8", "D10:D14", "E5:E6", "E7:E8", "E10:E11", "E12:E14"):
        page.merge_cells(span)
    page.row_dimensions[14].hidden = True
    notes: Any = book.create_sheet("说明")
    notes.append(["钥匙牌为四位数；挂位 A 为住户，P 为公共，S 为设备房"])
    old: Any = book.create_sheet("2019旧表")
    old.append(list(HEADERS))
    old.sheet_state = "hidden"
    book.save(path)
    return path
