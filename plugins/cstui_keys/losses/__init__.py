"""Lost keys: reported at once, open until the lock is decided about."""

from __future__ import annotations

from cstui.api import Action
from cstui_keys.losses import acts
from cstui_keys.losses.due import losses_open
from cstui_keys.losses.inputs import ChangeLock, FindKeys, ReportLoss, WaiveLock

REPORT_LOST = Action(
    "keys.report_lost", run=acts.report_lost, needs="keys.lend", input=ReportLoss, target="rows", register="keys.keys",
    mnemonic="x", rules=("keys-29",), blocked=acts.report_blocked, inverse="keys.found",
)  # fmt: skip
FOUND = Action(
    "keys.found", run=acts.found, needs="keys.lend", input=FindKeys, target="rows", register="keys.keys", mnemonic="f",
    rules=("keys-29",), blocked=acts.lost_only,
)  # fmt: skip
LOCK_CHANGED = Action(
    "keys.lock_changed", run=acts.lock_changed, needs="keys.decide", input=ChangeLock, target="row",
    register="keys.keys", mnemonic="k", rules=("keys-29",), blocked=acts.lost_only,
)  # fmt: skip
WAIVE = Action(
    "keys.waive_lock", run=acts.waive, needs="keys.decide", input=WaiveLock, target="rows", register="keys.keys",
    mnemonic="w", rules=("keys-29",), blocked=acts.lost_only,
)  # fmt: skip

ACTIONS = (
    REPORT_LOST,
    FOUND,
    LOCK_CHANGED,
    WAIVE,
)
DUE = (losses_open,)
CONSTRAINTS = (
    'CREATE UNIQUE INDEX IF NOT EXISTS "uq_keys_one_open_loss" ON "keys_loss" ("key_id") WHERE "state" = \'reported\'',
)
