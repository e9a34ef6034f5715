"""What is missing in the keeping of keys. Many like matters are one item, never thousands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from tortoise.expressions import Q

from cstui.api import Context, DueItem, Severity, Text, choice, utc
from cstui.people import Absence, Duty, is_gone
from cstui_keys import custody
from cstui_keys.kinds import HELD_BY_OFFICE, BuildingState, Dept, HolderKind, KeyState, SpaceKind
from cstui_keys.models import Building, Key
from cstui_keys.workdays import DAY

EVENTS_CHECKED = 200
"""So many newest custody events are checked each time; `keys.verify` checks all."""
LACKING = {
    "unlabelled": ("keys-12", "label_due", "keys.label"),
    "unringed": ("keys-11", "ring_due", "keys.group"),
    "equipment": ("keys-19", "", "keys.hand_over_equipment"),
}
"""What keys in a cabinet may lack: by which rule, within which time (its figure), and what mends it."""
_KEYS = "keys.keys"


async def keepers(ctx: Context) -> list[DueItem]:
    """Buildings whose keys nobody keeps (keys-03), and shifts in which nobody who keeps them is there (keys-04)."""
    buildings = Building.filter(state=BuildingState.TAKEN_OVER).select_related("custodian", "deputy")
    kept = await buildings.order_by("natural")
    return [*_vacant(ctx, kept), *await _uncovered(ctx, [building for building in kept if building.custodian_id])]


def _vacant(ctx: Context, buildings: Sequence[Building]) -> list[DueItem]:
    rule = ctx.rule("keys-03")
    if not rule.on:
        return []
    found = []
    word: str
    severity: Severity
    for building in buildings:
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


async def _uncovered(ctx: Context, buildings: Sequence[Building]) -> list[DueItem]:
    """Today's shifts, and last night's that still runs, without custodian or deputy of a building: one item a shift.

    Who is absent that day isn't there, whatever the roster says.
    """
    rule = ctx.rule("keys-04")
    if not rule.on or not buildings:
        return []
    running = Q(day=ctx.today - DAY, end_at__gt=utc(ctx.now))
    duties = await Duty.filter(Q(day=ctx.today) | running).select_related("shift").order_by("start_at", "id")
    if not duties:
        return []
    away = await Absence.filter(first_day__lte=ctx.today, last_day__gte=ctx.today - DAY)
    shifts: dict[tuple[date, int], Duty] = {}
    present: dict[tuple[date, int], set[int]] = defaultdict(set)
    for duty in duties:
        one = shifts.setdefault((duty.day, duty.shift_id), duty)
        if not any(gone.staff_id == duty.staff_id and gone.first_day <= duty.day <= gone.last_day for gone in away):
            present[one.day, one.shift_id].add(duty.staff_id)
    found = []
    for (day, shift_id), duty in shifts.items():
        there = present[day, shift_id]
        bare = [building for building in buildings if not {building.custodian_id, building.deputy_id} & there]
        if bare:
            blocks = "、".join(building.block for building in bare)
            found.append(
                DueItem(
                    id=f"keys.cover.{day}.{shift_id}",
                    severity="warning",
                    title=Text("keys.due.no_cover", shift=duty.shift.name, blocks=blocks),
                    rule=rule.id,
                    due=duty.start_at,
                    register="keys.buildings",
                    records=tuple(building.id for building in bare),
                    actions=("keys.appoint",),
                    proof=(Text("keys.proof.on_duty", count=len(there), shift=duty.shift.name),),
                )
            )
    return found


class _Kept(NamedTuple):
    """A key in a cabinet. Thousands may lack the same: no more of each is read than is told or asked."""

    natural: str
    id: int
    label_text: str
    state: KeyState
    labelled: bool
    ring_id: int | None
    dept: Dept
    owed_since: date
    received_on: date
    kind: SpaceKind
    building: int
    block: str


COLUMNS = (
    "natural", "id", "label_text", "state", "labelled", "ring_id", "custodian_dept", "label_owed_since", "received_on",
    "space__kind", "space__building_id", "space__building__block",
)  # fmt: skip


async def kept_keys(ctx: Context) -> list[DueItem]:
    """Keys without label (keys-12), on no ring (keys-11), or in the wrong department's cabinet (keys-19).

    One item for the keys of one building, and of one day where there is a limit.
    """
    label, ring, keeper = ctx.rule("keys-12"), ctx.rule("keys-11"), ctx.rule("keys-19")
    bare = Q(state__in=HELD_BY_OFFICE) & (Q(labelled=False) | Q(ring_id__isnull=True))
    astray = Q(space__kind=SpaceKind.EQUIPMENT, holder_kind=HolderKind.CABINET)
    wrong = astray & ~Q(custodian_dept=keeper.equipment_custodian)
    groups: dict[tuple[str, int, date | None], list[_Kept]] = defaultdict(list)
    found = await Key.filter(bare | wrong).values_list(*COLUMNS)
    for key in sorted(_Kept(*row) for row in found):  # few of many: the store would read all in that order
        here = key.state in HELD_BY_OFFICE
        if label.on and here and not key.labelled:
            groups["unlabelled", key.building, key.owed_since].append(key)
        if ring.on and here and key.labelled and not key.ring_id:
            groups["unringed", key.building, key.received_on].append(key)
        if keeper.on and key.kind is SpaceKind.EQUIPMENT and key.dept.value != keeper.equipment_custodian:
            groups["equipment", key.building, None].append(key)
    return [_kept_item(ctx, word, building, since, keys) for (word, building, since), keys in groups.items()]


def _kept_item(ctx: Context, word: str, building: int, since: date | None, keys: Sequence[_Kept]) -> DueItem:
    """One item for keys of one building that lack the same thing; `since` is when it began to be due."""
    rule_id, figure, action = LACKING[word]
    rule = ctx.rule(rule_id)
    until = since + getattr(rule, figure) if since else None
    severity: Severity = "warning"
    if until:
        late: Severity = "critical" if word == "unlabelled" else "warning"
        last: Severity = "warning" if word == "unlabelled" else "info"
        severity = late if ctx.today > until else last if ctx.today == until else "info"
    few = "、".join(key.label_text for key in keys[:3])
    proof = [Text("keys.proof.first_keys", keys=few, count=len(keys), more=1 + max(0, len(keys) - 3))]
    if until:
        proof.append(Text("keys.proof.received", day=keys[0].received_on, until=until))
    else:
        proof.append(Text("keys.proof.keeper", dept=choice("keys", rule.equipment_custodian)))
    return DueItem(
        id=f"keys.{word}.{building}.{since}" if since else f"keys.{word}.{building}",
        severity=severity,
        title=Text(f"keys.due.{word}", block=keys[0].block, count=len(keys), first=keys[0].label_text),
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
