"""A change of figures to which a second person agrees, in areas that ask for it (`Area.figures_approver`)."""

from __future__ import annotations

from typing import Any

from cstui.contract.context import Context
from cstui.contract.declare import ApprovalKind, Area
from cstui.contract.errors import Refusal
from cstui.contract.figures import dump_figure
from cstui.contract.text import Text
from cstui.site.models import FigureState, RuleFigure


def figure_kind(area: Area) -> ApprovalKind | None:
    """The kind of request by which the figures of an area are changed, or None where whoever sets them decides."""
    if area.figures_approver is None:
        return None
    return ApprovalKind(_kind(area.id), (area.figures_approver,), _agreed, refused=_refused, withdrawn=_withdrawn)


def _kind(area_id: str) -> str:
    return f"site.figure_{area_id}"


async def ask(ctx: Context, figure: RuleFigure, old: Any, value: Any) -> Text:
    """Put a change before whoever agrees. One at a time: a second one might be meant for what the first leaves."""
    named = {"rule": figure.rule, "name": figure.name}
    if await RuleFigure.filter(**named, state=FigureState.WAITING).exists():
        raise Refusal("site.refusal.waiting", field="name", value=figure.name, of=figure.rule)
    figure.old, figure.state = dump_figure(old), FigureState.WAITING
    await figure.save()
    told = {**named, "old": old, "value": value, "day": figure.first_day}
    area = ctx.rule(figure.rule).rule.area
    await ctx.ask(_kind(area), figure.pk, Text("site.request.figure", **told, reason=figure.reason))
    return Text("site.done.figure_asked", **told)


async def _agreed(ctx: Context, request: Any) -> None:
    """It holds from its day on, but never for days that passed while it waited."""
    from cstui.site.actions import put

    figure = await RuleFigure.get(id=request.record_id)
    figure.first_day = max(figure.first_day, ctx.today)
    ctx.notes.append(await put(ctx, figure))


async def _refused(ctx: Context, request: Any) -> None:
    await _end(request, FigureState.REFUSED)


async def _withdrawn(ctx: Context, request: Any) -> None:
    await _end(request, FigureState.WITHDRAWN)


async def _end(request: Any, state: FigureState) -> None:
    figure = await RuleFigure.get(id=request.record_id)
    figure.state = state
    await figure.save()
