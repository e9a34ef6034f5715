"""What is filled in about lockers."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from cstui.api import Code, Day, Input
from cstui_hygiene.inputs import Person, Reason


class SetLocker(Input):
    """A locker, and who holds it where somebody does; of a known one only what is given is changed."""

    locker_no: Annotated[Code, Field(max_length=16, min_length=1)]
    holder: Person | None = None
    first_day: Day | None = None


class AssignLocker(Input):
    """`first_day`: since when, today unless told."""

    holder: Person
    first_day: Day | None = None


class LockerFault(Input):
    fault: Reason


class LockerLoss(Input):
    """What is missing."""

    what: Reason


ALIASES = {
    "locker_no": ("柜号", "更衣柜编号", "locker", "no"),
    "holder": ("使用人登录名", "领用人"),
    "first_day": ("领用日期", "from"),
}
