"""Random histories of every act on keys: one holder at every instant, no step outside the table, nothing unaccounted.

The acts are drawn by a seed from those that aren't dimmed, seldom done ones first: hypothesis' own draws came back to
few acts of many.
"""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from itertools import pairwise
from random import Random
from typing import Any

import pytest
from conftest import NOW

from cstui import engine, registers
from cstui.contract.context import SYSTEM
from cstui.contract.errors import Fault
from cstui.host import Host
from cstui_keys import custody
from cstui_keys.kinds import GONE, HELD_BY_OFFICE, TRANSITIONS, CopyState, HolderKind, KeyState
from cstui_keys.models import CustodyEvent, IssuedKey, Key, KeyDuplication, LoanLine, OwnerKeyIssue

PEOPLE = (
    ("zhang.wei", "customer_service", ""), ("zhou.hua", "customer_service", "supervisor"),
    ("sun.li", "engineering", "engineering_supervisor"),
)  # fmt: skip
TAGS = ("G1", "G2", "B1", "P1", "S1")
UNIT = {"block": "3", "space_kind": "owner_unit", "unit": "2", "floor": "15", "room": "02"}
KEYS = (
    {"tag_no": "G1", "door_kind": "security_gate", "labelled": True, "ring": "U", **UNIT},
    {"tag_no": "G2", "door_kind": "security_gate", "copy_no": "2", "labelled": True, "ring": "U", **UNIT},
    {"tag_no": "B1", "door_kind": "letter_box", **UNIT},
    {"tag_no": "P1", "block": "3", "space_kind": "public_door_window", "floor": "1", "door_kind": "unit_door",
     "labelled": True},
    {"tag_no": "S1", "block": "3", "space_kind": "equipment_room", "equipment_room_name": "水泵房",
     "door_kind": "equipment_room", "labelled": True, "ring": "S"},
)  # fmt: skip
WORK = {"work_reason": "repair W-1182", "consent_ref": "call"}
ON_KEYS: tuple[tuple[str, dict[str, str]], ...] = (
    ("keys.lend", {"borrower": "sun.li", "due_at": "22:00", **WORK}), ("keys.lend", {"borrower": "zhang.wei", **WORK}),
    ("keys.return", {"condition": "ok"}), ("keys.extend", {"due_at": "23:30", "reason": "not done"}),
    ("keys.remind", {}), ("keys.label", {}), ("keys.group", {}), ("keys.report_lost", {"circumstances": "gone"}),
    ("keys.found", {}), ("keys.lock_changed", {"conclusion": "new"}), ("keys.waive_lock", {"reason": "never locked"}),
    ("keys.hand_over_equipment", {"receiver": "sun.li"}), ("keys.destroy", {"reason": "worn", "witness": "sun.li"}),
    ("keys.reject", {"reason": "unfit"}), ("keys.request_copies", {"reason": "spare", "consent_ref": "letter"}),
    ("keys.take_back", {"reason": "moved out", "condition": "ok"}),
    ("keys.take_back", {"reason": "moved", "condition": "ok", "label_on": "no"}),
)  # fmt: skip
ENDS = ("keys.destroy", "keys.reject", "keys.lock_changed")
SEEN = {"id_card": "2217", "move_in_notice": "RZ-1", "checked_by": "zhang.wei"}
AT_COUNTER: tuple[tuple[str, dict[str, str]], ...] = (
    ("keys.verify_owner", SEEN), ("keys.sign_issue", {"signature_ref": "p. 12"}), ("keys.close_issue", {"archive_ref": "A"}),
    ("keys.refuse_issue", {"reason": "not the owner"}),
)  # fmt: skip
AT_LOCKSMITH: tuple[tuple[str, dict[str, str]], ...] = (
    ("keys.receive_copies", {"received": "1", "made_by": "smith"}),
    ("keys.receive_copies", {"received": "3", "made_by": "smith"}), ("keys.keep_surplus", {"reason": "needed"}),
    ("keys.destroy_surplus", {"witness": "sun.li", "reason": "filed off"}), ("keys.close_copies", {"remark": "done"}),
    ("keys.lapse_copies", {"reason": "no more"}),
)  # fmt: skip


