"""The form of a nomination to print (奖项申请表)."""

from __future__ import annotations

from collections.abc import Sequence

from cstui.api import Content, Context, Facts, Paper, Table, Text, choice
from cstui_rewards.models import CriterionCheck, Nomination, ReviewStep


async def forms(ctx: Context, rows: Sequence[Nomination]) -> list[Content]:
    return [await _form(one) for one in rows]


def _label(name: str) -> Text:
    return Text(f"rewards.field.{name}")


async def _form(one: Nomination) -> Content:
    checks = CriterionCheck.filter(nomination=one).select_related("criterion").order_by("id")
    steps = ReviewStep.filter(nomination=one).select_related("actor").order_by("id")
    facts = Facts(
        (
            (_label("nominee"), one.nominee.name), (_label("team"), one.team.name), (_label("award"), one.award.name),
            (_label("nominated_by"), one.nominated_by.name), (_label("reason"), one.reason),
        )
    )  # fmt: skip
    cases = Table(
        (_label("day"), _label("title"), _label("description"), _label("attachment")),
        [(case.day, case.title, case.description, case.attachment) for case in one.cases],
    )
    witnesses = Table(
        (_label("witness"), _label("witness_state"), _label("remark"), _label("signature")),
        [(said.witness.name, choice("rewards", said.state), said.remark, "") for said in one.witnesses],
    )
    criteria = Table(
        (_label("criterion"), _label("told"), _label("met"), _label("remark")),
        [(check.criterion.told, check.told, choice("rewards", check.met), check.remark) for check in await checks],
    )
    review = Table(
        (_label("step"), _label("actor"), _label("decision"), _label("reason")),
        [
            (choice("rewards", step.step), step.actor.name, choice("rewards", step.decision), step.reason)
            for step in await steps
        ],
        blank=2,
    )
    title = Text("rewards.value.form", number=one.nomination_no)
    return Content(title, (facts, cases, witnesses, criteria, review))


PAPERS = (Paper("rewards.form", "rewards.nominations", forms, rules=("rewards-24",), needs="rewards.nominate"),)
