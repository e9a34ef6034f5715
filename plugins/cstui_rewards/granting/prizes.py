"""What is given outside the month's choice: a prize that the head approves, and what accepted proposals give."""

from __future__ import annotations

from typing import Any

from cstui.api import BadInput, Context, Refusal, Text
from cstui.approvals import Finding, FindingState, Request
from cstui.people import Staff
from cstui_rewards.granting.give import certificate_no, give, give_award, grant_by
from cstui_rewards.granting.inputs import ProposePrize, TakeFinding
from cstui_rewards.honours.acts import enter
from cstui_rewards.kinds import GrantKind, GrantState, HonourSource
from cstui_rewards.models import Grant

KIND = "rewards.prize"
"""The kind of request by which the head decides a prize."""
SOURCES = {"confidentiality-35": "rewards-60", "confidentiality-36": "rewards-60", "ideas-03": "rewards-61"}
"""Rules under which other areas propose rewards, and those under which they are given."""


async def propose_prize(ctx: Context, data: ProposePrize) -> Text:
    """For outstanding work (rewards-44), or an award that no round has (rewards-40); the head approves."""
    if (data.award is None) == (data.cash is None):
        raise BadInput("rewards.refusal.prize_what", field="cash", value="")
    number = await Grant.next_number("grant_no", "G", ctx.today)
    occasion, period, due = f"prize/{number}", f"{ctx.today:%Y-%m}", grant_by(ctx, ctx.today)
    if data.award:
        made = await give_award(ctx, data.person, data.award, occasion=occasion, period=period, due=due,
                                state=GrantState.PROPOSED)  # fmt: skip
        if not made:
            raise Refusal("rewards.refusal.gives_nothing", field="award", value=data.award.name, rule="rewards-09")
    else:
        made = [await give(ctx, data.person, GrantKind.CASH, rule="rewards-44", occasion=occasion, title=data.reason,
                           period=period, due=due, amount=data.cash or 0, state=GrantState.PROPOSED)]  # fmt: skip
    what = data.award.name if data.award else _yuan(data.cash or 0)
    told = Text("rewards.value.prize", person=data.person.name, what=what, reason=data.reason)
    if ctx.rule("rewards-44").on:
        await ctx.ask(KIND, made[0].pk, told)
    else:
        await _grant(ctx, occasion)
    return Text("rewards.done.prize_proposed", person=data.person.name, what=what)


def _yuan(fen: int) -> str:
    return f"{fen / 100:.2f}"


async def approved(ctx: Context, request: Request) -> None:
    """Nobody approves one's own (rewards-44)."""
    grant = await Grant.get(id=request.record_id).select_related("person")
    ctx.rule("rewards-44").forbid(
        grant.person_id == ctx.actor.staff_id, "rewards.refusal.own_prize", field="grant", value=grant.grant_no
    )
    await _grant(ctx, grant.occasion)


async def _grant(ctx: Context, occasion: str) -> None:
    for grant in await Grant.filter(occasion=occasion).order_by("id").select_related("person", "award"):
        grant.state, grant.approved_by = GrantState.DUE, ctx.actor.login
        if grant.kind is GrantKind.CERTIFICATE:
            grant.certificate_no = await certificate_no(grant.period)
            await enter(ctx, grant.person, grant.title, grant.period, ctx.today, HonourSource.AWARD,
                        code=grant.award.code if grant.award else "")  # fmt: skip
        await grant.save()


async def refused(ctx: Context, request: Request) -> None:
    grant = await Grant.get(id=request.record_id)
    rows = await Grant.filter(occasion=grant.occasion)
    for one in rows:
        one.state = GrantState.DROPPED
    await Grant.change(rows, ("state",))


def _occasion(finding: Finding) -> str:
    return f"finding/{finding.pk}"


async def waiting(ctx: Context) -> list[Finding]:
    """Rewards that other areas proposed, accepted, and of which nothing is granted yet (rewards-60, -61)."""
    rules = [rule for rule, ours in SOURCES.items() if ctx.rule(ours).on]
    rows = await Finding.filter(rule__in=rules, state=FindingState.ACCEPTED).order_by("id").select_related("person")
    given = Grant.filter(occasion__startswith="finding/")
    taken = {str(one) for one in await given.values_list("occasion", flat=True)}
    return [one for one in rows if _occasion(one) not in taken]


async def take_blocked(ctx: Context, finding: Finding) -> Text | None:
    if finding.rule not in SOURCES or finding.state is not FindingState.ACCEPTED:
        return Text("rewards.refusal.no_reward")
    if await Grant.exists(occasion=_occasion(finding)):
        return Text("rewards.refusal.taken")
    return None


async def take_prefill(ctx: Context, rows: Any) -> dict[str, Any]:
    """The sum and the points that were proposed."""
    (finding, *_) = rows
    points = finding.told.args.get("points")
    return {
        **({"person": finding.person.login} if finding.person else {}),
        **({"cash": _yuan(finding.figure_fen)} if finding.figure_fen else {}),
        **({"points": str(points)} if points else {}),
    }


async def take(ctx: Context, finding: Finding, data: TakeFinding) -> Text:
    """What was accepted becomes due. Whoever is rewarded is named by a person where the proposal protects them."""
    Refusal.because(await take_blocked(ctx, finding), field="finding", value=finding.pk)
    person = data.person or await Staff.filter(id=finding.person_id or 0).first()
    if person is None:
        raise BadInput("rewards.refusal.finding_person", field="person", value="")
    if person.pk == ctx.actor.staff_id:
        raise Refusal("rewards.refusal.own_prize", field="person", value=person.name)
    ours = SOURCES[finding.rule]
    cash = finding.figure_fen if data.cash is None else data.cash
    ctx.rule(ours).forbid(
        finding.figure_fen is not None and cash != finding.figure_fen, "rewards.refusal.other_sum", field="cash",
        value=_yuan(cash or 0), decided=_yuan(finding.figure_fen or 0),
    )  # fmt: skip
    parts = ((GrantKind.CASH, cash or 0), (GrantKind.POINTS, (data.points or 0) * 100))
    made = [
        await give(
            ctx, person, kind, rule=ours, occasion=_occasion(finding), title="", amount=amount,
            period=f"{ctx.today:%Y-%m}", due=grant_by(ctx, ctx.today), approved_by=finding.decided_by,
        )
        for kind, amount in parts
        if amount
    ]  # fmt: skip
    if not made:
        raise BadInput("rewards.refusal.finding_what", field="cash", value="")
    return Text("rewards.done.taken", person=person.name, count=len(made))
