"""Green plots are entered, given to a keeper by name, and given up (hygiene-43)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cstui.api import BadInput, Context, Refusal, Text
from cstui.people import Staff
from cstui_hygiene.kinds import PlotState
from cstui_hygiene.models import GreenPlot
from cstui_hygiene.plots.inputs import AssignPlot, RetirePlot, SetPlot

KEPT = ("keeper_id", "first_day", "state")


async def set_plot(ctx: Context, data: SetPlot) -> Text:
    (mark,) = await set_plots(ctx, [data])
    if isinstance(mark, Exception):
        raise mark
    return Text(f"hygiene.done.plot_{mark}", plot=data.plot)


async def set_plots(ctx: Context, rows: Sequence[SetPlot]) -> list[Any]:
    """Many plots at once; each is told what became of it."""
    known = {one.plot: one for one in await GreenPlot.filter(plot__in=[row.plot for row in rows])}
    marks: list[Any] = []
    new, changed = [], []
    for row in rows:
        plot = known.get(row.plot)
        made = plot or GreenPlot(plot=row.plot)
        try:
            differs = _set(ctx, made, row)
        except (BadInput, Refusal) as fault:
            marks.append(fault)
            continue
        if plot is None:
            new.append(made)
        elif differs:
            changed.append(made)
        marks.append("created" if plot is None else "updated" if differs else "unchanged")
    await GreenPlot.insert(new)
    await GreenPlot.change(changed, KEPT)
    return marks


def _set(ctx: Context, plot: GreenPlot, row: SetPlot) -> bool:
    """Whether the plot changes by a row of an import."""
    before = [getattr(plot, name) for name in KEPT]
    if row.keeper and row.keeper.pk != plot.keeper_id:
        if plot.state is PlotState.RETIRED:
            raise Refusal("hygiene.refusal.plot_retired", field="plot", value=plot.plot)
        _give(ctx, plot, row.keeper)
    if row.first_day and plot.keeper_id:
        _since(ctx, plot, row.first_day)
    return before != [getattr(plot, name) for name in KEPT]


def _give(ctx: Context, plot: GreenPlot, keeper: Staff | None) -> None:
    plot.keeper_id = keeper.pk if keeper else None
    plot.first_day = ctx.today if keeper else None
    plot.state = PlotState.ASSIGNED if keeper else PlotState.UNASSIGNED


def _since(ctx: Context, plot: GreenPlot, day: Any) -> None:
    if day > ctx.today:
        raise BadInput("hygiene.refusal.plot_later", field="first_day", value=day)
    plot.first_day = day


async def assign(ctx: Context, plots: Sequence[GreenPlot], data: AssignPlot) -> Text:
    """The same keeper for each of these plots, from now on; who kept them before stands in their history."""
    for plot in plots:
        Refusal.because(await assign_blocked(ctx, plot), value=plot.plot, rule="hygiene-43")
        if plot.keeper_id == data.keeper.pk:
            raise Refusal(
                "hygiene.refusal.keeps_plot", field="keeper", value=data.keeper.login, rule="hygiene-43",
                person=data.keeper.name, plot=plot.plot,
            )  # fmt: skip
        _give(ctx, plot, data.keeper)
        if data.first_day:
            _since(ctx, plot, data.first_day)
    await GreenPlot.change(plots, KEPT)
    return Text("hygiene.done.plot_given", plots=names(plots), person=data.keeper.name)


async def assign_blocked(ctx: Context, plot: GreenPlot) -> Text | None:
    return Text("hygiene.blocked.plot_retired", plot=plot.plot) if plot.state is PlotState.RETIRED else None


async def retire(ctx: Context, plot: GreenPlot, data: RetirePlot) -> Text:
    """Nobody keeps it any more; the reason stands in its history."""
    Refusal.because(await assign_blocked(ctx, plot), value=plot.plot)
    _give(ctx, plot, None)
    plot.state = PlotState.RETIRED
    await plot.save()
    return Text("hygiene.done.plot_retired", plot=plot.plot)


async def restore(ctx: Context, plot: GreenPlot, data: None) -> Text:
    Refusal.because(await restore_blocked(ctx, plot), value=plot.plot)
    plot.state = PlotState.UNASSIGNED
    await plot.save()
    return Text("hygiene.done.plot_restored", plot=plot.plot)


async def restore_blocked(ctx: Context, plot: GreenPlot) -> Text | None:
    return None if plot.state is PlotState.RETIRED else Text("hygiene.blocked.plot_kept", plot=plot.plot)


async def before_leaving(ctx: Context, rows: Sequence[Any], data: Any) -> Text | None:
    """Whoever keeps a plot and leaves needs a successor: told at once."""
    leaving = {one.pk: one for one in rows if isinstance(one, Staff)}
    plots = await GreenPlot.filter(keeper_id__in=[*leaving]).order_by("plot")
    if not plots:
        return None
    return Text("hygiene.note.plot_successor", person=leaving[plots[0].keeper_id or 0].name, plots=names(plots))


def names(plots: Sequence[GreenPlot]) -> str:
    return "、".join(plot.plot for plot in plots)
