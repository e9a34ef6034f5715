"""Keeping keys: labels, rings, cabinets, and who answers for a building (keys-03, 08 to 12, 19, 30)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cstui.api import BadInput, Context, Refusal, Text, choice
from cstui.people import Staff, is_gone
from cstui_keys import custody, labels
from cstui_keys.blocked import unless_in
from cstui_keys.keeping.inputs import Appoint, GroupKeys, HandOver
from cstui_keys.kinds import HELD_BY_OFFICE, KEPT, CustodyKind, Dept, HolderKind, SpaceKind
from cstui_keys.labels import names
from cstui_keys.models import Building, Key, Ring
from cstui_keys.register.places import having


async def label(ctx: Context, keys: Sequence[Key], data: None) -> Text:
    """Keys now bear the label whose text the register gives; nobody writes a text of their own (keys-13)."""
    owed = [key for key in keys if not key.labelled]
    if not owed:
        raise Refusal("keys.refusal.labelled", field="key", value=keys[0].tag_no, label=keys[0].label_text)
    for key in owed:
        if key.state not in HELD_BY_OFFICE:
            raise Refusal("keys.refusal.not_here", field="key", value=key.tag_no, state=choice("keys", key.state))
    await custody.mark_labelled(ctx, owed)
    return Text("keys.done.labelled", count=len(owed))


async def label_blocked(ctx: Context, key: Key) -> Text | None:
    if key.labelled:
        return Text("keys.blocked.labelled")
    return unless_in(key.state, HELD_BY_OFFICE)


async def group(ctx: Context, keys: Sequence[Key], data: GroupKeys) -> Text:
    """Put keys on a ring: the one given, else the one of their household, floor or equipment room."""
    rule = ctx.rule("keys-11")
    rule.forbid(
        data.medium not in rule.ring_media,
        "keys.refusal.medium", field="medium", value=choice("keys", data.medium),
        media="、".join(rule.ring_media),
    )  # fmt: skip
    for key in keys:
        if key.state not in HELD_BY_OFFICE:
            raise Refusal("keys.refusal.not_here", field="key", value=key.tag_no, state=choice("keys", key.state))
    rings = await _rings(ctx, keys, data)
    for key in keys:
        ring = rings[data.ring or _ring_of(ctx, key)[0]]
        labels.check_ring(ctx, key.space, key.space.building.block, ring.ring_no, ring.space_ref)
        key.ring_id = ring.id
        key.state = custody.at_rest(key)
    await Key.change(keys, ("ring_id", "state"))
    numbers = list(dict.fromkeys(ring.ring_no for ring in rings.values()))
    return Text("keys.done.grouped", count=len(keys), rings="、".join(numbers[:5]))


def _ring_of(ctx: Context, key: Key) -> tuple[str, str, str]:
    return labels.ring_of(labels.grouping_of(ctx, key.space.kind), key.space, key.space.building.block)


async def _rings(ctx: Context, keys: Sequence[Key], data: GroupKeys) -> dict[str, Ring]:
    """The ring that is told, by its number, else those of the keys' households, floors and rooms; new where need be."""
    wanted = {data.ring or _ring_of(ctx, key)[0]: key for key in reversed(keys)}
    name = "ring_no" if data.ring else "space_ref"
    rings: dict[str, Ring] = {}
    for known in sorted(await having(Ring, name, wanted), key=lambda ring: ring.id):
        rings.setdefault(getattr(known, name), known)
    hung = [ring for ring in rings.values() if data.hook and ring.hook != data.hook]
    for ring in hung:
        ring.hook = data.hook
    await Ring.change(hung, ("hook",))
    new = {}
    for told, key in wanted.items():
        if told not in rings:
            ref, order, number = _ring_of(ctx, key)
            new[told] = Ring(
                ring_no=data.ring or number, natural=order, grouping=labels.grouping_of(ctx, key.space.kind),
                space_ref=ref, hook=data.hook, medium=data.medium,
            )  # fmt: skip
    await Ring.insert(new.values())
    return rings | new


async def group_blocked(ctx: Context, key: Key) -> Text | None:
    return unless_in(key.state, HELD_BY_OFFICE)


