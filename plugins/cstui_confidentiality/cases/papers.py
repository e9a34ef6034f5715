"""泄密处理案卷: facts, statement, proposal and decision of a case, for the signatures of both sides."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from cstui.api import Content, Context, Facts, Paper, Text, Verbatim, choice
from cstui_confidentiality.models import ConfidentialityCase


def _money(fen: int | None, decided: bool = False) -> Decimal | None:
    """CNY; what was decided without a sum is nothing, what isn't decided yet a line to write on."""
    return Decimal(fen or 0).scaleb(-2) if fen is not None or decided else None


def _word(value: Any) -> Any:
    return choice("confidentiality", value) if value else None


async def case_file(ctx: Context, cases: Sequence[ConfidentialityCase]) -> list[Content]:
    """A sheet for each case; what isn't known yet is a line to write on."""
    return [Content(Text("confidentiality.paper.case_file"), _parts(case)) for case in cases]


def _parts(case: ConfidentialityCase) -> list[Any]:
    head = [
        ("case_no", case.case_no), ("subject", case.subject.name), ("opened_at", case.opened_at),
        ("article", Text(f"confidentiality.rule.{case.article.rsplit('-', 1)[1]}")), ("ground", _word(case.ground)),
        ("facts", Verbatim(case.facts)),
    ]  # fmt: skip
    hearing = [("heard_at", case.heard_at), ("waived", case.waived if case.heard_at else None),
               ("statement", case.statement and Verbatim(case.statement))]  # fmt: skip
    known = case.tier is not None
    found = [
        ("intent", _word(case.intent)), ("consequence", _word(case.consequence)),
        ("loss", _money(case.loss if known else None)), ("recovered", _money(case.recovered if known else None)),
        ("remedied", case.remedied if known else None), ("mitigation", case.mitigation and Verbatim(case.mitigation)),
        ("tier", case.tier), ("proposed_outcome", _word(case.proposed_outcome)),
    ]  # fmt: skip
    decision = [
        ("outcome", _word(case.outcome)), ("reasons", case.reasons and Verbatim(case.reasons)),
        ("bonus_withheld", _money(case.bonus_withheld, bool(case.outcome))),
        ("damages", _money(case.damages, bool(case.outcome))),
        ("decided_on", case.decided_on), ("signature_decider", None), ("signature_subject", None),
    ]  # fmt: skip
    return [Facts([(Text(f"confidentiality.field.{name}"), value) for name, value in part])
            for part in (head, hearing, found, decision)]  # fmt: skip


PAPERS = (
    Paper("confidentiality.case_file", "confidentiality.cases", case_file, rules=("confidentiality-29", "money-06")),
)
