"""Counts of the sample department: last month's full count, daily spot counts, and what the last one found."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from cstui_keys.counts.balance import at_rest, keys_of
from cstui_keys.kinds import LineState
from cstui_keys.models import Building, Count, CountLine
from cstui_keys.stage import Moments

DAY = timedelta(days=1)


def moments(part: Any) -> Moments:
    """What happens on which day before the last ones."""
    today: date = part.stage.today
    month_end = today.replace(day=1) - DAY

    async def full() -> None:
        await _count(part, {"kind": "full"})

    async def spot() -> None:
        await _count(part, {"kind": "spot"})

    return [(month_end, "17:10", full), (today - 4 * DAY, "16:30", spot), (today - 3 * DAY, "16:30", spot)]


async def day_before(part: Any) -> None:
    await part.stage.at(part.stage.today - 2 * DAY, "16:30")
    await _count(part, {"kind": "spot"})


async def yesterday(part: Any) -> None:
    """A spot count that finds a key missing on one ring and one too many on another; a hand-over that begins."""
    stage, (counter, witness) = part.stage, (part.custodians[0], part.custodians[-1])
    await stage.at(stage.today - DAY, "16:20")
    await _count(part, {"kind": "spot"}, off=(-1, 0, 1))
    short = await CountLine.filter(state=LineState.SHORT).order_by("-id").first().select_related("count")
    if short:
        keys = at_rest((await keys_of(short.count, [short])).get(short.id, []))
        await stage.run("keys.count_missing", {"keys": [keys[0].tag_no]}, counter, target=[short.id])
        note = {"search_note": "已查对当日借用登记和工具间，未找到"}
        await stage.run("keys.count_search", note, witness, target=[short.id])
    await stage.at(stage.today - DAY, "16:50")
    if await Building.filter(block="7", custodian__login=counter).exists() and counter != witness:
        await stage.run("keys.change_custodian", {"custodian": witness}, target=["7"])


async def _count(part: Any, raw: dict[str, str], off: tuple[int, ...] = ()) -> None:
    """A count by the custodians, of what is really there; `off` is added to the first rings' numbers."""
    counter, witness = part.custodians[0], part.custodians[-1]
    if counter == witness:
        return
    outcome = await part.stage.run("keys.count_open", {**raw, "witness": witness}, counter)
    count = await Count.get(id=outcome.rows[0])
    lines = await CountLine.filter(count_id=count.id).order_by("id")
    keys = await keys_of(count, lines)
    there = [len(at_rest(keys.get(line.id, []))) for line in lines]
    most = sorted(range(len(there)), key=lambda at: -there[at])
    for at, more in zip(most, off, strict=False):
        there[at] += more
    for login in (counter, witness):
        for start in range(0, len(there), 500):
            numbers = " ".join(map(str, there[start : start + 500]))
            await part.stage.run("keys.count_enter", {"numbers": numbers}, login, target=[count.id])
    signers = {"counter": counter, "witness": witness, "signature_ref": f"清点表 {count.count_no}"}
    await part.stage.run("keys.count_sign", signers, counter, target=[count.id])
