"""Green plots, each with one keeper by name."""

from __future__ import annotations

from cstui.api import Action, Bulk, Column, Consequence, Register
from cstui_hygiene.models import GreenPlot
from cstui_hygiene.plots import acts
from cstui_hygiene.plots import due as matters
from cstui_hygiene.plots.inputs import ALIASES, AssignPlot, RetirePlot, SetPlot

PLOTS = Register(
    "hygiene.plots", GreenPlot,
    (
        Column("plot", width=24, sort="plot"),
        Column("keeper_name", "keeper.name", width=12),
        Column("first_day", width=12),
        Column("plot_state", "state", width=12, sort="state"),
    ),
    noun="plot", natural_key=("plot",), sort="plot",
    query=lambda ctx: GreenPlot.all().select_related("keeper"),
    sections=(Column("keeper", "keeper.login"),),
)  # fmt: skip
SET = Action(
    "hygiene.set_plot", run=acts.set_plot, needs="hygiene.arrange", input=SetPlot, register="hygiene.plots",
    mnemonic="n", rules=("hygiene-43",), bulk=Bulk(acts.set_plots, natural_key=("plot",), aliases=ALIASES),
)  # fmt: skip
ASSIGN = Action(
    "hygiene.assign_plot", run=acts.assign, needs="hygiene.arrange", input=AssignPlot, target="rows",
    register="hygiene.plots", mnemonic="a", rules=("hygiene-43",), blocked=acts.assign_blocked,
)  # fmt: skip
RETIRE = Action(
    "hygiene.retire_plot", run=acts.retire, needs="hygiene.arrange", input=RetirePlot, target="row",
    register="hygiene.plots", mnemonic="x", blocked=acts.assign_blocked, inverse="hygiene.restore_plot",
)  # fmt: skip
RESTORE = Action(
    "hygiene.restore_plot", run=acts.restore, needs="hygiene.arrange", target="row", register="hygiene.plots",
    mnemonic="b", blocked=acts.restore_blocked,
)  # fmt: skip

REGISTERS = (PLOTS,)
ACTIONS = (
    SET,
    ASSIGN,
    RETIRE,
    RESTORE,
)
CONSEQUENCES = (Consequence("people.leave", acts.before_leaving),)
DUE = (matters.plots,)
