"""Key custody: an unbroken account of every key of a building taken over."""

from __future__ import annotations

from pathlib import Path

from cstui.api import Area, hookimpl
from cstui_keys import actions, demo, due, registers, rules

AREA = Area(
    "keys",
    strings=str(Path(__file__).parent / "strings"),
    models="cstui_keys.models",
    migrations="cstui_keys.migrations",
    rules=rules.RULES,
    registers=registers.REGISTERS,
    actions=actions.ACTIONS,
    due=due.items,
    consequences=actions.CONSEQUENCES,
    constraints=(
        'CREATE UNIQUE INDEX IF NOT EXISTS "uq_keys_one_open_loan" ON "keys_loan_line" ("key_id") '
        'WHERE "back_at" IS NULL',
        'CREATE UNIQUE INDEX IF NOT EXISTS "uq_keys_one_open_loss" ON "keys_loss" ("key_id") '
        "WHERE \"state\" = 'reported'",
    ),
    demo=demo.fill,
)


@hookimpl
def cstui_area() -> Area:
    return AREA
