"""The kit finds what keeps a register's file from coming back."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from cstui.contract.declare import Column
from cstui.host import Host
from cstui.people.actions import DUTY_ALIASES
from cstui.testing import check_area


async def faults(host: Host, columns: tuple[Column, ...] = (), **bulk: Any) -> list[str]:
    """What the kit says of the duties with these columns, and of their import with another Bulk."""
    area = host.areas["people"]
    register = host.registers["people.duties"]
    if columns:
        register = replace(register, columns=columns, sections=())
    action = host.actions["people.assign_duty"]
    assert action.bulk
    host.registers["people.duties"] = register
    host.actions[action.id] = replace(action, bulk=replace(action.bulk, **bulk))
    told = await check_area(replace(area, registers=(register,), actions=()), host)
    return [fault for fault in told if "register people.duties" in fault]


DAY, STAFF, SHIFT = Column("day"), Column("staff", "staff.login"), Column("shift", "shift.code")


@pytest.mark.parametrize(
    ("columns", "bulk", "fault"),
    [
        ((DAY, STAFF), {}, "people.assign_duty takes shift"),
        ((DAY, STAFF, SHIFT, Column("name", "staff.name")), {}, "姓名 is the column name"),
        ((DAY, STAFF, SHIFT), {"aliases": {**DUTY_ALIASES, "shift": ("员工",)}}, "员工 is staff as well as shift"),
        ((DAY, STAFF, SHIFT, Column("start_at"), Column("start_at", "end_at")), {}, "two columns are called starts"),
    ],
)
async def test_the_kit_finds_it(host: Host, columns: tuple[Column, ...], bulk: dict[str, Any], fault: str) -> None:
    told = await faults(host, columns, **bulk)
    assert any(fault in one for one in told), told


async def test_what_only_begins_a_row_need_not_be_a_column(host: Host) -> None:
    assert await faults(host, (DAY, STAFF), once=("shift",)) == []
    assert await faults(host) == []
