"""The shop floor: clean at all times, which spot checks at random times show."""

from __future__ import annotations

from cstui.api import Action
from cstui_hygiene.shop import acts
from cstui_hygiene.shop import due as matters

SPOT_CHECK = Action(
    "hygiene.spot_check", run=acts.spot_check, needs="hygiene.inspect", target="row", register="hygiene.areas",
    mnemonic="s", rules=("hygiene-36",), blocked=acts.spot_check_blocked,
)  # fmt: skip

ACTIONS = (SPOT_CHECK,)
DUE = (matters.shop,)
