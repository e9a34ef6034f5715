"""Leave for a time: to use another's account, to sign in off duty. Asked for by whom it is for (rules 07, 08, 24)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from tortoise.expressions import Q

from cstui.api import BadInput, Context, Refusal, Text, choice, utc
from cstui.approvals import Request
from cstui.people import Staff
from cstui_confidentiality.accounts.inputs import RequestOffDuty, RequestUse
from cstui_confidentiality.accounts.states import USABLE, unless
from cstui_confidentiality.kinds import GrantState
from cstui_confidentiality.models import Account, AccountUseGrant, OffDutyAccessGrant

USE, OFF_DUTY = "confidentiality.use", "confidentiality.off_duty"
"""Kinds of requests."""
RULES = {USE: "confidentiality-07", OFF_DUTY: "confidentiality-08"}
Grant = AccountUseGrant | OffDutyAccessGrant
WAITING = (GrantState.REQUESTED, GrantState.APPROVED)


async def request_use(ctx: Context, data: RequestUse) -> Text:
    """Leave to use an account of somebody else; where the site allows none, none can be asked for."""
    person = await _asking(ctx)
    rule = ctx.rule("confidentiality-07")
    rule.forbid(
        rule.account_sharing == "forbidden", "confidentiality.refusal.no_sharing", field="account",
        value=data.account.account_no,
    )  # fmt: skip
    if data.account.holder_id == person.pk:
        raise Refusal("confidentiality.refusal.own_account", field="account", value=data.account.account_no)
    await _free(ctx, AccountUseGrant.filter(account=data.account, grantee=person), data)
    grant = await AccountUseGrant.create(
        account=data.account, grantee=person, **await _told(ctx, AccountUseGrant, "U", data)
    )
    return await _ask(ctx, USE, grant, account=data.account.account_no, person=person.name)


async def request_off_duty(ctx: Context, data: RequestOffDuty) -> Text:
    """Leave to sign in to a system outside one's shift."""
    person = await _asking(ctx)
    await _free(ctx, OffDutyAccessGrant.filter(system=data.system, staff=person), data)
    grant = await OffDutyAccessGrant.create(
        system=data.system, staff=person, **await _told(ctx, OffDutyAccessGrant, "N", data)
    )
    return await _ask(ctx, OFF_DUTY, grant, system=data.system.name, person=person.name)


async def _asking(ctx: Context) -> Staff:
    person = await Staff.filter(id=ctx.actor.staff_id or 0).first()
    if person is None:
        raise Refusal("confidentiality.refusal.not_staff", field="staff", value=ctx.actor.login)
    return person


async def _free(ctx: Context, same: Any, data: RequestUse | RequestOffDuty) -> None:
    """Refuse a span that is none, is over, or overlaps one asked for or allowed; both its ends belong to it."""
    if data.end_at <= data.start_at:
        raise BadInput("confidentiality.refusal.end_before_start", field="end_at", value=data.end_at)
    if data.end_at < utc(ctx.now):
        raise BadInput("confidentiality.refusal.span_over", field="end_at", value=data.end_at)
    overlapping = same.filter(state__in=WAITING, start_at__lte=data.end_at, end_at__gte=data.start_at)
    if other := await overlapping.first():
        raise Refusal(
            "confidentiality.refusal.overlap", field="start_at", value=data.start_at, grant=other.grant_no,
            start=other.start_at, end=other.end_at,
        )  # fmt: skip


async def _told(ctx: Context, model: Any, letter: str, data: RequestUse | RequestOffDuty) -> dict[str, Any]:
    return {
        "grant_no": await model.next_number("grant_no", letter, ctx.today), "reason": data.reason,
        "start_at": data.start_at, "end_at": data.end_at, "requested_at": utc(ctx.now),
    }  # fmt: skip


