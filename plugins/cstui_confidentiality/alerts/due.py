"""Alerts that nobody has settled, one matter for each computer, as grave as the site says (confidentiality-18)."""

from __future__ import annotations

from collections import defaultdict

from cstui.api import Context, DueItem, Text, Verbatim, choice
from cstui_confidentiality.kinds import AlertState
from cstui_confidentiality.models import SecurityAlert


async def alerts(ctx: Context) -> list[DueItem]:
    rule = ctx.rule("confidentiality-18")
    if not rule.on:
        return []
    by: dict[int, list[SecurityAlert]] = defaultdict(list)
    rows = SecurityAlert.filter(state=AlertState.OPEN).order_by("at")
    for one in await rows.select_related("workstation__seat_user"):
        by[one.workstation_id].append(one)
    return [_item(some, rule.blocked_download_severity) for some in by.values()]


def _item(some: list[SecurityAlert], severity: str) -> DueItem:
    first, pc = some[0], some[0].workstation
    return DueItem(
        id=f"confidentiality.alerts.{pc.pk}.{first.pk}",
        severity=severity,  # type: ignore[arg-type]
        title=Text("confidentiality.due.alerts", pc=pc.pc, what=Verbatim(first.what), count=len(some)),
        rule="confidentiality-18",
        person=pc.seat_user.name if pc.seat_user else "",
        person_id=pc.seat_user_id,
        due=first.at,
        state=Text("confidentiality.state.alerts", count=len(some)),
        register="confidentiality.alerts",
        records=tuple(one.pk for one in some),
        actions=("confidentiality.settle_alert",),
        proof=tuple(
            Text("confidentiality.proof.alert", at=one.at, kind=choice("confidentiality", one.kind),
                 what=Verbatim(one.what))
            for one in some
        ),
    )  # fmt: skip
