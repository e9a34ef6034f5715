"""Alerts are taken in as they were told, and settled by somebody who wasn't at that computer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cstui.api import BadInput, Context, Refusal, Text, utc
from cstui_confidentiality.alerts.inputs import EnterAlert, SettleAlert
from cstui_confidentiality.kinds import AlertState
from cstui_confidentiality.models import SecurityAlert


async def enter(ctx: Context, data: EnterAlert) -> Text:
    (mark,) = await enter_all(ctx, [data])
    if isinstance(mark, Exception):
        raise mark
    return Text("confidentiality.done.alert_entered", alert=data.alert_no, pc=data.pc.pc)


async def enter_all(ctx: Context, rows: Sequence[EnterAlert]) -> list[Any]:
    """What is known already stays as it was told first."""
    known = {one.alert_no: one for one in await SecurityAlert.filter(alert_no__in=[row.alert_no for row in rows])}
    marks: list[Any] = []
    new = []
    for row in rows:
        at, one = utc(row.at), known.get(row.alert_no)
        told = (row.pc.pk, at, row.alert_kind, row.alert_what)
        if at > ctx.now:
            marks.append(BadInput("confidentiality.refusal.alert_later", field="at", value=at))
        elif one is None:
            new.append(SecurityAlert(
                alert_no=row.alert_no, workstation_id=row.pc.pk, at=at, kind=row.alert_kind, what=row.alert_what,
            ))  # fmt: skip
            marks.append("created")
        elif (one.workstation_id, one.at, one.kind, one.what) == told:
            marks.append("unchanged")
        else:
            marks.append(Refusal("confidentiality.refusal.alert_known", field="alert_no", value=row.alert_no))
    await SecurityAlert.insert(new)
    return marks


async def settle(ctx: Context, rows: Sequence[SecurityAlert], data: SettleAlert) -> Text:
    for one in rows:
        Refusal.because(await settle_blocked(ctx, one), field="alert", value=one.alert_no)
        one.state, one.settled_by, one.note = AlertState.SETTLED, ctx.actor.login, data.note
    await SecurityAlert.change(rows, ["state", "settled_by", "note"])
    return Text("confidentiality.done.alerts_settled", alerts=[one.alert_no for one in rows])


async def settle_blocked(ctx: Context, one: SecurityAlert) -> Text | None:
    if one.state is AlertState.OPEN:
        return None
    return Text("confidentiality.blocked.alert_settled", alert=one.alert_no)
