"""Green plots that nobody keeps (hygiene-43), in one query."""

from __future__ import annotations

from cstui.api import Context, DueItem, Text
from cstui.people import is_gone
from cstui_hygiene.kinds import PlotState
from cstui_hygiene.models import GreenPlot


async def plots(ctx: Context) -> list[DueItem]:
    """Those without a keeper, or whose keeper has left: critical until somebody has them."""
    rule = ctx.rule("hygiene-43")
    if not rule.on or not rule.green_plot_keepers:
        return []
    kept = GreenPlot.exclude(state=PlotState.RETIRED).select_related("keeper")
    return [
        _item(plot)
        for plot in await kept.order_by("plot")
        if plot.keeper is None or is_gone(plot.keeper, ctx.today)
    ]  # fmt: skip


def _item(plot: GreenPlot) -> DueItem:
    gone = plot.keeper
    return DueItem(
        id=f"hygiene.plot.{plot.pk}",
        severity="critical",
        title=Text("hygiene.due.plot", plot=plot.plot),
        rule="hygiene-43",
        state=Text("hygiene.state.nobody"),
        register="hygiene.plots",
        records=(plot.pk,),
        actions=("hygiene.assign_plot", "hygiene.retire_plot"),
        proof=(Text("hygiene.proof.keeper_left", person=gone.name, day=gone.left_on),) if gone else (),
    )
