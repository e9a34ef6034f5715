"""Postings and their reversal. Money that lowers pay gets here only through a charge (`settling`)."""

from __future__ import annotations

from typing import Any

from cstui.contract.context import Context
from cstui.contract.errors import NotPermitted, Refusal
from cstui.contract.text import Text
from cstui.ledger.inputs import Post, Reverse
from cstui.ledger.models import Posting, PostingKind
from cstui.people import Staff


async def post(
    ctx: Context, *, person: Staff, kind: str, amount: int, rule: str, source: str = "", note: str = ""
) -> Posting:
    """Post hundredths of points, or fen, to a person under a rule. Raises Refusal for money that lowers pay.

    Raises NotPermitted where somebody in an emergency would post to themselves.
    """
    if ctx.override and person.pk == ctx.actor.staff_id:
        raise NotPermitted("ledger.refusal.own_emergency", field="person", value=person.name)
    _nothing_taken(ctx, kind, amount)
    if amount == 0:
        raise Refusal("ledger.refusal.nothing", field="amount", value=0)
    return await entry(
        ctx, person_id=person.pk, kind=PostingKind(kind), amount=amount, rule=rule, source=source, note=note
    )


async def entry(ctx: Context, **posting: Any) -> Posting:
    """One more line, of today, by the actor."""
    return await Posting.create(day=ctx.today, posted_by=ctx.actor.login, **posting)


def _nothing_taken(ctx: Context, kind: str, amount: int) -> None:
    ctx.rule("money-02").forbid(
        kind == PostingKind.MONEY and amount < 0, "ledger.refusal.fine", field="amount", value=amount
    )


async def post_points(ctx: Context, data: Post) -> Text:
    await post(ctx, person=data.person, kind="points", amount=int(data.points * 100), rule=data.rule, note=data.note)
    return Text("ledger.done.posted", name=data.person.name, points=data.points)


async def reverse(ctx: Context, posting: Posting, data: Reverse) -> Text:
    """A counter-entry. Nothing is reversed twice, no reversal is reversed, and money stays with who got it."""
    _nothing_taken(ctx, posting.kind, -posting.amount)
    if posting.reverses_id is not None:
        raise Refusal("ledger.refusal.is_reversal", value=posting.pk)
    if await Posting.exists(reverses_id=posting.pk):
        raise Refusal("ledger.refusal.reversed", value=posting.pk)
    await entry(
        ctx, person_id=posting.person_id, kind=posting.kind, amount=-posting.amount, rule=posting.rule,
        source=posting.source, month=posting.month, note=data.reason, reverses=posting,
    )  # fmt: skip
    return Text("ledger.done.reversed", number=posting.pk)


async def balance(person_id: int, kind: str) -> int:
    """What a person's postings of a kind sum to (hundredths of points, or fen)."""
    amounts = await Posting.filter(person_id=person_id, kind=PostingKind(kind)).values_list("amount", flat=True)
    return sum(int(amount) for amount in amounts)  # type: ignore[call-overload]
