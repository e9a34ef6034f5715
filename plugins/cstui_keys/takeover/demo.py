"""Takeovers of the sample department, one of them in dispute; and kinds of keys confirmed as not supplied."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from cstui_keys.models import Key, Space, Takeover, TakeoverLine
from cstui_keys.stage import Moments

DAY = timedelta(days=1)
_DOORS = (("security_gate", 2), ("inner_door", 2), ("letter_box", 1))


def moments(part: Any) -> Moments:
    """What happens on which day before the last ones."""
    first, today = part.stage.first, part.stage.today

    async def kinds() -> None:
        await part.stage.run("keys.set_kinds", {"unit_door": "false"}, target=["1", "2", "3", "4", "5", "6"])
        for block in ("1", "2", "3"):
            units = await Space.filter(building__block=block, kind="owner_unit").values_list("id", flat=True)
            having = await Key.filter(space_id__in=list(units), door_kind="intercom_door").values_list(
                "space_id", flat=True
            )
            bare = sorted({*units} - {*having})
            if bare:
                raw = {"door_kind": "intercom_door", "reason": "该户未装对讲分机"}
                await part.stage.run("keys.none_supplied", raw, target=bare)

    async def declared() -> None:
        await _declare(part, "9", "宏远开发", range(1, 5), counted=False)

    async def counted() -> None:
        await _declare(part, "9", "", range(1, 5), counted=True)
        keepers = {"custodian": part.custodians[0], "deputy": part.custodians[-1]}
        await part.stage.run("keys.appoint", keepers, target=["9"])
        taken = await Takeover.get(building__block="9")
        raw = {"receiver": part.custodians[0], "their_ref": "交接单 9-1", "signature_ref": "交接单 9-1"}
        await part.stage.run("keys.takeover_sign", raw, part.custodians[0], target=[taken.id])

    async def closed() -> None:
        taken = await Takeover.get(building__block="9")
        await part.stage.run("keys.takeover_close", {}, part.custodians[0], target=[taken.id])
        keys = await Key.filter(space__building__block="9").order_by("id").values_list("id", flat=True)
        await part.stage.run("keys.label", {}, part.custodians[0], target=list(keys))
        await part.stage.run("keys.group", {}, part.custodians[0], target=list(keys))

    return [
        (first + DAY, "10:00", kinds), (today - 30 * DAY, "14:00", declared), (today - 29 * DAY, "10:00", counted),
        (today - 29 * DAY, "15:00", closed),
    ]  # fmt: skip


async def yesterday(part: Any) -> None:
    """The takeover of another building, counted with a difference."""
    await part.stage.at(part.stage.today - DAY, "13:40")
    await _declare(part, "10", "安居物业", range(1, 3), counted=False)
    await part.stage.at(part.stage.today - DAY, "14:20")
    await _declare(part, "10", "", range(1, 3), counted=True)
    line = await TakeoverLine.filter(takeover__building__block="10", door_kind="security_gate").first()
    if line:
        await part.stage.run("keys.takeover_count", {"counted": "1"}, part.custodians[0], target=[line.id])


async def _declare(part: Any, block: str, party: str, floors: range, *, counted: bool) -> None:
    rows = [
        {
            "block": block, "space_kind": "owner_unit", "unit": "1", "floor": f"{floor}", "room": f"{floor}{door}",
            "door_kind": kind, "from_party": party, "counted" if counted else "declared": f"{number}",
        }
        for floor in floors
        for door in ("01", "02")
        for kind, number in _DOORS
    ]  # fmt: skip
    await part.stage.run_bulk("keys.takeover_line", rows, part.custodians[0])
