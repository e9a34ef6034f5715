"""What becomes of a count: signed by both, its differences named, searched, reported, and in the end explained."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from cstui.api import BadInput, Context, Refusal, Text, choice, utc
from cstui_keys import custody
from cstui_keys.blocked import unless_in
from cstui_keys.counts.balance import at_rest, keys_of
from cstui_keys.counts.entering import NUMBERS, SETTLED, expect
from cstui_keys.counts.inputs import NameMissing, NoteSearch, Reconcile, ReportMissing, SignCount
from cstui_keys.kinds import GONE, CountKind, CountState, CustodyKind, Dept, KeyState, LineState, MissingState
from cstui_keys.labels import names
from cstui_keys.losses.acts import report_lost
from cstui_keys.losses.inputs import ReportLoss
from cstui_keys.models import Building, Count, CountLine, Key, MissingKey

DIFFERENT = (LineState.SHORT, LineState.SURPLUS)
GOING = (CountState.DRAFT, CountState.DIFFERENCES)
"""States of a count whose differences are still to be explained."""


async def sign(ctx: Context, count: Count, data: SignCount) -> Text:
    """Counter and witness sign. With the signatures under a hand-over its custodian changes (keys-28)."""
    expect(count, CountState.DRAFT)
    for name, given, due in (("counter", data.counter, count.counted_by), ("witness", data.witness, count.witness)):
        if given.id != due.id:
            raise BadInput("keys.refusal.other_signer", field=name, value=given.login, person=due.name)
    lines = await CountLine.filter(count_id=count.id)
    left = [line for line in lines if line.state not in SETTLED]
    if left:
        raise Refusal("keys.refusal.count_unsettled", field="count", value=count.count_no, rule="keys-27",
                      left=len(left), place=left[0].place)  # fmt: skip
    different = sum(line.state in DIFFERENT for line in lines)
    count.state = CountState.DIFFERENCES if different else CountState.SIGNED
    count.signed_at, count.signature_ref = utc(ctx.now), data.signature_ref
    await count.save()
    if count.kind is CountKind.HANDOVER:
        await _change_custodian(ctx, count)
    return Text(f"keys.done.count_{count.state.value}", count=count.count_no, rings=len(lines), differ=different)


async def _change_custodian(ctx: Context, count: Count) -> None:
    """The new custodian answers for the building from now on; each of its keys says so in its chain."""
    building = await Building.get(id=count.building_id)
    if building.custodian_id == count.custodian_id:
        return
    building.custodian_id = count.custodian_id
    await building.save(update_fields=["custodian_id"])
    keys = await Key.filter(
        space__building_id=building.id, custodian_dept=Dept.CUSTOMER_SERVICE
    ).exclude(state__in=(*GONE, KeyState.LOST, KeyState.ISSUED_TO_OWNER)).order_by("id")  # fmt: skip
    await custody.note(ctx, keys, CustodyKind.CUSTODIAN_CHANGE, count.count_no)
    await Key.change(keys, ("chain",))
    ctx.notes.append(Text("keys.note.custodian_changed", block=building.block, count=len(keys)))


async def sign_prefill(ctx: Context, counts: Sequence[Count]) -> Mapping[str, Any]:
    return {"counter": counts[0].counted_by.login, "witness": counts[0].witness.login}


async def sign_blocked(ctx: Context, count: Count) -> Text | None:
    if told := await draft_only(ctx, count):
        return told
    left = await CountLine.filter(count_id=count.id).exclude(state__in=SETTLED).count()
    return Text("keys.blocked.rings_left", left=left) if left else None


async def cancel(ctx: Context, count: Count, data: Reconcile) -> Text:
    """Give up a count that isn't signed, what it found being explained; a hand-over then doesn't take place."""
    expect(count, CountState.DRAFT)
    await _explained(ctx, count)
    count.state, count.conclusion = CountState.CANCELLED, data.conclusion
    await count.save()
    return Text("keys.done.count_cancelled", count=count.count_no)


async def draft_only(ctx: Context, count: Count) -> Text | None:
    return unless_in(count.state, [CountState.DRAFT])


async def named_missing(lines: Sequence[CountLine]) -> dict[int, list[MissingKey]]:
    """The keys that were named as missing, by the lines' ids, with what became of each."""
    named: dict[int, list[MissingKey]] = defaultdict(list)
    for one in await MissingKey.filter(line_id__in=[line.id for line in lines]).select_related("key").order_by("id"):
        named[one.line_id].append(one)
    return named


