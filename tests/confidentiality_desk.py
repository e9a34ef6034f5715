"""A department that keeps secrets: two agents, a custodian of accounts, supervisor and deputy, the head; made once."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any

import desk
import pytest
from conftest import SHANGHAI

from cstui.api import utc
from cstui.people import Duty, ShiftType, Staff
from cstui_confidentiality.kinds import AccountKind, AccountState, Level, LogFormat, Medium, SystemKind
from cstui_confidentiality.models import (
    Account,
    AccountHolding,
    ConfidentialAsset,
    SecrecyCategory,
    SecrecyUndertaking,
    SystemRegister,
)


def moment(text: str) -> datetime:
    """2026-11-24 09:00 in Shanghai, as UTC."""
    return utc(datetime.fromisoformat(text).replace(tzinfo=SHANGHAI))


class Desk(desk.Desk):
    area = "confidentiality"
    acting = "deng"
    roles = """
supervisor = ["confidentiality.*", "people.*", "review.*", "approvals.*"]
deputy = ["confidentiality.*", "people.look", "review.*", "approvals.*"]
account_custodian = [
    "confidentiality.look", "confidentiality.own", "confidentiality.reveal", "confidentiality.accounts", "review.look",
    "approvals.*",
]
department_head = ["confidentiality.*", "people.look", "review.look", "approvals.*"]
company_leader = ["confidentiality.look", "review.look", "approvals.*"]
staff = ["people.look", "confidentiality.own", "confidentiality.reveal", "review.look", "approvals.withdraw"]
"""
    people = (
        ("an", "T1", "staff"), ("bo", "T1", "staff"), ("cai", "T2", "staff"), ("guan", "", "account_custodian"),
        ("deng", "", "supervisor"), ("fu", "", "deputy"), ("head", "", "department_head"), ("boss", "", "company_leader"),
    )  # fmt: skip

    async def make_row(self, model: Any, **values: Any) -> Any:
        """A record as some earlier act would have made it; `login` names stand for people where the field is one."""

        async def make() -> Any:
            people = {
                name
                for name, field in model._meta.fields_map.items()
                if getattr(field, "model_name", "") == "people.Staff"
            }
            for name in people & values.keys():
                if isinstance(values[name], str):
                    values[name] = await Staff.get(login=values[name])
            return await model.create(**values)

        return await self.host.call(make())

    async def category(self, code: str = "S06", level: Level = Level.CONFIDENTIAL) -> SecrecyCategory:
        known: SecrecyCategory | None = await self.ask(SecrecyCategory.filter(code=code).first())
        return known or await self.make_row(
            SecrecyCategory, code=code, title=code, level=level, owner_role="supervisor"
        )

    async def asset(self, number: str = "A-1", code: str = "S06", keeper: str = "an", **more: Any) -> ConfidentialAsset:
        values = {"title": number, "medium": Medium.PAPER, "location": "cabinet 3", "registered_by": "deng",
                  "registered_at": moment("2026-11-01 09:00"), "category": await self.category(code), **more}  # fmt: skip
        made: ConfidentialAsset = await self.make_row(ConfidentialAsset, asset_no=number, keeper=keeper, **values)
        return made

    async def system(self, code: str = "CRM", log_format: LogFormat = LogFormat.CSV, **more: Any) -> SystemRegister:
        known: SystemRegister | None = await self.ask(SystemRegister.filter(code=code).first())
        values = {"name": code, "kind": SystemKind.CRM, "registered_at": moment("2026-11-01 09:00"), **more}
        return known or await self.make_row(SystemRegister, code=code, log_format=log_format, **values)

    async def account(self, login: str = "cs01", holder: str = "an", code: str = "CRM", **more: Any) -> Account:
        """An account in use, held since 1 November."""
        system = await self.system(code)
        values = {"kind": AccountKind.AGENT, "state": AccountState.ACTIVE, "issued_on": date(2026, 11, 1),
                  "secret_changed_on": date(2026, 11, 1), "strength": 4, "length": 14, **more}  # fmt: skip
        made: Account = await self.make_row(
            Account, account_no=f"{code}/{login}", system=system, login=login, holder=holder, **values
        )
        since = moment("2026-11-01 09:00")
        await self.make_row(AccountHolding, account=made, staff=holder, since=since, handed_by="guan")
        return made

    async def undertaking(self, login: str, signed_on: date = date(2026, 1, 5)) -> SecrecyUndertaking:
        made: SecrecyUndertaking = await self.make_row(
            SecrecyUndertaking, staff=login, undertaking_version="2026-1", signed_on=signed_on
        )
        return made

    async def shift(self, login: str, day: date, start: str = "09:00", end: str = "18:00") -> Duty:
        """A shift of somebody; 24:00 and later lie past midnight."""
        first, last = (int(at[:2]) * 60 + int(at[3:]) for at in (start, end))
        code = f"{start}-{end}"
        kind = await self.ask(ShiftType.filter(code=code).first()) or await self.make_row(
            ShiftType, code=code, name=code, start_minute=first, end_minute=last
        )
        ctx = await self.context()
        made: Duty = await self.make_row(
            Duty, staff=login, day=day, shift=kind, start_at=ctx.moment(day, first), end_at=ctx.moment(day, last)
        )
        return made


@asynccontextmanager
async def confidentiality_desk(
    request: pytest.FixtureRequest, tmp_path: Path, secret_template: Path
) -> AsyncIterator[Desk]:
    """The department on a copy of its template's store; it is Tuesday, 24 November 2026, 09:02."""
    async with Desk.opened(request, tmp_path, secret_template) as opened:
        yield opened
