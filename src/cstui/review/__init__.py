"""The day: what the regulations put before the supervisor, what became of it, and the sign-off (日清)."""

from pathlib import Path

from cstui.api import Area
from cstui.review.actions import ACTIONS
from cstui.review.collect import Matter, Review, collect
from cstui.review.registers import REGISTERS
from cstui.review.statement import Statement, sign_off, statement

AREA = Area(
    "review",
    strings=str(Path(__file__).parent / "strings"),
    models="cstui.review.models",
    migrations="cstui.review.migrations",
    registers=REGISTERS,
    actions=ACTIONS,
)

__all__ = ["AREA", "Matter", "Review", "Statement", "collect", "sign_off", "statement"]
