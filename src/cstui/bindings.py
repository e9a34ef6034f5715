"""Which key does what: pure allocation of keys to actions, with the clashes told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

CORE: dict[str, str] = {
    "read": "space",
    "menu": "enter",
    "sign_off": "S",
    "defer": "D",
    "delegate": "T",
    "note": "N",
    "undo": "U",
    "go": "G",
    "journal": "J",
    "plugins": "P",
    "refresh": "R",
    "language": "L",
    "write": "W",
    "sort": "O",
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
MOVES = ("up", "down", "left", "right", "pageup", "pagedown", "home", "end", "escape", "tab")
"""Keys by which one moves and leaves: no keymap takes them for something else."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What wants a key: an id, its mnemonic, and whether it comes from the site (asked last)."""

    id: str
    mnemonic: str = ""
    site: bool = False


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


def plain_key(character: str) -> str:
    """The key that a full-width twin stands for (ｌ → l, ： → :), or the character itself."""
    if len(character) == 1 and 0xFF01 <= ord(character) <= 0xFF5E:
        return chr(ord(character) - 0xFEE0)
    return " " if character == "\u3000" else character


def is_han(character: str) -> bool:
    """Whether a key press is a Chinese character: the input method is on."""
    return len(character) == 1 and "\u3400" <= character <= "\u9fff"
