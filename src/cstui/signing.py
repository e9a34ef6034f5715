"""PINs: a signature is verified before the act. Tries are counted whether or not the act comes about."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from cstui.contract.action import Action, Signature
from cstui.contract.context import Actor
from cstui.contract.errors import BadInput, NotPermitted, StoreFault
from cstui.naming import Finder
from cstui.store.models import State

if TYPE_CHECKING:
    from cstui.host import Host
    from cstui.people.models import Pin, Staff

TRIES = 5
PAUSE, LONGEST = timedelta(minutes=15), timedelta(days=1)
"""No PIN is taken for so long after so many wrong tries; after as many more for twice as long, at most the longest."""


async def verify(host: Host, action: Action, raw: Mapping[str, Any], actor: Actor) -> None:
    """Check every signature an action declares against the PIN its signer has set.

    A signer without a PIN signs on paper (the one who acts attests it). Raises BadInput for a missing or wrong PIN,
    NotPermitted while the signer is locked out after too many wrong ones, StoreFault where a try couldn't be counted.
    """
    if action.signatures and host.store.read_only:
        raise StoreFault(host.store.read_only, value=host.store.place)
    for signature in action.signatures:
        person = raw.get(signature.person) if signature.person else actor.staff_id
        if person:
            await _verify_one(host, signature, person, raw.get(signature.pin))


async def _verify_one(host: Host, signature: Signature, person: Any, pin: Any) -> None:
    from cstui.people import pin_of

    ctx = await host.context(await host.actor(""))
    if signature.rule and not ctx.rule(signature.rule).on:
        return
    if isinstance(person, str | int):
        named = f"#{person}" if isinstance(person, int) else person
        person = await Finder(host, ctx).find("people.staff", named, signature.person)
    if pin:
        await prove(host, person, str(pin), signature.pin)
    elif await pin_of(person.pk):
        raise BadInput("engine.pin_needed", field=signature.pin, person=person.name, rule=signature.rule)


async def prove(host: Host, person: Staff, pin: str, field: str = "pin") -> None:
    """See that this is the person's PIN. Raises BadInput where it isn't, NotPermitted after too many wrong ones.

    A try is counted before it is looked at: neither many at once nor a kill has one for nothing.
    """
    from cstui.people import fits, pin_of

    kept = await pin_of(person.pk)
    if kept is None:
        raise BadInput("engine.pin_not_set", field=field, person=person.name)
    until = None if host.store.read_only else await _count(host, person, kept, field)
    if not await asyncio.to_thread(fits, kept, pin):
        raise _locked(person, field, until) if until else BadInput("engine.pin_wrong", field=field, person=person.name)
    if not host.store.read_only:
        async with host.store.transaction():
            await State.filter(login=person.login, name="pin").delete()


async def _count(host: Host, person: Staff, kept: Pin, field: str) -> datetime | None:
    """Count a try; answers until when no other is taken if it is wrong. Raises NotPermitted where none is taken now."""
    now = host.clock()
    async with host.store.transaction():
        row = await State.filter(login=person.login, name="pin").first()
        state: dict[str, Any] = json.loads(row.value) if row else {}
        if state.get("pin") != kept.pk:  # it was cleared and set anew since
            state = {"pin": kept.pk, "wrong": 0, "until": ""}
        if state["until"] and datetime.fromisoformat(state["until"]) > now:
            raise _locked(person, field, datetime.fromisoformat(state["until"]))
        times, rest = divmod(state["wrong"] + 1, TRIES)
        until = None if rest else now + min(PAUSE * 2 ** min(times - 1, 10), LONGEST)
        state |= {"wrong": state["wrong"] + 1, "until": until.isoformat() if until else ""}
        await State.update_or_create({"value": json.dumps(state)}, login=person.login, name="pin")
    return until


def _locked(person: Staff, field: str, until: datetime) -> NotPermitted:
    return NotPermitted("engine.pin_locked", field=field, person=person.name, until=until)
