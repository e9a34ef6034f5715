"""The command line's own words. They can't be area ids; everything else is AREA ACTION."""

from __future__ import annotations

from dataclasses import dataclass

from cstui.cli.options import Form, Option, Place

JSON = Option("json")
AT = Option("at", "TIME")
DAY = Option("day", "DAY")
DRY_RUN = Option("dry-run")
YES = Option("yes")
OVERRIDE = Option("override", "REASON")
REVEAL = (Option("reveal"), Option("purpose", "TEXT"), Option("ticket", "TEXT"))


@dataclass(frozen=True, slots=True)
class Command:
    """`run` is "module:function" below cstui.cli, loaded when the command is given.

    `forced` commands are those of daily work: they may come through SSH_ORIGINAL_COMMAND.
    """

    run: str
    form: Form
    forced: bool = False


def _form(*places: Place, options: tuple[Option, ...] = (), rest: bool = False) -> Form:
    return Form((*options, JSON), places, rest)


REGISTER = Place("AREA.REGISTER")
FILE = Place("FILE")

COMMANDS: dict[str, Command] = {
    "demo": Command("demo:run", _form(options=(Option("to", "DIR"),))),
    "init": Command("site:init", _form(options=(Option("admin", "LOGIN", required=True),))),
    "migrate": Command("site:migrate", _form()),
    "doctor": Command("doctor:run", _form(options=(Option("deep"),))),
    "tick": Command("site:tick", _form()),
    "list": Command(
        "look:list_",
        _form(
            REGISTER,
            options=(Option("where", "FIELD=VALUE", many=True), Option("search", "TEXT"), AT, Option("limit", "N")),
        ),
        forced=True,
    ),
    "show": Command("look:show", _form(REGISTER, Place("ID"), options=(AT, *REVEAL)), forced=True),
    "import": Command(
        "importing:import_",
        _form(
            REGISTER,
            FILE,
            options=(
                DRY_RUN,
                Option("skip-bad"),
                Option("sheet", "NAME"),
                Option("map", "HEADER=FIELD", many=True),
            ),
        ),
        forced=True,
    ),
    "export": Command(
        "exporting:export",
        _form(
            REGISTER,
            FILE,
            options=(
                Option("where", "FIELD=VALUE", many=True),
                Option("search", "TEXT"),
                Option("format", "csv|xlsx|json"),
                Option("template"),
                *REVEAL,
            ),
        ),
        forced=True,
    ),
    "print": Command(
        "printing:print_",
        _form(
            Place("AREA.PAPER"),
            FILE,
            options=(
                Option("row", "NAME", many=True),
                Option("where", "FIELD=VALUE", many=True),
                Option("search", "TEXT"),
                *REVEAL,
            ),
        ),
        forced=True,
    ),
    "chart": Command(
        "chart:show",
        _form(Place("AREA.NAME"), options=(Option("from", "DAY"), Option("to", "DAY", help="to-day"))),
        forced=True,
    ),
    "review": Command("review:show", _form(options=(DAY,)), forced=True),
    "review decide": Command("review:decide", Form(rest=True), forced=True),
    "review sign-off": Command("review:sign_off", _form(options=(DAY, Option("note", "TEXT"), DRY_RUN)), forced=True),
    "review sheet": Command("review:sheet", _form(FILE), forced=True),
    "review statement": Command("review:statement", _form(FILE, options=(DAY,)), forced=True),
    "journal list": Command("journal:list_", _form(options=(Option("limit", "N"),)), forced=True),
    "journal checkpoint": Command("journal:checkpoint", _form(), forced=True),
    "journal verify": Command(
        "journal:verify", _form(options=(Option("store", "FILE"), Option("against", "CHECKPOINTS")))
    ),
    "rules": Command("rules:show", _form(Place("AREA|ID", required=False)), forced=True),
    "trace": Command("trace:trace", _form(Place("AREA|ID", required=False)), forced=True),
    "copy": Command("site:later", Form(rest=True)),
    "backup": Command("copies:backup", _form(FILE)),
    "restore": Command("copies:restore", _form(FILE)),
    "plugin list": Command("plugin:list_", _form()),
    "plugin check": Command("plugin.checking:check", _form(Place("NAME", required=False))),
    "plugin enable": Command("plugin:enable", _form(Place("NAME"))),
    "plugin disable": Command("plugin:disable", _form(Place("NAME"))),
    "plugin new": Command(
        "plugin.new:run",
        _form(
            Place("NAME"),
            options=(
                Option("title", "ENGLISH=中文"),
                Option("record", "NAME: FIELD KIND, …", many=True),
                Option("approver", "ROLE"),
                YES,
            ),
        ),
    ),
    "plugin test": Command("plugin.checking:test", _form(Place("NAME"))),
    "plugin migrate": Command("plugin.migrating:run", _form(Place("NAME"), options=(DRY_RUN, YES))),
    "ssh-key add": Command("ssh_key:add", _form(Place("LOGIN"), FILE)),
}

WORDS = frozenset(name.split()[0] for name in COMMANDS)
"""Reserved: no area may have such an id."""

AREAS = frozenset({"review"})
"""Of these words, those that are an area of the host as well: its other actions are reached as AREA ACTION."""

GLOBAL = Form((Option("config", "FILE"), Option("as", "LOGIN"), JSON, Option("safe"), Option("version")), rest=True)


def find(words: list[str]) -> tuple[str, int]:
    """The command that the words name, and how many words its name takes; ("", 0) for AREA ACTION."""
    if len(words) > 1 and f"{words[0]} {words[1]}" in COMMANDS:
        return f"{words[0]} {words[1]}", 2
    if words[0] in WORDS and not (words[0] in AREAS and len(words) > 1 and not words[1].startswith("-")):
        return words[0], 1
    return "", 0
