"""房屋钥匙接管记录: what the other side declared and what was counted, for both signatures (keys-05)."""

from __future__ import annotations

from collections.abc import Sequence

from cstui.api import Content, Context, Facts, Paper, Table, Text, choice
from cstui_keys.models import Takeover, TakeoverLine


async def protocol(ctx: Context, takeovers: Sequence[Takeover]) -> list[Content]:
    """A sheet for each takeover; before the count its column is left to be filled in by hand."""
    made = []
    for takeover in takeovers:
        lines = await TakeoverLine.filter(takeover_id=takeover.id).order_by("natural", "id")
        rows = [
            (line.code, choice("keys", line.door_kind), line.declared, line.counted, line.difference) for line in lines
        ]
        head = [
            (Text("keys.field.takeover_no"), takeover.takeover_no), (Text("keys.field.block"), takeover.building.block),
            (Text("keys.field.from_party"), takeover.from_party), (Text("keys.field.on"), takeover.on),
        ]  # fmt: skip
        foot = [
            (Text("keys.field.discrepancy"), takeover.discrepancy),
            (Text("keys.field.their_ref"), takeover.their_ref),
            (Text("keys.field.receiver"), takeover.received_by.name if takeover.received_by else ""),
            (Text("keys.field.signature_ref"), takeover.signature_ref),
            (Text("keys.field.signed_at"), takeover.signed_at),
        ]
        headers = tuple(
            Text(f"keys.field.{name}") for name in ("code", "door_kind", "declared", "counted", "difference")
        )
        made.append(Content(Text("keys.paper.takeover"), [Facts(head), Table(headers, rows), Facts(foot)]))
    return made


PAPERS = (Paper("keys.takeover", "keys.takeovers", protocol, rules=("keys-05",), needs="keys.register"),)
