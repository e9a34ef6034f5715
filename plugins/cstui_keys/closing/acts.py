"""The evening's check: all switched off, the key cabinet locked, every loan back or noted (keys-32)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from cstui.api import Context, Refusal, Text, utc
from cstui.people import names_of
from cstui_keys.closing.inputs import CloseDay
from cstui_keys.kinds import LoanState
from cstui_keys.models import ClosingCheck, Loan
from cstui_keys.workdays import Workdays


async def close_day(ctx: Context, data: CloseDay) -> Text:
    """Record that everything is off, the cabinet locked, and which loans stay out. Once a day."""
    rule, day = ctx.rule("keys-32"), (await Workdays.read(ctx)).to_close
    for name in ("computers_off", "copiers_off", "cabinet_locked"):
        rule.forbid(not getattr(data, name), f"keys.refusal.not_{name}", field=name, value="")
    out = await _loans_out()
    unnamed = [loan.loan_no for loan in out if loan.loan_no not in data.loans_out]
    rule.forbid(
        bool(unnamed), "keys.refusal.loans_unnoted", field="loans_out", value=data.loans_out, count=len(unnamed),
        loans=", ".join(unnamed[:5]),
    )  # fmt: skip
    if other := await ClosingCheck.filter(day=day).first():
        by = (await names_of([other.by]))[other.by]
        raise Refusal("keys.refusal.closed_already", field="day", value=day, rule="keys-32", by=by, at=other.at)
    await ClosingCheck.create(
        day=day, at=utc(ctx.now), by=ctx.actor.login, loans_out=data.loans_out if out else "", remark=data.remark
    )
    return Text("keys.done.day_closed", day=day, out=len(out))


async def close_prefill(ctx: Context, rows: Sequence[Any]) -> Mapping[str, Any]:
    """The loans that are out; what must be seen with one's own eyes is answered by the one who looked."""
    out = [f"{loan.loan_no} {loan.borrower.name}" for loan in await _loans_out()]
    return {"loans_out": ", ".join(out)[:2000]}


async def _loans_out() -> list[Loan]:
    return list(await Loan.filter(state=LoanState.OUT).select_related("borrower").order_by("id"))
