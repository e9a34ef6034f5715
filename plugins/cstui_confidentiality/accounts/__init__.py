"""Systems, their accounts and holders, leave to use them otherwise, and the undertakings to keep secrets."""

from __future__ import annotations

from typing import Any

from cstui.api import Action, ApprovalKind, Bulk, Column, Consequence, Register, Related, Separation
from cstui_confidentiality.accounts import (
    acts,
    charts,
    demo,
    grants,
    inputs,
    issuing,
    mapping,
    papers,
    states,
    systems,
    undertakings,
)
from cstui_confidentiality.accounts import due as matters
from cstui_confidentiality.models import (
    Account,
    AccountHolding,
    AccountUseGrant,
    OffDutyAccessGrant,
    SecrecyUndertaking,
    SystemRegister,
)
from cstui_confidentiality.own import own
from cstui_confidentiality.waiting import deadline

__all__ = [
    "ACTIONS", "APPROVALS", "CHARTS", "CONSEQUENCES", "CONSTRAINTS", "DUE", "PAPERS", "REGISTERS", "demo",
]  # fmt: skip

SYSTEMS = Register(
    "confidentiality.systems", SystemRegister,
    (
        Column("system_code", "code", width=12, sort="code"), Column("system_name", "name", width=18),
        Column("system_kind", "kind", width=14), Column("log_format", width=14),
        Column("last_import_at", width=16), Column("system_state", "state", width=8, narrow=False),
    ),
    noun="system", natural_key=("code",), lookup=("name",), sort="code",
    sections=(
        Column("registered_at"), Column("log_zone", section="log"),
        Column("log_columns", lambda ctx, one: mapping.columns_of(one.mapping), section="log"),
        Column("log_words", lambda ctx, one: mapping.words_of(one.mapping), section="log"),
    ),
    related=(Related("confidentiality.accounts", "system"),),
)  # fmt: skip
ACCOUNTS = Register(
    "confidentiality.accounts", Account,
    (
        Column("account_no", width=20, sort="account_no"), Column("account_kind", "kind", width=8),
        Column("account_state", "state", width=8, sort="state"), Column("holder_name", "holder.name", width=10),
        Column("secret_changed_on", width=12), Column("strength", width=9, align="right"),
        Column("length", width=9, align="right", narrow=False), Column("change_ordered_on", width=14, narrow=False),
        Column("seat", width=8, narrow=False),
    ),
    noun="account", natural_key=("account_no",), sort="account_no",
    query=lambda ctx: Account.all().select_related("holder", "system"),
    sections=(
        Column("system", "system.code"), Column("login"), Column("holder", "holder.login"), Column("issued_on"),
        Column("last_review"), Column("ended_at"), Column("note"),
    ),
    related=(
        Related("confidentiality.holdings", "account", told=True), Related("confidentiality.use_grants", "account"),
    ),
)  # fmt: skip
HOLDINGS = Register(
    "confidentiality.holdings", AccountHolding,
    (
        Column("account_no", "account.account_no", width=20), Column("holder_name", "staff.name", width=10),
        Column("held_since", "since", width=16), Column("held_until", "until", width=16),
        Column("handed_by", width=10, narrow=False),
    ),
    noun="holding", natural_key=("id",), sort="-id",
    query=lambda ctx: AccountHolding.all().select_related("account", "staff"),
)  # fmt: skip
USE_GRANTS = Register(
    "confidentiality.use_grants", AccountUseGrant,
    (
        Column("grant_no", width=14, sort="grant_no"), Column("account_no", "account.account_no", width=16),
        Column("grantee", "grantee.name", width=10), Column("start_at", width=12), Column("end_at", width=12),
        Column("grant_state", grants.state_of, width=8), Column("reason", width=24, narrow=False),
    ),
    noun="use-grant", natural_key=("grant_no",), sort="-id", needs="confidentiality.own",
    query=lambda ctx: own(ctx, AccountUseGrant.all().select_related("account", "grantee"), "grantee_id"),
    sections=(Column("requested_at"), Column("approved_by"), Column("approved_at"), Column("withdrawn_at")),
)  # fmt: skip
OFF_DUTY = Register(
    "confidentiality.off_duty_grants", OffDutyAccessGrant,
    (
        Column("grant_no", width=14, sort="grant_no"), Column("system_code", "system.code", width=12),
        Column("staff_name", "staff.name", width=10), Column("start_at", width=12), Column("end_at", width=12),
        Column("grant_state", grants.state_of, width=8), Column("reason", width=24, narrow=False),
    ),
    noun="off-duty-grant", natural_key=("grant_no",), sort="-id", needs="confidentiality.own",
    query=lambda ctx: own(ctx, OffDutyAccessGrant.all().select_related("system", "staff"), "staff_id"),
    sections=(Column("requested_at"), Column("approved_by"), Column("approved_at"), Column("withdrawn_at")),
)  # fmt: skip
UNDERTAKINGS = Register(
    "confidentiality.undertakings", SecrecyUndertaking,
    (
        Column("staff_name", "staff.name", width=10), Column("signed_on", width=12, sort="signed_on"),
        Column("counts_until", undertakings.last_day, width=12),
        Column("undertaking_state", undertakings.state_of, width=10),
        Column("undertaking_version", width=8), Column("reference", width=16, narrow=False),
    ),
    noun="undertaking", natural_key=("id",), sort="-signed_on", needs="confidentiality.own",
    query=lambda ctx: own(ctx, SecrecyUndertaking.all().select_related("staff"), "staff_id"),
    sections=(Column("staff", "staff.login"), Column("superseded_on")),
)  # fmt: skip

