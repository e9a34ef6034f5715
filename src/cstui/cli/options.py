"""Options and words of a command: parsing and help, in the reader's language and aligned in terminal cells.

argparse speaks English only and counts characters where a terminal counts cells, so this is our own.
"""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from cstui.contract.errors import BadInput


@dataclass(frozen=True, slots=True)
class Option:
    """`--name VALUE`, or a flag where `value` is empty. `many` may be repeated and gives a list."""

    name: str
    value: str = ""
    many: bool = False
    required: bool = False
    help: str = ""

    @property
    def key(self) -> str:
        return self.name.replace("-", "_")


@dataclass(frozen=True, slots=True)
class Place:
    """A word of the command without an option's name."""

    name: str
    required: bool = True
    help: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """What may follow a command's words. `rest`: everything from the first word on is left to the command."""

    options: tuple[Option, ...] = ()
    places: tuple[Place, ...] = ()
    rest: bool = False


HELP = Option("help")


def parse(words: Sequence[str], form: Form) -> tuple[dict[str, Any], list[str]]:
    """The values given, by key, and the words left where `form.rest`. Raises BadInput.

    An option takes the next word as its value, whatever it looks like. `--` ends the options.
    """
    known = {option.name: option for option in (*form.options, HELP)}
    given: dict[str, Any] = {}
    placed: list[str] = []
    at, ended = 0, False
    while at < len(words):
        word = words[at]
        at += 1
        if ended or not word.startswith("-") or word == "-":
            if form.rest:
                return given, [word, *words[at:]]
            placed.append(word)
            continue
        if word == "--":
            ended = True
            continue
        name, equals, value = word.removeprefix("--").partition("=")
        option = known.get("help" if word == "-h" else name if word.startswith("--") else "")
        if option is None:
            near = difflib.get_close_matches(name, known, 1, 0.5)
            raise BadInput(
                "cli.usage.unknown_option_near" if near else "cli.usage.unknown_option",
                value=word.partition("=")[0],
                near="--" + "".join(near),
            )
        if not option.value:
            if equals:
                raise BadInput("cli.usage.takes_no_value", value=word, option="--" + option.name)
            given[option.key] = True
            continue
        if not equals:
            if at >= len(words):
                raise BadInput("cli.usage.value_missing", option="--" + option.name, example=option.value)
            value = words[at]
            at += 1
        if option.many:
            given.setdefault(option.key, []).append(value)
        elif option.key in given:
            raise BadInput("cli.usage.twice", option="--" + option.name)
        else:
            given[option.key] = value
    if len(placed) > len(form.places):
        raise BadInput("cli.usage.too_many_words", value=placed[len(form.places)])
    given.update(zip((place.name for place in form.places), placed, strict=False))
    return given, []


def complete(given: dict[str, Any], form: Form) -> None:
    """Raise BadInput where something required wasn't given."""
    missing = [place.name for place in form.places if place.required and place.name not in given]
    missing += [
        f"--{option.name} {option.value}" for option in form.options if option.required and option.key not in given
    ]
    if missing:
        raise BadInput("cli.usage.missing", missing=", ".join(missing))


def usage(command: str, form: Form) -> str:
    """The one line that shows how a command is written."""
    parts = ["cstui", command]
    parts += [place.name if place.required else f"[{place.name}]" for place in form.places]
    for option in form.options:
        word = f"--{option.name} {option.value}".strip()
        parts.append(word if option.required else f"[{word}]")
        if option.many:
            parts.append("…")
    return " ".join(part for part in parts if part)
