"""Help: the overview, a command, an area, an action. Loads neither store nor dashboard."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from cstui.cells import width
from cstui.cli.commands import COMMANDS, GLOBAL
from cstui.cli.options import Form, usage
from cstui.contract.rules import rule_words

if TYPE_CHECKING:
    from cstui.cli.call import Call
    from cstui.cli.talk import Talk
    from cstui.contract.action import Action
    from cstui.contract.declare import Register


def overview(talk: Talk) -> int:
    """`cstui --help`."""
    talk.data(talk.say("cli.help.usage"))
    talk.data()
    rows = [
        ("", "dashboard"),
        *((usage(name, command.form).removeprefix("cstui "), name) for name, command in COMMANDS.items()),
    ]
    rows = [(line.replace(" [--json]", ""), name) for line, name in rows]
    rows.insert(6, (talk.say("cli.help.area_action"), "area-action"))
    for line, name in rows:
        _pair(talk, line or talk.say("cli.help.no_command"), talk.say(f"cli.command.{name.replace(' ', '-')}"))
    talk.data()
    _options(talk, GLOBAL)
    talk.data()
    talk.data(talk.say("cli.help.exit_codes"))
    return 0


def one(talk: Talk, name: str) -> int:
    """`cstui COMMAND --help`."""
    form = COMMANDS[name].form
    talk.data(usage(name, form) + (" …" if form.rest else ""))
    talk.data(talk.say(f"cli.command.{name.replace(' ', '-')}"))
    talk.data()
    for place in form.places:
        _pair(talk, place.name, talk.say(f"cli.place.{place.name.replace('.', '-').replace('|', '-')}"))
    _options(talk, form)
    return 0


def group(talk: Talk, name: str, code: int) -> int:
    """`cstui journal`: the commands that begin with this word."""
    say = talk.data if code == 0 else talk.tell
    for full, command in COMMANDS.items():
        if full.split()[0] == name:
            say(usage(full, command.form).replace(" [--json]", ""))
    return code


def _options(talk: Talk, form: Form) -> None:
    for option in form.options:
        _pair(talk, f"--{option.name} {option.value}".strip(), talk.say(f"cli.option.{option.help or option.name}"))


def _pair(talk: Talk, left: str, right: str, column: int = 40) -> None:
    if width(left) > column - 2:
        talk.data("  " + left)
        left = ""
    talk.data("  " + left + " " * (column - width(left)) + right)


def area_or_action(call: Call, words: Sequence[str], code: int) -> int:
    """`cstui keys`, `cstui keys lend --help`: from the declarations, without a store."""
    from cstui import plugins
    from cstui.cli.action import find_action, word
    from cstui.host import words_of

    loaded = plugins.load(call.settings_for_help, safe=call.safe)
    areas = loaded.areas
    talk = call.talk
    talk.words = words_of(loaded)
    actions = {action.id: action for area in areas.values() for action in area.actions}
    named = [one for one in words if not one.startswith("-")]
    if len(named) > 1:
        registers = {one.id: one for area in areas.values() for one in area.registers}
        return _action(talk, find_action(actions, named[0], named[1]), registers)
    own = [action for action in actions.values() if action.area == named[0] and not action.hidden]
    if not own:
        find_action(actions, named[0], "")
    say = talk.data if code == 0 else talk.tell
    say(talk.say(f"{named[0]}.title"))
    for action in own:
        say(
            f"  cstui {action.area} {word(action)}"
            + " " * max(1, 30 - width(action.area + word(action)))
            + talk.say(f"{action.area}.action.{action.name}")
        )
    return code


def _action(talk: Talk, action: Action, registers: Mapping[str, Register]) -> int:
    from cstui.cli.action import form_of, target_of, word
    from cstui.sheet.fields import fields_of

    form = form_of(action, registers)
    area = action.area
    talk.data(usage(f"{area} {word(action)}", form))
    talk.data(talk.say(f"{area}.action.{action.name}") + _more(talk, f"{area}.action.{action.name}.help"))
    talk.data()
    if action.target != "none":
        option = target_of(action, registers)
        told = talk.say(f"cli.target.{action.target}", register=talk.say(_register(action.register)))
        _pair(talk, f"--{option.name} {option.value}", told)
    options = {option.key: option for option in form.options}
    for made in fields_of(action.input):
        option = options[made.name]
        label = talk.words.label(area, made.name, talk.lang)
        remarks = [talk.say(f"cli.kind.{made.kind}")]
        if made.ref:
            remarks = [talk.say("cli.kind.record", register=talk.say(_register(made.ref.register)))]
        if made.required:
            remarks.append(talk.say("cli.help.required"))
        if made.many:
            remarks.append(talk.say("cli.help.repeat"))
        _pair(talk, f"--{option.name} {option.value}", f"{label} ({'; '.join(remarks)})")
        if meaning := talk.words.meaning(action.id, made.name, talk.lang):
            _pair(talk, "", f"  {meaning}")
        for choice in made.choices:
            _pair(talk, "", f"  {choice}  {talk.words.choice(area, choice, talk.lang)}")
    for option in form.options:
        if option.key in ("dry_run", "override", "json"):
            _pair(talk, f"--{option.name} {option.value}".strip(), talk.say(f"cli.option.{option.name}"))
    if action.rules:
        talk.data()
        talk.data(talk.say("cli.help.rules"))
        for rule in action.rules:
            _pair(talk, rule, talk.say(rule_words(rule)), 20)
    return 0


def _more(talk: Talk, text_id: str) -> str:
    said = talk.say(text_id)
    return "" if said == text_id else "\n" + said


def _register(register_id: str) -> str:
    area, _, name = register_id.partition(".")
    return f"{area}.register.{name}"
