"""What happens to an account and its secret until it is taken back (confidentiality-21 to 23)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from cstui.api import BadInput, Context, Refusal, Text, utc
from cstui.people import Staff
from cstui_confidentiality.accounts import states
from cstui_confidentiality.accounts.inputs import Because, Compromised, NewSecret
from cstui_confidentiality.accounts.issuing import end_holding, new_secret
from cstui_confidentiality.cases.acts import open_case
from cstui_confidentiality.kinds import AccountState, GrantState, Ground
from cstui_confidentiality.models import Account, AccountUseGrant


async def activate(ctx: Context, accounts: Sequence[Account], data: None) -> Text:
    """Their holders have them, and can sign in."""
    return await _move(ctx, accounts, states.activate_blocked, AccountState.ACTIVE, "activated")


async def suspend(ctx: Context, accounts: Sequence[Account], data: Because) -> Text:
    """Nobody signs in with them for a time; they stay their holders'."""
    return await _move(ctx, accounts, states.active_blocked, AccountState.SUSPENDED, "suspended")


async def resume(ctx: Context, accounts: Sequence[Account], data: None) -> Text:
    return await _move(ctx, accounts, states.resume_blocked, AccountState.ACTIVE, "resumed")


async def revoke(ctx: Context, accounts: Sequence[Account], data: Because) -> Text:
    """Taken back for good: nobody holds them from now on, and leave to use them ends."""
    told = await _move(ctx, accounts, states.revoke_blocked, AccountState.REVOKED, "revoked")
    for account in accounts:
        account.ended_at = utc(ctx.now)
        await end_holding(account, utc(ctx.now))
    await Account.change(accounts, ("ended_at",))
    held = AccountUseGrant.filter(account_id__in=[one.pk for one in accounts], state=GrantState.APPROVED)
    grants = await held.filter(end_at__gt=utc(ctx.now))
    for grant in grants:
        grant.state, grant.withdrawn_at = GrantState.WITHDRAWN, utc(ctx.now)
    await AccountUseGrant.change(grants, ("state", "withdrawn_at"))
    return told


async def _move(ctx: Context, accounts: Sequence[Account], blocked: Any, state: AccountState, word: str) -> Text:
    for account in accounts:
        Refusal.because(await blocked(ctx, account), field="account", value=account.account_no)
        account.state = state
    await Account.change(accounts, ("state",))
    return Text(f"confidentiality.done.accounts_{word}", accounts=states.names(accounts))


async def revoke_effect(ctx: Context, accounts: Sequence[Account], data: Because) -> Text:
    return Text("confidentiality.effect.revoke", count=len(accounts), accounts=states.names(accounts))


async def record_secret(ctx: Context, account: Account, data: NewSecret) -> Text:
    """The class of a new secret, seen when it was set; the secret itself is known to its holder alone."""
    Refusal.because(await states.usable_blocked(ctx, account), field="account", value=account.account_no)
    day = data.secret_changed_on or ctx.today
    if day > ctx.today:
        raise BadInput("confidentiality.refusal.later", field="secret_changed_on", value=day)
    if day < account.secret_changed_on:
        raise BadInput(
            "confidentiality.refusal.secret_before", field="secret_changed_on", value=day,
            known=account.secret_changed_on,
        )  # fmt: skip
    new_secret(account, data.strength, data.length, day)
    await account.save()
    if weak := weak_of(ctx, account):
        ctx.notes.append(weak)
    return Text("confidentiality.done.secret_recorded", account=account.account_no, day=day)


def weak_of(ctx: Context, account: Account) -> Text | None:
    """That a secret is too simple (confidentiality-22)."""
    rule = ctx.rule("confidentiality-22")
    if not rule.on or (account.strength >= rule.password_strength_min and account.length >= rule.password_length_min):
        return None
    return Text(
        "confidentiality.proof.secret_weak", strength=account.strength, least=rule.password_strength_min,
        length=account.length, shortest=rule.password_length_min,
    )  # fmt: skip


def old_of(ctx: Context, account: Account) -> Text | None:
    """That a secret is older than it may be (confidentiality-22): the last day it may is still in time."""
    rule = ctx.rule("confidentiality-22")
    last = account.secret_changed_on + timedelta(days=rule.password_max_age)
    if not rule.on or ctx.today <= last:
        return None
    return Text(
        "confidentiality.proof.secret_old", changed=account.secret_changed_on, most=rule.password_max_age, last=last,
        age=(ctx.today - account.secret_changed_on).days,
    )  # fmt: skip


async def order_change(ctx: Context, accounts: Sequence[Account], data: None) -> Text:
    """Their holders are told to set a new secret; the matter ends once its class is recorded."""
    for account in accounts:
        Refusal.because(await states.usable_blocked(ctx, account), field="account", value=account.account_no)
        account.change_ordered_on = ctx.today
    await Account.change(accounts, ("change_ordered_on",))
    return Text("confidentiality.done.change_ordered", accounts=states.names(accounts))


async def review(ctx: Context, accounts: Sequence[Account], data: None) -> Text:
    """Looked through: they are needed, and their holders hold them."""
    for account in accounts:
        Refusal.because(await states.revoke_blocked(ctx, account), field="account", value=account.account_no)
        account.last_review = ctx.today
    await Account.change(accounts, ("last_review",))
    return Text("confidentiality.done.accounts_reviewed", accounts=states.names(accounts))


async def compromised(ctx: Context, account: Account, data: Compromised) -> Text:
    """Its secret got out: nobody uses it any more, and its holder answers for it in a case (confidentiality-23)."""
    Refusal.because(await states.active_blocked(ctx, account), field="account", value=account.account_no)
    account.state = AccountState.COMPROMISED
    await account.save()
    if ctx.rule("confidentiality-23").on:
        holder = await Staff.get(pk=account.holder_id)
        case = await open_case(
            ctx, subject=holder, article="confidentiality-23", ground=Ground.PASSWORD,
            facts=f"{account.account_no}: {data.how}", loss_fen=data.loss,
        )  # fmt: skip
        ctx.notes.append(Text("confidentiality.note.account_case", case=case.case_no, person=holder.name))
    return Text("confidentiality.done.account_compromised", account=account.account_no)


async def before_leaving(ctx: Context, rows: Sequence[Any], data: Any) -> Text | None:
    """Whoever enters that somebody leaves is told which accounts are to be taken back."""
    people = [one for one in rows if isinstance(one, Staff)]
    held = await Account.filter(holder_id__in=[one.pk for one in people], state__in=states.OPEN).order_by("account_no")
    if not held or not ctx.rule("confidentiality-21").on:
        return None
    leaving = {one.pk: one.name for one in people}
    names = "、".join(dict.fromkeys(leaving[one.holder_id] for one in held))
    return Text("confidentiality.note.accounts_back", person=names, accounts=states.names(held))
