"""Cases come from findings, from reports, from a password that got out, and by hand; one act gives one case."""

from __future__ import annotations

from cstui.api import BadInput, Context, Refusal, Text, choice, utc
from cstui.people import Staff
from cstui_confidentiality import rules
from cstui_confidentiality.kinds import CaseState, Ground
from cstui_confidentiality.models import AuditFinding, ConfidentialityCase, LeakReport

ARTICLES = frozenset(rule.id for rule in rules.RULES)


async def open_case(
    ctx: Context,
    *,
    subject: Staff,
    article: str,
    ground: Ground,
    facts: str,
    finding: AuditFinding | None = None,
    report: LeakReport | None = None,
    loss_fen: int = 0,
) -> ConfidentialityCase:
    """A case against a person under an article (a rule's id). The actor opens it, and so never decides it.

    Raises BadInput for an unknown article; Refusal where the actor is the person, and where the same report or
    finding has a case of that person already (money-10: one act is punished once; a dropped case doesn't count).
    """
    if article not in ARTICLES:
        raise BadInput("confidentiality.refusal.article", field="article", value=article)
    if subject.pk == ctx.actor.staff_id:
        raise Refusal("confidentiality.refusal.own_case", field="subject", value=subject.name)
    again = (report and await of_act(subject, report=report)) or (finding and await of_act(subject, finding=finding))
    ctx.rule("money-10").forbid(
        again is not None, "confidentiality.refusal.once", field="subject", value=subject.name,
        case=again.case_no if again else "", state=choice("confidentiality", again.state) if again else "",
    )  # fmt: skip
    others = ConfidentialityCase.filter(subject=subject).exclude(state__in=(CaseState.DROPPED, CaseState.CLOSED))
    if known := [one.case_no for one in await others.order_by("id")]:
        ctx.notes.append(Text("confidentiality.note.other_cases", person=subject.name, cases=known))
    return await ConfidentialityCase.create(
        case_no=await ConfidentialityCase.next_number("case_no", "C", ctx.today), report=report, finding=finding,
        subject=subject, article=article, ground=ground, facts=facts[:500], loss=loss_fen, opened_at=utc(ctx.now),
        opened_by=ctx.actor.login,
    )  # fmt: skip


async def of_act(subject: Staff, **act: LeakReport | AuditFinding) -> ConfidentialityCase | None:
    """The case that a person has of a report (`report=`) or a finding (`finding=`), unless it was dropped."""
    cases = ConfidentialityCase.filter(subject=subject, **act).exclude(state=CaseState.DROPPED)
    return await cases.first()
