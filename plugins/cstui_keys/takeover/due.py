"""Takeovers that aren't done (keys-05)."""

from __future__ import annotations

from cstui.api import Context, DueItem, Severity, Text
from cstui_keys.kinds import TakeoverState
from cstui_keys.models import Takeover

ACTIONS = {
    TakeoverState.DRAFT: ("keys.takeover_sign",),
    TakeoverState.COUNTED: ("keys.takeover_sign",),
    TakeoverState.DISPUTED: ("keys.takeover_sign",),
    TakeoverState.SIGNED: ("keys.takeover_close",),
}


async def takeovers_open(ctx: Context) -> list[DueItem]:
    """Takeovers being counted, in dispute, waiting for signatures, or not yet on the register."""
    rule = ctx.rule("keys-05")
    if not rule.on:
        return []
    found = []
    rows = Takeover.exclude(state=TakeoverState.CLOSED).select_related("building", "received_by")
    for takeover in await rows.prefetch_related("lines").order_by("on", "id"):
        lines = list(takeover.lines)
        declared, counted = sum(line.declared for line in lines), sum(line.counted or 0 for line in lines)
        done = sum(line.counted is not None for line in lines)
        proof = [
            Text("keys.proof.takeover", takeover=takeover.takeover_no, party=takeover.from_party, day=takeover.on),
            Text("keys.proof.takeover_lines", done=done, lines=len(lines), declared=declared, counted=counted),
        ]
        if takeover.state is TakeoverState.DISPUTED:
            proof.append(Text("keys.proof.difference_max", most=rule.takeover_difference_max))
            differ = [line for line in lines if line.difference]
            proof += [
                Text("keys.proof.takeover_line", space=line.code, declared=line.declared, counted=line.counted)
                for line in sorted(differ, key=lambda line: line.natural)[:5]
            ]
        if takeover.signed_at and takeover.received_by:
            proof.append(Text("keys.proof.takeover_signed", at=takeover.signed_at, person=takeover.received_by.name))
        ahead = takeover.on > ctx.today
        severity: Severity = "info" if ahead else "warning"
        found.append(
            DueItem(
                id=f"keys.takeover.{takeover.id}.{takeover.state.value}",
                severity=severity,
                title=Text(f"keys.due.takeover_{takeover.state.value}", block=takeover.building.block,
                           party=takeover.from_party),
                rule=rule.id,
                due=ctx.moment(takeover.on, 24 * 60),
                state=Text("keys.state.lines", done=done, lines=len(lines)),
                register="keys.takeovers",
                records=(takeover.id,),
                actions=ACTIONS[takeover.state],
                proof=tuple(proof),
            )
        )  # fmt: skip
    return found
