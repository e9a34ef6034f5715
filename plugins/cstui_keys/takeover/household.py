"""A household's set of keys: five kinds, each there, or confirmed as not supplied (keys-14)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from cstui.api import Context, DueItem, Refusal, Text, choice
from cstui_keys.households import kinds_of
from cstui_keys.kinds import GONE, DoorKind, SpaceKind
from cstui_keys.models import Building, Key, NotSupplied, Space
from cstui_keys.takeover.inputs import HouseholdKinds, KindOf, NoneSupplied


async def lacking(ctx: Context, spaces: Sequence[Space]) -> dict[int, list[DoorKind]]:
    """The kinds that owners' units lack and nobody confirmed, by the units' ids; `building` must be loaded."""
    has: dict[int, set[DoorKind]] = defaultdict(set)
    units = [space for space in spaces if space.kind is SpaceKind.OWNER_UNIT]
    of_units = {"space_id__in": [space.id for space in units]} if len(units) <= 500 else {}
    for space_id, kind in await Key.filter(**of_units).exclude(state__in=GONE).values_list("space_id", "door_kind"):
        has[space_id].add(DoorKind(kind))
    for space_id, kind in await NotSupplied.filter(**of_units).values_list("space_id", "door_kind"):
        has[space_id].add(DoorKind(kind))
    kinds = {space.building_id: kinds_of(ctx, space.building) for space in units}
    found = {space.id: [kind for kind in kinds[space.building_id] if kind not in has[space.id]] for space in units}
    return {space_id: missing for space_id, missing in found.items() if missing}


async def none_supplied(ctx: Context, spaces: Sequence[Space], data: NoneSupplied) -> Text:
    """Confirm, once for each unit, that it has no key of a kind. Units that have one stay as they are."""
    missing = await lacking(ctx, spaces)
    bare = [space for space in spaces if data.door_kind in missing.get(space.id, ())]
    if not bare:
        raise Refusal(
            "keys.refusal.kind_not_lacking", field="door_kind", value=choice("keys", data.door_kind), rule="keys-14",
            space=spaces[0].code,
        )  # fmt: skip
    await NotSupplied.insert(
        NotSupplied(space_id=space.id, door_kind=data.door_kind, on=ctx.today, by=ctx.actor.login, reason=data.reason)
        for space in bare
    )
    return Text("keys.done.none_supplied", count=len(bare), kind=choice("keys", data.door_kind), first=bare[0].code)


async def none_prefill(ctx: Context, spaces: Sequence[Space]) -> Mapping[str, Any]:
    """The kind that most of the units lack."""
    missing = await lacking(ctx, spaces)
    kinds = Counter(kind for some in missing.values() for kind in some).most_common(1)
    return {"door_kind": kinds[0][0]} if kinds else {}


async def none_blocked(ctx: Context, space: Space) -> Text | None:
    if space.kind is not SpaceKind.OWNER_UNIT:
        return Text("keys.blocked.no_owner_unit")
    return None if await lacking(ctx, [space]) else Text("keys.blocked.kinds_whole")


async def kind_owed(ctx: Context, spaces: Sequence[Space], data: KindOf) -> Text:
    """Take back that units have no key of a kind: it is looked for again."""
    count = await NotSupplied.filter(space_id__in=[space.id for space in spaces], door_kind=data.door_kind).delete()
    if not count:
        raise Refusal(
            "keys.refusal.kind_not_confirmed", field="door_kind", value=choice("keys", data.door_kind), rule="keys-14",
            space=spaces[0].code,
        )  # fmt: skip
    return Text("keys.done.kind_owed", count=count, kind=choice("keys", data.door_kind))


async def set_kinds(ctx: Context, buildings: Sequence[Building], data: HouseholdKinds) -> Text:
    """Which of the site's kinds the households of buildings have."""
    usual = [DoorKind(kind) for kind in ctx.rule("keys-14").owner_key_kinds]
    kinds = [kind for kind in usual if getattr(data, kind, True)]
    if not kinds:
        raise Refusal("keys.refusal.no_kinds", field="security_gate", value="", rule="keys-14")
    for building in buildings:
        building.owner_kinds = "" if kinds == usual else ",".join(kinds)
    await Building.change(buildings, ("owner_kinds",))
    return Text(
        "keys.done.kinds_set", blocks="、".join(building.block for building in buildings), there=len(kinds),
        whole=len(usual),
    )  # fmt: skip


async def kinds_prefill(ctx: Context, buildings: Sequence[Building]) -> Mapping[str, Any]:
    kinds = kinds_of(ctx, buildings[0])
    return {name: DoorKind(name) in kinds for name in HouseholdKinds.model_fields}


async def kinds_lacking(ctx: Context) -> list[DueItem]:
    """Units that lack a kind of key nobody confirmed as not supplied: one item a building (keys-14)."""
    rule = ctx.rule("keys-14")
    if not rule.on:
        return []
    units = await Space.filter(kind=SpaceKind.OWNER_UNIT).select_related("building").order_by("natural")
    missing = await lacking(ctx, units)
    groups: dict[int, list[Space]] = defaultdict(list)
    for space in units:
        if space.id in missing:
            groups[space.building_id].append(space)
    found = []
    for building_id, spaces in groups.items():
        kinds = Counter(kind for space in spaces for kind in missing[space.id])
        proof = [
            Text(
                "keys.proof.kind_lacking", kind=choice("keys", kind), count=count,
                spaces="、".join([space.code for space in spaces if kind in missing[space.id]][:3]),
            )
            for kind, count in kinds.most_common()
        ]  # fmt: skip
        found.append(
            DueItem(
                id=f"keys.kinds.{building_id}",
                severity="info",
                title=Text("keys.due.kinds_lacking", block=spaces[0].building.block, count=len(spaces)),
                rule=rule.id,
                state=Text("keys.state.not_supplied"),
                register="keys.spaces",
                records=tuple(space.id for space in spaces),
                actions=("keys.none_supplied",),
                proof=tuple(proof),
            )
        )
    return found
