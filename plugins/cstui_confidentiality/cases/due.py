"""Cases that wait to be heard, proposed, decided, executed or closed, and those that go before the law."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from cstui.api import Context, DueItem, Text, choice, utc
from cstui_confidentiality.cases.acts import appeal_ends, seen
from cstui_confidentiality.cases.deciding import decider_barred
from cstui_confidentiality.kinds import CaseState
from cstui_confidentiality.models import ConfidentialityCase

ACTIONS: Mapping[CaseState, tuple[str, ...]] = {
    CaseState.OPENED: ("hear_case", "drop_case"),
    CaseState.HEARD: ("propose_case", "drop_case"),
    CaseState.PROPOSED: ("decide_case", "propose_case", "drop_case"),
    CaseState.DECIDED: ("execute_case",),
    CaseState.EXECUTED: ("close_case",),
}


async def cases_due(ctx: Context) -> list[DueItem]:
    """What each open case waits for, and those that are to be referred."""
    if not ctx.may("confidentiality.decide"):
        return []
    found: list[DueItem] = []
    for case in await seen(ctx).filter(state__in=list(ACTIONS)).order_by("id"):
        if item := await _waits(ctx, case):
            found.append(item)
        if case.legal and case.legal_referred_at is None and ctx.rule("confidentiality-34").on:
            found.append(_item(case, "case_legal", ("confidentiality.refer_legal",), "confidentiality-34"))
    return found


async def _waits(ctx: Context, case: ConfidentialityCase) -> DueItem | None:
    """Of one that is executed nothing is asked before the time for an appeal is over."""
    due = appeal_ends(ctx, case) if case.executed_at else None
    if due and utc(ctx.now) < due:
        return None
    word, barred = f"case_{case.state.value}", None
    if case.state is CaseState.PROPOSED:
        barred = await decider_barred(ctx, case)
    actions = tuple(f"confidentiality.{name}" for name in ACTIONS[case.state])
    return _item(case, word, actions, case.tier_rule or case.article, due=due, barred=barred)


def _item(
    case: ConfidentialityCase, word: str, actions: tuple[str, ...], rule: str, due: datetime | None = None,
    barred: Text | None = None,
) -> DueItem:  # fmt: skip
    """Never under the name of whom it is about: an item that names somebody is put before them."""
    return DueItem(
        id=f"confidentiality.case.{case.pk}.{word}",
        severity="info" if barred else "warning",
        title=Text(f"confidentiality.due.{word}", person=case.subject.name, case=case.case_no,
                   ground=choice("confidentiality", case.ground)),
        rule=rule,
        due=due,
        state=choice("confidentiality", case.state),
        register="confidentiality.cases",
        records=(case.pk,),
        actions=actions,
        proof=_proof(case, barred),
        mine=case.state is CaseState.PROPOSED and barred is None,
    )  # fmt: skip


def _proof(case: ConfidentialityCase, barred: Text | None) -> tuple[Text, ...]:
    told = [Text("confidentiality.proof.case_opened", case=case.case_no, at=case.opened_at,
                 article=Text(f"confidentiality.rule.{case.article.rsplit('-', 1)[1]}"))]  # fmt: skip
    if case.heard_at:
        told.append(Text("confidentiality.proof.case_waived" if case.waived else "confidentiality.proof.case_heard",
                         at=case.heard_at))  # fmt: skip
    if case.tier:
        told.append(Text("confidentiality.proof.case_tier", tier=case.tier, rule=case.tier_rule,
                         outcome=choice("confidentiality", case.proposed_outcome or "")))  # fmt: skip
    if case.report and case.report.reporter_id == case.subject_id:
        told.append(Text("confidentiality.proof.self_reported"))
    return (*told, barred) if barred else tuple(told)
