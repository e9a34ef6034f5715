"""Errands: a drop-in area without records of its own, for the tests of approvals, findings, postings and facts."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any

from cstui.api import Action, ApprovalKind, Area, Consequence, Context, Input, Line, Ref, Refusal, Rule, Text
from cstui.people import Staff

RULE = Rule("errand-01", "approval", "site rule 1")
HEARD: list[tuple[str, int]] = []
"""What the approval kinds were told, in order."""


class Ask(Input):
    title: Line


class Suspect(Input):
    person: Annotated[Staff, Ref("people.staff")]


class Pay(Input):
    person: Annotated[Staff, Ref("people.staff")]
    yuan: Decimal


async def ask(ctx: Context, data: Ask) -> Text:
    await ctx.ask("errand.leave", 7, data.title)
    return Text("errand.done.asked")


async def suspect(ctx: Context, data: Suspect) -> Text:
    await ctx.propose(rule="errand-01", title="late", person=data.person, figure_fen=5000)
    return Text("errand.done.asked")


async def pay(ctx: Context, data: Pay) -> Text:
    await ctx.post(person=data.person, kind="money", amount=int(data.yuan * 100), rule="errand-01")
    return Text("errand.done.asked")


async def approved(ctx: Context, request: Any) -> None:
    if request.title == "impossible":
        raise Refusal("errand.refusal.impossible", value=request.title)
    HEARD.append(("approved", request.record_id))


async def refused(ctx: Context, request: Any) -> None:
    HEARD.append(("refused", request.record_id))


async def on_shift(ctx: Context, rows: Any, data: Any) -> Text | None:
    """Follows people.shift_type: a shift called "forbidden" can't be."""
    if data.code == "forbidden":
        raise Refusal("errand.refusal.impossible", value=data.code)
    return Text("errand.done.asked")


AREA = Area(
    "errand",
    strings=str(Path(__file__).parent / "strings"),
    rules=(RULE,),
    actions=(
        Action("errand.ask", run=ask, needs="errand.ask", input=Ask),
        Action("errand.suspect", run=suspect, needs="errand.suspect", input=Suspect),
        Action("errand.pay", run=pay, needs="errand.pay", input=Pay),
    ),
    approvals=(ApprovalKind("errand.leave", ("leader", "manager"), approved, refused, rule="errand-01"),),
    consequences=(Consequence("people.shift_type", on_shift),),
)
