"""The list that is read out at the morning meeting."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from cstui.api import Content, Context, Paper, Table, Text
from cstui_rewards.models import Praise


async def reading(ctx: Context, rows: Sequence[Praise]) -> list[Content]:
    headers = tuple(Text(f"rewards.field.{name}") for name in ("staff", "words", "witness", "points"))
    lines = [
        (one.staff.name, one.words, one.witness.name if one.witness else "", Decimal(one.points).scaleb(-2))
        for one in sorted(rows, key=lambda one: one.pk)
    ]
    return [Content(Text("rewards.value.reading_list", day=ctx.today), (Table(headers, lines),))]


PAPERS = (Paper("rewards.reading_list", "rewards.praises", reading, rules=("rewards-43",)),)
