"""The list of honours on paper: a board to put up, and the quarter's best (rewards-45)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from cstui.api import Content, Context, Paper, Refusal, Table, Text
from cstui_rewards.models import HonourEntry

FIELDS = ("honour_title", "staff", "team", "period")


def quarter_of(day: date) -> str:
    return f"{day.year}Q{(day.month + 2) // 3}"


async def board(ctx: Context, rows: Sequence[HonourEntry]) -> list[Content]:
    """What still counts of the rows, by title."""
    return [Content(Text("rewards.value.honour_board"), (_table(rows),))]


async def quarter(ctx: Context, rows: Sequence[HonourEntry]) -> list[Content]:
    """Of each quarter one page for the department and one for each team, where the site puts them up."""
    rule = ctx.rule("rewards-45")
    if not (rule.on and rule.quarter_board):
        raise Refusal("rewards.refusal.no_quarter_board", field="quarter", value="", rule=rule.id)
    pages, quarters = [], defaultdict(list)
    for row in rows:
        quarters[quarter_of(row.day)].append(row)
    for name, held in sorted(quarters.items()):
        pages.append(Content(Text("rewards.value.quarter_board", quarter=name), (_table(held),)))
        for team in sorted({row.staff.team.name for row in held if row.staff.team}):
            own = [row for row in held if row.staff.team and row.staff.team.name == team]
            pages.append(Content(Text("rewards.value.team_board", quarter=name, team=team), (_table(own),)))
    return pages


def _table(rows: Sequence[HonourEntry]) -> Table:
    counting = sorted((row for row in rows if row.annulled_at is None), key=lambda row: (row.title, row.period))
    return Table(
        tuple(Text(f"rewards.field.{name}") for name in FIELDS),
        [(row.title, row.staff.name, row.staff.team.name if row.staff.team else "", row.period) for row in counting],
    )


PAPERS = (
    Paper("rewards.honour_board", "rewards.honours", board, rules=("rewards-36", "rewards-40")),
    Paper("rewards.quarter_board", "rewards.honours", quarter, rules=("rewards-45",)),
)
