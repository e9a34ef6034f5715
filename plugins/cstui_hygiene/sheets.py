"""What an inspection looks at: the items as data, the sheet of each kind of area, and the score (hygiene-03 …).

Points are the figures of the rules; an item of which no rule holds stands in no sheet. Scores and points here are in
hundredths.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from cstui.api import Context, RuleInForce, Severity, Text, Verbatim, choice
from cstui_hygiene.kinds import AreaKind, Item
from cstui_hygiene.models import InspectionItem

PART = 100
"""Parts of a point."""
FULL = 100 * PART
"""The score of a place with which nothing is wrong."""


@dataclass(frozen=True, slots=True)
class Look:
    """One thing to look at. `points` names the figure of what it is worth; without one nothing is taken off.

    `due` and `severity` name the figures of how soon a defect is put right and how grave it is; `copied` is who else
    is told of a failure. `spot`: looked at in spot checks only. `bodily`: about a person, and never about whose turn
    it was to clean.
    """

    rules: tuple[str, ...]
    points: str = ""
    due: str = ""
    severity: str = ""
    copied: str = ""
    spot: bool = False
    bodily: bool = False


LOOKS: Mapping[Item, Look] = {
    Item.FLOOR: Look(("hygiene-03",), "floor_points"),
    Item.DEAD_CORNER: Look(("hygiene-03",), "dead_corner_points"),
    Item.DESK: Look(("hygiene-04",), "desk_points"),
    Item.EQUIPMENT: Look(("hygiene-07",), "equipment_points"),
    Item.CHAIR: Look(("hygiene-12",), "chair_points"),
    Item.PUT_BACK: Look(("hygiene-13",), "return_points"),
    Item.LAYOUT_MONITOR: Look(("hygiene-14",), "layout_monitor_points"),
    Item.LAYOUT_HEADSET: Look(("hygiene-15",), "layout_headset_points"),
    Item.LAYOUT_NOTEBOOK: Look(("hygiene-16",), "layout_notebook_points"),
    Item.ALIGNMENT: Look(("hygiene-17",), "alignment_points"),
    Item.FOREIGN: Look(("hygiene-18",), "foreign_item_points"),
    Item.MOVE: Look(("hygiene-19",), "move_points"),
    Item.KEYBOARD: Look(("hygiene-19",), "keyboard_points"),
    Item.GRAFFITI: Look(("hygiene-19",), severity="graffiti_severity", copied="discipline"),
    Item.PEEL: Look(("hygiene-20",), severity="peel_severity"),
    Item.LITTER: Look(("hygiene-05",), due="litter_defect_due"),
    Item.DROPPED: Look(("hygiene-06",), due="dropped_item_due", spot=True),
    Item.MAKEUP: Look(("hygiene-44",), copied="discipline", spot=True, bodily=True),
    Item.WINDOW: Look(("hygiene-21",), "window_points"),
    Item.BOARD: Look(("hygiene-22",), "board_points"),
    Item.DRESS: Look(("hygiene-23", "hygiene-46"), "dress_points", copied="quality", bodily=True),
    Item.FRONTAGE: Look(("hygiene-31",), "frontage_points"),
    Item.LIGHTS: Look(("hygiene-31",), "lights_points", copied="reception"),
    Item.LOCKERS: Look(("hygiene-27",), "locker_lock_points"),
    Item.LOCKER_OUTSIDE: Look(("hygiene-26",)),
    Item.APPEARANCE: Look(("hygiene-24",), "appearance_points", copied="quality", bodily=True),
    Item.QUIET: Look(("hygiene-28",), "quiet_points"),
    Item.AID: Look(("hygiene-45",), "aid_points"),
}
OFFICE = (
    Item.FLOOR, Item.DEAD_CORNER, Item.DESK, Item.EQUIPMENT, Item.CHAIR, Item.PUT_BACK, Item.LAYOUT_MONITOR,
    Item.LAYOUT_HEADSET, Item.LAYOUT_NOTEBOOK, Item.ALIGNMENT, Item.FOREIGN, Item.MOVE, Item.KEYBOARD, Item.GRAFFITI,
    Item.PEEL, Item.LITTER, Item.DROPPED, Item.WINDOW, Item.BOARD, Item.DRESS, Item.MAKEUP, Item.FRONTAGE, Item.LIGHTS,
    Item.LOCKERS,
)  # fmt: skip
"""The sheet of office and machine room; what isn't there is marked as not applicable."""
PERSONAL = (
    Item.DESK, Item.EQUIPMENT, Item.CHAIR, Item.PUT_BACK, Item.LAYOUT_MONITOR, Item.LAYOUT_HEADSET,
    Item.LAYOUT_NOTEBOOK, Item.FOREIGN, Item.MOVE, Item.KEYBOARD, Item.GRAFFITI, Item.LITTER, Item.DROPPED, Item.DRESS,
    Item.MAKEUP,
)  # fmt: skip
"""The sheet of one person's place."""
OUTSIDE = (Item.FLOOR, Item.DEAD_CORNER, Item.LITTER, Item.DROPPED)
SHEETS: Mapping[AreaKind, tuple[Item, ...]] = {
    AreaKind.CHANGING_ROOM: (
        Item.FLOOR, Item.DEAD_CORNER, Item.LITTER, Item.DROPPED, Item.LOCKERS, Item.LOCKER_OUTSIDE, Item.APPEARANCE,
        Item.QUIET,
    ),
    AreaKind.RECEPTION: (
        Item.FLOOR, Item.DESK, Item.PUT_BACK, Item.LITTER, Item.DROPPED, Item.WINDOW, Item.LIGHTS, Item.AID, Item.DRESS,
    ),
    AreaKind.DEAD_CORNER: (Item.DEAD_CORNER,),
    AreaKind.WINDOW: (Item.WINDOW,),
    AreaKind.NOTICE_BOARD: (Item.BOARD,),
    AreaKind.FRONTAGE: (*OUTSIDE, Item.WINDOW, Item.FRONTAGE, Item.LIGHTS),
    AreaKind.WAREHOUSE: (*OUTSIDE, Item.ALIGNMENT),
    AreaKind.PUBLIC_ZONE: OUTSIDE,
    AreaKind.GREEN_PLOT: OUTSIDE,
    AreaKind.PLANTS: OUTSIDE,
}  # fmt: skip
"""Sheets of areas that have one of their own; the others have that of the office."""


