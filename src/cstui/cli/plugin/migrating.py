"""`cstui plugin migrate NAME`: fields that changed, shown with what they do to the rows, then written and applied."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from cstui.cli.plugin.checking import folder_of
from cstui.contract.errors import BadInput, Refusal, StoreFault

if TYPE_CHECKING:
    from cstui.cli.call import Call
    from cstui.contract.declare import Area
    from cstui.kit.changes import Change
    from cstui.store.drafting import Draft, Step


def run(call: Call) -> int:
    """Preview, ask (or --yes), write the next migration, apply it under the lock, the store being copied before.

    Exit 1 for what would lose or falsify rows: nothing is written then.
    """
    from cstui.cli.call import until_signal

    call.login_on(call.settings.store_file)
    return until_signal(_migrate(call))


async def _migrate(call: Call) -> int:
    from cstui.people import AREA as PEOPLE
    from cstui.store.drafting import draft

    name, talk = call.given["NAME"], call.talk
    area = _area(call, name)
    made = await draft([PEOPLE, area], area.id)
    found = await _changes(call, area, made.steps if made else ())
    if made is None:
        if talk.json:
            talk.document({"plugin": name, "changes": []})
        else:
            talk.data(talk.say("cli.plugin.nothing_changed", name=name))
        return 0
    for change in found if not talk.json else ():
        talk.data(talk.say(change.told))
    if losses := [change.refused for change in found if change.refused]:
        for loss in losses[1:]:
            talk.tell(talk.say(loss))
        raise Refusal(losses[0].id, **losses[0].args)
    if talk.json:
        talk.document({"plugin": name, "migration": made.name, "changes": [talk.say(change.told) for change in found]})
    if "dry_run" in call.given or not _agreed(call, made):
        return 0
    await _apply(call, area, made)
    if not talk.json:
        said = "migrated" if call.settings.store_file else "migrated_server"
        talk.data(talk.say(f"cli.plugin.{said}", name=name, file=str(made.folder / f"{made.name}.py")))
    return 0


def _area(call: Call, name: str) -> Area:
    """The area of one of the site's own plugins, with or without its migrations. Raises BadInput."""
    from cstui.contract.declare import Area
    from cstui.contract.text import Text
    from cstui.plugins import forget, reason_of
    from cstui.plugins.check import faults_of
    from cstui.plugins.find import dropped_in
    from cstui.store.drafting import make_folder

    forget()
    notes: list[Text] = []
    found = [one for one in dropped_in(call.settings.plugins.dirs, notes) if one.name == name]
    if not found:
        raise BadInput("cli.plugin.not_own", value=name)
    try:
        area = getattr(found[0].load(), "AREA", None)
    except (Exception, SystemExit) as error:
        raise BadInput("cli.plugin.not_loaded", value=name, reason=reason_of(error)) from error
    if not isinstance(area, Area) or not area.migrations:
        raise BadInput("cli.plugin.no_records", value=name)
    make_folder(area)
    if faults := faults_of(area):
        from cstui.kit.places import placed

        raise BadInput("cli.plugin.not_loaded", value=name, reason=placed(faults[0], folder_of(call, name)))
    return area


async def _changes(call: Call, area: Area, steps: Sequence[Step]) -> list[Change]:
    """What the steps do to the site's store. Raises StoreFault where a migration of it is gone."""
    from cstui.host import database_of
    from cstui.kit.changes import changes
    from cstui.store import fit
    from cstui.store.store import Store

    async with Store.open(database_of(call.settings), {}) as store:
        if store.read_only:
            raise StoreFault(store.read_only, value=store.place)
        if unfit := await fit.unreadable(store, {area.id: area}):
            raise StoreFault(unfit[area.id].id, **unfit[area.id].args)
        return await changes(steps, store.query, frozenset(await store.columns()))


def _agreed(call: Call, made: Draft) -> bool:
    """Whether it is to be done: --yes, or the answer on a terminal. Raises BadInput where nobody can be asked."""
    if "yes" in call.given:
        return True
    if not sys.stdin.isatty():
        raise BadInput("cli.plugin.say_yes", value=made.name)
    print(call.talk.say("cli.plugin.ask_migrate"), end=" ", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip().lower() in {"y", "yes", "是", "好"}


async def _apply(call: Call, area: Area, made: Draft) -> None:
    """Write the file and bring the store to it; if that fails, neither is changed."""
    from cstui import plugins
    from cstui.host import database_of
    from cstui.store import migrate

    path = made.write()
    try:
        loaded = plugins.load(call.settings)
        for bad in loaded.quarantine if area.id not in loaded.areas else ():
            if bad.plugin == call.given["NAME"]:
                raise BadInput("cli.plugin.not_loaded", value=bad.plugin, reason=bad.reason)
        await migrate.migrate(database_of(call.settings), loaded.areas)
    except Exception:  # one that was stopped may have been applied: its file stays, and the next start sees to it
        path.unlink()
        raise
