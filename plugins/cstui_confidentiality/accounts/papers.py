"""On paper: the accounts of a system, to be looked through and signed off; the undertaking, to be signed by hand."""

from __future__ import annotations

from collections.abc import Sequence

from cstui.api import Content, Context, Facts, Paper, Table, Text, choice
from cstui_confidentiality.accounts.states import OPEN
from cstui_confidentiality.accounts.undertakings import VERSION, WORDING
from cstui_confidentiality.models import Account, SystemRegister

_COLUMNS = ("account_no", "holder_name", "account_kind", "account_state", "secret_changed_on", "last_review", "kept_on")


async def account_list(ctx: Context, systems: Sequence[SystemRegister]) -> list[Content]:
    """A page for each system; whether an account is still needed is ticked by hand."""
    rows = Account.filter(system_id__in=[one.pk for one in systems], state__in=OPEN).select_related("holder")
    accounts = await rows.order_by("account_no")
    return [
        Content(
            Text("confidentiality.paper.account_list_of", system=system.name, day=ctx.today),
            [
                Table(
                    tuple(Text(f"confidentiality.field.{name}") for name in _COLUMNS),
                    [
                        (
                            one.account_no, one.holder.name, choice("confidentiality", one.kind.value),
                            choice("confidentiality", one.state.value), one.secret_changed_on, one.last_review, "",
                        )
                        for one in accounts
                        if one.system_id == system.pk
                    ],
                ),
                Facts(tuple((Text(f"confidentiality.field.{name}"), "") for name in ("account_checker", "signed_on"))),
            ],
            wide=True,
        )
        for system in systems
    ]  # fmt: skip


async def undertaking(ctx: Context, accounts: Sequence[Account]) -> list[Content]:
    """A sheet for each holder of these accounts."""
    people = {one.holder_id: one.holder for one in accounts}
    return [
        Content(
            Text("confidentiality.paper.undertaking"),
            [
                *(Text(f"confidentiality.undertaking.{name}") for name in WORDING),
                Facts(
                    (
                        (Text("confidentiality.field.staff_name"), person.name),
                        (Text("confidentiality.field.undertaking_version"), VERSION),
                        (Text("confidentiality.field.undertaking_signature"), ""),
                        (Text("confidentiality.field.signed_on"), ""),
                    )
                ),
            ],
        )
        for person in people.values()
    ]


PAPERS = (
    Paper("confidentiality.account_list", "confidentiality.systems", account_list, rules=("confidentiality-21",)),
    Paper(
        "confidentiality.undertaking", "confidentiality.accounts", undertaking,
        rules=("confidentiality-02", "confidentiality-47"),
    ),
)  # fmt: skip
