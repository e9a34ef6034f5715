"""The count sheet: rings in their order, with room for the number, and none that tells what is expected (keys-27)."""

from __future__ import annotations

from collections.abc import Sequence

from cstui.api import Content, Context, Facts, Paper, Table, Text, choice
from cstui_keys.models import Count, CountLine


async def count_sheet(ctx: Context, counts: Sequence[Count]) -> list[Content]:
    """A sheet for each of the two people; what was entered already isn't on it."""
    made = []
    for count in counts:
        lines = await CountLine.filter(count_id=count.id).select_related("ring").order_by("id")
        rows = [(number, line.place, line.ring.hook if line.ring else "", "") for number, line in enumerate(lines, 1)]
        headers = tuple(Text(f"keys.field.{name}") for name in ("number", "ring", "hook", "present"))
        for role, person in (("counter", count.counted_by), ("witness", count.witness)):
            facts = [
                (Text("keys.field.count_no"), count.count_no), (Text("keys.field.kind"), choice("keys", count.kind)),
                (Text("keys.field.on"), count.on), (Text(f"keys.field.{role}"), person.name),
                (Text("keys.field.signature"), ""),
            ]  # fmt: skip
            made.append(Content(Text("keys.paper.count_sheet"), [Facts(facts), Table(headers, rows)]))
    return made


PAPERS = (Paper("keys.count_sheet", "keys.counts", count_sheet, rules=("keys-27", "keys-28"), needs="keys.keep"),)
