"""Counts that are due, under way, or found something (keys-27, keys-28)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from tortoise.functions import Count as Many
from tortoise.functions import Min

from cstui.api import Context, DueItem, Severity, Text, choice
from cstui.people import names_of
from cstui_keys.counts.entering import SETTLED
from cstui_keys.counts.opening import COUNTED
from cstui_keys.counts.settling import DIFFERENT, GOING, is_explained, named_missing, still_missing
from cstui_keys.kinds import BuildingState, CountKind, CountState, CustodyKind, LineState
from cstui_keys.models import Building, Count, CountLine, CustodyEvent, MissingKey
from cstui_keys.workdays import DAY, Workdays, moment_of

AHEAD = 7 * DAY
"""So long before its month ends a full count is announced."""
APART = 20
"""More rings of one count that differ are one matter: the count itself is in question."""
SHOWN = 12
"""So many rings are named, in the order of the sheet."""


async def spot_due(ctx: Context, days: Workdays) -> list[DueItem]:
    """Today's spot count, and the last day's where none was made: that can't be made up."""
    if not days.began:
        return []
    wanted = [day for day in (ctx.today if days.works_on(ctx.today) else None, days.last) if day]
    counts = Count.filter(kind=CountKind.SPOT, on__in=wanted).exclude(state=CountState.CANCELLED)
    made = Counter(count.on for count in await counts)
    found = []
    for day in wanted:
        rule = ctx.rule("keys-27", day)
        if not rule.on or made[day] >= rule.count_spot:
            continue
        due = ctx.moment(day, 24 * 60)
        if day == ctx.today:
            proof = Text("keys.proof.spot", counts=rule.count_spot, rings=rule.count_spot_rings, day=day)
            found.append(_opening(f"keys.spot.{day}", "warning", Text("keys.due.spot"), due, (proof,)))
        else:
            proof = Text("keys.proof.spot_missed", counts=rule.count_spot, made=made[day], day=day)
            title = Text("keys.due.spot_missed", day=day)
            found.append(replace(_opening(f"keys.spot_missed.{day}", "warning", title, due, (proof,)), actions=()))
    return found


