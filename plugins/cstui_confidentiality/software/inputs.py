"""What is filled in about the programs on computers of the service."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from cstui.api import Code, Day, Input, Line
from cstui_confidentiality.inputs import Reason
from cstui_confidentiality.workstations.inputs import PC, PCInUse

Name = Annotated[Line, Field(min_length=1, max_length=80)]
Version = Annotated[Code, Field(max_length=40)]


class CertifySoftware(Input):
    """A program that may run. Without a version: any; without computers: on all."""

    name: Name
    software_version: Version = ""
    pcs: Annotated[list[PCInUse], Field(max_length=20)] = []
    note: Line = ""


class RequestSoftware(Input):
    name: Name
    software_version: Version = ""
    note: Reason


class Why(Input):
    note: Reason


class FindSoftware(Input):
    """A line of an inventory. `seen_on`: the inventory's day, today unless told."""

    pc: PC
    name: Name
    software_version: Version = ""
    seen_on: Day | None = None


FOUND_ALIASES = {
    "pc": ("电脑", "计算机", "主机名", "hostname", "computer"),
    "name": ("软件", "软件名称", "program", "displayname"),
    "software_version": ("软件版本", "version", "displayversion"),
    "seen_on": ("清单日期", "date"),
}
