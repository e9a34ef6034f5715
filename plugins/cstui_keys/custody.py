"""The chain of custody: the only place where a key changes its holder, one event in the same act."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from tortoise.expressions import F

from cstui.api import Context, utc
from cstui.people import Staff
from cstui_keys.kinds import HELD_BY_OFFICE, CustodyKind, HolderKind, KeyState, MissingState
from cstui_keys.models import CustodyEvent, Key, MissingKey


@dataclass(frozen=True, slots=True)
class Holder:
    """Who a key goes to: a department's cabinet, a person, the owner, or nobody (lost, written off)."""

    kind: HolderKind
    person: Staff | None = None


CABINET = Holder(HolderKind.CABINET)
NOBODY = Holder(HolderKind.NONE)
IN_HAND = (CustodyKind.LOAN_OUT, CustodyKind.LOAN_BACK, CustodyKind.ISSUE, CustodyKind.RETURN, CustodyKind.FIND)
"""Events at which a key that was on the register already lies on the desk."""


def at_rest(key: Key) -> KeyState:
    """The state of a key in its cabinet: received until labelled, in custody once it hangs on its ring."""
    if not key.labelled:
        return KeyState.RECEIVED
    return KeyState.IN_CUSTODY if key.ring_id else KeyState.LABELLED


async def move(
    ctx: Context, keys: Sequence[Key], kind: CustodyKind, to: Holder, state: KeyState | None = None,
    ref: str | Sequence[str] = "",
) -> None:  # fmt: skip
    """Give keys to a holder. They come to rest in their cabinet where no `state` is told; `ref` for all or for each."""
    logins = {staff.id: staff.login for staff in await Staff.filter(id__in=_holders(keys))}
    before = [holder_text(key, logins) for key in keys]
    for key in keys:
        key.holder_kind = to.kind
        key.holder_id = to.person.id if to.person else None
        key.state = state or at_rest(key)
    if to.person:
        logins[to.person.id] = to.person.login
    await record(ctx, keys, kind, before, [holder_text(key, logins) for key in keys], ref)
    await Key.change(keys, ("holder_kind", "holder_id", "state", "custodian_dept", "chain"))
    if kind in IN_HAND:
        await _turned_up(keys)


async def _turned_up(keys: Sequence[Key]) -> None:
    """Whatever a count didn't find and somebody has in hand now is found."""
    named = await MissingKey.filter(key_id__in=[key.id for key in keys], state=MissingState.MISSING)
    for one in named:
        one.state = MissingState.FOUND
    await MissingKey.change(named, ("state",))


async def note(ctx: Context, keys: Sequence[Key], kind: CustodyKind, ref: str = "") -> None:
    """Write an event that leaves the keys with their holders; the caller saves the keys' `chain`."""
    logins = {staff.id: staff.login for staff in await Staff.filter(id__in=_holders(keys))}
    held = [holder_text(key, logins) for key in keys]
    await record(ctx, keys, kind, held, held, ref)


async def mark_labelled(ctx: Context, keys: Sequence[Key]) -> None:
    """Keys bear their label from now on (keys-12); one event each in the chain."""
    for key in keys:
        key.labelled = True
        key.state = at_rest(key) if key.state in HELD_BY_OFFICE else key.state
    await note(ctx, keys, CustodyKind.LABEL)
    await Key.change(keys, ("labelled", "state", "chain"))


async def record(
    ctx: Context, keys: Sequence[Key], kind: CustodyKind, before: Sequence[str], after: Sequence[str],
    ref: str | Sequence[str] = "",
) -> None:  # fmt: skip
    """Write one event a key and move its `chain` on; the caller saves the keys."""
    refs = [ref] * len(keys) if isinstance(ref, str) else ref
    events = []
    for key, from_holder, to_holder, record_ref in zip(keys, before, after, refs, strict=True):
        event = CustodyEvent(
            key_id=key.id,
            at=utc(ctx.now),
            kind=kind,
            from_holder=from_holder,
            to_holder=to_holder,
            record_ref=record_ref,
            by=ctx.actor.login,
            prev_hash=key.chain,
        )
        key.chain = event.hash = event_hash(event)
        events.append(event)
    await CustodyEvent.insert(events)


def _holders(keys: Sequence[Key]) -> set[int]:
    return {key.holder_id for key in keys if key.holder_id is not None}


def holder_text(key: Key, logins: dict[int, str]) -> str:
    """A holder as the chain writes it: "cabinet:engineering", "person:wang.fang", "owner", "none"."""
    if key.holder_kind is HolderKind.CABINET:
        return f"cabinet:{key.custodian_dept.value}"
    if key.holder_kind is HolderKind.PERSON:
        return f"person:{logins[key.holder_id or 0]}"
    return str(key.holder_kind.value)


def event_hash(event: CustodyEvent) -> str:
    """SHA-256 over an event and the hash of the event before it of the same key."""
    parts = [
        event.key_id, utc(event.at).isoformat(), CustodyKind(event.kind).value, event.from_holder, event.to_holder,
        event.record_ref, event.by, event.prev_hash,
    ]  # fmt: skip
    return sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()


def broken(events: Iterable[CustodyEvent], chains: dict[int, str], whole: bool) -> set[int]:
    """Ids of keys whose chain doesn't hold. `events` in the order of their ids; `chains` are the keys' heads.

    `whole`: the events are all of their keys', so the first one must have nothing before it.
    """
    heads: dict[int, str] = {}
    faulty: set[int] = set()
    for event in events:
        before = heads.get(event.key_id, "" if whole else event.prev_hash)
        if event.prev_hash != before or event.hash != event_hash(event):
            faulty.add(event.key_id)
        heads[event.key_id] = event.hash
    return faulty | {key for key, head in chains.items() if heads.get(key, "") != head}


async def verify(ctx: Context, newest: int | None = None) -> set[int]:
    """Ids of keys whose chain is broken: of all keys, or only what the `newest` events show."""
    if newest is None:
        events = await CustodyEvent.all().order_by("id")
        chains = dict(await Key.all().values_list("id", "chain"))
        return broken(events, chains, whole=True)
    last: list[Any] = await CustodyEvent.all().annotate(head=F("key__chain")).order_by("-id").limit(newest)
    return broken(reversed(last), {event.key_id: event.head for event in last}, whole=False)