REGISTER_SYSTEM = Action(
    "confidentiality.register_system", run=systems.register_system, needs="confidentiality.accounts",
    input=inputs.RegisterSystem, register="confidentiality.systems", mnemonic="n",
)  # fmt: skip
CHANGE_SYSTEM = Action(
    "confidentiality.change_system", run=systems.change_system, needs="confidentiality.accounts",
    input=inputs.ChangeSystem, target="row", register="confidentiality.systems", mnemonic="c",
    blocked=systems.system_blocked, prefill=systems.change_prefill,
)  # fmt: skip
RETIRE_SYSTEM = Action(
    "confidentiality.retire_system", run=systems.retire_system, needs="confidentiality.accounts",
    input=inputs.RetireSystem, target="row", register="confidentiality.systems", mnemonic="x",
    rules=("confidentiality-21",), blocked=systems.system_blocked,
)  # fmt: skip


def _on_account(name: str, run: Any, mnemonic: str, **more: Any) -> Action:
    """Something done with accounts by whoever keeps them."""
    told: dict[str, Any] = {"target": "rows", "rules": ("confidentiality-21",), **more}
    return Action(
        f"confidentiality.{name}", run=run, needs="confidentiality.accounts", register="confidentiality.accounts",
        mnemonic=mnemonic, **told,
    )  # fmt: skip


def _not_own(path: str, rule: str = "confidentiality-21") -> Separation:
    return Separation(path, rule)


ISSUE = _on_account(
    "issue_account", issuing.issue, "i", target="none", input=inputs.IssueAccount, separate=(_not_own("holder"),),
    rules=("confidentiality-02", "confidentiality-21"),
)  # fmt: skip
ENTER = _on_account(
    "enter_account", issuing.enter, "n", target="none", input=inputs.EnterAccount,
    rules=("confidentiality-02", "confidentiality-21"),
    bulk=Bulk(issuing.enter_rows, natural_key=("system", "login"), aliases=inputs.ACCOUNT_ALIASES),
)  # fmt: skip
ACTIVATE = _on_account("activate_account", acts.activate, "a", blocked=states.activate_blocked)
HAND_OVER = _on_account(
    "hand_over_account", issuing.hand_over, "h", target="row", input=inputs.HandOver, blocked=states.usable_blocked,
    separate=(_not_own("new_holder"), _not_own("holder")), rules=("confidentiality-02", "confidentiality-21"),
)  # fmt: skip
SUSPEND = _on_account(
    "suspend_account",
    acts.suspend,
    "s",
    input=inputs.Because,
    blocked=states.active_blocked,
    inverse="confidentiality.resume_account",
)
RESUME = _on_account("resume_account", acts.resume, "u", blocked=states.resume_blocked, separate=(_not_own("holder"),))
SECRET = _on_account(
    "record_secret", acts.record_secret, "p", target="row", input=inputs.NewSecret, blocked=states.usable_blocked,
    separate=(_not_own("holder", "confidentiality-22"),), rules=("confidentiality-22",),
)  # fmt: skip
ORDER = _on_account(
    "order_change", acts.order_change, "o", blocked=states.usable_blocked, rules=("confidentiality-22",)
)
REVIEW = _on_account("review_accounts", acts.review, "w", blocked=states.revoke_blocked, separate=(_not_own("holder"),))
COMPROMISED = _on_account(
    "report_compromised", acts.compromised, "x", target="row", input=inputs.Compromised, blocked=states.active_blocked,
    separate=(_not_own("holder"),), rules=("confidentiality-23",),
)  # fmt: skip
REVOKE = _on_account(
    "revoke_account", acts.revoke, "v", input=inputs.Because, blocked=states.revoke_blocked, effect=acts.revoke_effect,
    dangerous=True,
)  # fmt: skip

