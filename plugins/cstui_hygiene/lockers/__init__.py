"""Lockers of the changing room: one for each person, and kept locked."""

from __future__ import annotations

from cstui.api import Action, Bulk, Column, Consequence, Register, Text
from cstui_hygiene.lockers import acts
from cstui_hygiene.lockers import due as matters
from cstui_hygiene.lockers.inputs import ALIASES, AssignLocker, LockerFault, LockerLoss, SetLocker
from cstui_hygiene.models import Locker

LOCKERS = Register(
    "hygiene.lockers", Locker,
    (
        Column("locker_no", width=8, sort="locker_no"),
        Column("locker_state", "state", width=12, sort="state"),
        Column("holder_name", "holder.name", width=12),
        Column("first_day", width=12), Column("last_day", width=12, narrow=False),
        Column("locked_ok_last", width=14), Column("unlocked_on", width=14),
    ),
    noun="locker", natural_key=("locker_no",), sort="locker_no",
    query=lambda ctx: Locker.all().select_related("holder"),
    sections=(
        Column("holder", "holder.login"), Column("fault"),
        Column("own_risk", lambda ctx, locker: Text("hygiene.note.own_loss") if locker.holder_id else None),
    ),
)  # fmt: skip
SET = Action(
    "hygiene.set_locker", run=acts.set_locker, needs="hygiene.arrange", input=SetLocker, register="hygiene.lockers",
    mnemonic="n", rules=("hygiene-26",), settles=False,
    bulk=Bulk(acts.set_lockers, natural_key=("locker_no",), aliases=ALIASES),
)  # fmt: skip
ASSIGN = Action(
    "hygiene.assign_locker", run=acts.assign, needs="hygiene.arrange", input=AssignLocker, target="row",
    register="hygiene.lockers", mnemonic="a", rules=("hygiene-26",), blocked=acts.assign_blocked,
    prefill=acts.assign_prefill, inverse="hygiene.release_locker", settles=False,
)  # fmt: skip
RELEASE = Action(
    "hygiene.release_locker", run=acts.release, needs="hygiene.arrange", target="rows", register="hygiene.lockers",
    mnemonic="f", blocked=acts.release_blocked,
)  # fmt: skip
BROKEN = Action(
    "hygiene.locker_broken", run=acts.out_of_order, needs="hygiene.arrange", input=LockerFault, target="row",
    register="hygiene.lockers", mnemonic="b", blocked=acts.out_of_order_blocked, inverse="hygiene.locker_repaired",
)  # fmt: skip
REPAIRED = Action(
    "hygiene.locker_repaired", run=acts.repaired, needs="hygiene.arrange", target="row", register="hygiene.lockers",
    mnemonic="r", blocked=acts.repaired_blocked,
)  # fmt: skip
LOCKED = Action(
    "hygiene.locker_locked", run=acts.found_locked, needs="hygiene.inspect", target="rows",
    register="hygiene.lockers", mnemonic="l", rules=("hygiene-27",), blocked=acts.release_blocked,
)  # fmt: skip
UNLOCKED = Action(
    "hygiene.locker_unlocked", run=acts.found_unlocked, needs="hygiene.inspect", target="rows",
    register="hygiene.lockers", mnemonic="u", rules=("hygiene-27",), blocked=acts.release_blocked,
    inverse="hygiene.locker_locked",
)  # fmt: skip
LOSS = Action(
    "hygiene.report_locker_loss", run=acts.report_loss, needs="hygiene.own", input=LockerLoss, target="row",
    register="hygiene.lockers", mnemonic="s", rules=("hygiene-27",),
)  # fmt: skip

REGISTERS = (LOCKERS,)
ACTIONS = (
    SET,
    ASSIGN,
    RELEASE,
    BROKEN,
    REPAIRED,
    LOCKED,
    UNLOCKED,
    LOSS,
)
CONSEQUENCES = (Consequence("people.leave", acts.before_leaving),)
DUE = (matters.lockers,)
CONSTRAINTS = (
    'CREATE UNIQUE INDEX IF NOT EXISTS "uq_hygiene_own_locker" ON "hygiene_locker" ("holder_id") '
    'WHERE "holder_id" IS NOT NULL',
)