def still_missing(named: Sequence[MissingKey]) -> list[MissingKey]:
    """Those that were neither found nor reported lost."""
    return [
        one
        for one in named
        if one.state is MissingState.MISSING and one.key.state is not KeyState.LOST and one.key.state not in GONE
    ]


async def name_missing(ctx: Context, line: CountLine, data: NameMissing) -> Text:
    """Say which keys of a short ring are missing."""
    _short(line)
    here = {key.id for key in at_rest((await keys_of(line.count, [line])).get(line.id, []))}
    named = {one.key_id for one in await MissingKey.filter(line_id=line.id)}
    for key in data.keys:
        if key.id not in here:
            raise BadInput("keys.refusal.not_of_ring", field="keys", value=key.tag_no, place=line.place,
                           state=choice("keys", key.state))  # fmt: skip
        if key.id in named:
            raise BadInput("keys.refusal.named_already", field="keys", value=key.tag_no, place=line.place)
    keys = list({key.id: key for key in data.keys}.values())
    left = (line.missing or 0) - len(named)
    if len(keys) > left:
        raise BadInput("keys.refusal.too_many_missing", field="keys", value=names(keys), left=left, place=line.place)
    await MissingKey.insert(MissingKey(line_id=line.id, key_id=key.id, noticed_at=utc(ctx.now)) for key in keys)
    return Text("keys.done.missing_named", keys=names(keys), place=line.place, left=left - len(keys))


async def name_prefill(ctx: Context, lines: Sequence[CountLine]) -> Mapping[str, Any]:
    """All keys of the ring, where as many are missing."""
    keys = at_rest((await keys_of(lines[0].count, lines[:1])).get(lines[0].id, []))
    return {"keys": [key.tag_no for key in keys]} if len(keys) == lines[0].missing else {}


async def found(ctx: Context, line: CountLine, data: NameMissing) -> Text:
    """Keys that a count didn't find are there after all."""
    missing = {one.key_id: one for one in await _still_missing(line)}
    for key in data.keys:
        if key.id not in missing:
            raise BadInput("keys.refusal.not_missing", field="keys", value=key.tag_no, place=line.place)
    rows = [missing[key.id] for key in data.keys]
    for one in rows:
        one.state = MissingState.FOUND
    await MissingKey.change(rows, ("state",))
    return Text("keys.done.missing_found", keys=names(data.keys), place=line.place)


async def report_loss(ctx: Context, line: CountLine, data: ReportMissing) -> Text:
    """Report all named keys lost that weren't found; the time for the lock runs from now, once."""
    missing = await _still_missing(line)
    if not missing:
        raise Refusal("keys.refusal.nothing_missing", field="line", value=line.line_no, rule="keys-27")
    noticed = min(one.noticed_at for one in missing)
    return await report_lost(
        ctx, [one.key for one in missing], ReportLoss(circumstances=data.circumstances, noticed_at=noticed)
    )  # fmt: skip


async def _still_missing(line: CountLine) -> list[MissingKey]:
    return still_missing((await named_missing([line]))[line.id])


async def missing_prefill(ctx: Context, lines: Sequence[CountLine]) -> Mapping[str, Any]:
    return {"keys": [one.key.tag_no for one in await _still_missing(lines[0])]}