REQUEST_USE = Action(
    "confidentiality.request_use", run=grants.request_use, needs="confidentiality.own", input=inputs.RequestUse,
    register="confidentiality.use_grants", mnemonic="n", rules=("confidentiality-07",),
)  # fmt: skip
WITHDRAW_USE = Action(
    "confidentiality.withdraw_use", run=grants.withdraw, needs="confidentiality.own", target="row",
    register="confidentiality.use_grants", mnemonic="w", rules=("confidentiality-07",),
    blocked=grants.withdraw_blocked,
)  # fmt: skip
REQUEST_OFF_DUTY = Action(
    "confidentiality.request_off_duty", run=grants.request_off_duty, needs="confidentiality.own",
    input=inputs.RequestOffDuty, register="confidentiality.off_duty_grants", mnemonic="n",
    rules=("confidentiality-08",),
)  # fmt: skip
WITHDRAW_OFF_DUTY = Action(
    "confidentiality.withdraw_off_duty", run=grants.withdraw, needs="confidentiality.own", target="row",
    register="confidentiality.off_duty_grants", mnemonic="w", rules=("confidentiality-08",),
    blocked=grants.withdraw_blocked,
)  # fmt: skip
SIGN = Action(
    "confidentiality.sign_undertaking", run=undertakings.sign, needs="confidentiality.own",
    input=inputs.SignUndertaking, register="confidentiality.undertakings", mnemonic="s",
    rules=("confidentiality-02", "confidentiality-47"), effect=undertakings.sign_effect,
)  # fmt: skip
RECORD = Action(
    "confidentiality.record_undertaking", run=undertakings.record, needs="confidentiality.accounts",
    input=inputs.RecordUndertaking, register="confidentiality.undertakings", mnemonic="n",
    rules=("confidentiality-02",),
    bulk=Bulk(undertakings.record_rows, natural_key=("staff", "signed_on"), aliases=inputs.UNDERTAKING_ALIASES),
)  # fmt: skip

REGISTERS = (SYSTEMS, ACCOUNTS, HOLDINGS, USE_GRANTS, OFF_DUTY, UNDERTAKINGS)
ACTIONS = (
    REGISTER_SYSTEM, CHANGE_SYSTEM, RETIRE_SYSTEM, ISSUE, ENTER, ACTIVATE, HAND_OVER, SUSPEND, RESUME, SECRET, ORDER,
    REVIEW, COMPROMISED, REVOKE, REQUEST_USE, WITHDRAW_USE, REQUEST_OFF_DUTY, WITHDRAW_OFF_DUTY, SIGN, RECORD,
)  # fmt: skip
APPROVALS = tuple(
    ApprovalKind(
        kind, (step,), grants.approved, grants.refused, rule=grants.RULES[kind], withdrawn=grants.taken_back,
        deadline=deadline,
    )
    for kind, step in (
        (grants.USE, lambda ctx: ctx.rule("confidentiality-07").use_approver),
        (grants.OFF_DUTY, lambda ctx: ctx.rule("confidentiality-08").off_duty_approver),
    )
)  # fmt: skip
CONSEQUENCES = (Consequence("people.leave", acts.before_leaving),)
CONSTRAINTS = (
    'CREATE UNIQUE INDEX IF NOT EXISTS "uq_confidentiality_holding" ON "confidentiality_holding" ("account_id") '
    'WHERE "until" IS NULL',
)
DUE = (matters.accounts,)
PAPERS = papers.PAPERS
CHARTS = charts.CHARTS