async def _ask(ctx: Context, kind: str, grant: Grant, **what: str) -> Text:
    """Put it before whoever decides; where the rule doesn't hold nobody needs to be asked."""
    if not ctx.rule(RULES[kind]).on:
        await _accept(ctx, grant)
        return Text("confidentiality.done.grant_approved", grant=grant.grant_no)
    word = "use" if kind == USE else "off_duty"
    title = Text(
        f"confidentiality.asked.{word}", start=grant.start_at, end=grant.end_at, reason=grant.reason,
        **what,
    )  # fmt: skip
    await ctx.ask(kind, grant.pk, title)
    return Text("confidentiality.done.grant_requested", grant=grant.grant_no)


async def approved(ctx: Context, request: Request) -> None:
    """Leave is given, unless its time is over or the account can't be used; never by whose account it is."""
    grant = await _of(request)
    if grant.end_at < utc(ctx.now):
        raise Refusal("confidentiality.refusal.span_over", field="end_at", value=grant.end_at)
    if isinstance(grant, AccountUseGrant):
        account = await Account.get(pk=grant.account_id)
        Refusal.because(unless(account, *USABLE), field="account", value=account.account_no)
        ctx.rule("confidentiality-07").forbid(
            account.holder_id == ctx.actor.staff_id, "confidentiality.refusal.own_to_lend", field="account",
            value=account.account_no,
        )  # fmt: skip
    await _accept(ctx, grant)


async def _accept(ctx: Context, grant: Grant) -> None:
    grant.state, grant.approved_by, grant.approved_at = GrantState.APPROVED, ctx.actor.login, utc(ctx.now)
    await grant.save()


async def refused(ctx: Context, request: Request) -> None:
    await _end(await _of(request), GrantState.REFUSED)


async def taken_back(ctx: Context, request: Request) -> None:
    """Who asked thought better of it."""
    await _end(await _of(request), GrantState.WITHDRAWN)


async def _end(grant: Grant, state: GrantState) -> None:
    grant.state = state
    await grant.save()


async def _of(request: Request) -> Grant:
    return await (AccountUseGrant if request.kind == USE else OffDutyAccessGrant).get(pk=request.record_id)


async def withdraw(ctx: Context, grant: Grant, data: None) -> Text:
    """Leave that was given ends now; until now it held."""
    Refusal.because(await withdraw_blocked(ctx, grant), field="grant", value=grant.grant_no)
    grant.state, grant.withdrawn_at = GrantState.WITHDRAWN, utc(ctx.now)
    await grant.save()
    return Text("confidentiality.done.grant_withdrawn", grant=grant.grant_no)


async def withdraw_blocked(ctx: Context, grant: Grant) -> Text | None:
    if grant.state is GrantState.APPROVED and grant.end_at >= utc(ctx.now):
        return None
    return Text("confidentiality.blocked.grant", grant=grant.grant_no, state=state_of(ctx, grant))


def state_of(ctx: Context, grant: Grant) -> Text:
    """How far it is: leave whose last second is over has expired."""
    over = grant.state is GrantState.APPROVED and grant.end_at < utc(ctx.now)
    return choice("confidentiality", "expired" if over else grant.state.value)


async def use_spans(first: datetime, last: datetime) -> list[tuple[int, int, datetime, datetime]]:
    """Leave to use accounts that held at some moment of a span: (account, person, from, until), both ends included."""
    return [(one.account_id, one.grantee_id, *_span(one)) for one in await _held(AccountUseGrant, first, last)]


async def off_duty_spans(first: datetime, last: datetime) -> list[tuple[int, int, datetime, datetime]]:
    """Leave to sign in off duty that held at some moment of a span: (person, system, from, until), ends included."""
    return [(one.staff_id, one.system_id, *_span(one)) for one in await _held(OffDutyAccessGrant, first, last)]


async def _held(model: Any, first: datetime, last: datetime) -> list[Any]:
    rows = model.filter(approved_at__lte=last, start_at__lte=last, end_at__gte=first)
    return [
        one
        for one in await rows.filter(Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gte=first)).order_by("id")
        if _span(one)[0] <= _span(one)[1]
    ]


def _span(grant: Grant) -> tuple[datetime, datetime]:
    """From when to when it held: from its approval at the earliest, until it was withdrawn at the latest."""
    begin = max(grant.start_at, grant.approved_at or grant.start_at)
    return begin, min(grant.end_at, grant.withdrawn_at or grant.end_at)
