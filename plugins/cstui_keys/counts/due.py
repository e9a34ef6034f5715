"""Counts that are due, under way, or found something (keys-27, keys-28)."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime, timedelta

from tortoise.functions import Min

from cstui.api import Context, DueItem, Text, choice
from cstui_keys.counts.entering import SETTLED
from cstui_keys.counts.opening import COUNTED
from cstui_keys.counts.settling import DIFFERENT, is_explained
from cstui_keys.kinds import BuildingState, CountKind, CountState, CustodyKind, LineState
from cstui_keys.models import Building, Count, CountLine, CustodyEvent, MissingKey
from cstui_keys.workdays import DAY, last_day_of_work, works_on

AHEAD = 7 * DAY
"""So long before its month ends a full count is announced."""
APART = 20
"""More rings of one count that differ are one matter: the count itself is in question."""
SHOWN = 12
"""So many rings are named, in the order of the sheet."""


async def spot_due(ctx: Context) -> list[DueItem]:
    """Today's spot count, and the last day's where none was made: that can't be made up."""
    rule = ctx.rule("keys-27")
    if not rule.on or not rule.count_spot or not await CustodyEvent.all().exists():
        return []
    found = []
    made = await Count.filter(kind=CountKind.SPOT, on=ctx.today).exclude(state=CountState.CANCELLED).count()
    if made < rule.count_spot and await works_on(ctx, ctx.today):
        proof = Text("keys.proof.spot", counts=rule.count_spot, rings=rule.count_spot_rings, day=ctx.today)
        due = ctx.moment(ctx.today, 24 * 60)
        found.append(_opening(f"keys.spot.{ctx.today}", "warning", Text("keys.due.spot"), due, (proof,)))
    before = await last_day_of_work(ctx)
    if before:
        made = await Count.filter(kind=CountKind.SPOT, on=before).exclude(state=CountState.CANCELLED).count()
        if made < rule.count_spot:
            proof = Text("keys.proof.spot_missed", counts=rule.count_spot, made=made, day=before)
            title, due = Text("keys.due.spot_missed", day=before), ctx.moment(before, 24 * 60)
            found.append(_opening(f"keys.spot_missed.{before}", "warning", title, due, (proof,)))
    return found


def _opening(item: str, severity: str, title: Text, due: datetime, proof: tuple[Text, ...]) -> DueItem:
    late = severity == "critical"
    return DueItem(
        id=item,
        severity=severity,  # type: ignore[arg-type]
        title=title,
        rule="keys-27",
        due=due,
        state=Text("keys.state.not_counted") if late else Text("keys.state.due", due=due),
        register="keys.counts",
        actions=("keys.count_open",),
        proof=proof,
    )


async def full_due(ctx: Context) -> list[DueItem]:
    """Buildings whose month ends without a full count, or ended so: then critical until one is made."""
    rule = ctx.rule("keys-27")
    if not rule.on or not rule.count_full:
        return []
    this = ctx.today.replace(day=1)
    last, following = (this - DAY).replace(day=1), (this + timedelta(days=32)).replace(day=1)
    received = CustodyEvent.filter(kind=CustodyKind.RECEIVE).annotate(first=Min("at"))
    rows = await received.group_by("key__space__building_id").values_list("key__space__building_id", "first")
    since = {building: ctx.local(_moment(first)).date() for building, first in rows}
    counts = await Count.filter(kind=CountKind.FULL, state__in=COUNTED, on__gte=last)
    late: list[Building] = []
    soon: list[Building] = []
    for building in await Building.filter(state=BuildingState.TAKEN_OVER).order_by("natural"):
        days = [count.on for count in counts if count.building_id in (None, building.id)]
        kept_since = since.get(building.id, ctx.today)
        if kept_since < this and len(days) < rule.count_full:
            late.append(building)
        elif sum(day >= this for day in days) < rule.count_full and following - ctx.today <= AHEAD:
            soon.append(building)
    ends = ctx.today == following - DAY
    found = []
    for word, severity, buildings, due in (
        ("full_late", "critical", late, this),
        ("full_soon", "warning" if ends else "info", soon, following),
    ):
        if buildings:
            blocks = "、".join(building.block for building in buildings)
            proof = (Text("keys.proof.full", counts=rule.count_full, until=due - DAY),)
            title = Text(f"keys.due.{word}", blocks=blocks, month=f"{due - DAY:%Y-%m}")
            found.append(_opening(f"keys.{word}.{due}", severity, title, ctx.moment(due), proof))
    return found


def _moment(value: datetime | str) -> datetime:
    """An aggregate's moment: SQLite hands it out as it is stored."""
    return datetime.fromisoformat(value) if isinstance(value, str) else value


