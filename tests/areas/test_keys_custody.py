"""Whatever is done, a key has exactly one holder, and the chain of custody tells every change of it."""

from __future__ import annotations

from datetime import timedelta
from random import Random
from typing import Any

import pytest

from cstui.contract.errors import Fault
from cstui_keys import custody
from cstui_keys.kinds import HolderKind, KeyState
from cstui_keys.models import CustodyEvent, Key, LoanLine

TAGS = [f"K{number}" for number in range(4)]
ACTS: list[tuple[str, dict[str, Any]]] = [
    ("keys.lend", {"borrower": "wang.fang", "work_reason": "repair", "consent_ref": "call"}),
    ("keys.lend", {"borrower": "li.na", "work_reason": "repair", "consent_ref": "call"}),
    ("keys.return", {"condition": "ok"}),
    ("keys.return", {"condition": "ok"}),
    ("keys.label", {}),
    ("keys.group", {}),
    ("keys.report_lost", {"circumstances": "gone"}),
    ("keys.found", {}),
    ("keys.hand_over_equipment", {"receiver": "wang.fang"}),
    ("keys.extend", {"due_at": "23:00", "reason": "not done"}),
]


@pytest.mark.parametrize("seed", range(6))
async def test_one_holder_at_every_instant_through_random_histories(host: Any, run: Any, seed: int) -> None:
    random = Random(seed)
    for number, login in enumerate(("wang.fang", "li.na")):
        await run("people.enrol", {"number": f"{number}", "login": login, "name": login, "department": "engineering"})
    for number, tag in enumerate(TAGS):
        place = (
            {"space_kind": "equipment_room", "equipment_room_name": f"room {number}", "door_kind": "equipment_room"}
            if number % 2
            else {"space_kind": "owner_unit", "floor": "1", "room": f"0{number}", "door_kind": "unit_door"}
        )
        await run("keys.register", {"tag_no": tag, "block": "3", "labelled": number < 3, **place})
    done = 0
    start = host.clock()
    for step in range(120):
        moment = start + timedelta(minutes=3 * step)
        host.clock = lambda moment=moment: moment
        action, raw = random.choice(ACTS)
        before = await host.call(_state())
        target = random.sample(TAGS, random.choice((1, 1, 1, 2)))
        try:
            await run(action, raw, target=target)
            done += 1
        except Fault:
            assert await host.call(_state()) == before  # a refused act leaves nothing behind
        await host.call(_check())
    assert done > 10


async def _state() -> list[tuple[Any, ...]]:
    keys = await Key.all().order_by("id").values_list("state", "holder_kind", "holder_id", "chain", "version")
    return [*keys, (await CustodyEvent.all().count(),)]


async def _check() -> None:
    for key in await Key.all().select_related("holder"):
        events = await CustodyEvent.filter(key_id=key.id).order_by("id")
        logins = {key.holder.id: key.holder.login} if key.holder else {}
        assert (key.holder_kind is HolderKind.PERSON) == (key.holder is not None)
        assert events[-1].to_holder == custody.holder_text(key, logins)
        assert [event.from_holder for event in events] == ["none", *(event.to_holder for event in events[:-1])]
        open_lines = await LoanLine.filter(key_id=key.id, back_at__isnull=True).select_related("loan")
        assert len(open_lines) == (key.state is KeyState.ON_LOAN)
        assert all(line.loan.borrower_id == key.holder_id for line in open_lines)
        assert not custody.broken(events, {key.id: key.chain}, whole=True)
