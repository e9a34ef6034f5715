"""Three months of confidentiality for the sample department: the same for a seed and a day.

Each room has a part of its own. The last days are left with a matter of every kind for the supervisor's first look.
"""

from __future__ import annotations

from typing import Any

from cstui_confidentiality.accounts import demo as accounts
from cstui_confidentiality.alerts import demo as alerts
from cstui_confidentiality.audit import demo as audit
from cstui_confidentiality.controls import demo as controls
from cstui_confidentiality.destruction import demo as destruction
from cstui_confidentiality.disclosure import demo as disclosure
from cstui_confidentiality.leaks import demo as leaks
from cstui_confidentiality.policy import demo as policy
from cstui_confidentiality.reading import demo as reading
from cstui_confidentiality.removal import demo as removal
from cstui_confidentiality.requests import demo as requests
from cstui_confidentiality.scope import demo as scope
from cstui_confidentiality.software import demo as software
from cstui_confidentiality.stage import Part
from cstui_confidentiality.verification import demo as verification
from cstui_confidentiality.visitors import demo as visitors
from cstui_confidentiality.workstations import demo as workstations

ROOMS = (
    scope,
    policy,
    destruction,
    disclosure,
    removal,
    controls,
    accounts,
    workstations,
    software,
    alerts,
    requests,
    audit,
    verification,
    visitors,
    leaks,
    reading,
)
"""In the order in which they begin."""


async def fill(stage: Any) -> None:
    """Play the part of confidentiality on a `cstui.demo.Stage`."""
    part = await Part.begin(stage)

    async def appoint() -> None:
        await stage.run("people.grant_role", {"role": "account_custodian"}, target=[part.custodian])

    plan = [(stage.first, "08:40", appoint), *(moment for room in ROOMS for moment in room.moments(part))]
    await stage.play(plan)
