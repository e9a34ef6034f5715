"""The site itself: its store made, brought up to date, ticked, copied, put back."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cstui.contract.errors import BadInput, NotPermitted, StoreFault

if TYPE_CHECKING:
    from cstui.cli.call import Call
    from cstui.contract.context import Actor
    from cstui.host import Host

LOGIN = re.compile(r"[a-z_][a-z0-9_.-]{0,31}")


def init(call: Call) -> int:
    """`cstui init --admin LOGIN`: the store beside config.toml, the rules' figures, the first administrator."""
    from cstui import identity
    from cstui.cli.call import until_signal
    from cstui.demo import begin
    from cstui.host import Host

    admin = checked_login(call.given["admin"])
    _config(call)
    store = call.settings.store_file
    if store and store.exists():
        raise StoreFault("cli.config.exists", value=str(store))

    async def act() -> int:
        async with Host.open(call.config_path, safe=call.safe, create=True) as host:
            call.talk.words = host.words
            await begin(host, admin)
            done = call.talk.say("cli.site.created", store=host.store.place, admin=admin)
            if call.talk.json:
                call.talk.document({"store": host.store.place, "admin": admin})
            else:
                call.talk.data(done)
            if admin != identity.account():
                call.talk.tell(call.talk.say("cli.site.not_service", admin=admin, account=identity.account()))
        return 0

    try:
        return until_signal(act())
    except BaseException:
        if store:  # it was made just now, and isn't whole
            for name in (store.name, f"{store.name}-wal", f"{store.name}-shm"):
                store.with_name(name).unlink(missing_ok=True)
        raise


def _config(call: Call) -> None:
    """The config in use; where there is none yet, one to begin with, here or where --config says."""
    from cstui.cli.call import find_config
    from cstui.cli.exporting import save
    from cstui.sample import config_text

    try:
        find_config(call.config)
    except StoreFault as fault:
        if fault.text.id == "cli.config.not_yours":
            raise
        path = Path(call.config or "config.toml").absolute()
        save(path, config_text().encode())
        call.config = str(path)
        call.talk.tell(call.talk.say("cli.site.config_made", file=str(path)))


def checked_login(login: str) -> str:
    """A login as systems spell it. Raises BadInput."""
    if not LOGIN.fullmatch(login):
        raise BadInput("cli.site.no_login", value=login)
    return login


def migrate(call: Call) -> int:
    """`cstui migrate`: opening brings an older store up to date, with a copy kept beside it."""

    async def act(host: Host, actor: Actor) -> int:
        if call.talk.json:
            call.talk.document({"store": host.store.place, "read_only": host.store.read_only})
        else:
            call.talk.data(call.talk.say("cli.site.migrated"))
        return 0

    return call.on_host(act)


def tick(call: Call) -> int:
    """`cstui tick`, for a timer: write what has to be written, say what is critical, send the digest."""

    async def act(host: Host, actor: Actor) -> int:
        from cstui import engine, review
        from cstui.contract.context import SYSTEM
        from cstui.review.digest import send

        operate(call, actor, "site.tick")
        talk = call.talk
        written = []
        for action in host.actions.values():
            if action.name == "tick":
                outcome = await engine.run(host, action.id, {}, SYSTEM)
                if outcome.text:
                    written.append(talk.say(outcome.text))
        await remember(host, "tick")
        today = await review.collect(host, SYSTEM)
        critical = [matter.item for matter in today.matters if matter.item.severity == "critical"]
        zone = host.zone
        failed: StoreFault | None = None
        sent = 0
        try:
            sent = await send(host, today)
        except StoreFault as fault:  # what is critical is told all the same
            failed = fault
        if talk.json:
            told = {"sent": sent, "failed": talk.fault_dict(failed) if failed else None}
            talk.document(
                {
                    "day": today.day,
                    "written": written,
                    "critical": [
                        {"id": item.id, "area": item.area, "title": talk.say(item.title, zone=zone)}
                        for item in critical
                    ],
                    "unknown": [area for area, _ in today.unknown],
                }
                | ({"digest": told} if host.settings.digest.command else {})
            )
            return failed.code if failed else 0
        for line in written:
            talk.tell(talk.say("cli.site.ticked", text=line))
        for item in critical:
            state = talk.say(item.state, zone=zone) if item.state else ""
            talk.data(
                "  ".join(
                    part
                    for part in (talk.say(f"{item.area}.title"), talk.say(item.title, zone=zone), item.person, state)
                    if part
                )
            )
        if not critical:
            talk.tell(talk.say("cli.site.no_critical"))
        if sent:
            talk.tell(talk.say("cli.site.digest_sent", count=sent))
        if failed:
            raise failed
        return 0

    return call.on_host(act)


def require(actor: Actor, permission: str) -> None:
    """Raise NotPermitted where the actor lacks a permission of the site's operators."""
    if not actor.may(permission):
        raise NotPermitted("engine.not_permitted", value=permission)


def operate(call: Call, actor: Actor, permission: str) -> None:
    """`require`, but that the store's own account needs no role for what its files allow it anyway."""
    from cstui import identity

    if call.login == identity.account() and identity.serves(identity.trusted_accounts(), call.settings.store_file):
        return
    require(actor, permission)


async def remember(host: Host, name: str, **told: Any) -> None:
    """When this was done last, for `doctor`."""
    from cstui.contract.context import SYSTEM
    from cstui.store.state import keep

    if not host.store.read_only:
        await keep(host.store, SYSTEM.login, name, {"at": host.clock().isoformat(), **told})


def later(call: Call) -> int:
    """Words of the contract whose work is still to come."""
    raise BadInput("cli.later", command=call.command)
