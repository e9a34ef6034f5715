"""Three months of workplace order for the sample department: the same for a seed and a day.

Each room has a part of its own. The last days are left with a matter of every kind for the supervisor's first look.
"""

from __future__ import annotations

from typing import Any

from cstui_hygiene.afteruse import demo as afteruse
from cstui_hygiene.duties import demo as duties
from cstui_hygiene.field import demo as field
from cstui_hygiene.inspections import demo as inspections
from cstui_hygiene.lockers import demo as lockers
from cstui_hygiene.plants import demo as plants
from cstui_hygiene.stage import Part

ROOMS = (duties, lockers, plants, field, afteruse, inspections)


async def fill(stage: Any) -> None:
    """Play the part of workplace order on a `cstui.demo.Stage`."""
    part = await Part.begin(stage)
    await stage.play([moment for room in ROOMS for moment in room.moments(part)])