async def hand_over(ctx: Context, keys: Sequence[Key], data: HandOver) -> Text:
    """Equipment-room keys go from the customer service cabinet to the department that keeps them (keys-19)."""
    rule = ctx.rule("keys-19")
    to = Dept(rule.equipment_custodian)
    rule.forbid(
        data.receiver.department != to,
        "keys.refusal.receiver_dept", field="receiver", value=data.receiver.login, dept=choice("keys", to),
    )  # fmt: skip
    for key in keys:
        rule.forbid(
            key.space.kind is not SpaceKind.EQUIPMENT,
            "keys.refusal.not_equipment", field="key", value=choice("keys", key.space.kind), key=key.tag_no,
        )  # fmt: skip
        if key.holder_kind is not HolderKind.CABINET or key.custodian_dept is to:
            raise Refusal(
                "keys.refusal.not_to_hand_over", field="key", value=key.tag_no, rule="keys-19",
                state=choice("keys", key.state), dept=choice("keys", key.custodian_dept),
            )  # fmt: skip
    before = [custody.holder_text(key, {}) for key in keys]
    for key in keys:
        key.custodian_dept = to
    after = [custody.holder_text(key, {}) for key in keys]
    await custody.record(ctx, keys, CustodyKind.CUSTODIAN_CHANGE, before, after, f"to {data.receiver.login}"[:64])
    await Key.change(keys, ("custodian_dept", "chain"))
    return Text("keys.done.handed_over", keys=names(keys), person=data.receiver.name, dept=choice("keys", to))


async def hand_over_blocked(ctx: Context, key: Key) -> Text | None:
    if key.space.kind is not SpaceKind.EQUIPMENT:
        return Text("keys.blocked.not_equipment")
    if key.custodian_dept.value == ctx.rule("keys-19").equipment_custodian:
        return Text("keys.blocked.handed_over")
    return unless_in(key.state, HELD_BY_OFFICE)


async def appoint(ctx: Context, buildings: Sequence[Building], data: Appoint) -> Text:
    """Appoint who keeps the keys of buildings, and who stands in (keys-03).

    Where somebody keeps them already, only a counted hand-over puts another in their place (keys-28).
    """
    if data.custodian is None and data.deputy is None:
        raise BadInput("keys.refusal.nobody_named", field="custodian", value="", rule="keys-03")
    counted = await _with_keys(buildings)
    for building in buildings:
        old = building.custodian
        replaced = data.custodian is not None and old is not None and old.id != data.custodian.id
        ctx.rule("keys-28").forbid(
            replaced and old is not None and not is_gone(old, ctx.today) and building.id in counted,
            "keys.refusal.counted_handover", field="custodian", value=data.custodian.login if data.custodian else "",
            person=old.name if old else "", block=building.block,
        )  # fmt: skip
        building.custodian_id = data.custodian.id if data.custodian else building.custodian_id
        building.deputy_id = data.deputy.id if data.deputy else building.deputy_id
        if building.custodian_id == building.deputy_id:
            raise BadInput(
                "keys.refusal.own_deputy", field="deputy", value=(data.deputy or data.custodian).login,  # type: ignore[union-attr]
                rule="keys-03", block=building.block,
            )  # fmt: skip
    await Building.change(buildings, ("custodian_id", "deputy_id"))
    named = "、".join(person.name for person in (data.custodian, data.deputy) if person)
    return Text("keys.done.appointed", person=named, blocks="、".join(building.block for building in buildings))


async def _with_keys(buildings: Sequence[Building]) -> set[Any]:
    """Ids of the buildings with keys to be counted at a hand-over."""
    kept = Key.filter(
        space__building_id__in=[building.id for building in buildings], custodian_dept=Dept.CUSTOMER_SERVICE,
        state__in=KEPT,
    )  # fmt: skip
    return {*await kept.distinct().values_list("space__building_id", flat=True)}


async def verify(ctx: Context, data: None) -> Text:
    """Check every key's chain of custody from its first event to its last."""
    faulty = await custody.verify(ctx)
    if not faulty:
        return Text("keys.done.chain_whole", count=await Key.all().count())
    tags = await Key.filter(id__in=list(faulty)[:20]).values_list("tag_no", flat=True)
    return Text("keys.done.chain_broken", count=len(faulty), keys="、".join(str(tag) for tag in tags))


async def before_leaving(ctx: Context, rows: Sequence[Any], data: Any) -> Text | None:
    """Nobody leaves with a key (keys-30): refuses the act of leaving while the person holds any."""
    rule = ctx.rule("keys-30")
    for person in rows:
        if not isinstance(person, Staff):
            continue
        held = await Key.filter(holder_id=person.id).order_by("natural")
        rule.forbid(
            bool(held) and rule.leave_block,
            "keys.refusal.holds_keys", field="staff", value=person.login, person=person.name, keys=names(held),
        )  # fmt: skip
    return None
