"""Which key does what: pure allocation of keys to actions, with the clashes told."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from string import ascii_lowercase
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cstui.contract.action import Action

CORE: dict[str, str] = {
    "read": "space",
    "menu": "enter",
    "sign_off": "S",
    "defer": "D",
    "delegate": "T",
    "note": "N",
    "ask": "A",
    "hand_back": "B",
    "add": "+",
    "undo": "U",
    "go": "G",
    "journal": "J",
    "plugins": "P",
    "refresh": "R",
    "language": "L",
    "lock": "K",
    "write": "W",
    "copy": "Y",
    "import": "I",
    "sort": "O",
    "filter": "F",
    "columns": "C",
    "export": "E",
    "past": "H",
    "mark_range": "=",
    "mark": "M",
    "mark_all": "*",
    "severity": "!",
    "verify": "V",
    "quit": "Q",
    "search": "/",
    "palette": ":",
    "help": "?",
}
"""The house's own keys: capitals and signs; lower-case letters belong to the areas."""
LANGUAGE_KEY = "ctrl+l"
"""Switches the language where letters are typed: in forms and lists to choose from."""
LOCK_KEY = "ctrl+k"
"""Locks the screen there."""
RELOAD_KEY = "f5"
"""Reads the site's plugins again, also there."""
MOVES = (
    "up", "down", "left", "right", "pageup", "pagedown", "home", "end", "escape", "tab", "shift+tab", "backspace",
    "ctrl+c", "ctrl+q", LANGUAGE_KEY, LOCK_KEY, RELOAD_KEY,
)  # fmt: skip
"""Keys by which one moves and leaves: no keymap takes them for something else."""
NAMED = ("space", "enter", "insert", "delete")
NAMES = (*NAMED, *(f"f{n}" for n in range(1, 21)), *(f"ctrl+{letter}" for letter in ascii_lowercase), *MOVES)
_SPELLED = {"return": "enter", "ins": "insert", "del": "delete", "esc": "escape", "pgup": "pageup", "pgdn": "pagedown"}
_HELD = re.compile(r"(ctrl|alt)\+[a-z]|alt\+shift\+[a-z]|alt\+[0-9]|(ctrl|shift)\+f([1-9]|1[0-9]|20)")
_SAME = {"ctrl+i": "tab", "ctrl+m": "enter", "ctrl+h": "backspace"}
"""What a terminal can't tell apart."""
_TWINS = {"\u3000": " ", "、": "/"}
"""What an input method sends for a key, beside the full-width twins."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What wants a key: an id, its mnemonic, and whether it comes from the site (asked last)."""

    id: str
    mnemonic: str = ""
    site: bool = False


def wish_of(action: Action, site: Collection[str] = ()) -> Wish:
    """What an action asks for; `site` are the areas of the site's own."""
    return Wish(action.id, action.mnemonic, action.area in site)


@dataclass(frozen=True, slots=True)
class Clash:
    """`loser` wanted a key that `winner` has; it keeps its menu entry, palette entry and command line."""

    key: str
    winner: str
    loser: str


@dataclass(frozen=True, slots=True)
class Allocation:
    """Who has which keys, and who lost one."""

    keys: Mapping[str, tuple[str, ...]]
    """Action or core name → its keys, the first one shown."""
    clashes: Sequence[Clash] = ()

    def key(self, name: str) -> str:
        """The key to show, or ""."""
        return next(iter(self.keys.get(name, ())), "")

    def action(self, key: str) -> str:
        """What a key does, or ""."""
        return next((name for name, keys in self.keys.items() if key in keys), "")


def allocate(wishes: Iterable[Wish], keymap: Mapping[str, Sequence[str]] | None = None) -> Allocation:
    """Keys for the actions of one screen: core first, then the user's keymap, areas, and the site's own.

    An empty list in the keymap takes the key away ("none").
    """
    keymap = keymap or {}
    keys: dict[str, tuple[str, ...]] = {}
    taken: dict[str, str] = dict.fromkeys(MOVES, "move")
    clashes: list[Clash] = []

    def give(name: str, wanted: Sequence[str]) -> None:
        got = []
        for key in wanted:
            if key in taken:
                clashes.append(Clash(key, taken[key], name))
            else:
                taken[key] = name
                got.append(key)
        keys[name] = tuple(got)

    for name, key in CORE.items():
        give(name, keymap.get(name, (key,)))
    asked = list(wishes)
    for wish in asked:
        if wish.id in keymap:
            give(wish.id, keymap[wish.id])
    for wish in sorted((w for w in asked if w.id not in keymap), key=lambda w: w.site):
        give(wish.id, (wish.mnemonic,) if wish.mnemonic else ())
    return Allocation(keys, tuple(clashes))


def clashes(
    actions: Iterable[Action], keymap: Mapping[str, Sequence[str]] | None = None, site: Collection[str] = ()
) -> list[Clash]:
    """The clashes on the pages of all registers, each once: where two are never offered together there is none."""
    pages: dict[str, list[Wish]] = {}
    for action in actions:
        if not action.hidden:
            pages.setdefault(action.register, []).append(wish_of(action, site))
    found = [clash for page in pages.values() for clash in allocate(page, keymap).clashes]
    return list(dict.fromkeys(found))


def key_named(written: str) -> str:
    """The key that somebody means: a sign, "space", "f5", "ctrl+x", "Alt-x"; "" where there is none of that name."""
    if len(written) == 1:
        key = plain_key(written)
        return key if "!" <= key <= "~" else ""
    key = re.sub(r"(?<=\w)-(?=\w)", "+", written.casefold())
    key = _SPELLED.get(key, _SAME.get(key, key))
    return key if key in NAMES or _HELD.fullmatch(key) else ""


def pressed(key: str, character: str | None) -> str:
    """The key that was pressed, as it is allocated: the sign where there is one, else the key's name."""
    if key.startswith(("ctrl+", "alt+")) or not character or not character.isprintable():
        return key
    sign = plain_key(character)
    return "space" if sign == " " else sign


def plain_key(character: str) -> str:
    """The key that a full-width twin stands for (ｌ → l, ： → :, 、 → /), or the character itself."""
    if len(character) == 1 and 0xFF01 <= ord(character) <= 0xFF5E:
        return chr(ord(character) - 0xFEE0)
    return _TWINS.get(character, character)


def is_han(character: str) -> bool:
    """Whether a key press is a Chinese character or stop: the input method is on."""
    return len(character) == 1 and character not in _TWINS and "\u3000" <= character <= "\u9fff"
