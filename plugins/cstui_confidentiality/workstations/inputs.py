"""What is filled in about computers of the service and their scans."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field
from tortoise.expressions import Q

from cstui.api import Code, Context, Day, Input, Line, Ref, Whole
from cstui.people import Staff
from cstui_confidentiality.inputs import Reason
from cstui_confidentiality.kinds import ScanResult
from cstui_confidentiality.models import Workstation


def in_use(ctx: Context, computers: Any) -> Any:
    """Computers that are still used."""
    return computers.filter(Q(last_day__isnull=True) | Q(last_day__gte=ctx.today))


PC = Annotated[Workstation, Ref("confidentiality.workstations")]
PCInUse = Annotated[Workstation, Ref("confidentiality.workstations", only=in_use)]
Threats = Annotated[Whole, Field(ge=0)]


class SetWorkstation(Input):
    """A computer of the service; of a known one only what is given is changed. `seat_user` empty: whoever is there."""

    pc: Annotated[Code, Field(min_length=1, max_length=32)]
    place: Annotated[Line, Field(max_length=64)] = ""
    seat_user: Annotated[Staff, Ref("people.staff")] | None = None
    first_day: Day | None = None


class RetireWorkstation(Input):
    """`last_day`: today unless told."""

    last_day: Day | None = None


class RecordScan(Input):
    """A day's scan. `threats`: how many were found; `note`: why none was run."""

    result: ScanResult = ScanResult.CLEAN
    day: Day
    threats: Threats = 0
    signature_date: Day | None = None
    note: Line = ""


class EnterScan(RecordScan):
    pc: PC


class Quarantine(Input):
    """How the threats were dealt with."""

    note: Reason


COMPUTER_ALIASES = {
    "pc": ("电脑", "计算机", "主机名", "hostname", "computer"),
    "place": ("工位", "desk"),
    "seat_user": ("使用人登录名", "user"),
    "first_day": ("启用日期", "from"),
}
SCAN_ALIASES = {
    "pc": ("电脑", "计算机", "主机名", "hostname", "computer"),
    "day": ("查杀日期", "date"),
    "result": ("查杀结果",),
    "threats": ("病毒数", "found"),
    "signature_date": ("病毒库版本日期", "signatures"),
}
