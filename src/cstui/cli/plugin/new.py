"""`cstui plugin new NAME`: an area of the site's own is begun, asked for or told by flags, and works at once."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from cstui.cli.action import word
from cstui.cli.plugin.config import folder_of_site
from cstui.contract.errors import BadInput, StoreFault

if TYPE_CHECKING:
    from cstui.cli.call import Call
    from cstui.contract.declare import Area
    from cstui.kit.wish import Wish

DEFAULT = "item=事项: name=名称 text 80, until=期限 day due"
"""The record of an area of which nothing is told."""


def run(call: Call) -> int:
    """Write the plugin's folder whole, or nothing. Exit 2 for what can't be, naming it."""
    from cstui.kit.files import files
    from cstui.kit.wish import checked_name

    name = checked_name(call.given["NAME"], _taken(call), "name")
    made = _wish(call, name)
    folder = folder_of_site(call)
    target = folder / name
    for there in (target, target.with_suffix(".py")):
        if there.exists() or there.is_symlink():
            raise BadInput("cli.plugin.exists", field="name", value=str(there))
    area = _write(target, files(made))
    _told(call, target, area)
    return 0


def _taken(call: Call) -> set[str]:
    """Names that an area can't have: of commands, of rooms of the program, of regulations, of plugins there are."""
    from cstui.cli.plugin import states
    from cstui.config import CATALOGUE
    from cstui.plugins.check import HOST_AREAS, RESERVED, ROOMS
    from cstui.plugins.find import area_id

    plugins = {str(one["name"]) for one in states(call)}
    return {*RESERVED, *ROOMS, *HOST_AREAS, *CATALOGUE, *plugins, *map(area_id, plugins)}


def _wish(call: Call, name: str) -> Wish:
    """What is wished for: by flags, by the defaults, or as somebody answers. Raises BadInput."""
    from cstui.kit.wish import wish

    given = call.given
    title, records, approver = given.get("title", ""), given.get("record", []), given.get("approver", "")
    if not records and "yes" not in given:
        if not sys.stdin.isatty():
            raise BadInput("cli.plugin.nothing_wished", field="record")
        title, records, approver = _asked(call, name, title, approver)
    if approver and approver not in call.settings.roles:
        near = ", ".join(sorted(call.settings.roles))
        raise BadInput("cli.plugin.no_role", field="approver", value=approver, near=near)
    return wish(name, title or name.replace("_", " ").capitalize(), records or [DEFAULT], approver)


def _asked(call: Call, name: str, title: str, approver: str) -> tuple[str, list[str], str]:
    """The answers on a terminal; one that can't be understood is asked for again."""
    from cstui.kit.wish import record_of

    talk = call.talk
    talk.tell(talk.say("cli.plugin.ask_how", example=DEFAULT))
    title = title or _answer(call, "ask_title", name.capitalize())
    records: list[str] = []
    while True:
        line = _answer(call, "ask_record" if not records else "ask_more", DEFAULT if not records else "")
        if not line:
            break
        try:
            record_of(line)
        except BadInput as fault:
            talk.tell(talk.fault_line(fault))
            continue
        records.append(line)
    roles = ", ".join(sorted(call.settings.roles))
    return title, records, approver or _answer(call, "ask_approver", "", roles=roles)


def _answer(call: Call, text: str, default: str, **args: str) -> str:
    """One line, edited as a shell's."""
    import readline  # noqa: F401

    try:
        line = input(call.talk.say(f"cli.plugin.{text}", **args) + (f" [{default}]" if default else "") + ": ")
    except EOFError:  # the terminal was closed: nothing is wished for
        raise BadInput("cli.plugin.nothing_wished", field="record") from None
    return line.strip() or default


def _write(target: Path, texts: Mapping[str, str]) -> Area:
    """Write the files aside with their first migration, and put them in place together. Raises StoreFault."""
    aside = target.with_name(f".{target.name}.new")
    try:
        shutil.rmtree(aside, ignore_errors=True)  # of one that was killed
        for path, text in texts.items():
            file = aside / target.name / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, "utf-8")
        area = _migrated(aside)
        (aside / target.name).rename(target)
        return area
    except OSError as error:
        raise StoreFault("cli.export.not_written", value=str(target), reason=error.strerror or "") from error
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _migrated(folder: Path) -> Area:
    """The only area in a folder that was just written, its first migration beside it."""
    import asyncio

    from cstui.people import AREA as PEOPLE
    from cstui.plugins import forget
    from cstui.plugins.find import dropped_in
    from cstui.store.drafting import draft

    (found,) = dropped_in((folder,), [])
    area: Area = found.load().AREA
    made = asyncio.run(draft([PEOPLE, area], area.id))
    assert made is not None
    made.write()
    for cache in folder.rglob("__pycache__"):
        shutil.rmtree(cache)
    forget()  # from now on it is read where it stands
    return area


def _told(call: Call, target: Path, area: Area) -> None:
    """What was made, and what can be done with it now."""
    talk = call.talk
    if talk.json:
        talk.document({"plugin": area.id, "folder": str(target), "actions": [action.id for action in area.actions]})
        return
    talk.data(talk.say("cli.plugin.made", name=area.id, folder=str(target)))
    talk.data(f"  cstui {area.id} {word(area.actions[0])} --help")
    talk.data(f"  cstui list {area.registers[0].id}")
    talk.data(f"  cstui plugin test {area.id}")