SAY = {"note": "so be it"}
IN_THE_INBOX: tuple[tuple[str, dict[str, str]], ...] = (("approvals.approve", SAY), ("approvals.refuse", SAY))
OFFERED = {
    "keys.keys": (("zhang.wei", ON_KEYS),),
    "keys.issues": (("zhang.wei", AT_COUNTER),),
    "keys.duplications": (("zhang.wei", AT_LOCKSMITH),),
    "approvals.requests": (("sun.li", IN_THE_INBOX), ("zhou.hua", IN_THE_INBOX)),
}


class History:
    """Acts through the one door, and the account after each of them."""

    def __init__(self, host: Host, seed: int) -> None:
        self.host, self.random = host, Random(seed)
        self.states: dict[int, KeyState] = {}
        self.done: Counter[str] = Counter()
        self.minutes = 0
        host.clock = lambda: NOW + timedelta(minutes=self.minutes)

    async def begin(self) -> None:
        for number, (login, department, role) in enumerate(PEOPLE):
            raw = {"number": f"{number}", "login": login, "name": login, "department": department, "role": "admin"}
            await self.act("people.enrol", raw, (), "")
            if role:
                await self.act("people.grant_role", {"role": role}, [login], "")
        for key in KEYS:
            await self.act("keys.register", key)

    async def act(self, action: str, raw: dict[str, Any], target: Any = (), login: str = "zhang.wei") -> None:
        actor = await self.host.actor(login) if login else SYSTEM
        await engine.run(self.host, action, raw, actor, target=target)
        self.done[action] += 1

    async def attempt(self, action: str, raw: dict[str, Any], target: Any = (), login: str = "zhang.wei") -> bool:
        """Whether the act came about; a refused one must leave everything as it was."""
        self.minutes += 3
        before = await _picture()
        try:
            await self.act(action, raw, target, login)
        except Fault:
            assert await _picture() == before
            return False
        finally:
            await self._check()
        return True

    async def step(self) -> None:
        register = self.random.choice((*["keys.keys"] * 3, *[*OFFERED] * 2, "several", "register", "issue"))
        if register == "issue":
            await self.attempt("keys.issue", self.issue(), ["3-2 1502"])
        elif register == "register":  # a correction moves a key to another unit, or labels it
            await self.attempt(
                "keys.register", {**KEYS[2], "room": self.random.choice(("02", "03")), "labelled": "yes"}
            )
            await self.attempt("keys.label", {}, TAGS[:2])
        elif register == "several":
            action, raw = self.random.choice(ON_KEYS)
            await self.attempt(action, raw, self.random.sample(TAGS, 2))
        else:
            offered, dimmed = await self._sorted_out(register)
            if dimmed and self.random.random() < 0.25:
                one = self.random.choice(dimmed)
                assert not await self.attempt(*one), f"{one} was dimmed"
            if offered:
                await self.attempt(*min(offered, key=lambda one: (self.done[one[0]], self.random.random())))

    def issue(self) -> dict[str, str]:
        raw = {"owner_name": "周", "security_gate": self.random.choice("112"), "letter_box": self.random.choice("01")}
        raw |= self.random.choice((SEEN, {}))
        return raw | self.random.choice(({"signature_ref": "p. 12"}, {}))

    async def _sorted_out(self, register: str) -> tuple[list[Any], list[Any]]:
        """Acts on some row of a register, by whether they are dimmed for who would do them."""
        offered: list[Any] = []
        dimmed: list[Any] = []
        ctx = await self.host.context(SYSTEM)
        rows = (
            await registers.base_query(ctx, self.host.registers[register])
            .order_by("-id")
            .limit(8 if register == "keys.keys" else 2)
        )
        for row in self.random.sample(rows, min(1, len(rows))):
            for login, acts in OFFERED[register]:
                ctx = await self.host.context(await self.host.actor(login))
                for action, raw in acts:
                    why_not = self.host.actions[action].blocked
                    seldom = action in ENDS and self.random.random() < 0.7
                    if why_not and await why_not(ctx, row):
                        dimmed.append((action, raw, [row.id], login))
                    elif not seldom:
                        offered.append((action, raw, [row.id], login))
        return offered, dimmed

    async def _check(self) -> None:
        keys = await Key.all().select_related("holder")
        lent = {line.key_id: line.loan.borrower_id for line in await _open(LoanLine, "back_at").select_related("loan")}
        issued = [line.key_id for line in await _open(IssuedKey, "until")]
        assert len(issued) == len(set(issued))
        balance = dict.fromkeys(("present", "on loan", "issued", "lost"), 0)
        for key in keys:
            await self._check_key(key)
            assert lent.get(key.id) == (key.holder_id if key.state is KeyState.ON_LOAN else None)
            assert (key.id in issued) == (key.state is KeyState.ISSUED_TO_OWNER)
            balance["present"] += key.state in HELD_BY_OFFICE
            balance["on loan"] += key.state is KeyState.ON_LOAN
            balance["issued"] += key.state is KeyState.ISSUED_TO_OWNER
            balance["lost"] += key.state is KeyState.LOST
        assert sum(balance.values()) == sum(key.state not in GONE for key in keys)
        for copies in await KeyDuplication.all():
            made = await CustodyEvent.filter(record_ref=copies.duplication_no).count()
            assert made == copies.registered <= copies.copies
            assert copies.surplus >= 0 <= copies.missing
            settled = copies.state in {CopyState.TAGGED, CopyState.CLOSED}
            assert not (settled and copies.surplus) and not (copies.state is CopyState.TAGGED and copies.missing)

    async def _check_key(self, key: Key) -> None:
        before = self.states.get(key.id, key.state)
        assert key.state is before or key.state in TRANSITIONS[before], f"{key.tag_no}: {before} to {key.state}"
        self.states[key.id] = key.state
        holder = {KeyState.ON_LOAN: HolderKind.PERSON, KeyState.ISSUED_TO_OWNER: HolderKind.OWNER,
                  KeyState.LOST: HolderKind.NONE, **dict.fromkeys(GONE, HolderKind.NONE)}  # fmt: skip
        assert key.holder_kind is holder.get(key.state, HolderKind.CABINET)
        assert (key.holder is not None) == (key.holder_kind is HolderKind.PERSON)
        if key.holder_kind is HolderKind.CABINET:
            assert key.state is custody.at_rest(key)
        events = await CustodyEvent.filter(key_id=key.id).order_by("id")
        assert events[0].from_holder == "none"
        assert all(one.to_holder == following.from_holder for one, following in pairwise(events))
        logins = {key.holder.id: key.holder.login} if key.holder else {}
        assert events[-1].to_holder == custody.holder_text(key, logins)
        assert not custody.broken(events, {key.id: key.chain}, whole=True)


def _open(model: Any, ended: str) -> Any:
    return model.filter(**{f"{ended}__isnull": True})


async def _picture() -> list[Any]:
    """Everything that a refused act must leave alone."""
    keys = await Key.all().order_by("id").values_list("state", "holder_kind", "holder_id", "chain", "version")
    forms = [
        await model.all().order_by("id").values_list("state", "version") for model in (OwnerKeyIssue, KeyDuplication)
    ]
    return [*keys, *forms, await CustodyEvent.all().count(), await LoanLine.all().count()]


DONE: set[str] = set()
"""Acts that came about in some history."""


@pytest.mark.parametrize("seed", range(4))
async def test_whatever_is_done_every_key_has_one_holder_and_a_whole_history(host: Host, seed: int) -> None:
    history = History(host, seed)

    async def live() -> None:
        await history.begin()
        for _ in range(150):
            await history.step()

    await host.call(live())
    DONE.update(history.done)


def test_every_act_came_about_in_some_history() -> None:
    acts = {action for action, _ in (*ON_KEYS, *AT_COUNTER, *AT_LOCKSMITH, *IN_THE_INBOX)} | {"keys.issue"}
    if DONE:  # where the histories weren't left out
        assert acts - DONE == set()
