"""Takeovers that aren't done (keys-05)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from cstui.api import Context, DueItem, Severity, Text
from cstui_keys.kinds import TakeoverState
from cstui_keys.models import Takeover, TakeoverLine

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
    takeovers = await rows.order_by("on", "id")
    lines_of = await _lines([takeover.id for takeover in takeovers])
    for takeover in takeovers:
        lines = lines_of[takeover.id]
        declared, counted = sum(line.declared for line in lines), sum(line.counted or 0 for line in lines)
        done = sum(line.counted is not None for line in lines)
        proof = [
            Text("keys.proof.takeover", takeover=takeover.takeover_no, party=takeover.from_party, day=takeover.on),
            Text("keys.proof.takeover_lines", done=done, lines=len(lines), declared=declared, counted=counted),
        ]
        if takeover.state is TakeoverState.DISPUTED:
            proof.append(Text("keys.proof.difference_max", most=rule.takeover_difference_max))
            differ = [line for line in lines if line.counted not in (None, line.declared)]
            proof += [
                Text("keys.proof.takeover_line", space=line.code, declared=line.declared, counted=line.counted)
                for line in differ[:5]
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


class _Line(NamedTuple):
    """Of a line no more is read than is told: a building has a thousand."""

    code: str
    declared: int
    counted: int | None


async def _lines(takeovers: Sequence[int]) -> dict[int, list[_Line]]:
    """The lines of takeovers in the order of their places."""
    found: dict[int, list[_Line]] = defaultdict(list)
    if takeovers:
        rows = TakeoverLine.filter(takeover_id__in=takeovers).order_by("natural")
        for takeover, *line in await rows.values_list("takeover_id", *_Line._fields):
            found[takeover].append(_Line(*line))
    return found
