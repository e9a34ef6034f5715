"""What is filled in about systems, accounts, leave and undertakings."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field

from cstui.api import Code, Context, Day, Fen, Input, Line, Moment, Ref, Whole, Words
from cstui.people import Staff
from cstui_confidentiality.inputs import Person, Reason, Reference, System
from cstui_confidentiality.kinds import AccountKind, AccountState, LogFormat, SystemKind
from cstui_confidentiality.models import Account, SystemRegister

Name = Annotated[Line, Field(min_length=1, max_length=64)]
Login = Annotated[Code, Field(min_length=1, max_length=64)]
Seat = Annotated[Code, Field(max_length=32)]
Strength = Annotated[Whole, Field(ge=0, le=4)]
"""Class of a secret, 0 to 4; never the secret."""
Length = Annotated[Whole, Field(ge=0, le=256)]
"""Characters of a secret."""
AnySystem = Annotated[SystemRegister, Ref("confidentiality.systems")]
AnyPerson = Annotated[Staff, Ref("people.staff")]
"""In lists also those who left: what was exported can be imported again."""


def active(ctx: Context, accounts: Any) -> Any:
    """Accounts with which somebody works."""
    return accounts.filter(state=AccountState.ACTIVE)


ActiveAccount = Annotated[Account, Ref("confidentiality.accounts", only=active)]


class ChangeSystem(Input):
    """`log_columns` and `log_words`: what the headers and words of its CSV mean, a pair a line."""

    system_name: Name
    system_kind: SystemKind
    log_format: LogFormat = LogFormat.BY_HAND
    log_zone: Annotated[Code, Field(max_length=48)] = ""
    log_columns: Words = ""
    log_words: Words = ""


class RegisterSystem(ChangeSystem):
    system_code: Annotated[Code, Field(min_length=1, max_length=24, pattern=r"^[^/]+$")]


class RetireSystem(Input):
    reason: Reason


class IssueAccount(Input):
    system: System
    login: Login
    account_kind: AccountKind = AccountKind.AGENT
    holder: Person
    strength: Strength
    length: Length
    seat: Seat = ""
    note: Line = ""


class EnterAccount(Input):
    """An account that there was before its system came on the register."""

    system: AnySystem
    login: Login
    account_kind: AccountKind = AccountKind.AGENT
    holder: AnyPerson
    issued_on: Day
    secret_changed_on: Day
    strength: Strength
    length: Length
    seat: Seat = ""
    note: Line = ""


class HandOver(Input):
    """To whom, and the class of the secret that the new holder has set."""

    new_holder: Person
    strength: Strength
    length: Length
    seat: Seat = ""


class NewSecret(Input):
    strength: Strength
    length: Length
    secret_changed_on: Day | None = None


class Because(Input):
    reason: Reason


class Compromised(Input):
    """How the secret got out, and what was lost by it (0: nothing)."""

    how: Annotated[Line, Field(min_length=1, max_length=200)]
    loss: Annotated[Fen, Field(ge=0)]


class RequestUse(Input):
    """Leave to use an account that somebody else holds, until its last second."""

    account: ActiveAccount
    start_at: Moment
    end_at: Moment
    reason: Reason


class RequestOffDuty(Input):
    """Leave to sign in to a system outside one's shift, until its last second."""

    system: System
    start_at: Moment
    end_at: Moment
    reason: Reason


class SignUndertaking(Input):
    """What one undertakes is shown before it is signed."""

    agreed: bool


class RecordUndertaking(Input):
    """One that was signed on paper, and where that is."""

    staff: AnyPerson
    signed_on: Day
    reference: Reference = ""


ACCOUNT_ALIASES = {
    "system": ("系统代码", "system code"),
    "login": ("登录名", "账号名", "user", "username"),
    "account_kind": ("账号类型", "type"),
    "holder": ("持有人", "使用人", "owner"),
    "issued_on": ("开通日期", "since"),
    "secret_changed_on": ("改密日期", "password changed"),
    "strength": ("密码强度",),
    "length": ("密码长度",),
    "seat": ("座位", "工位", "computer"),
    "note": ("备注", "remark"),
}
UNDERTAKING_ALIASES = {
    "staff": ("工号", "员工", "number", "employee"),
    "signed_on": ("签署日期", "date"),
    "reference": ("存档位置", "file"),
}
