"""What the site decides for itself: figures of rules, working days, what headers mean. A host area."""

from pathlib import Path

from cstui.contract.declare import Area, Column, Register
from cstui.site.actions import ACTIONS, day_exceptions, mapped_headers, rule_figures, told
from cstui.site.models import DayException, RuleFigure
from cstui.site.reveal import ACTIONS as REVEAL

AREA = Area(
    "site",
    strings=str(Path(__file__).parent / "strings"),
    models="cstui.site.models",
    migrations="cstui.site.migrations",
    registers=(
        Register(
            "site.figures",
            model=RuleFigure,
            noun="figure",
            natural_key=("id",),
            columns=(
                Column("rule", width=10, sort="rule"),
                Column("name", width=24, sort="name"),
                Column("value", value=lambda ctx, row: told(ctx, row, row.value), width=14),
                Column("old", value=lambda ctx, row: told(ctx, row, row.old), width=14, narrow=False),
                Column("first_day", width=10, sort="first_day"),
                Column("state", width=9),
                Column("set_by", width=12, narrow=False),
                Column("reason", width=24),
            ),
        ),
        Register(
            "site.days",
            model=DayException,
            noun="day",
            natural_key=("day",),
            sort="day",
            columns=(Column("day", width=10, sort="day"), Column("working", width=8), Column("note", width=30)),
        ),
    ),
    actions=(*ACTIONS, *REVEAL),
)

__all__ = ["AREA", "day_exceptions", "mapped_headers", "rule_figures"]