def _opening(item: str, severity: Severity, title: Text, due: datetime, proof: tuple[Text, ...]) -> DueItem:
    late = severity == "critical"
    return DueItem(
        id=item,
        severity=severity,
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
    this = ctx.today.replace(day=1)
    last, following = (this - DAY).replace(day=1), (this + timedelta(days=32)).replace(day=1)
    before, now = ctx.rule("keys-27", this - DAY), ctx.rule("keys-27")
    owed, owing = (rule.count_full if rule.on else 0 for rule in (before, now))
    rows = Count.filter(kind=CountKind.FULL, state__in=COUNTED, on__gte=last)
    counts = await rows.values_list("building_id", "on")
    days = {
        building: [day for counted, day in counts if counted in (None, building.id)]
        for building in await Building.filter(state=BuildingState.TAKEN_OVER).order_by("natural")
    }
    since = await _kept_since(ctx, [building.id for building, made in days.items() if len(made) < owed])
    late = [building for building, made in days.items() if len(made) < owed and since.get(building.id, this) < this]
    ends = following - ctx.today <= AHEAD
    soon = [
        building
        for building, made in days.items()
        if ends and building not in late and sum(day >= this for day in made) < owing
    ]
    found = []
    word: str
    severity: Severity
    for word, severity, buildings, counted, due in (
        ("full_late", "critical", late, owed, this),
        ("full_soon", "warning" if ctx.today == following - DAY else "info", soon, owing, following),
    ):
        if buildings:
            blocks = "、".join(building.block for building in buildings)
            proof = (Text("keys.proof.full", counts=counted, until=due - DAY),)
            title = Text(f"keys.due.{word}", blocks=blocks, month=f"{due - DAY:%Y-%m}")
            found.append(_opening(f"keys.{word}.{due}", severity, title, ctx.moment(due), proof))
    return found


async def _kept_since(ctx: Context, buildings: Sequence[int]) -> dict[int, date]:
    """The days on which the first keys of some buildings were received."""
    if not buildings:
        return {}
    received = CustodyEvent.filter(kind=CustodyKind.RECEIVE, key__space__building_id__in=buildings)
    rows = received.annotate(first=Min("at")).group_by("key__space__building_id")
    found = await rows.values_list("key__space__building_id", "first")
    return {building: ctx.local(moment_of(first)).date() for building, first in found}


async def counts_going(ctx: Context) -> list[DueItem]:
    """Counts that both haven't signed yet, and what counts found that isn't explained."""
    rows = Count.filter(state__in=GOING).select_related("counted_by", "witness", "building__custodian")
    counts = {count.id: count for count in await rows.order_by("on", "id")}
    if not counts:
        return []
    drafts = [count for count in counts.values() if count.state is CountState.DRAFT]
    tallies = await _tallies() if drafts else {}
    found = [item for count in drafts if (item := _open(ctx, count, tallies[count.id]))]
    if ctx.rule("keys-27").on:
        found += await _differences(counts)
    return found


@dataclass(slots=True)
class _Tally:
    """The rings of a count: all, those not agreed on yet, and of these those with a number of each of the two."""

    rings: int = 0
    waiting: int = 0
    first: int = 0
    second: int = 0


async def _tallies() -> dict[int, _Tally]:
    """Of each count that isn't signed, by its id."""
    lines = CountLine.filter(count__state=CountState.DRAFT).annotate(
        rings=Many("id"), first=Many("counter_said"), second=Many("witness_said")
    )
    told: dict[int, _Tally] = defaultdict(_Tally)
    rows = lines.group_by("count_id", "state").values_list("count_id", "state", "rings", "first", "second")
    for count, state, rings, first, second in await rows:
        told[count].rings += rings
        if state not in SETTLED:
            told[count].waiting += rings
            told[count].first += first
            told[count].second += second
    return told


def _open(ctx: Context, count: Count, tally: _Tally) -> DueItem | None:
    """A count that both haven't signed yet. In a hand-over the old custodian answers for the keys until then."""
    rule = ctx.rule("keys-28" if count.kind is CountKind.HANDOVER else "keys-27")
    if not rule.on:
        return None
    proof = [
        _who_counts(count),
        Text("keys.proof.count_left", rings=tally.rings, first=tally.waiting - tally.first,
             second=tally.waiting - tally.second),
    ]  # fmt: skip
    old = count.building.custodian if count.kind is CountKind.HANDOVER and count.building else None
    if old and old.id != count.custodian_id:  # the same in a recount after the change
        proof.append(Text("keys.proof.liable", person=old.name))
    return DueItem(
        id=f"keys.count.{count.id}",
        severity="warning",
        title=Text(f"keys.due.count_{count.kind.value}", count=count.count_no, rings=tally.rings,
                   block=count.building.block if count.building else ""),
        rule=rule.id,
        person=(old or count.counted_by).name,
        person_id=(old or count.counted_by).id,
        due=ctx.moment(count.on, 24 * 60),
        state=Text("keys.state.rings_left", left=tally.waiting) if tally.waiting else Text("keys.state.unsigned"),
        register="keys.counts",
        records=(count.id,),
        actions=("keys.count_enter", "keys.count_sign", "keys.count_cancel"),
        proof=tuple(proof),
    )  # fmt: skip


def _who_counts(count: Count) -> Text:
    return Text("keys.proof.count", count=count.count_no, day=count.on, counter=count.counted_by.name,
                witness=count.witness.name)  # fmt: skip


async def _differences(counts: Mapping[int, Count]) -> list[DueItem]:
    """Rings where keys are missing, or more than are registered; and counts whose differences are all explained."""
    lines = await CountLine.filter(state__in=DIFFERENT, count_id__in=[*counts]).order_by("id")
    named = await named_missing(lines)
    unexplained: dict[int, list[CountLine]] = defaultdict(list)
    for line in lines:
        if not is_explained(line, named[line.id]):
            unexplained[line.count_id].append(line)
    searchers = await names_of(line.searched_by for line in lines if line.searched_by)
    found = []
    for count_id, some in unexplained.items():
        if len(some) > APART:
            found.append(_many_different(counts[count_id], some))
        else:
            found += [_different(counts[count_id], line, still_missing(named[line.id]), searchers) for line in some]
    for count in counts.values():
        if count.state is CountState.DIFFERENCES and count.id not in unexplained:
            found.append(
                DueItem(
                    id=f"keys.reconcile.{count.id}",
                    severity="warning",
                    title=Text("keys.due.reconcile", count=count.count_no),
                    rule="keys-27",
                    state=Text("keys.state.open"),
                    register="keys.counts",
                    records=(count.id,),
                    actions=("keys.count_reconcile",),
                )
            )
    return found


def _many_different(count: Count, lines: Sequence[CountLine]) -> DueItem:
    places = [line.place for line in lines]
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
            _who_counts(count),
            Text("keys.proof.differ", rings=", ".join(places[:SHOWN]) + f" +{len(places) - SHOWN}"),
        ),
    )


def _different(count: Count, line: CountLine, named: Sequence[MissingKey], searchers: Mapping[str, str]) -> DueItem:
    short = line.state is LineState.SHORT
    number = abs(line.missing or 0)
    balance = "balance" if short else "balance_over"
    proof = [
        _who_counts(count),
        Text(f"keys.proof.{balance}", registered=line.registered, present=line.present, on_loan=line.on_loan,
             issued=line.issued, lost=line.lost, missing=number, surplus=number),
    ]  # fmt: skip
    if named:
        proof.append(Text("keys.proof.named", keys="、".join(one.key.tag_no for one in named)))
    if line.search_note:
        proof.append(Text("keys.proof.searched", note=line.search_note, by=searchers[line.searched_by]))
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
