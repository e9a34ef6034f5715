"""A glance at a line chart in a few cells: for the header of Today, where there is room."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from cstui import charts
from cstui.contract.chart import Figures, Period
from cstui.contract.text import Text
from cstui.tui.paint import Run
from cstui.tui.widgets.drawing import number

if TYPE_CHECKING:
    from cstui.tui.app import Dashboard

LEFT = "review.left"
DAYS = 14
"""Signed days that are shown."""
BACK = timedelta(days=31)
"""So far back they are looked for."""
ROOM = 100
"""Cells of the terminal from which there is room for it."""
DOTS = ((0x40, 0x44, 0x46, 0x47), (0x80, 0xA0, 0xB0, 0xB8))
"""Braille dots for 1 to 4 quarters of the height, in the left and the right half of a cell."""
BRAILLE = 0x2800


async def left_over(app: Dashboard) -> list[float]:
    """How many matters were left over at each of the last sign-offs; nothing where that can't be shown."""
    assert app.host and app.actor
    chart = app.host.charts[LEFT]
    if app.charset or os.environ.get("TERM") == "linux" or not app.actor.may(charts.needs(chart)):
        return []  # the console's own font has no such dots
    ctx = await app.host.context(app.actor)
    answer = await charts.drawn(app.host, ctx, chart, Period(ctx.today - BACK, ctx.today))
    assert isinstance(answer, Figures)
    return [number(datum.value) for datum in answer.series[0].data if datum.value is not None][-DAYS:]


def glance(app: Dashboard, left: Sequence[float]) -> list[Run]:
    """These figures in one word, a line of dots, and the latest of them."""
    if len(left) < 2:
        return []
    return [(f"{app.say(Text('tui.chart.left'))} ", "dim"), (spark(left), "accent"), (f" {left[-1]:.0f}  ", "dim")]


def spark(values: Sequence[float]) -> str:
    """Figures as columns of dots, two in a cell. None of the characters is wide anywhere."""
    most = max(values, default=0)
    levels = [max(round(value / most * 4), int(value > 0)) if most > 0 else 0 for value in values]
    levels += [0] * (len(levels) % 2)
    made = ""
    for left, right in zip(levels[::2], levels[1::2], strict=True):
        dots = (DOTS[0][left - 1] if left else 0) | (DOTS[1][right - 1] if right else 0)
        made += chr(BRAILLE + dots) if dots else " "
    return made
