"""Accounts get a holder: issued, entered from a list of those there were, handed over (confidentiality-02, -21)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from cstui.api import BadInput, Context, Refusal, Text, utc
from cstui.people import Staff, is_gone
from cstui_confidentiality.accounts.inputs import EnterAccount, HandOver, IssueAccount
from cstui_confidentiality.accounts.states import usable_blocked
from cstui_confidentiality.accounts.undertakings import required, signed
from cstui_confidentiality.kinds import AccountState, SystemState
from cstui_confidentiality.models import Account, AccountHolding, SecrecyUndertaking

CHANGED = ("kind", "issued_on", "secret_changed_on", "strength", "length", "seat", "note", "change_ordered_on")


async def issue(ctx: Context, data: IssueAccount) -> Text:
    """A new account; its holder activates it by taking it over. A login is never given twice."""
    if await Account.filter(account_no=_number(data)).exists():
        raise Refusal("confidentiality.refusal.account_known", field="login", value=data.login)
    required(ctx, data.holder, await signed(ctx, {data.holder.pk}))
    account = await Account.create(
        state=AccountState.ISSUED, issued_on=ctx.today, secret_changed_on=ctx.today, **_told(data)
    )
    await AccountHolding.insert([_held(ctx, account, data.holder, utc(ctx.now))])
    return Text("confidentiality.done.account_issued", account=account.account_no, person=data.holder.name)


async def enter(ctx: Context, data: EnterAccount) -> Text:
    (mark,) = await enter_rows(ctx, [data])
    if isinstance(mark, Exception):
        raise mark
    return Text(f"confidentiality.done.account_{mark}", account=_number(data), person=data.holder.name)


async def enter_rows(ctx: Context, rows: Sequence[EnterAccount]) -> list[Any]:
    """Accounts that there were before their system came on the register; each is told what became of it."""
    found = await Account.filter(account_no__in=[_number(row) for row in rows])
    known = {one.account_no: one for one in found}
    current = await signed(ctx, {row.holder.pk for row in rows})
    marks: list[Any] = []
    new, changed = [], []
    for row in rows:
        account = known.get(_number(row))
        try:
            if account is None:
                new.append((_entered(ctx, row, current), row))
                marks.append("created")
            elif _changed(ctx, account, row):
                changed.append(account)
                marks.append("updated")
            else:
                marks.append("unchanged")
        except (BadInput, Refusal) as fault:
            marks.append(fault)
    await Account.insert([account for account, _ in new])
    await AccountHolding.insert([_held(ctx, one, row.holder, utc(ctx.moment(row.issued_on))) for one, row in new])
    await Account.change(changed, CHANGED)
    if unsigned := sorted({row.holder.name for _, row in new if row.holder.pk not in current}):
        ctx.notes.append(Text("confidentiality.note.unsigned", people="、".join(unsigned)))
    return marks


def _entered(ctx: Context, row: EnterAccount, current: Mapping[int, SecrecyUndertaking]) -> Account:
    if row.system.state is SystemState.RETIRED:
        raise Refusal("confidentiality.refusal.system_retired", field="system", value=row.system.code)
    _past(ctx, row)
    _not_own(ctx, row)
    if is_gone(row.holder, ctx.today):
        raise Refusal(
            "confidentiality.refusal.gone", field="holder", value=row.holder.login, rule="confidentiality-21",
            person=row.holder.name, day=row.holder.left_on,
        )  # fmt: skip
    if row.issued_on > ctx.local(row.system.registered_at).date():
        required(ctx, row.holder, current)
    return Account(
        state=AccountState.ACTIVE, issued_on=row.issued_on, secret_changed_on=row.secret_changed_on, **_told(row)
    )


def _changed(ctx: Context, account: Account, row: EnterAccount) -> bool:
    """Whether a known account changes by a line of a list; its holder changes through the register only."""
    rule = ctx.rule("confidentiality-21")
    rule.forbid(
        row.holder.pk != account.holder_id, "confidentiality.refusal.other_holder", field="holder",
        value=row.holder.login, account=account.account_no, count=rule.account_holder,
    )  # fmt: skip
    told = {
        "kind": row.account_kind, "issued_on": row.issued_on, "secret_changed_on": row.secret_changed_on,
        "strength": row.strength, "length": row.length, "seat": row.seat, "note": row.note,
    }  # fmt: skip
    if all(getattr(account, name) == value for name, value in told.items()):
        return False
    if account.state is AccountState.REVOKED:
        raise Refusal("confidentiality.refusal.account_known", field="login", value=account.login)
    _past(ctx, row)
    _not_own(ctx, row)
    if row.secret_changed_on > account.secret_changed_on:
        account.change_ordered_on = None
    account.update_from_dict(told)
    return True


async def hand_over(ctx: Context, account: Account, data: HandOver) -> Text:
    """To another holder, who has signed, and has set a secret that nobody before knows."""
    Refusal.because(await usable_blocked(ctx, account), field="account", value=account.account_no)
    if data.new_holder.pk == account.holder_id:
        raise Refusal(
            "confidentiality.refusal.same_holder",
            field="new_holder",
            value=data.new_holder.login,
            person=data.new_holder.name,
        )
    required(ctx, data.new_holder, await signed(ctx, {data.new_holder.pk}))
    await end_holding(account, utc(ctx.now))
    await AccountHolding.insert([_held(ctx, account, data.new_holder, utc(ctx.now))])
    account.holder, account.seat = data.new_holder, data.seat
    new_secret(account, data.strength, data.length, ctx.today)
    await account.save()
    return Text("confidentiality.done.account_handed", account=account.account_no, person=data.new_holder.name)


async def end_holding(account: Account, at: datetime) -> None:
    for holding in await AccountHolding.filter(account=account, until__isnull=True):
        holding.until = at
        await holding.save()


def new_secret(account: Account, strength: int, length: int, day: date) -> None:
    """What is known of a secret that was set on a day; an order to change it is obeyed."""
    account.update_from_dict(
        {"strength": strength, "length": length, "secret_changed_on": day, "change_ordered_on": None}
    )


def _number(data: IssueAccount | EnterAccount) -> str:
    return f"{data.system.code}/{data.login}"


def _told(data: IssueAccount | EnterAccount) -> dict[str, Any]:
    return {
        "account_no": _number(data), "system": data.system, "login": data.login, "kind": data.account_kind,
        "holder": data.holder, "strength": data.strength, "length": data.length, "seat": data.seat, "note": data.note,
    }  # fmt: skip


def _held(ctx: Context, account: Account, person: Staff, since: datetime) -> AccountHolding:
    return AccountHolding(account=account, staff=person, since=since, handed_by=ctx.actor.login)


def _not_own(ctx: Context, row: EnterAccount) -> None:
    """A line about one's own account is taken only as it stands."""
    ctx.rule("confidentiality-21").forbid(
        row.holder.pk == ctx.actor.staff_id, "confidentiality.refusal.own_entry", field="holder",
        value=row.holder.login,
    )  # fmt: skip


def _past(ctx: Context, row: EnterAccount) -> None:
    for field in ("issued_on", "secret_changed_on"):
        if (day := getattr(row, field)) > ctx.today:
            raise BadInput("confidentiality.refusal.later", field=field, value=day)
