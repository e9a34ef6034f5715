"""The comparison on paper, to be put up (hygiene-41)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cstui.api import Content, Context, Paper, Refusal, Table, Text, choice
from cstui_hygiene.comparison.acts import whole
from cstui_hygiene.kinds import AppraisalState
from cstui_hygiene.models import HygieneAppraisal
from cstui_hygiene.sheets import told

FIELDS = ("rank", "team", "inspections", "mean_score", "missed", "score", "outcome")


async def published(ctx: Context, rows: Sequence[HygieneAppraisal]) -> list[Content]:
    """A page for each period; only what is published is given out."""
    pages = []
    for name, all_of_it in await whole(rows):
        if any(one.state is not AppraisalState.PUBLISHED for one in all_of_it):
            raise Refusal("hygiene.refusal.not_published", field="appraisal", value=name, rule="hygiene-41")
        ranked = sorted(all_of_it, key=lambda one: (one.rank is None, one.rank or 0))
        lines = [
            (
                one.rank or "—", one.team.name, one.inspections, _known(one.mean_score), one.missed,
                _known(one.score), choice("hygiene", one.outcome.value),
            )
            for one in ranked
        ]  # fmt: skip
        rule = ctx.rule("hygiene-41", all_of_it[0].last_day)
        basis = Text("hygiene.proof.comparison", first=all_of_it[0].first_day, last=all_of_it[0].last_day,
                     off=rule.missed_deduction, passing=rule.appraisal_pass_score)  # fmt: skip
        table = Table(tuple(Text(f"hygiene.field.{field}") for field in FIELDS), lines)
        pages.append(Content(Text("hygiene.paper.comparison_of", period=name), [basis, table]))
    return pages


def _known(hundredths: int | None) -> Any:
    return Text("value.unknown") if hundredths is None else told(hundredths)


PAPERS = (Paper("hygiene.comparison", "hygiene.appraisals", published, rules=("hygiene-41",)),)
