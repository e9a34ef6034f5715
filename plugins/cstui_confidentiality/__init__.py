"""Confidentiality: who may see what, who signed in when and did what, what was let out by whose leave, what leaked."""

from __future__ import annotations

from typing import Any

from cstui.api import Area, hookimpl
from cstui_confidentiality import (
    accounts,
    alerts,
    audit,
    cases,
    controls,
    demo,
    destruction,
    disclosure,
    leaks,
    logs,
    policy,
    removal,
    requests,
    rules,
    scope,
    software,
    verification,
    visitors,
    workstations,
)

ROOMS: tuple[Any, ...] = (
    scope,
    destruction,
    accounts,
    disclosure,
    removal,
    controls,
    policy,
    requests,
    logs,
    audit,
    workstations,
    software,
    alerts,
    leaks,
    cases,
    verification,
    visitors,
)
"""Each matter has a room of its own, with its actions, and its registers and due items if any."""

AREA = Area.of("confidentiality", __name__, ROOMS, rules=rules.RULES, demo=demo.fill)


@hookimpl
def cstui_area() -> Area:
    return AREA
