"""The comparison of teams: computed when a period is over, confirmed, published."""

from __future__ import annotations

from typing import Any

from cstui.api import Action, Column, Context, Register
from cstui_hygiene.comparison import acts, charts, papers
from cstui_hygiene.comparison.due import comparison_due
from cstui_hygiene.comparison.inputs import Compare
from cstui_hygiene.kinds import AppraisalState
from cstui_hygiene.models import HygieneAppraisal


def _query(ctx: Context) -> Any:
    """Until it is published a comparison is for those who decide."""
    rows = HygieneAppraisal.all().select_related("team")
    return rows if ctx.may("hygiene.decide") else rows.filter(state=AppraisalState.PUBLISHED)


APPRAISALS = Register(
    "hygiene.appraisals", HygieneAppraisal,
    (
        Column("appraisal_no", width=16, sort="appraisal_no"), Column("team", "team.name", width=12),
        Column("rank", width=6, align="right"),
        Column("score", width=8, align="right"),
        Column("mean_score", width=8, align="right"),
        Column("missed", width=6, align="right"), Column("outcome", width=8),
        Column("appraisal_state", "state", width=10, sort="state"),
    ),
    noun="appraisal", natural_key=("appraisal_no",), sort="-first_day", query=_query,
    sections=(Column("first_day"), Column("last_day"), Column("inspections"), Column("defects")),
)  # fmt: skip
COMPARE = Action(
    "hygiene.compare", run=acts.compare, needs="hygiene.decide", input=Compare, register="hygiene.appraisals",
    mnemonic="c", rules=("hygiene-41",),
)  # fmt: skip
CONFIRM = Action(
    "hygiene.confirm_comparison", run=acts.confirm, needs="hygiene.decide", target="rows",
    register="hygiene.appraisals", mnemonic="k", rules=("hygiene-41",), blocked=acts.computed_only,
)  # fmt: skip
PUBLISH = Action(
    "hygiene.publish_comparison", run=acts.publish, needs="hygiene.decide", target="rows",
    register="hygiene.appraisals", mnemonic="p", rules=("hygiene-41",), blocked=acts.confirmed_only,
)  # fmt: skip

REGISTERS = (APPRAISALS,)
ACTIONS = (
    COMPARE,
    CONFIRM,
    PUBLISH,
)
DUE = (comparison_due,)
PAPERS = papers.PAPERS
CHARTS = charts.CHARTS
