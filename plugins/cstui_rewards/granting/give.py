"""A grant is made here, whatever it comes of."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from cstui.api import Context, utc
from cstui.people import Staff
from cstui_rewards.kinds import AwardKind, GrantKind, GrantState
from cstui_rewards.models import AwardType, Grant, Nomination


async def give(
    ctx: Context, person: Staff, kind: GrantKind, *, rule: str, occasion: str, title: str, period: str,
    due: datetime, amount: int = 0, nomination: Nomination | None = None, award: AwardType | None = None,
    approved_by: str = "", state: GrantState = GrantState.DUE,
) -> Grant:  # fmt: skip
    """`amount` in fen, or hundredths of points. A certificate gets its number when it is granted for sure."""
    number = await certificate_no(period) if kind is GrantKind.CERTIFICATE and state is GrantState.DUE else ""
    return await Grant.create(
        grant_no=await Grant.next_number("grant_no", "G", ctx.today), person=person, nomination=nomination,
        award=award, occasion=occasion, title=title, period=period, kind=kind, rule=rule, amount=amount,
        certificate_no=number, state=state, approved_by=approved_by, created_at=utc(ctx.now), due_at=due,
    )  # fmt: skip


async def give_award(
    ctx: Context, person: Staff, award: AwardType, *, occasion: str, period: str, due: datetime,
    nomination: Nomination | None = None, approved_by: str = "", state: GrantState = GrantState.DUE,
) -> list[Grant]:  # fmt: skip
    """What an award gives: money or a gift (rewards-29), points (-30), a certificate (-31)."""
    regulated = award.kind in (AwardKind.INDIVIDUAL, AwardKind.LECTURER)
    parts = (
        (GrantKind.CASH, "rewards-29", award.cash),
        (GrantKind.POINTS, "rewards-30", award.points),
        (GrantKind.CERTIFICATE, "rewards-31", int(award.certificate)),
    )
    return [
        await give(
            ctx, person, kind, rule=rule if regulated else "rewards-40", occasion=occasion, title=award.name,
            period=period, due=due, amount=0 if kind is GrantKind.CERTIFICATE else amount, nomination=nomination,
            award=award, approved_by=approved_by, state=state,
        )
        for kind, rule, amount in parts
        if amount and (ctx.rule(rule).on or not regulated)
    ]  # fmt: skip


async def certificate_no(period: str) -> str:
    """HC-202611-03 (rewards-31)."""
    head = f"HC-{period.replace('-', '')}-"
    given = await Grant.filter(certificate_no__startswith=head).values_list("certificate_no", flat=True)
    return f"{head}{max((int(str(one).removeprefix(head)) for one in given), default=0) + 1:02}"


def grant_by(ctx: Context, month: date) -> datetime:
    """Until when what a month gives is handed over: the tenth of the next (rewards-33)."""
    following = (month.replace(day=28) + timedelta(days=4)).replace(day=ctx.rule("rewards-33").grant_due)
    return ctx.moment(following, 24 * 60)
