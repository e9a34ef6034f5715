"""Rewards: awards proposed and adopted, the monthly choice with anonymous opinions, grants, the list of honours."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from cstui.api import Area, Context, hookimpl
from cstui_rewards import (
    awards,
    contests,
    demo,
    granting,
    honours,
    nominations,
    opinions,
    praise,
    reports,
    review,
    rounds,
    rules,
)

ROOMS: tuple[Any, ...] = (awards, rounds, nominations, review, opinions, reports, honours, granting, praise, contests)
"""Each matter has a room of its own, with its actions, and its registers and due items if any."""


def agree(ctx: Context) -> Collection[str]:
    """Who agrees to a change of the scheme: its owner, or the head where the owner changes it (rewards-41)."""
    rule = ctx.rule("rewards-41")
    return (*rule.scheme_owner, *ctx.rule("rewards-27").head_role) if rule.on else ()


AREA = Area.of("rewards", __name__, ROOMS, rules=rules.RULES, demo=demo.fill, figures_approver=agree)


@hookimpl
def cstui_area() -> Area:
    return AREA
