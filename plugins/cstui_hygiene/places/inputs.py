"""One cleaning area as it is entered or imported."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from cstui.api import Code, Day, Input, Line, Whole
from cstui_hygiene.inputs import Group, Person, Reason
from cstui_hygiene.kinds import AreaKind, Crew, Frequency


class Preset(StrEnum):
    """Sets of areas as the regulations name them, for a site to begin with."""

    OFFICE = "office"
    MACHINE_ROOM = "machine_room"
    WAREHOUSE = "warehouse"
    SHOP = "shop"


class ChangeArea(Input):
    """What an area is. `weekday`: 1 Monday to 7 Sunday, weekly areas only.

    `team` empty: all of customer service take turns. `keeper`: the one person of an area with a named crew.
    """

    name: Annotated[Line, Field(max_length=64, min_length=1)]
    kind: AreaKind
    standard: Annotated[Line, Field(max_length=500, min_length=1)]
    frequency: Frequency
    weekday: Annotated[Whole, Field(ge=1, le=7)] | None = None
    minutes: Annotated[Whole, Field(ge=0, le=1440)] = 0
    crew: Crew = Crew.ROTA
    team: Group | None = None
    keeper: Person | None = None
    first_day: Day | None = None


class SetArea(ChangeArea):
    """A cleaning area by its code; a known one has only what is given changed."""

    code: Annotated[Code, Field(max_length=16, min_length=1)]


class UsePreset(Input):
    preset: Preset


class Retire(Input):
    """`excuse_duties`: the duties that are still open fall away with the area."""

    reason: Reason
    excuse_duties: bool = False


ALIASES = {
    "code": ("区域编号", "area code"),
    "name": ("区域", "区域名称"),
    "kind": ("区域类别",),
    "standard": ("卫生标准", "要求"),
    "frequency": ("打扫频次",),
    "weekday": ("星期",),
    "minutes": ("用时", "分钟"),
    "crew": ("打扫人员",),
    "keeper": ("专人",),
    "first_day": ("启用日期",),
}
