"""What is filled in about alerts."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from cstui.api import Code, Input, Line, Moment
from cstui_confidentiality.inputs import Reason
from cstui_confidentiality.kinds import AlertKind
from cstui_confidentiality.workstations.inputs import PC


class EnterAlert(Input):
    """What a proxy or scanner told, under its own number."""

    alert_no: Annotated[Code, Field(min_length=1, max_length=48)]
    pc: PC
    at: Moment
    alert_kind: AlertKind
    alert_what: Annotated[Line, Field(min_length=1)]


class SettleAlert(Input):
    """What came of it."""

    note: Reason


ALIASES = {
    "alert_no": ("编号", "id", "event id"),
    "pc": ("电脑", "计算机", "主机名", "hostname", "computer"),
    "at": ("告警时间", "time"),
    "alert_kind": ("类型", "type"),
    "alert_what": ("网址", "文件", "url", "detail"),
}
