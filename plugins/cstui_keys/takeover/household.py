"""A household's set of keys: five kinds, each there, or confirmed as not supplied (keys-14)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from tortoise.expressions import Q, Subquery

from cstui.api import Context, DueItem, Refusal, Text, choice
from cstui_keys.households import kinds_of, lacking
from cstui_keys.kinds import GONE, DoorKind, SpaceKind
from cstui_keys.models import Building, Key, NotSupplied, Space
from cstui_keys.takeover.inputs import HouseholdKinds, KindOf, NoneSupplied


async def none_supplied(ctx: Context, spaces: Sequence[Space], data: NoneSupplied) -> Text:
    """Confirm, once for each unit, that it has no key of a kind. Units that have one stay as they are."""
    bare = [space for space in spaces if data.door_kind in lacking(ctx, space)]
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
    kinds = Counter(kind for space in spaces for kind in lacking(ctx, space)).most_common(1)
    return {"door_kind": kinds[0][0]} if kinds else {}


async def none_blocked(ctx: Context, space: Space) -> Text | None:
    if space.kind is not SpaceKind.OWNER_UNIT:
        return Text("keys.blocked.no_owner_unit")
    return None if lacking(ctx, space) else Text("keys.blocked.kinds_whole")


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
    buildings = await Building.all().order_by("natural")
    kinds = {building.id: kinds_of(ctx, building) for building in buildings}
    units: dict[int, dict[int, str]] = defaultdict(dict)  # by building: the units' codes by their ids
    bare: dict[int, dict[DoorKind, list[str]]] = defaultdict(dict)
    for kind in dict.fromkeys(kind for some in kinds.values() for kind in some):
        for unit, code, building in await _without(kind, [one for one in kinds if kind in kinds[one]]):
            units[building][unit] = code
            bare[building].setdefault(kind, []).append(code)
    return [
        DueItem(
            id=f"keys.kinds.{building.id}",
            severity="info",
            title=Text("keys.due.kinds_lacking", block=building.block, count=len(units[building.id])),
            rule=rule.id,
            state=Text("keys.state.not_supplied"),
            register="keys.spaces",
            records=tuple(units[building.id]),
            actions=("keys.none_supplied",),
            proof=tuple(
                Text(
                    "keys.proof.kind_lacking", kind=choice("keys", kind), count=len(codes), spaces="、".join(codes[:3])
                )
                for kind, codes in sorted(bare[building.id].items(), key=lambda one: -len(one[1]))
            ),
        )
        for building in buildings
        if building.id in units
    ]  # fmt: skip


async def _without(kind: DoorKind, buildings: Sequence[int]) -> list[tuple[int, str, int]]:
    """(id, code, building) of the owners' units of some buildings that have no key of a kind, nor a word that says so.

    The store sorts them out: of ten thousand units that lack nothing none is read.
    """
    kept = Subquery(Key.filter(door_kind=kind).exclude(state__in=GONE).values("space_id"))
    confirmed = Subquery(NotSupplied.filter(door_kind=kind).values("space_id"))
    units = Space.filter(kind=SpaceKind.OWNER_UNIT, building_id__in=buildings)
    bare = units.exclude(Q(id__in=kept) | Q(id__in=confirmed)).order_by("natural")
    return [*await bare.values_list("id", "code", "building_id")]
