"""What the key account puts before the supervisor on a day. Many like matters are one item, never thousands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Literal

from cstui.api import Context, DueItem, RuleInForce, Text, choice, utc
from cstui.people import duty_on, is_gone, names_of
from cstui_keys import custody
from cstui_keys.kinds import HELD_BY_OFFICE, BuildingState, HolderKind, LossState, SpaceKind
from cstui_keys.models import Building, Key, Loan, LoanLine, Loss

EVENTS_CHECKED = 200
"""So many newest custody events are checked each time; `keys.verify` checks all."""
_KEYS = "keys.keys"
Severity = Literal["critical", "warning", "info"]


async def items(ctx: Context) -> Sequence[DueItem]:
    """All matters of the area at `ctx.now`."""
    found: list[DueItem] = []
    for part in (loans_out, losses_open, custodians, cover, unlabelled, unringed, equipment, chain):
        found += await part(ctx)
    return found


async def loans_out(ctx: Context) -> list[DueItem]:
    """Loans not back: overdue (warning, then critical), due today, or just out (keys-22)."""
    lines = await LoanLine.filter(back_at__isnull=True).select_related("loan__borrower", "key").order_by("id")
    by_loan: dict[int, list[LoanLine]] = defaultdict(list)
    for line in lines:
        by_loan[line.loan_id].append(line)
    issuers = await names_of(line.loan.issued_by for line in lines)
    return [_loan_item(ctx, ctx.rule("keys-22"), group, issuers) for group in by_loan.values()]


def _loan_item(ctx: Context, rule: RuleInForce, lines: Sequence[LoanLine], issuers: Mapping[str, str]) -> DueItem:
    loan: Loan = lines[0].loan
    now = utc(ctx.now)
    late = now - loan.due_at
    names = "、".join(line.key.label_text for line in lines[:3]) + (f" +{len(lines) - 3}" if len(lines) > 3 else "")
    overdue = rule.on and late > timedelta(0)
    today = rule.on and not overdue and ctx.local(loan.due_at).date() == ctx.today
    word = "overdue" if overdue else "due_today" if today else "out"
    critical = overdue and late > rule.loan_overdue_critical
    proof = [
        Text("keys.proof.keys", keys="、".join(line.key.tag_no for line in lines)),
        Text("keys.proof.out", at=loan.out_at, loan=loan.loan_no, by=issuers[loan.issued_by]),
        Text("keys.proof.reason", reason=loan.work_reason, order=loan.work_order or "—"),
        Text(f"keys.proof.due_{loan.due_basis}", due=loan.due_at, longest=rule.loan_max, reason=loan.extend_reason),
        Text("keys.proof.now", now=now),
    ]
    if overdue:
        proof.append(Text("keys.proof.late", late=late, critical=rule.loan_overdue_critical))
    if loan.reminders and loan.reminded_at:
        proof.append(Text("keys.proof.reminded", count=loan.reminders, at=loan.reminded_at))
    state = {
        "overdue": Text("keys.state.late", late=late),
        "due_today": Text("keys.state.due", due=loan.due_at),
        "out": Text("keys.state.since", since=loan.out_at),
    }[word]
    return DueItem(
        id=f"keys.loan.{loan.id}.{word}",
        severity="critical" if critical else "warning" if overdue or today else "info",
        title=Text(f"keys.due.{word}", keys=names, person=loan.borrower.name),
        rule=rule.id,
        person=loan.borrower.name,
        person_id=loan.borrower_id,
        due=loan.due_at,
        state=state,
        register=_KEYS,
        records=tuple(line.key_id for line in lines),
        actions=("keys.return", "keys.remind", "keys.extend", "keys.report_lost"),
        proof=tuple(proof),
    )


async def losses_open(ctx: Context) -> list[DueItem]:
    """Lost keys whose lock nobody decided about; critical once `lock_change_due` is over (keys-29)."""
    rule = ctx.rule("keys-29")
    if not rule.on:
        return []
    found = []
    losses = await Loss.filter(state=LossState.REPORTED).select_related("key__space", "last_holder")
    reporters = await names_of(loss.reported_by for loss in losses)
    for loss in losses:
        due = loss.reported_at + rule.lock_change_due
        locked = loss.key.space.kind is not SpaceKind.PUBLIC
        late = utc(ctx.now) > due
        proof = [
            Text("keys.proof.noticed", at=loss.noticed_at),
            Text("keys.proof.reported", at=loss.reported_at, by=reporters[loss.reported_by]),
            Text("keys.proof.lock_due" if locked else "keys.proof.lock_public", due=due, limit=rule.lock_change_due),
        ]
        if loss.reported_at - loss.noticed_at > rule.loss_report_due:
            proof.insert(2, Text("keys.proof.reported_late", limit=rule.loss_report_due))
        found.append(
            DueItem(
                id=f"keys.loss.{loss.id}",
                severity="critical" if late and locked else "warning",
                title=Text("keys.due.lost", key=loss.key.label_text, tag=loss.key.tag_no),
                rule=rule.id,
                person=loss.last_holder.name if loss.last_holder else "",
                person_id=loss.last_holder_id,
                due=due if locked else None,
                state=Text("keys.state.late", late=utc(ctx.now) - due) if late and locked else Text("keys.state.open"),
                register=_KEYS,
                records=(loss.key_id,),
                actions=("keys.lock_changed", "keys.waive_lock", "keys.found"),
                proof=tuple(proof),
            )
        )
    return found


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