def sheet(ctx: Context, kind: AreaKind | None, spot: bool, day: date) -> tuple[Item, ...]:
    """What is looked at in an area of a kind, or (None) at a person's place, by the rules of that day."""
    items = PERSONAL if kind is None else SHEETS.get(kind, OFFICE)
    return tuple(item for item in items if (spot or not LOOKS[item].spot) and rule_of(ctx, item, day))


def rule_of(ctx: Context, item: Item, day: date | None = None) -> RuleInForce | None:
    """The rule that an item is of, None where none of its rules holds."""
    return next((rule for name in LOOKS[item].rules if (rule := ctx.rule(name, day)).on), None)


def points_of(ctx: Context, item: Item, day: date) -> int:
    """What an item is worth, in hundredths."""
    look = LOOKS[item]
    return int(getattr(ctx.rule(look.rules[0], day), look.points) * PART) if look.points else 0


def severity_of(ctx: Context, item: Item) -> Severity:
    """How grave a defect is while its time isn't over."""
    look = LOOKS[item]
    grave: Severity = getattr(ctx.rule(look.rules[0]), look.severity) if look.severity else "info"
    return grave


def asked(ctx: Context, item: Item, day: date) -> Text:
    """What is right, in the words of the rules that hold, with the place where the site says it."""
    told = [Text(f"hygiene.rule.{name.rpartition('-')[2]}") for name in LOOKS[item].rules if ctx.rule(name, day).on]
    if item in (Item.LAYOUT_MONITOR, Item.LAYOUT_HEADSET, Item.LAYOUT_NOTEBOOK):
        side = getattr(ctx.rule(LOOKS[item].rules[0], day), item.value)
        if item is not Item.LAYOUT_NOTEBOOK:
            return Text(f"hygiene.asked.{item.value}", side=choice("hygiene", side))
        if side != "site_defined":
            return Text("hygiene.asked.layout_notebook", side=Verbatim(side))
    return told[0] if len(told) == 1 else Text("hygiene.asked.all", told=told)


def score(worth: int, lost: int) -> int | None:
    """100 × (worth − lost) / worth in hundredths, half up; None where nothing was worth anything."""
    return (2 * FULL * (worth - lost) + worth) // (2 * worth) if worth else None


def told(hundredths: int | None) -> Decimal | None:
    """Points as people write them: 83.00."""
    return None if hundredths is None else Decimal(hundredths).scaleb(-2)


def worth_of(items: Iterable[InspectionItem]) -> int:
    return sum(item.points for item in items)
