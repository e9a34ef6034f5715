"""AREA ACTION --field VALUE: the options come from the action's declaration, the act goes through the engine."""

from __future__ import annotations

import difflib
import signal
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext
from getpass import getpass
from typing import TYPE_CHECKING, Any

from cstui.cli.commands import DRY_RUN, JSON, OVERRIDE, WORDS
from cstui.cli.options import Form, Option, complete, parse
from cstui.cli.progress import Stoppable, interrupted
from cstui.contract.errors import BadInput
from cstui.contract.files import File
from cstui.sheet.fields import InputField, fields_of, folded, plain_value
from cstui.words import LANGUAGES

if TYPE_CHECKING:
    from cstui.cli.call import Call
    from cstui.contract.action import Action
    from cstui.contract.context import Actor
    from cstui.contract.declare import Register
    from cstui.host import Host


def run(call: Call) -> int:
    """Help about an area or an action needs no store; the act opens it."""
    words = call.rest
    asked_help = any(word in ("--help", "-h") for word in words)
    if asked_help or len(words) < 2 or words[1].startswith("-"):
        from cstui.cli.help import area_or_action

        return area_or_action(call, words, 0 if asked_help else 2)

    async def act(host: Host, actor: Actor) -> int:
        action = find_action(host.actions, words[0], words[1])
        form = form_of(action, host.registers)
        given, _ = parse(words[2:], form)
        complete(given, form)
        target = given.pop(target_of(action, host.registers).key, []) if action.target != "none" else []
        return await perform(call, host, actor, action, given, target)

    return call.on_host(act)


def find_action(actions: Mapping[str, Action], area: str, name: str) -> Action:
    """`keys lend` or `keys give-back` → the action. Raises BadInput naming near ones."""
    wanted = f"{area}.{name.replace('-', '_')}"
    if wanted in actions:
        return actions[wanted]
    areas = {action.area for action in actions.values()}
    if area not in areas:
        near = difflib.get_close_matches(area, [*areas, *WORDS], 1, 0.5)
        raise BadInput("cli.usage.no_command_near" if near else "cli.usage.no_command", value=area, near="".join(near))
    names = [word(action) for action in actions.values() if action.area == area]
    near = difflib.get_close_matches(name, names, 3, 0.4) or names
    raise BadInput("cli.usage.no_action", value=f"{area} {name}", near=", ".join(near), area=area)


def word(action: Action) -> str:
    """The action's name as a word of the command line."""
    return action.name.replace("_", "-")


def target_of(action: Action, registers: Mapping[str, Register]) -> Option:
    """The option that names what is acted on, by the register's noun."""
    name = registers[action.register].noun.replace("_", "-")
    return Option(name, name.upper(), many=True, required=True)


def form_of(action: Action, registers: Mapping[str, Register], target: bool = True) -> Form:
    """The options of an action: its target by the register's noun, its fields, --dry-run, --json, --override."""
    from cstui.permitted import urgent

    options = [DRY_RUN, JSON, *([OVERRIDE] if urgent(action) else [])]
    if action.target != "none" and target:
        options.append(target_of(action, registers))
    for made in fields_of(action.input):
        value = (
            registers[made.ref.register].noun.upper() if made.ref and made.ref.register in registers else metavar(made)
        )
        options.append(Option(made.option[2:], value, made.many, made.required))
    return Form(tuple(options))


def metavar(made: InputField) -> str:
    """What to type, in capitals, or the choices where they are few."""
    if made.choices and len(made.choices) <= 4:
        return "|".join(made.choices)
    return {"flag": "yes|no", "secret": "-", "whole": "N"}.get(made.kind, made.kind.upper())


