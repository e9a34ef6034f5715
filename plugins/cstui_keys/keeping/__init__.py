"""Keeping keys: labels, rings, cabinets, and who answers for a building."""

from __future__ import annotations

from cstui.api import Action, Consequence, Separation
from cstui_keys.keeping import acts
from cstui_keys.keeping import due as matters
from cstui_keys.keeping.inputs import Appoint, GroupKeys, HandOver

LABEL = Action(
    "keys.label", run=acts.label, needs="keys.keep", target="rows", register="keys.keys", mnemonic="p",
    rules=("keys-12", "keys-13"), blocked=acts.label_blocked,
)  # fmt: skip
GROUP = Action(
    "keys.group", run=acts.group, needs="keys.keep", input=GroupKeys, target="rows", register="keys.keys", mnemonic="g",
    rules=("keys-08", "keys-09", "keys-10", "keys-11"), blocked=acts.group_blocked,
)  # fmt: skip
HAND_OVER = Action(
    "keys.hand_over_equipment", run=acts.hand_over, needs="keys.keep", input=HandOver, target="rows",
    register="keys.keys", mnemonic="h", rules=("keys-19",), blocked=acts.hand_over_blocked,
    separate=(Separation("receiver", "keys-19"),),
)  # fmt: skip
APPOINT = Action(
    "keys.appoint", run=acts.appoint, needs="keys.decide", input=Appoint, target="rows", register="keys.buildings",
    mnemonic="a", rules=("keys-03", "keys-28"), settles=False,
)  # fmt: skip
VERIFY = Action("keys.verify", run=acts.verify, needs="keys.look", mnemonic="v", rules=("keys-07",))

ACTIONS = (
    LABEL,
    GROUP,
    HAND_OVER,
    APPOINT,
    VERIFY,
)
CONSEQUENCES = (Consequence("people.leave", acts.before_leaving),)
DUE = (matters.keepers, matters.kept_keys, matters.chain)