async def counts_open(ctx: Context) -> list[DueItem]:
    """Counts that both haven't signed yet. In a hand-over the old custodian answers for the keys until then."""
    found = []
    rows = Count.filter(state=CountState.DRAFT).select_related("counted_by", "witness", "building__custodian")
    for count in await rows.order_by("on", "id"):
        rule = ctx.rule("keys-28" if count.kind is CountKind.HANDOVER else "keys-27")
        if not rule.on:
            continue
        lines = await CountLine.filter(count_id=count.id).order_by("id")
        waiting = [line for line in lines if line.state not in SETTLED]
        left = [sum(getattr(line, side) is None for line in waiting) for side in ("counter_said", "witness_said")]
        proof = [
            Text(
                "keys.proof.count", count=count.count_no, day=count.on, counter=count.counted_by.name,
                witness=count.witness.name,
            ),
            Text("keys.proof.count_left", rings=len(lines), first=left[0], second=left[1]),
        ]  # fmt: skip
        old = count.building.custodian if count.kind is CountKind.HANDOVER and count.building else None
        if old and old.id != count.custodian_id:  # the same in a recount after the change
            proof.append(Text("keys.proof.liable", person=old.name))
        found.append(
            DueItem(
                id=f"keys.count.{count.id}",
                severity="warning",
                title=Text(f"keys.due.count_{count.kind.value}", count=count.count_no, rings=len(lines),
                           block=count.building.block if count.building else ""),
                rule=rule.id,
                person=(old or count.counted_by).name,
                person_id=(old or count.counted_by).id,
                due=ctx.moment(count.on, 24 * 60),
                state=Text("keys.state.rings_left", left=len(waiting)) if waiting else Text("keys.state.unsigned"),
                register="keys.counts",
                records=(count.id,),
                actions=("keys.count_enter", "keys.count_sign", "keys.count_cancel"),
                proof=tuple(proof),
            )
        )  # fmt: skip
    return found


async def differences(ctx: Context) -> list[DueItem]:
    """Rings where keys are missing, or more than are registered; and counts whose differences are all explained."""
    rule = ctx.rule("keys-27")
    if not rule.on:
        return []
    found = []
    states = (CountState.DRAFT, CountState.DIFFERENCES)
    rows = CountLine.filter(state__in=DIFFERENT, count__state__in=states).select_related(
        "count__counted_by", "count__witness"
    )
    lines = await rows.order_by("id")
    named: dict[int, list[str]] = defaultdict(list)
    for one in await MissingKey.filter(line_id__in=[line.id for line in lines]).select_related("key").order_by("id"):
        named[one.line_id].append(one.key.tag_no)
    unexplained: dict[int, list[CountLine]] = defaultdict(list)
    for line in lines:
        if not await is_explained(line):
            unexplained[line.count_id].append(line)
    for some in unexplained.values():
        if len(some) > APART:
            found.append(_many_different(some))
        else:
            found += [_different(line, named[line.id]) for line in some]
    for count in await Count.filter(state=CountState.DIFFERENCES).order_by("id"):
        if count.id not in unexplained:
            found.append(
                DueItem(
                    id=f"keys.reconcile.{count.id}",
                    severity="warning",
                    title=Text("keys.due.reconcile", count=count.count_no),
                    rule=rule.id,
                    state=Text("keys.state.open"),
                    register="keys.counts",
                    records=(count.id,),
                    actions=("keys.count_reconcile",),
                )
            )
    return found


def _many_different(lines: list[CountLine]) -> DueItem:
    count, places = lines[0].count, [line.place for line in lines]
    return DueItem(
        id=f"keys.differences.{count.id}",
        severity="critical",
        title=Text("keys.due.count_differs", count=count.count_no, rings=len(lines)),
        rule="keys-27",
        state=choice("keys", "differences"),
        register="keys.count_lines",
        records=tuple(line.id for line in lines),
        actions=("keys.count_recount", "keys.count_search"),
        proof=(
            Text(
                "keys.proof.count", count=count.count_no, day=count.on, counter=count.counted_by.name,
                witness=count.witness.name,
            ),
            Text("keys.proof.differ", rings=", ".join(places[:SHOWN]) + f" +{len(places) - SHOWN}"),
        ),
    )  # fmt: skip


def _different(line: CountLine, named: list[str]) -> DueItem:
    short = line.state is LineState.SHORT
    count, number = line.count, abs(line.missing or 0)
    proof = [
        Text("keys.proof.count", count=count.count_no, day=count.on, counter=count.counted_by.name,
             witness=count.witness.name),
        Text("keys.proof.balance", registered=line.registered, present=line.present, on_loan=line.on_loan,
             issued=line.issued, lost=line.lost, missing=line.missing),
    ]  # fmt: skip
    if named:
        proof.append(Text("keys.proof.named", keys="、".join(named)))
    if line.search_note:
        proof.append(Text("keys.proof.searched", note=line.search_note, by=line.searched_by))
    short_ones = (
        "keys.count_missing",
        "keys.count_found",
        "keys.count_loss",
        "keys.count_search",
        "keys.count_recount",
    )
    return DueItem(
        id=f"keys.difference.{line.id}.{line.recounts}",
        severity="critical",
        title=Text(f"keys.due.count_{line.state.value}", place=line.place, count=number),
        rule="keys-27" if short else "keys-20",
        state=choice("keys", line.state.value),
        register="keys.count_lines",
        records=(line.id,),
        actions=short_ones if short else ("keys.count_search", "keys.count_recount"),
        proof=tuple(proof),
    )
