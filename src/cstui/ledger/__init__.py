"""Points and money of people, posted with rule and source, reversed by counter-entries: a host area.

Money that lowers anybody's pay is refused, as a posting and as the reversal of one: money-02 and money-06 ask for
proposal, decision, notice, hearing and appeal first, and those aren't built yet.
"""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Annotated

from pydantic import BeforeValidator, Field
from tortoise.expressions import RawSQL

from cstui.contract.action import Action, Separation
from cstui.contract.context import Context
from cstui.contract.declare import Area, Column, Ref, Register, Related
from cstui.contract.errors import Refusal
from cstui.contract.inputs import Code, Input, Words, half_width
from cstui.contract.rules import Param, Rule
from cstui.contract.text import Text
from cstui.ledger.models import Posting, PostingKind
from cstui.ledger.money import Month, instalments, share
from cstui.people import Staff

RULES = (
    Rule("money-02", "penalty", "regulations · money · 02"),
    Rule("money-06", "penalty", "regulations · money · 06", (Param("appeal_days", 5, "workdays", proposed=True),)),
    Rule("money-07", "penalty", "regulations · money · 07", (Param("damages_cap", Decimal(20), "%", proposed=True),)),
    Rule("money-08", "penalty", "regulations · money · 08", (Param("minimum_wage", Decimal(0), "CNY", proposed=True),)),
    Rule("money-09", "penalty", "regulations · money · 09"),
    Rule("money-10", "penalty", "regulations · money · 10"),
)
"""Those that hold already. An area that proposes money asks them: the time for an appeal, the plan of damages, whether
one act has its measure already. A minimum wage of 0 is an unknown one: nothing may be taken."""


class Post(Input):
    person: Annotated[Staff, Ref("people.staff")]
    points: Annotated[Decimal, BeforeValidator(half_width), Field(max_digits=9, decimal_places=2)]
    rule: Annotated[Code, Field(max_length=48)]
    note: Annotated[Words, Field(max_length=500)]


class Reverse(Input):
    reason: Annotated[Words, Field(max_length=500)]


async def post(
    ctx: Context, *, person: Staff, kind: str, amount: int, rule: str, source: str = "", note: str = ""
) -> Posting:
    """Post hundredths of points, or fen, to a person under a rule. Raises Refusal for money that lowers pay."""
    _nothing_taken(ctx, kind, amount)
    if amount == 0:
        raise Refusal("ledger.refusal.nothing", field="amount", value=0)
    return await Posting.create(
        person=person,
        kind=PostingKind(kind),
        amount=amount,
        rule=rule,
        source=source,
        day=ctx.today,
        note=note,
        posted_by=ctx.actor.login,
    )


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
    await Posting.create(
        person_id=posting.person_id,
        kind=posting.kind,
        amount=-posting.amount,
        rule=posting.rule,
        source=posting.source,
        day=ctx.today,
        note=data.reason,
        reverses=posting,
        posted_by=ctx.actor.login,
    )
    return Text("ledger.done.reversed", number=posting.pk)


async def balance(person_id: int, kind: str) -> int:
    """What a person's postings of a kind sum to (hundredths of points, or fen)."""
    amounts = await Posting.filter(person_id=person_id, kind=PostingKind(kind)).values_list("amount", flat=True)
    return sum(int(amount) for amount in amounts)  # type: ignore[call-overload]


def _amount(ctx: Context, posting: Posting) -> Decimal:
    return _hundredth(posting.amount)


def _hundredth(amount: int) -> Decimal:
    return Decimal(amount).scaleb(-2)


def _sum(kind: PostingKind) -> RawSQL:
    """One sum a person, in the register's own query (Staff has no way back to its postings)."""
    return RawSQL(
        'coalesce((SELECT sum("amount") FROM "ledger_posting"'
        f' WHERE "person_id"="people_staff"."id" AND "kind"=\'{kind.value}\'), 0)'
    )


AREA = Area(
    "ledger",
    strings=str(Path(__file__).parent / "strings"),
    models="cstui.ledger.models",
    migrations="cstui.ledger.migrations",
    rules=RULES,
    constraints=('CREATE UNIQUE INDEX IF NOT EXISTS "ledger_reversed_once" ON "ledger_posting" ("reverses_id")',),
    registers=(
        Register(
            "ledger.postings",
            model=Posting,
            noun="posting",
            natural_key=("id",),
            query=lambda ctx: Posting.all().select_related("person"),
            columns=(
                Column("id", width=6, align="right"),
                Column("day", width=10, sort="day"),
                Column("person", value="person.name", width=10),
                Column("kind", width=8),
                Column("amount", value=_amount, width=10, align="right"),
                Column("rule", width=12),
                Column("note", width=24),
                Column("reverses", value="reverses_id", width=8, narrow=False),
            ),
        ),
        Register(
            "ledger.balances",
            model=Staff,
            noun="balance",
            natural_key=("login",),
            lookup=("number", "name"),
            sort="number",
            query=lambda ctx: Staff.all().annotate(points=_sum(PostingKind.POINTS), money=_sum(PostingKind.MONEY)),
            columns=(
                Column("number", width=8, sort="number"),
                Column("person", value="name", width=12),
                Column("points", value=lambda ctx, row: _hundredth(row.points), width=10, align="right"),
                Column("money", value=lambda ctx, row: _hundredth(row.money), width=12, align="right"),
            ),
            related=(Related("ledger.postings", "person_id", told=True),),
        ),
    ),
    actions=(
        Action("ledger.post_points", run=post_points, needs="ledger.post", input=Post, register="ledger.postings",
               mnemonic="n", separate=(Separation("person"),)),
        Action("ledger.reverse", run=reverse, needs="ledger.reverse", input=Reverse, target="row",
               register="ledger.postings", mnemonic="v", rules=("money-02",), separate=(Separation("person_id"),)),
    ),
)  # fmt: skip

__all__ = ["AREA", "Month", "Posting", "PostingKind", "balance", "instalments", "post", "share"]
