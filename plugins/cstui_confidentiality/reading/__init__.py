"""Who had secrets shown to them and what for; what was read, or lay open, that shouldn't have."""

from __future__ import annotations

from cstui.api import Action, Column, Consequence, Context, Register, Separation, Text
from cstui_confidentiality.models import Look
from cstui_confidentiality.reading import acts, demo
from cstui_confidentiality.reading.inputs import DeskLeft, ReportReading

__all__ = ["ACTIONS", "CONSEQUENCES", "REGISTERS", "demo"]


def _register(ctx: Context, look: Look) -> Text:
    area, _, name = look.register.partition(".")
    return Text(f"{area}.register.{name}")


LOOKS = Register(
    "confidentiality.looks", Look,
    (
        Column("at", width=16, sort="at"), Column("looked_by", "by_login", width=10),
        Column("looked_register", _register, width=14), Column("looked_record", "record", width=16),
        Column("looked_count", "records", width=6, align="right", total="records"),
        Column("purpose", width=26), Column("ticket", width=10, narrow=False),
    ),
    noun="look", natural_key=("id",), sort="-at", needs="confidentiality.audit", private=True,
)  # fmt: skip
READING = Action(
    "confidentiality.report_reading", run=acts.report_reading, needs="confidentiality.own", input=ReportReading,
    target="row", register="people.staff", rules=("confidentiality-25",), separate=(Separation("id"),), settles=False,
)  # fmt: skip
DESK = Action(
    "confidentiality.desk_left", run=acts.desk_left, needs="confidentiality.audit", input=DeskLeft, target="row",
    register="people.staff", rules=("confidentiality-44",), separate=(Separation("id"),), settles=False,
)  # fmt: skip

REGISTERS = (LOOKS,)
ACTIONS = (READING, DESK)
CONSEQUENCES = (Consequence("site.reveal", acts.looked),)
