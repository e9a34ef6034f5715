"""What may happen to an account in which state, and who it is said of."""

from __future__ import annotations

from collections.abc import Sequence

from cstui.api import Context, Text, choice
from cstui_confidentiality.kinds import AccountState
from cstui_confidentiality.models import Account

USABLE = (AccountState.ISSUED, AccountState.ACTIVE, AccountState.SUSPENDED)
"""It has a holder who may sign in, or soon will."""
OPEN = (*USABLE, AccountState.COMPROMISED)
"""Not taken back yet."""


def unless(account: Account, *states: AccountState) -> Text | None:
    """That its state keeps an account from it."""
    if account.state in states:
        return None
    return Text(
        "confidentiality.blocked.account", account=account.account_no,
        state=choice("confidentiality", account.state.value),
    )  # fmt: skip


async def activate_blocked(ctx: Context, account: Account) -> Text | None:
    return unless(account, AccountState.ISSUED)


async def active_blocked(ctx: Context, account: Account) -> Text | None:
    return unless(account, AccountState.ACTIVE)


async def resume_blocked(ctx: Context, account: Account) -> Text | None:
    return unless(account, AccountState.SUSPENDED)


async def usable_blocked(ctx: Context, account: Account) -> Text | None:
    return unless(account, *USABLE)


async def revoke_blocked(ctx: Context, account: Account) -> Text | None:
    return unless(account, *OPEN)


def names(accounts: Sequence[Account]) -> str:
    return "、".join(account.account_no for account in accounts)
