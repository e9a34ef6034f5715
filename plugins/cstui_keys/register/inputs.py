"""One line of the key register, and what spreadsheets call its fields."""

from __future__ import annotations

import re
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field

from cstui.api import Code, Day, Input, Known, Line, Whole, held
from cstui_keys.kinds import Dept, DoorKind, SpaceKind
from cstui_keys.models import Building

_SYNONYMS = {
    "业主": "owner_unit", "业主房": "owner_unit", "户内": "owner_unit", "住户": "owner_unit", "owner": "owner_unit",
    "公共": "public_door_window", "公共区域": "public_door_window", "公区": "public_door_window",
    "public": "public_door_window", "设备": "equipment_room", "机房": "equipment_room", "equipment": "equipment_room",
    "入户门": "security_gate", "防盗门": "security_gate", "房门": "inner_door", "对讲门": "intercom_door",
    "信箱": "letter_box", "窗户": "window", "设备房门": "equipment_room",
    "客服": "customer_service", "工程": "engineering",
}  # fmt: skip
"""Further words of spreadsheets for classes, kinds of door and departments."""


def known_word(value: Any) -> Any:
    """A class, kind of door or department by the word a spreadsheet has for it."""
    return _SYNONYMS.get(value.strip().lower(), value) if isinstance(value, str) else value


def bare(*suffixes: str) -> AfterValidator:
    """3栋 → 3, 2单元 → 2, 15层 → 15: the number without its measure word."""
    pattern = re.compile(f"(?<=.)({'|'.join(suffixes)})$")
    return AfterValidator(lambda value: pattern.sub("", value))


Block = Annotated[Code, Field(max_length=16), bare("号楼", "栋", "幢", "座", "楼", "#")]
Short = Annotated[Code, Field(max_length=16)]


class RegisterKey(Input):
    """One line of the key register. A field left out keeps what the register says."""

    tag_no: Annotated[Code, Field(max_length=32, min_length=1)]
    block: Annotated[Block, Known(held(Building, "block"))]
    space_kind: Annotated[SpaceKind, BeforeValidator(known_word)]
    unit: Annotated[Short, bare("单元")] = ""
    floor: Annotated[Short, bare("层", "楼", "F")] = ""
    room: Annotated[Line, Field(max_length=32), bare("室", "号房")] = ""
    equipment_room_name: Annotated[Line, Field(max_length=48)] = ""
    door_kind: Annotated[DoorKind, BeforeValidator(known_word)]
    copy_no: Annotated[Whole, Field(ge=1, le=99)] = 1
    ring: Annotated[Code, Field(max_length=64)] = ""
    hook: Annotated[Code, Field(max_length=32)] = ""
    owner_name: Annotated[Line, Field(max_length=64)] = ""
    labelled: bool = False
    custodian_dept: Annotated[Dept | None, BeforeValidator(known_word)] = None
    received_on: Day | None = None


ALIASES = {
    "tag_no": ("钥匙编号", "标签号", "钥匙号", "编号", "tag", "key", "key no"),
    "block": ("楼栋", "栋号", "楼号", "building"),
    "space_kind": ("使用部位", "部位", "部位类别", "钥匙类别", "kind", "class", "space kind"),
    "unit": ("单元", "单元号"),
    "floor": ("楼层", "层"),
    "room": ("房号", "室号", "房间", "部位名称", "room no"),
    "equipment_room_name": ("设备间名称", "设备房名称", "设备间", "设备房", "equipment room"),
    "door_kind": ("门类", "钥匙类型", "门种", "door", "key type"),
    "copy_no": ("副本号", "份数", "份号", "copy"),
    "ring": ("钥匙扣", "串号", "钥匙扣编号", "钥匙串", "ring no"),
    "hook": ("挂钩", "挂钩号", "位置"),
    "owner_name": ("业主", "业主姓名", "owner"),
    "labelled": ("已贴标签", "是否贴标签"),
    "custodian_dept": ("保管部门", "department"),
    "received_on": ("接管日期", "接收日期", "received"),
}
