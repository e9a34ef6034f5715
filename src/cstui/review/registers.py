"""The words said of matters, and the days signed off."""

from cstui.api import Column, Register
from cstui.review.models import Disposition, SignOff

REGISTERS = (
    Register(
        "review.days",
        model=SignOff,
        noun="day",
        natural_key=("day",),
        sort="day",
        columns=(
            Column("day", width=10, sort="day"),
            Column("signed_by", value="by_name", width=12),
            Column("at", width=16),
            Column("late", width=6),
            Column("note", width=24, narrow=False),
        ),
        needs="review.all",
    ),
    Register(
        "review.dispositions",
        model=Disposition,
        noun="disposition",
        natural_key=("id",),
        query=lambda ctx: Disposition.all().select_related("to"),
        columns=(
            Column("day", width=10, sort="day"),
            Column("kind", width=10),
            Column("item", width=24),
            Column("by_name", width=10),
            Column("until", width=10, narrow=False),
            Column("to", value="to.name", width=10, narrow=False),
            Column("note", width=24),
        ),
        needs="review.all",
    ),
)
