"""The day: what the regulations put before the supervisor, what became of it, and the sign-off (日清)."""

from pathlib import Path

from cstui.api import Area, Context, DueItem
from cstui.review import dispositions, own, questions, signing
from cstui.review.charts import CHARTS
from cstui.review.collect import Matter, Review, collect, seen
from cstui.review.deeds import Deed, Settled
from cstui.review.morning import morning
from cstui.review.registers import REGISTERS
from cstui.review.sheet import Sheet
from cstui.review.statement import PAPERS, sign_off, statement


async def due(ctx: Context) -> list[DueItem]:
    """One's own matters, what one is asked, the answers to one's own questions."""
    return [*await own.due(ctx), *await questions.due(ctx)]


AREA = Area(
    "review",
    strings=str(Path(__file__).parent / "strings"),
    models="cstui.review.models",
    migrations="cstui.review.migrations",
    registers=(*REGISTERS, own.REGISTER, questions.REGISTER),
    actions=(*dispositions.ACTIONS, *own.ACTIONS, *questions.ACTIONS, *signing.ACTIONS),
    due=due,
    papers=PAPERS,
    charts=CHARTS,
    constraints=(
        'CREATE UNIQUE INDEX IF NOT EXISTS "review_read_once" ON "review_disposition" ("item", "day") '
        "WHERE kind = 'read'",
        'CREATE UNIQUE INDEX IF NOT EXISTS "review_seen_once" ON "review_disposition" ("item", "day", "by_login") '
        "WHERE kind = 'seen'",
    ),
)

__all__ = [
    "AREA", "Deed", "Matter", "Review", "Settled", "Sheet", "collect", "morning", "seen", "sign_off", "statement",
]  # fmt: skip
