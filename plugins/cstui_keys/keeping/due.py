"""What is missing in the keeping of keys. Many like matters are one item, never thousands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Literal

from cstui.api import Context, DueItem, RuleInForce, Text, choice
from cstui.people import duty_on, is_gone
from cstui_keys import custody
from cstui_keys.kinds import HELD_BY_OFFICE, BuildingState, HolderKind, SpaceKind
from cstui_keys.models import Building, Key

EVENTS_CHECKED = 200
"""So many newest custody events are checked each time; `keys.verify` checks all."""
_KEYS = "keys.keys"
Severity = Literal["critical", "warning", "info"]


async def custodians(ctx: Context) -> list[DueItem]:
    """Buildings that nobody keeps the keys of, or whose custodian has no deputy (keys-03)."""
    rule = ctx.rule("keys-03")
    if not rule.on:
        return []
    found = []
    word: str
    severity: Severity
    buildings = Building.filter(state=BuildingState.TAKEN_OVER).select_related("custodian", "deputy")
    for building in await buildings.order_by("natural"):
        active = [
            person is not None and not is_gone(person, ctx.today) for person in (building.custodian, building.deputy)
        ]
        if active[0] < rule.custodian_required:
            word, severity, gone = "no_custodian", "critical", building.custodian
        elif active[1] < rule.custodian_deputy:
            word, severity, gone = "no_deputy", "warning", building.deputy
        else:
            continue
        proof = Text("keys.proof.custodian_left", person=gone.name, day=gone.left_on) if gone else None
        found.append(
            DueItem(
                id=f"keys.{word}.{building.id}",
                severity=severity,
                title=Text(f"keys.due.{word}", block=building.block),
                rule=rule.id,
                state=Text("keys.state.nobody"),
                register="keys.buildings",
                records=(building.id,),
                actions=("keys.appoint",),
                proof=(proof,) if proof else (),
            )
        )
    return found


async def cover(ctx: Context) -> list[DueItem]:
    """Today's shifts in which neither custodian nor deputy of a building is on duty (keys-04), one item a shift."""
    rule = ctx.rule("keys-04")
    duties = await duty_on(ctx.today) if rule.on else []
    present: dict[int, set[int]] = defaultdict(set)
    shifts = {}
    for duty in duties:
        shifts[duty.shift_id] = duty
        present[duty.shift_id].add(duty.staff_id)
    buildings = await Building.filter(state=BuildingState.TAKEN_OVER, custodian_id__isnull=False).order_by("natural")
    found = []
    for shift_id, duty in shifts.items():
        bare = [b for b in buildings if not {b.custodian_id, b.deputy_id} & present[shift_id]]
        if bare:
            found.append(
                DueItem(
                    id=f"keys.cover.{ctx.today}.{shift_id}",
                    severity="warning",
                    title=Text("keys.due.no_cover", shift=duty.shift.name, blocks="、".join(b.block for b in bare)),
                    rule=rule.id,
                    due=duty.start_at,
                    register="keys.buildings",
                    records=tuple(b.id for b in bare),
                    actions=("keys.appoint",),
                    proof=(Text("keys.proof.on_duty", count=len(present[shift_id]), shift=duty.shift.name),),
                )
            )
    return found


async def unlabelled(ctx: Context) -> list[DueItem]:
    """Keys without their label, one item for a building and day (keys-12)."""
    rule = ctx.rule("keys-12")
    if not rule.on:
        return []
    keys = Key.filter(labelled=False, state__in=HELD_BY_OFFICE).select_related("space__building").order_by("natural")
    groups: dict[tuple[int, str], list[Key]] = defaultdict(list)
    for key in await keys:
        groups[key.space.building_id, f"{key.label_owed_since}"].append(key)
    found = []
    for (building, day), group in groups.items():
        until = group[0].label_owed_since + rule.label_due
        severity: Severity = "critical" if ctx.today > until else "warning" if ctx.today == until else "info"
        found.append(_keys_item(ctx, rule, "unlabelled", f"{building}.{day}", severity, group, until, "keys.label"))
    return found


async def unringed(ctx: Context) -> list[DueItem]:
    """Labelled keys on no ring, one item for a building and day of receipt (keys-11)."""
    rule = ctx.rule("keys-11")
    if not rule.on:
        return []
    keys = Key.filter(labelled=True, ring_id__isnull=True, state__in=HELD_BY_OFFICE).select_related("space__building")
    groups: dict[tuple[int, str], list[Key]] = defaultdict(list)
    for key in await keys.order_by("natural"):
        groups[key.space.building_id, f"{key.received_on}"].append(key)
    found = []
    for (building, day), group in groups.items():
        until = group[0].received_on + rule.ring_due
        severity: Severity = "warning" if ctx.today > until else "info"
        found.append(_keys_item(ctx, rule, "unringed", f"{building}.{day}", severity, group, until, "keys.group"))
    return found


async def equipment(ctx: Context) -> list[DueItem]:
    """Equipment-room keys in the wrong department's cabinet, one item a building (keys-19)."""
    rule = ctx.rule("keys-19")
    if not rule.on:
        return []
    keys = Key.filter(space__kind=SpaceKind.EQUIPMENT, holder_kind=HolderKind.CABINET).select_related("space__building")
    groups: dict[int, list[Key]] = defaultdict(list)
    for key in await keys.exclude(custodian_dept=rule.equipment_custodian).order_by("natural"):
        groups[key.space.building_id].append(key)
    return [
        _keys_item(ctx, rule, "equipment", str(building), "warning", group, None, "keys.hand_over_equipment")
        for building, group in groups.items()
    ]


def _keys_item(
    ctx: Context,
    rule: RuleInForce,
    word: str,
    which: str,
    severity: Severity,
    keys: Sequence[Key],
    until: date | None,
    action: str,
) -> DueItem:
    """One item for keys of one building that lack the same thing; `until` is the last day in order."""
    block = keys[0].space.building.block
    few = "、".join(key.label_text for key in keys[:3])
    proof = [Text("keys.proof.first_keys", keys=few, count=len(keys))]
    if until:
        proof.append(Text("keys.proof.received", day=keys[0].received_on, until=until))
    if word == "equipment":
        proof.append(Text("keys.proof.keeper", dept=choice("keys", rule.equipment_custodian)))
    return DueItem(
        id=f"keys.{word}.{which}",
        severity=severity,
        title=Text(f"keys.due.{word}", block=block, count=len(keys), first=keys[0].label_text),
        rule=rule.id,
        due=ctx.moment(until, 24 * 60) if until else None,
        state=Text("keys.state.keys", count=len(keys)),
        register=_KEYS,
        records=tuple(key.id for key in keys),
        actions=(action,),
        proof=tuple(proof),
    )


async def chain(ctx: Context) -> list[DueItem]:
    """Keys whose newest custody events don't fit together. Only the newest events are read: `keys.verify` reads all."""
    faulty = await custody.verify(ctx, EVENTS_CHECKED)
    if not faulty:
        return []
    keys = await Key.filter(id__in=faulty).order_by("natural")
    return [
        DueItem(
            id=f"keys.chain.{key.id}",
            severity="critical",
            title=Text("keys.due.chain", key=key.label_text, tag=key.tag_no),
            rule="keys-07",
            state=Text("keys.state.broken"),
            register=_KEYS,
            records=(key.id,),
            actions=("keys.verify",),
        )
        for key in keys
    ]
