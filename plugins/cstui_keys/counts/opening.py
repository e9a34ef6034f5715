"""Opening a count: which rings, in which order, by whom (keys-27, keys-28)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any

from tortoise.functions import Max

from cstui.api import BadInput, Context, Refusal, Text, choice
from cstui.people import Staff, is_gone
from cstui_keys.counts.inputs import ChangeCustodian, OpenCount, Scope
from cstui_keys.kinds import KEPT, BuildingState, CountKind, CountState, Dept
from cstui_keys.models import Building, Count, CountLine, Key, Ring

COUNTED = (CountState.SIGNED, CountState.DIFFERENCES, CountState.RECONCILED)
"""States of a count that both signed."""
LOOSE = "*"
"""What stands on the count sheet for a building's keys on no ring: 3-*."""


async def open_count(ctx: Context, data: OpenCount) -> Text:
    """Open a spot count of the rings whose turn it is, or a full count of all rings, or of a building's."""
    counter = data.counter or await Staff.filter(id=ctx.actor.staff_id or 0).first()
    if counter is None:
        raise BadInput("keys.refusal.no_counter", field="counter", value=ctx.actor.login, rule="keys-27")
    if data.kind is Scope.SPOT and data.block:
        raise BadInput("keys.refusal.spot_is_drawn", field="block", value=data.block.block, rule="keys-27")
    kind = CountKind(data.kind.value)
    open_one = Count.filter(kind=kind, state=CountState.DRAFT, building_id=data.block.id if data.block else None)
    if other := await open_one.first():
        raise Refusal(
            "keys.refusal.count_open", field="kind", value=choice("keys", kind), rule="keys-27", count=other.count_no
        )
    if kind is CountKind.SPOT:
        lines = await _draw(ctx, ctx.rule("keys-27").count_spot_rings)
    else:
        lines = await _all_of(data.block)
    made = await _create(ctx, kind, data.block, counter, data.witness, lines)
    return Text("keys.done.count_opened", count=made.count_no, rings=len(lines), counter=counter.name,
                witness=data.witness.name)  # fmt: skip


async def open_prefill(ctx: Context, rows: Sequence[Any]) -> Mapping[str, Any]:
    return {"kind": "spot", "counter": ctx.actor.login if ctx.actor.staff_id else ""}


async def _create(
    ctx: Context, kind: CountKind, building: Building | None, counter: Staff, witness: Staff, lines: list[CountLine],
    custodian: Staff | None = None,
) -> Count:  # fmt: skip
    ctx.rule("keys-28" if custodian else "keys-27").forbid(
        counter.id == witness.id, "keys.refusal.own_witness", field="witness", value=witness.login, person=counter.name
    )
    if not lines:
        raise Refusal(
            "keys.refusal.nothing_to_count", field="block", value=building.block if building else "", rule="keys-27"
        )
    made = await Count.create(
        count_no=await Count.next_number("count_no", "C", ctx.today), kind=kind, on=ctx.today, building=building,
        counted_by=counter, witness=witness, custodian=custodian,
    )  # fmt: skip
    for number, line in enumerate(lines, 1):
        line.count_id, line.line_no = made.id, f"{made.count_no}/{number:03}"
    await CountLine.insert(lines)
    return made


async def _draw(ctx: Context, number: int) -> list[CountLine]:
    """The rings that weren't counted for the longest time; among equals a shuffle of the day, so nobody can prepare."""
    keys = Key.filter(ring_id__isnull=False, state__in=KEPT)
    kept: set[Any] = {*await keys.distinct().values_list("ring_id", flat=True)}
    counted = CountLine.filter(ring_id__isnull=False, count__state__in=COUNTED)
    last = dict(await counted.annotate(last=Max("count__on")).group_by("ring_id").values_list("ring_id", "last"))
    rings = [ring for ring in await Ring.all() if ring.id in kept]

    def turn(ring: Ring) -> tuple[str, str]:
        return str(last.get(ring.id, "")), sha256(f"{ctx.site} {ctx.today} {ring.ring_no}".encode()).hexdigest()

    drawn = sorted(sorted(rings, key=turn)[:number], key=lambda ring: ring.natural)
    return [CountLine(ring_id=ring.id, place=ring.ring_no) for ring in drawn]