def raw_input(call: Call, action: Action, given: Mapping[str, Any]) -> dict[str, Any]:
    """The typed options as the engine takes them: choices by word, PINs from the terminal or stdin, files opened."""
    raw: dict[str, Any] = {}
    talk = call.talk
    for made in fields_of(action.input):
        if made.name not in given:
            continue
        value = given[made.name]
        if made.kind == "secret":
            raw[made.name] = _secret(made, value, talk.words.label(action.area, made.name, talk.lang))
            call.all_came()
            continue
        if made.kind == "file":
            raw[made.name] = _file(call, made, value)
            continue
        words = {
            folded(said): choice
            for choice in made.choices
            for said in (*(talk.words.choice(action.area, choice, lang) for lang in LANGUAGES), choice)
        }
        raw[made.name] = (
            [plain_value(made, one, words) for one in value] if made.many else plain_value(made, value, words)
        )
    return raw


@contextmanager
def interruptible() -> Iterator[None]:
    """While somebody types, signals end the program at once: the event loop doesn't turn, nothing is open."""
    usual: dict[int, Any] = {
        signal.SIGINT: signal.default_int_handler,
        signal.SIGTERM: signal.SIG_DFL,
        signal.SIGHUP: signal.SIG_DFL,
    }
    before = {number: signal.signal(number, handler) for number, handler in usual.items()}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _secret(made: InputField, value: str, label: str) -> str:
    if value != "-":
        raise BadInput("cli.usage.pin", option=made.option)
    with interruptible():
        typed = getpass(f"{label}: ", sys.stderr) if sys.stdin.isatty() else sys.stdin.readline().rstrip("\r\n")
    if not typed:
        raise BadInput("cli.usage.no_pin", option=made.option)
    return typed


def _file(call: Call, made: InputField, name: str) -> File:
    """The file that is named; "-" is standard input, kept in a nameless file while it is read."""
    if name != "-":
        return File.open(call.file(name), made.name)
    with interruptible():
        file = File.spooled(sys.stdin.buffer, "stdin", made.name)
    call.all_came()
    return file


async def perform(
    call: Call, host: Host, actor: Actor, action: Action, given: Mapping[str, Any], target: list[Any]
) -> int:
    """Run an action with its parsed options and say what came of it."""
    from cstui import engine

    dry_run = bool(given.get("dry_run"))
    talk = call.talk
    if action.target == "row" and len(target) > 1:
        raise BadInput("cli.usage.one_row", option="--" + target_of(action, host.registers).name)
    raw = raw_input(call, action, given)
    override = given.get("override", "")
    if any(isinstance(value, File) for value in raw.values()):
        # such an act is long: it tells how far it is, Ctrl-C takes it back, and to try it locks nobody out, unless PINs
        # are tried with it: those count in the store itself
        try:
            async with host.trial() if dry_run and not action.signatures else nullcontext(host) as acting:
                with Stoppable(talk) as told:
                    outcome = await engine.run(
                        acting, action.id, raw, actor, target=target, dry_run=dry_run, progress=told,
                        override=override,
                    )  # fmt: skip
        except engine.Stopped:
            return interrupted(talk)
    else:
        outcome = await engine.run(host, action.id, raw, actor, target=target, dry_run=dry_run, override=override)
    done = (
        talk.say(outcome.text)
        if outcome.text
        else talk.say("cli.done", action=talk.say(f"{action.area}.action.{action.name}"))
    )
    notes = [talk.say(note) for note in outcome.notes]
    pages = ""
    if outcome.pages:  # handed out once: whoever acts keeps them
        from cstui import paper

        pages = paper.written(host, outcome.pages, action.area, talk.lang, "txt").decode()
    if talk.json:
        talk.document(
            {
                "action": action.id,
                "dry_run": dry_run,
                "text": done,
                "notes": notes,
                "entry": outcome.entry,
                "changed": sorted(outcome.changed),
                "rows": list(outcome.rows),
            }
            | ({"pages": pages} if pages else {})
        )
        return 0
    talk.data(talk.say("cli.would", done=done) if dry_run else done)
    if dry_run:
        registers = "、".join(
            talk.say(f"{name.split('.')[0]}.register.{name.split('.')[1]}") for name in sorted(outcome.changed)
        )
        talk.data(talk.say("cli.would_change", registers=registers or "—"))
    for line in pages.splitlines():
        talk.data(line)
    for note in notes:
        talk.tell(note)
    return 0
