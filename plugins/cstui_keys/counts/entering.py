"""Entering a count: each of two people alone, blind of the other and of the register (keys-27)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from cstui.api import BadInput, Context, Refusal, Text, choice, half_width, utc
from cstui_keys.blocked import unless_in
from cstui_keys.counts.balance import balance, keys_of
from cstui_keys.counts.inputs import EnterNumbers
from cstui_keys.kinds import CountState, CustodyKind, LineState
from cstui_keys.models import Count, CountLine, CustodyEvent, Key

SETTLED = (LineState.AGREED, LineState.SHORT, LineState.SURPLUS)
"""States in which both have entered the same number."""
STILL = (CustodyKind.LABEL, CustodyKind.CUSTODIAN_CHANGE)
"""Events that leave a key where it is."""
MOST = 9999
_PARTED = re.compile(r"[,，、;；\s]+")
_PAIR = re.compile(r"(.+?)\s*[=＝]\s*(\d+)")
NUMBERS = ("registered", "present", "on_loan", "issued", "lost", "missing")
"""What a ring's line tells once both have entered the same number."""
_SAVED = ("state", "counter_said", "witness_said", "entered_at", "recounts", *NUMBERS)


async def enter(ctx: Context, count: Count, data: EnterNumbers) -> Text:
    """Enter the numbers of one side for rings it hasn't entered yet, in the sheet's order or by ring."""
    side = _side(ctx, count)
    lines = await CountLine.filter(count_id=count.id).order_by("id")
    waiting = [line for line in lines if _waits(line, side)]
    given = _pairs(count, data.numbers, {line.place: line for line in lines}, waiting)
    for line, _ in given:
        if not _waits(line, side):
            raise BadInput("keys.refusal.entered_already", field="numbers", value=line.place, rule="keys-27")
    return await _take(ctx, count, side, given, lines)


def expect(count: Count, state: CountState) -> None:
    """Refuse a count in another state."""
    if count.state is not state:
        raise Refusal(
            "keys.refusal.count_done", field="count", value=count.count_no, rule="keys-27",
            state=choice("keys", count.state),
        )  # fmt: skip


def _side(ctx: Context, count: Count) -> str:
    """The field of the number that the actor enters, as the counter or as the witness. Nobody else enters any."""
    expect(count, CountState.DRAFT)
    if ctx.actor.staff_id is not None and ctx.actor.staff_id == count.counted_by_id:
        return "counter_said"
    if ctx.actor.staff_id is not None and ctx.actor.staff_id == count.witness_id:
        return "witness_said"
    raise Refusal(
        "keys.refusal.not_of_count", field="count", value=count.count_no, rule="keys-27",
        counter=count.counted_by.name, witness=count.witness.name,
    )  # fmt: skip


def _waits(line: CountLine, side: str) -> bool:
    return line.state not in SETTLED and getattr(line, side) is None


def _pairs(
    count: Count, typed: str, places: dict[str, CountLine], waiting: Sequence[CountLine]
) -> list[tuple[CountLine, int]]:
    """The lines and numbers that were typed. No fault says a number: it would stand where the other one reads it."""
    parts = [part for part in _PARTED.split(re.sub(r"\s*[=＝]\s*", "=", str(half_width(typed)))) if part]
    if all(part.isdecimal() and int(part) <= MOST for part in parts):
        if len(parts) > len(waiting):
            raise BadInput("keys.refusal.too_many_numbers", field="numbers", value=len(parts), lines=len(waiting))
        return [(line, int(part)) for line, part in zip(waiting, parts, strict=False)]
    found: dict[str, tuple[CountLine, int]] = {}
    pairs = [_PAIR.fullmatch(part) for part in parts]
    for place, (part, pair) in enumerate(zip(parts, pairs, strict=True), 1):
        if pair is None and part.isdecimal() and any(pairs):
            raise BadInput("keys.refusal.numbers_mixed", field="numbers", value=place)
        if pair is None and part.isdecimal() and int(part) <= MOST:
            continue  # a plain number among plain numbers, one of which is none
        if pair is None or int(pair[2]) > MOST or pair[1] in found:
            raise BadInput("keys.refusal.not_a_number", field="numbers", value=place)
        if pair[1] not in places:
            raise BadInput("keys.refusal.not_on_sheet", field="numbers", value=pair[1], count=count.count_no)
        found[pair[1]] = (places[pair[1]], int(pair[2]))
    return list(found.values())


async def _take(
    ctx: Context, count: Count, side: str, given: Sequence[tuple[CountLine, int]], lines: Sequence[CountLine]
) -> Text:
    both = []
    for line, number in given:
        setattr(line, side, number)
        line.entered_at = line.entered_at or utc(ctx.now)
        if line.counter_said is None or line.witness_said is None:
            line.state = LineState.HALF
        else:
            both.append(line)
    keys = await keys_of(count, both)
    moved = await _moved(both, keys)
    for line in both:
        _settle(line, keys.get(line.id, []), line.id in moved)
    await CountLine.change([line for line, _ in given], _SAVED)
    left = [line.place for line in lines if _waits(line, side)]
    states = Counter(line.state for line in both)
    told = Text(
        "keys.done.count_entered_all", count=count.count_no, entered=len(given), agreed=states[LineState.AGREED],
        recount=states[LineState.RECOUNT], differ=states[LineState.SHORT] + states[LineState.SURPLUS],
    )  # fmt: skip
    return Text("keys.done.count_entered", **told.args, left=len(left), next=left[0]) if left else told


async def _moved(lines: Sequence[CountLine], keys: dict[int, list[Key]]) -> set[int]:
    """Lines whose keys came or went between the two entries: their numbers say nothing."""
    if not lines:
        return set()
    since = min(line.entered_at for line in lines if line.entered_at)
    events = CustodyEvent.filter(at__gt=since).exclude(kind__in=STILL)
    latest = dict(await events.order_by("id").values_list("key_id", "at"))
    return {
        line.id
        for line in lines
        if any(
            key.id in latest and line.entered_at and latest[key.id] > line.entered_at for key in keys.get(line.id, [])
        )
    }


def _settle(line: CountLine, keys: Sequence[Key], moved: bool) -> None:
    """Compare the two numbers, and with the register only where they agree."""
    first, second = line.counter_said, line.witness_said
    line.counter_said = line.witness_said = line.entered_at = None
    if first is None or first != second or moved:
        line.state = LineState.RECOUNT
        line.recounts += 1
        return
    found = balance((key.state for key in keys), first)
    line.registered, line.present, line.missing = found.registered, found.present, found.missing
    line.on_loan, line.issued, line.lost = found.on_loan, found.issued, found.lost
    line.state = (
        LineState.AGREED if not found.missing else LineState.SHORT if found.missing > 0 else LineState.SURPLUS
    )  # fmt: skip


async def enter_blocked(ctx: Context, count: Count) -> Text | None:
    if told := unless_in(count.state, [CountState.DRAFT]):
        return told
    if ctx.actor.staff_id not in (count.counted_by_id, count.witness_id) or ctx.actor.staff_id is None:
        return Text("keys.blocked.not_of_count")
    side = _side(ctx, count)
    waiting = await CountLine.filter(count_id=count.id, **{f"{side}__isnull": True}).exclude(state__in=SETTLED).exists()
    return None if waiting else Text("keys.blocked.all_entered")
