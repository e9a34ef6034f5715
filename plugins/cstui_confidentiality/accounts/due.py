"""What is to be seen to about accounts: leavers', those that got out, secrets, undertakings. Requests: approvals."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from cstui.api import Context, DueItem, Severity, Text, utc
from cstui.people import is_gone
from cstui_confidentiality.accounts.acts import old_of, weak_of
from cstui_confidentiality.accounts.states import OPEN, USABLE
from cstui_confidentiality.accounts.undertakings import last_day, signed
from cstui_confidentiality.kinds import AccountState
from cstui_confidentiality.models import Account, SecrecyUndertaking

_ACCOUNTS = "confidentiality.accounts"


async def accounts(ctx: Context) -> list[DueItem]:
    """All matters of accounts, from one look at those that aren't taken back; they wait for whoever keeps accounts."""
    kept = await Account.filter(state__in=OPEN).select_related("holder").order_by("account_no")
    items = [
        *(_leaver(ctx, account) for account in kept if account.holder.left_on and ctx.rule("confidentiality-21").on),
        *(_compromised(account) for account in kept if account.state is AccountState.COMPROMISED),
        *(item for account in kept if account.state in USABLE and (item := _secret(ctx, account))),
        *(await _undertakings(ctx, kept)),
    ]
    return [replace(item, mine=ctx.may("confidentiality.accounts")) for item in items]


def _leaver(ctx: Context, account: Account) -> DueItem:
    """Coming up until the last day, due on it, critical from its end."""
    holder = account.holder
    day: date = holder.left_on or ctx.today
    end = ctx.moment(day, minute_of(ctx.rule("confidentiality-21").revoke_on_leave))
    late = utc(ctx.now) >= end
    severity: Severity = "critical" if late else "warning" if day == ctx.today else "info"
    return DueItem(
        id=f"confidentiality.leaver.{account.pk}.{holder.pk}",
        severity=severity,
        title=Text("confidentiality.due.leaver", account=account.account_no, person=holder.name),
        rule="confidentiality-21",
        person=holder.name,
        person_id=holder.pk,
        due=end,
        state=(
            Text("confidentiality.state.late", late=utc(ctx.now) - end)
            if late
            else Text("confidentiality.state.leaves", day=day)
        ),
        register=_ACCOUNTS,
        records=(account.pk,),
        actions=("confidentiality.revoke_account", "confidentiality.hand_over_account"),
        proof=(Text("confidentiality.proof.leaver", person=holder.name, day=day, until=end),),
    )


def minute_of(clock: str) -> int:
    """Minutes after midnight of a figure such as 18:00; 24:00 is the end of the day."""
    hour, minute = clock.split(":")
    return int(hour) * 60 + int(minute)


def _compromised(account: Account) -> DueItem:
    """Its secret got out; somebody may still be signed in with it."""
    return DueItem(
        id=f"confidentiality.compromised.{account.pk}",
        severity="critical",
        title=Text("confidentiality.due.compromised", account=account.account_no, person=account.holder.name),
        rule="confidentiality-23",
        person=account.holder.name,
        person_id=account.holder_id,
        state=Text("confidentiality.state.to_revoke"),
        register=_ACCOUNTS,
        records=(account.pk,),
        actions=("confidentiality.revoke_account",),
        proof=(Text("confidentiality.proof.compromised", account=account.account_no),),
    )


def _secret(ctx: Context, account: Account) -> DueItem | None:
    """A secret too simple or too old."""
    weak, old = weak_of(ctx, account), old_of(ctx, account)
    if weak is None and old is None:
        return None
    ordered = account.change_ordered_on
    rule = ctx.rule("confidentiality-22")
    last = account.secret_changed_on + timedelta(days=rule.password_max_age)
    return DueItem(
        id=f"confidentiality.secret.{account.pk}.{account.secret_changed_on}",
        severity="warning",
        title=Text(
            "confidentiality.due.secret_weak" if weak else "confidentiality.due.secret_old",
            account=account.account_no, person=account.holder.name,
        ),
        rule=rule.id,
        person=account.holder.name,
        person_id=account.holder_id,
        due=ctx.moment(last + timedelta(days=1)) if old else None,
        state=(
            Text("confidentiality.state.ordered", day=ordered)
            if ordered
            else Text("confidentiality.state.over", days=(ctx.today - last).days)
            if old
            else Text("confidentiality.state.weak")
        ),
        register=_ACCOUNTS,
        records=(account.pk,),
        actions=("confidentiality.order_change", "confidentiality.record_secret"),
        proof=tuple(line for line in (weak, old) if line),
    )  # fmt: skip


async def _undertakings(ctx: Context, kept: list[Account]) -> list[DueItem]:
    """Holders whose undertaking is missing, or over (confidentiality-02): each day until they sign."""
    holders = {one.holder_id: one.holder for one in kept if one.state in USABLE and not is_gone(one.holder, ctx.today)}
    rule = ctx.rule("confidentiality-02")
    current = await signed(ctx, holders.keys()) if rule.on else holders
    waiting = sorted((person for key, person in holders.items() if key not in current), key=lambda one: one.number)
    rows = SecrecyUndertaking.filter(staff_id__in=[one.pk for one in waiting], superseded_on__isnull=True)
    before = {row.staff_id: row for row in await rows} if waiting else {}
    return [
        DueItem(
            id=f"confidentiality.undertaking.{person.pk}",
            severity="warning",
            title=Text("confidentiality.due.undertaking", person=person.name),
            rule=rule.id,
            person=person.name,
            person_id=person.pk,
            due=ctx.moment(last_day(ctx, over) + timedelta(days=1)) if (over := before.get(person.pk)) else None,
            state=(
                Text("confidentiality.state.undertaking_over", day=last_day(ctx, over))
                if over
                else Text("confidentiality.state.unsigned")
            ),
            register="confidentiality.undertakings",
            records=(over.pk,) if over else (),
            actions=(
                "confidentiality.sign_undertaking"
                if person.pk == ctx.actor.staff_id
                else "confidentiality.record_undertaking",
            ),
            proof=(
                Text("confidentiality.proof.undertaking_over", day=over.signed_on, days=rule.undertaking_renewal,
                     last=last_day(ctx, over))
                if over
                else Text("confidentiality.proof.unsigned"),
                Text(
                    "confidentiality.proof.holds",
                    accounts="、".join(one.account_no for one in kept if one.holder_id == person.pk),
                ),
            ),
        )
        for person in waiting
    ]  # fmt: skip