async def _all_of(building: Building | None, dept: Dept | None = None) -> list[CountLine]:
    """Every ring of a building (of all), and the keys that hang on none; `dept`: only what that department keeps."""
    keys = Key.filter(state__in=KEPT)
    keys = keys.filter(space__building_id=building.id) if building else keys
    keys = keys.filter(custodian_dept=dept) if dept else keys
    kept: set[Any] = {*await keys.distinct().values_list("ring_id", "space__building_id")}
    with_ring = {ring for ring, _ in kept if ring}
    bare = {block for ring, block in kept if not ring}
    rings = [ring for ring in await Ring.all().order_by("natural") if ring.id in with_ring]
    lines = [CountLine(ring_id=ring.id, place=ring.ring_no) for ring in rings]
    blocks = [one for one in await Building.all().order_by("natural") if one.id in bare]
    return lines + [CountLine(building_id=one.id, place=f"{one.block}-{LOOSE}") for one in blocks]


async def change_custodian(ctx: Context, building: Building, data: ChangeCustodian) -> Text:
    """Begin the hand-over of a building's keys: a full count by the new custodian, before the eyes of the old one."""
    old = building.custodian
    if building.state is not BuildingState.TAKEN_OVER or old is None:
        raise Refusal("keys.refusal.nobody_hands_over", field="building", value=building.block, rule="keys-28")
    if old.id == data.custodian.id:
        raise BadInput("keys.refusal.same_custodian", field="custodian", value=old.login, block=building.block)
    if building.deputy_id == data.custodian.id:
        raise BadInput("keys.refusal.own_deputy", field="custodian", value=data.custodian.login, block=building.block)
    gone = is_gone(old, ctx.today)
    if data.witness is None and gone:
        raise BadInput("keys.refusal.no_witness", field="witness", value="", rule="keys-28", person=old.name)
    ctx.rule("keys-28").forbid(
        not gone and data.witness is not None and data.witness.id != old.id,
        "keys.refusal.not_the_old", field="witness", value=data.witness.login if data.witness else "", person=old.name,
    )  # fmt: skip
    if other := await Count.filter(kind=CountKind.HANDOVER, state=CountState.DRAFT, building_id=building.id).first():
        raise Refusal(
            "keys.refusal.count_open", field="building", value=building.block, rule="keys-28", count=other.count_no
        )
    lines = await _all_of(building, Dept.CUSTOMER_SERVICE)
    made = await _create(
        ctx, CountKind.HANDOVER, building, data.custodian, data.witness or old, lines, data.custodian
    )  # fmt: skip
    return Text("keys.done.handover_opened", count=made.count_no, block=building.block, old=old.name,
                new=data.custodian.name, rings=len(lines))  # fmt: skip


async def change_blocked(ctx: Context, building: Building) -> Text | None:
    if building.custodian_id is None or building.state is not BuildingState.TAKEN_OVER:
        return Text("keys.blocked.no_custodian")
    going = await Count.filter(kind=CountKind.HANDOVER, state=CountState.DRAFT, building_id=building.id).first()
    return Text("keys.blocked.handing_over", count=going.count_no) if going else None


async def change_prefill(ctx: Context, buildings: Sequence[Building]) -> Mapping[str, Any]:
    old = buildings[0].custodian
    return {"witness": old.login} if old and not is_gone(old, ctx.today) else {}


async def open_handovers(ctx: Context, person_id: int) -> int:
    """In how many open hand-overs of buildings' keys a person is the one who gives or who takes."""
    going = Count.filter(kind=CountKind.HANDOVER, state=CountState.DRAFT).select_related("building")
    return sum(
        person_id in {one.custodian_id, one.building.custodian_id if one.building else None} for one in await going
    )
