"""Logs for a store: the seeded department (`seeded_log`), and files of a few lines."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import count
from pathlib import Path
from typing import Any

from seeded_log import FIRST, HEADER, WORDS, Department

from cstui.api import File
from cstui.people import Absence, Duty, ShiftType, Staff
from cstui_confidentiality.accounts.mapping import mapping_of
from cstui_confidentiality.kinds import AccountKind, AccountState, GrantState, LogFormat, RequestState, SystemKind
from cstui_confidentiality.models import (
    Account,
    AccountHolding,
    AccountUseGrant,
    OffDutyAccessGrant,
    OperationRequest,
    SystemRegister,
)

MAPPING = mapping_of(
    "时间=at\n账号=login\n操作=kind\n客户=subject_ref\n行数=rows\n工单=ticket\n座位=seat",
    "\n".join(f"{word}={kind}" for kind, word in WORDS.items()),
)
LONG_AGO = date(2020, 1, 1)

__all__ = ["HEADER", "MAPPING", "furnish", "row", "take"]


def row(at: str, kind: str = "登录", login: str = "cs01", **more: str) -> str:
    """A line under `HEADER`."""
    cells = (at, login, kind, *(more.get(name, "") for name in ("subject", "rows", "ticket", "seat")))
    return ",".join(cells)


async def take(desk: Any, tmp_path: Path, lines: Sequence[str | bytes], code: str = "CRM", **more: str) -> Any:
    """Import lines as the log of a system."""
    path = tmp_path / "log.csv"
    path.write_bytes(b"\n".join(line if isinstance(line, bytes) else line.encode() for line in lines) + b"\n")
    return await desk.run("import_log", {"file": File.open(path), **more}, target=[code])


async def furnish(department: Department) -> None:
    """The rows of the department, whose log is written already; its system is SEED."""
    number = count(1)
    zero = min(shift[2] for shift in department.shifts) - timedelta(days=60)
    system = await SystemRegister.create(
        code="SEED", name="SEED", kind=SystemKind.CRM, log_format=LogFormat.CSV, mapping=MAPPING, registered_at=zero
    )
    names = [f"s{agent:03}" for agent in range(department.agents)]
    await Staff.bulk_create([Staff(login=name, number=name, name=name, hired_on=LONG_AGO) for name in names])
    people = await Staff.filter(login__in=names).order_by("login")
    await Account.bulk_create(
        Account(account_no=f"SEED/cs{agent:03}", system=system, login=f"cs{agent:03}", kind=AccountKind.AGENT,
                holder=person, state=AccountState.ACTIVE, issued_on=FIRST, secret_changed_on=FIRST, strength=4, length=14,
                seat=f"PC-{agent:03}")
        for agent, person in enumerate(people)
    )  # fmt: skip
    accounts = await Account.filter(system=system).order_by("login")
    await AccountHolding.bulk_create(
        AccountHolding(account=account, staff=person, since=zero, handed_by="guan")
        for account, person in zip(accounts, people, strict=True)
    )
    shift = await ShiftType.create(code="SEED", name="SEED", start_minute=540, end_minute=1080)
    await Duty.bulk_create(
        Duty(staff=people[agent], day=day, shift=shift, start_at=start, end_at=end)
        for agent, day, start, end in department.shifts
    )
    await Absence.bulk_create(
        Absence(staff=people[agent], first_day=day, last_day=day, kind="leave") for agent, day in department.leaves
    )
    granted = {"reason": "seed", "state": GrantState.APPROVED, "requested_at": zero, "approved_at": zero}
    await OffDutyAccessGrant.bulk_create(
        OffDutyAccessGrant(
            grant_no=f"O{next(number)}", staff=people[agent], system=system, start_at=start, end_at=end, **granted
        )
        for agent, start, end in department.off_duty
    )
    await AccountUseGrant.bulk_create(
        AccountUseGrant(grant_no=f"U{next(number)}", account=accounts[agent], grantee=people[other], start_at=start,
                        end_at=end, **granted)
        for agent, other, start, end in department.lent
    )  # fmt: skip
    await OperationRequest.bulk_create(
        OperationRequest(request_no=f"Q{next(number)}", requester=people[one["agent"]], system=system, kind=one["kind"],
                         subject_ref=one["subject"], purpose="seed", ticket=one["ticket"], requested_at=zero,
                         state=RequestState.EXECUTED if one["executed"] else RequestState.APPROVED,
                         approved_at=one["approved_at"], valid_to=one["valid_to"],
                         executed_at=one["valid_to"] if one["executed"] else None)
        for one in department.requests
    )  # fmt: skip
