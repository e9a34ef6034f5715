"""Confidentiality: who may see what, who signed in when and did what, what was let out by whose leave, what leaked."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from cstui.api import Area, Context, hookimpl
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
    reading,
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
    reading,
)
"""Each matter has a room of its own, with its actions, and its registers and due items if any."""


def agree(ctx: Context) -> Collection[str]:
    """Who agrees to a change of these rules' figures and switches (confidentiality-52)."""
    rule = ctx.rule("confidentiality-52")
    return rule.rule_change_approver if rule.on else ()


AREA = Area.of("confidentiality", __name__, ROOMS, rules=rules.RULES, demo=demo.fill, figures_approver=agree)


@hookimpl
def cstui_area() -> Area:
    return AREA
