"""Workplace order: every room, desk, plant and locker kept clean on a named person's account, with proof."""

from __future__ import annotations

from typing import Any

from cstui.api import Area, hookimpl
from cstui_hygiene import (
    afteruse,
    checks,
    comparison,
    defects,
    demo,
    duties,
    field,
    inspections,
    lockers,
    places,
    plants,
    plots,
    rota,
    rules,
    shop,
)

ROOMS: tuple[Any, ...] = (
    places,
    rota,
    duties,
    lockers,
    plots,
    plants,
    inspections,
    defects,
    checks,
    comparison,
    afteruse,
    shop,
    field,
)
"""Each matter of workplace order has a room of its own, with its actions, and its registers and due items if any."""


AREA = Area.of("hygiene", __name__, ROOMS, rules=rules.RULES, demo=demo.fill)


@hookimpl
def cstui_area() -> Area:
    return AREA