async def loss_prefill(ctx: Context, lines: Sequence[CountLine]) -> Mapping[str, Any]:
    line = lines[0]
    return {"circumstances": Text("keys.value.missed", count=line.count.count_no, place=line.place)}


async def note_search(ctx: Context, lines: Sequence[CountLine], data: NoteSearch) -> Text:
    """Say what the search after a difference brought to light."""
    for line in lines:
        _different(line)
        line.search_note, line.searched_by = data.search_note, ctx.actor.login
    await CountLine.change(lines, ("search_note", "searched_by"))
    return Text("keys.done.search_noted", place=lines[0].place)


async def recount(ctx: Context, lines: Sequence[CountLine], data: None) -> Text:
    """Count rings once more, both of them blind as before; what was named missing or searched for is dropped."""
    for line in lines:
        _different(line)
        line.state, line.recounts = LineState.RECOUNT, line.recounts + 1
        line.registered = line.present = line.on_loan = line.issued = line.lost = line.missing = None
        line.search_note = line.searched_by = ""
    await MissingKey.filter(line_id__in=[line.id for line in lines]).delete()
    await CountLine.change(lines, ("state", "recounts", *NUMBERS, "search_note", "searched_by"))
    counts = list({line.count_id: line.count for line in lines}.values())
    for count in counts:
        count.state = CountState.DRAFT
    await Count.change(counts, ("state",))
    return Text("keys.done.recount", places="、".join(line.place for line in lines))


async def reconcile(ctx: Context, count: Count, data: Reconcile) -> Text:
    """All differences of a signed count are explained: each key found or reported lost, each surplus searched."""
    expect(count, CountState.DIFFERENCES)
    await _explained(ctx, count)
    count.state, count.conclusion = CountState.RECONCILED, data.conclusion
    await count.save()
    return Text("keys.done.reconciled", count=count.count_no)


async def _explained(ctx: Context, count: Count) -> None:
    """Refuse an end of a count while a difference that it found isn't explained."""
    lines = await CountLine.filter(count_id=count.id, state__in=DIFFERENT).order_by("id")
    named = await named_missing(lines)
    for line in lines:
        ctx.rule("keys-27").forbid(
            not is_explained(line, named[line.id]),
            "keys.refusal.unexplained", field="count", value=count.count_no, place=line.place,
        )  # fmt: skip


def is_explained(line: CountLine, named: Sequence[MissingKey]) -> bool:
    """A surplus once its search is noted; a shortage once each key is named, and found or reported lost."""
    if line.state is LineState.SURPLUS:
        return bool(line.search_note)
    return len(named) == line.missing and not still_missing(named)


async def reconcile_blocked(ctx: Context, count: Count) -> Text | None:
    return unless_in(count.state, [CountState.DIFFERENCES])


def _different(line: CountLine) -> None:
    if line.state not in DIFFERENT or line.count.state not in GOING:
        raise Refusal("keys.refusal.no_difference", field="line", value=line.line_no, rule="keys-27",
                      state=choice("keys", line.state))  # fmt: skip


def _short(line: CountLine) -> None:
    _different(line)
    if line.state is not LineState.SHORT:
        raise Refusal("keys.refusal.no_difference", field="line", value=line.line_no, rule="keys-27",
                      state=choice("keys", line.state))  # fmt: skip


async def different_only(ctx: Context, line: CountLine) -> Text | None:
    return unless_in(line.state, DIFFERENT) or unless_in(line.count.state, GOING)


async def short_only(ctx: Context, line: CountLine) -> Text | None:
    if line.state is LineState.SURPLUS:
        return Text("keys.blocked.nothing_missing")
    return await different_only(ctx, line)


async def named_only(ctx: Context, line: CountLine) -> Text | None:
    return await short_only(ctx, line) or (
        None if await _still_missing(line) else Text("keys.blocked.nothing_named")
    )  # fmt: skip
