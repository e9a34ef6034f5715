"""A spot check of a shop area is begun (hygiene-36)."""

from __future__ import annotations

from cstui.api import Context, Refusal, Text
from cstui_hygiene.inspections.acts import begin
from cstui_hygiene.inspections.inputs import BeginInspection
from cstui_hygiene.kinds import AreaState, InspectionKind
from cstui_hygiene.models import CleaningArea


async def spot_check(ctx: Context, area: CleaningArea, data: None) -> Text:
    """Lay out the sheet of an area for a spot check, as `hygiene.begin_inspection` does."""
    Refusal.because(await spot_check_blocked(ctx, area), value=area.code)
    return await begin(ctx, BeginInspection(area=area, kind=InspectionKind.SPOT))


async def spot_check_blocked(ctx: Context, area: CleaningArea) -> Text | None:
    return None if area.state is AreaState.ACTIVE else Text("hygiene.blocked.retired", name=area.name)
