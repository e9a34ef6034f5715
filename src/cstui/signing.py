"""Signatures by PIN: verified before the act, and rate-limited whether or not the act comes about."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from cstui.contract.action import Action, Signature
from cstui.contract.errors import BadInput, NotPermitted
from cstui.naming import Finder
from cstui.store.models import State

if TYPE_CHECKING:
    from cstui.host import Host

TRIES = 5
PAUSE = timedelta(minutes=15)


async def verify(host: Host, action: Action, raw: Mapping[str, Any]) -> None:
    """Check every signature an action declares against the PIN its signer has set.

    A signer without a PIN signs on paper (the one who acts attests it). Raises BadInput for a missing or wrong PIN,
    NotPermitted while the signer is locked out after too many wrong ones.
    """
    for signature in action.signatures:
        if raw.get(signature.person):
            await _verify_one(host, signature, raw)


async def _verify_one(host: Host, signature: Signature, raw: Mapping[str, Any]) -> None:
    from cstui.people import has_pin, verify_pin

    ctx = await host.context(await host.actor(""))
    if signature.rule and not ctx.rule(signature.rule).on:
        return
    person = raw[signature.person]
    if isinstance(person, str | int):
        named = f"#{person}" if isinstance(person, int) else person
        person = await Finder(host, ctx).find("people.staff", named, signature.person)
    pin = raw.get(signature.pin)
    if not await has_pin(person.pk):
        if pin:
            raise BadInput("engine.pin_not_set", field=signature.pin, person=person.name)
        return
    if not pin:
        raise BadInput("engine.pin_needed", field=signature.pin, person=person.name, rule=signature.rule)
    kept = await State.filter(login=person.login, name="pin").first()
    state: dict[str, Any] = json.loads(kept.value) if kept else {"wrong": 0, "until": ""}
    if state["until"] and datetime.fromisoformat(state["until"]) > ctx.now:
        raise NotPermitted(
            "engine.pin_locked", field=signature.pin, person=person.name, until=datetime.fromisoformat(state["until"])
        )
    right = await verify_pin(person, str(pin))
    wrong = 0 if right else state["wrong"] + 1
    until = (ctx.now + PAUSE).isoformat() if wrong and wrong % TRIES == 0 else ""
    if wrong or state["wrong"]:
        await State.update_or_create(
            {"value": json.dumps({"wrong": wrong, "until": until})}, login=person.login, name="pin"
        )
    if not right:
        raise BadInput("engine.pin_wrong", field=signature.pin, person=person.name)
