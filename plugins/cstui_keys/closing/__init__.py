"""The evening's check of the key cabinet, together with computers and copiers."""

from __future__ import annotations

from cstui.api import Action, Column, Register
from cstui_keys.closing import acts
from cstui_keys.closing.due import closing_due
from cstui_keys.closing.inputs import CloseDay
from cstui_keys.models import ClosingCheck

CLOSINGS = Register(
    "keys.closings", ClosingCheck,
    (
        Column("day", width=12, sort="day"), Column("at", width=16), Column("by", width=14),
        Column("loans_out", width=30),
    ),
    noun="day", natural_key=("day",), sort="day", sections=(Column("remark"),),
)  # fmt: skip
CLOSE = Action(
    "keys.close_day", run=acts.close_day, needs="keys.lend", input=CloseDay, register="keys.closings", mnemonic="c",
    rules=("keys-32",), prefill=acts.close_prefill,
)  # fmt: skip

REGISTERS = (CLOSINGS,)
ACTIONS = (CLOSE,)
DAILY = (closing_due,)
