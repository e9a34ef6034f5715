"""What people fill in: the inputs of the actions, and what spreadsheets call their fields."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field
from tortoise.expressions import Q

from cstui.api import Code, Context, Day, Fen, Input, Line, Moment, Pin, Ref, Whole
from cstui.people import Staff
from cstui_keys.kinds import Dept, DoorKind, Medium, SpaceKind

_SYNONYMS = {
    "业主": "owner_unit", "业主房": "owner_unit", "户内": "owner_unit", "住户": "owner_unit", "owner": "owner_unit",
    "公共": "public_door_window", "公共区域": "public_door_window", "公区": "public_door_window",
    "public": "public_door_window", "设备": "equipment_room", "机房": "equipment_room", "equipment": "equipment_room",
    "入户门": "security_gate", "防盗门": "security_gate", "房门": "inner_door", "对讲门": "intercom_door",
    "信箱": "letter_box", "窗户": "window", "设备房门": "equipment_room",
    "客服": "customer_service", "工程": "engineering",
}  # fmt: skip
"""Further words of spreadsheets for classes, kinds of door and departments."""


def _known_word(value: Any) -> Any:
    return _SYNONYMS.get(value.strip().lower(), value) if isinstance(value, str) else value


def _bare(*suffixes: str) -> AfterValidator:
    """3栋 → 3, 2单元 → 2, 15层 → 15: the number without its measure word."""
    pattern = re.compile(f"(?<=.)({'|'.join(suffixes)})$")
    return AfterValidator(lambda value: pattern.sub("", value))


Block = Annotated[Code, Field(max_length=16), _bare("号楼", "栋", "幢", "座", "楼", "#")]
Short = Annotated[Code, Field(max_length=16)]


class RegisterKey(Input):
    """One line of the key register. A field left out keeps what the register says."""

    tag_no: Annotated[Code, Field(max_length=32, min_length=1)]
    block: Block
    space_kind: Annotated[SpaceKind, BeforeValidator(_known_word)]
    unit: Annotated[Short, _bare("单元")] = ""
    floor: Annotated[Short, _bare("层", "楼", "F")] = ""
    room: Annotated[Line, Field(max_length=32), _bare("室", "号房")] = ""
    equipment_room_name: Annotated[Line, Field(max_length=48)] = ""
    door_kind: Annotated[DoorKind, BeforeValidator(_known_word)]
    copy_no: Annotated[Whole, Field(ge=1, le=99)] = 1
    ring: Annotated[Code, Field(max_length=64)] = ""
    hook: Annotated[Code, Field(max_length=32)] = ""
    owner_name: Annotated[Line, Field(max_length=64)] = ""
    labelled: bool = False
    custodian_dept: Annotated[Dept | None, BeforeValidator(_known_word)] = None
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


def in_service(ctx: Context, staff: Any) -> Any:
    """Staff who haven't left."""
    return staff.filter(Q(left_on__isnull=True) | Q(left_on__gte=ctx.today))


Person = Annotated[Staff, Ref("people.staff", only=in_service)]
Reason = Annotated[Line, Field(min_length=1)]
Reference = Annotated[Line, Field(max_length=100)]


class Purpose(StrEnum):
    WORK = "work"
    PRIVATE = "private"


class Returned(StrEnum):
    """How a key comes back."""

    OK = "ok"
    DAMAGED = "damaged"
    INCOMPLETE = "incomplete"


class LendKeys(Input):
    """The loan form: who takes the keys, for which work, until when; signed with the borrower's PIN, or on paper."""

    borrower: Person
    work_reason: Reason
    work_order: Code = ""
    purpose: Purpose = Purpose.WORK
    contractor: Reference = ""
    due_at: Moment | None = None
    consent_ref: Reference = ""
    pin: Pin = ""
    signature_ref: Reference = ""


class ReturnKeys(Input):
    condition: Returned
    remark: Line = ""


class ExtendLoan(Input):
    due_at: Moment
    reason: Reason


class ReportLoss(Input):
    circumstances: Reason
    noticed_at: Moment | None = None


class FindKeys(Input):
    remark: Line = ""


class ChangeLock(Input):
    """`cost` in fen."""

    conclusion: Line = ""
    cost: Annotated[Fen | None, Field(ge=0)] = None


class WaiveLock(Input):
    reason: Reason


class GroupKeys(Input):
    """Left empty, each key goes to the ring of its household, floor or equipment room."""

    ring: Annotated[Code, Field(max_length=64)] = ""
    hook: Annotated[Code, Field(max_length=32)] = ""
    medium: Medium = Medium.RING


class Appoint(Input):
    custodian: Person | None = None
    deputy: Person | None = None


class HandOver(Input):
    receiver: Person
