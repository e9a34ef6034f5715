"""Jobs after use: reception after a visit, the warehouse after a job, the meeting room before and after."""

from __future__ import annotations

from cstui.api import Action
from cstui_hygiene.afteruse import acts
from cstui_hygiene.afteruse import due as matters
from cstui_hygiene.afteruse.inputs import Used

USED = Action(
    "hygiene.used", run=acts.used, needs="hygiene.own", input=Used, register="hygiene.duties", mnemonic="u",
    rules=("hygiene-32", "hygiene-33", "hygiene-35"),
)  # fmt: skip

ACTIONS = (USED,)
DUE = (matters.after_use,)
