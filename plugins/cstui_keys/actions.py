"""What can be done with keys, as the host offers it."""

from __future__ import annotations

from cstui.api import Action, Bulk, Consequence, Separation, Signature
from cstui_keys import keeping, loans, losses, register
from cstui_keys.inputs import (
    ALIASES,
    Appoint,
    ChangeLock,
    ExtendLoan,
    FindKeys,
    GroupKeys,
    HandOver,
    LendKeys,
    RegisterKey,
    ReportLoss,
    ReturnKeys,
    WaiveLock,
)

_KEYS = "keys.keys"

REGISTER = Action(
    "keys.register", run=register.register, needs="keys.register", input=RegisterKey, register=_KEYS,
    rules=("keys-01", "keys-02", "keys-08", "keys-09", "keys-10", "keys-13", "keys-19"),
    bulk=Bulk(register.register_rows, natural_key=("tag_no",), aliases=ALIASES),
)  # fmt: skip
LABEL = Action(
    "keys.label", run=keeping.label, needs="keys.keep", target="rows", register=_KEYS, mnemonic="p",
    rules=("keys-12", "keys-13"), blocked=keeping.label_blocked,
)  # fmt: skip
GROUP = Action(
    "keys.group", run=keeping.group, needs="keys.keep", input=GroupKeys, target="rows", register=_KEYS, mnemonic="g",
    rules=("keys-08", "keys-09", "keys-10", "keys-11"), blocked=keeping.group_blocked,
)  # fmt: skip
LEND = Action(
    "keys.lend", run=loans.lend, needs="keys.lend", input=LendKeys, target="rows", register=_KEYS, mnemonic="l",
    rules=("keys-06", "keys-07", "keys-12", "keys-22", "keys-24", "keys-25"), blocked=loans.lend_blocked,
    signatures=(Signature("pin", "borrower", "keys-07"),), inverse="keys.return",
)  # fmt: skip
RETURN = Action(
    "keys.return", run=loans.give_back, needs="keys.lend", input=ReturnKeys, target="rows", register=_KEYS,
    mnemonic="r", rules=("keys-22", "keys-23"), blocked=loans.return_blocked, prefill=loans.return_prefill,
    separate=(Separation("holder", "keys-23"),),
)  # fmt: skip
REMIND = Action(
    "keys.remind", run=loans.remind, needs="keys.lend", target="rows", register=_KEYS, mnemonic="m",
    rules=("keys-22",), blocked=loans.out_only,
)  # fmt: skip
EXTEND = Action(
    "keys.extend", run=loans.extend, needs="keys.lend", input=ExtendLoan, target="rows", register=_KEYS, mnemonic="t",
    rules=("keys-22",), blocked=loans.out_only, prefill=loans.extend_prefill,
)  # fmt: skip
REPORT_LOST = Action(
    "keys.report_lost", run=losses.report_lost, needs="keys.lend", input=ReportLoss, target="rows", register=_KEYS,
    mnemonic="x", rules=("keys-29",), blocked=losses.report_blocked, inverse="keys.found",
)  # fmt: skip
FOUND = Action(
    "keys.found", run=losses.found, needs="keys.lend", input=FindKeys, target="rows", register=_KEYS, mnemonic="f",
    rules=("keys-29",), blocked=losses.lost_only,
)  # fmt: skip
LOCK_CHANGED = Action(
    "keys.lock_changed", run=losses.lock_changed, needs="keys.decide", input=ChangeLock, target="row", register=_KEYS,
    mnemonic="k", rules=("keys-29",), blocked=losses.lost_only,
)  # fmt: skip
WAIVE = Action(
    "keys.waive_lock", run=losses.waive, needs="keys.decide", input=WaiveLock, target="rows", register=_KEYS,
    mnemonic="w", rules=("keys-29",), blocked=losses.lost_only,
)  # fmt: skip
HAND_OVER = Action(
    "keys.hand_over_equipment", run=keeping.hand_over, needs="keys.keep", input=HandOver, target="rows",
    register=_KEYS, mnemonic="h", rules=("keys-19",), blocked=keeping.hand_over_blocked,
    separate=(Separation("receiver", "keys-19"),),
)  # fmt: skip
APPOINT = Action(
    "keys.appoint", run=keeping.appoint, needs="keys.decide", input=Appoint, target="rows", register="keys.buildings",
    mnemonic="a", rules=("keys-03",),
)  # fmt: skip
VERIFY = Action("keys.verify", run=keeping.verify, needs="keys.look", mnemonic="v", rules=("keys-07",))

ACTIONS = (
    LEND, RETURN, REMIND, EXTEND, REPORT_LOST, FOUND, LOCK_CHANGED, WAIVE, LABEL, GROUP, HAND_OVER, APPOINT, VERIFY,
    REGISTER,
)  # fmt: skip
CONSEQUENCES = (Consequence("people.leave", keeping.before_leaving),)
