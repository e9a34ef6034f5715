"""Three months of confidentiality for the sample department: the same for a seed and a day.

Each room has a part of its own. The last days are left with a matter of every kind for the supervisor's first look.
"""

from __future__ import annotations

from typing import Any

from cstui_confidentiality.stage import Part

ROOMS: tuple[Any, ...] = ()
"""Those with a `demo` that has `moments(part)`, in the order in which they begin."""


async def fill(stage: Any) -> None:
    """Play the part of confidentiality on a `cstui.demo.Stage`."""
    part = await Part.begin(stage)

    async def appoint() -> None:
        await stage.run("people.grant_role", {"role": "account_custodian"}, target=[part.custodian])

    plan = [(stage.first, "08:40", appoint), *(moment for room in ROOMS for moment in room.demo.moments(part))]
    await stage.play(plan)
