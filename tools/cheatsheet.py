"""Write docs/keys.md and docs/keys.zh.md: every key of the house and of the bundled areas, from their declarations.

python tools/cheatsheet.py     (make keys, after a change of actions, keys or their words)
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from cstui.bindings import CORE, LANGUAGE_KEY, allocate, clashes, wish_of
from cstui.config import Settings
from cstui.contract.action import Action
from cstui.contract.declare import Register
from cstui.contract.text import Text
from cstui.host import words_of
from cstui.plugins import load
from cstui.words import Words

DOCS = Path(__file__).parents[1] / "docs"
PAGES = {"en": DOCS / "keys.md", "zh_CN": DOCS / "keys.zh.md"}
NAMED = ("space", "enter", "escape")


class Sheet:
    """The page in one language."""

    def __init__(self, words: Words, lang: str) -> None:
        self.words, self.lang = words, lang

    def say(self, text: Text | str) -> str:
        return self.words.say(text, self.lang)

    def key(self, key: str) -> str:
        """A key as a table cell shows it; "" for none."""
        shown = self.say(f"tui.key.{key}") if key in NAMED else key
        return f"`{shown}`" if shown else ""

    def table(self, rows: Iterable[tuple[str, str, str]]) -> list[str]:
        heads = (self.say(f"tui.sheet.{name}") for name in ("key", "action", "about"))
        cells = [tuple(heads), ("---",) * 3, *rows]
        return [f"| {' | '.join(one.replace('|', chr(92) + '|') for one in row)} |" for row in cells]

    def house(self) -> list[str]:
        moving = [(self.say(f"tui.help.keys_{one}"), "", self.say(f"tui.help.{one}")) for one in ("arrows", "jump")]
        core = [
            (self.key(key), self.say(f"tui.core.{name}"), self.say(f"tui.help.{name}")) for name, key in CORE.items()
        ]
        back = (self.key("escape"), self.say("tui.core.back"), self.say("tui.help.back"))
        other = (self.key(LANGUAGE_KEY), self.say("tui.core.language"), self.say("tui.sheet.in_forms"))
        return self.table([*moving, *core, back, other])

    def about(self, action: Action) -> str:
        return self.words.find(f"{action.area}.action.{action.name}.help", self.lang) or f"`{action.id}`"

    def register(self, register: Register | None, actions: list[Action]) -> list[str]:
        """The actions on one register's rows, or those that need none."""
        made = allocate(map(wish_of, actions))
        rows = [(self.key(made.key(a.id)), self.say(f"{a.area}.action.{a.name}"), self.about(a)) for a in actions]
        rows.sort(key=lambda row: not row[0])
        area, name = register.id.split(".", 1) if register else ("", "")
        heading = self.say(f"{area}.register.{name}") if register else self.say("tui.sheet.no_row")
        return [f"### {heading}", "", *self.table(rows), ""]


def page(lang: str) -> str:
    """The cheat sheet in a language."""
    loaded = load(Settings(), environ={"CSTUI_STRICT": "1"})
    sheet = Sheet(words_of(loaded), lang)
    say = sheet.say
    lines = [f"# {say('tui.sheet.title')}", "", say("tui.sheet.made"), "", say("tui.sheet.reach"), ""]
    lines += [f"## {say('tui.sheet.house')}", "", *sheet.house(), ""]
    offered = [action for area in loaded.areas.values() for action in area.actions if not action.hidden]
    for area in loaded.areas.values():
        told = []
        for register in area.registers:  # another area may put its actions there, too
            here = [action for action in offered if action.register == register.id]
            told += sheet.register(register, here) if here else []
        free = [action for action in offered if action.area == area.id and not action.register]
        told += sheet.register(None, free) if free else []
        lines += [f"## {say(f'{area.id}.title')}", "", *told] if told else []
    lost = clashes(action for area in loaded.areas.values() for action in area.actions)
    if lost:
        lines += [f"## {say('tui.sheet.clashes')}", ""]
        lines += [f"- `{one.key}` {one.loser}: {say(Text('tui.help.clash', winner=one.winner))}" for one in lost]
    return "\n".join(lines).rstrip("\n") + "\n"


def main() -> None:
    """Write both pages."""
    for lang, path in PAGES.items():
        path.write_text(page(lang), "utf-8")


if __name__ == "__main__":
    main()
