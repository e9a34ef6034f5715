"""Keys are allocated, never stolen: core, then the user's keymap, then areas, then the site's own."""

from __future__ import annotations

from pathlib import Path

import pytest

from cstui import config, keymap
from cstui.bindings import CORE, Clash, Wish, allocate, clashes, is_han, key_named, plain_key, pressed
from cstui.contract.action import Action
from cstui.contract.declare import Area
from cstui.words import Words, host_folders

LEND, LOSE = Wish("keys.lend", "l"), Wish("keys.lose", "l")


def test_each_gets_the_letter_it_asks_for() -> None:
    made = allocate([LEND, Wish("keys.return", "r")])
    assert (made.key("keys.lend"), made.key("keys.return"), made.action("r")) == ("l", "r", "keys.return")
    assert not made.clashes


def test_the_first_area_wins_and_the_loser_is_told() -> None:
    made = allocate([LEND, LOSE])
    assert (made.key("keys.lend"), made.key("keys.lose")) == ("l", "")
    assert made.clashes == (Clash("l", winner="keys.lend", loser="keys.lose"),)


def test_the_sites_own_area_comes_last() -> None:
    made = allocate([Wish("own.look", "l", site=True), LEND])
    assert (made.key("keys.lend"), made.key("own.look")) == ("l", "")


def test_the_keymap_comes_before_the_areas() -> None:
    made = allocate([LEND, LOSE], {"keys.lose": ("l", "f6")})
    assert (made.keys["keys.lose"], made.key("keys.lend")) == (("l", "f6"), "")


@pytest.mark.parametrize("key", ["?", "space", "S", "escape", "down", "enter"])
def test_nobody_takes_a_key_of_the_house(key: str) -> None:
    made = allocate([LEND], {"keys.lend": (key, "l")})
    assert made.keys["keys.lend"] == ("l",)
    assert [clash.key for clash in made.clashes] == [key]


def test_none_takes_a_key_away() -> None:
    made = allocate([LEND], {"keys.lend": (), "quit": ()})
    assert (made.key("keys.lend"), made.key("quit"), made.action("l")) == ("", "", "")


def test_a_core_key_can_be_moved_and_its_old_one_is_free() -> None:
    made = allocate([LEND], {"note": ("f2",), "keys.lend": ("N",)})
    assert (made.key("note"), made.key("keys.lend")) == ("f2", "N")


def test_small_letters_belong_to_the_areas() -> None:
    assert not [key for key in CORE.values() if len(key) == 1 and key.islower()]


def test_a_full_width_key_is_its_plain_twin_and_a_chinese_sign_is_seen() -> None:
    assert [plain_key(sign) for sign in "ｌ：？　、l王"] == ["l", ":", "?", " ", "/", "l", "王"]
    assert [is_han(sign) for sign in ("王", "。", "l", "ｌ", "、", "\u3000", "", "enter")] == [True] * 2 + [False] * 6


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("l", "l"), ("L", "L"), ("ｌ", "l"), ("？", "?"), ("*", "*"), ("space", "space"), ("Enter", "enter"), ("F5", "f5"),
        ("ctrl+x", "ctrl+x"), ("Ctrl-X", "ctrl+x"), ("alt+x", "alt+x"), ("return", "enter"), ("esc", "escape"),
        ("ctrl+i", "tab"), ("f21", ""), ("ctl+x", ""), ("ctrl+", ""), ("xx", ""), ("王", ""), ("", ""), (" ", ""),
    ],
)  # fmt: skip
def test_a_key_is_known_by_its_usual_names(written: str, key: str) -> None:
    assert key_named(written) == key


@pytest.mark.parametrize(
    ("key", "character", "meant"),
    [
        ("l", "l", "l"), ("fullwidth_l", "ｌ", "l"), ("space", " ", "space"), ("question_mark", "?", "?"),
        ("enter", "\r", "enter"), ("f6", None, "f6"), ("ctrl+x", "\x18", "ctrl+x"), ("alt+x", "x", "alt+x"),
        ("alt+shift+x", "X", "alt+shift+x"),
    ],
)  # fmt: skip
def test_what_the_terminal_sends_is_the_key_that_was_allocated(key: str, character: str | None, meant: str) -> None:
    assert pressed(key, character) == meant


async def nothing(ctx: object, data: object) -> None: ...


def action(name: str, mnemonic: str = "", register: str = "keys.keys") -> Action:
    return Action(name, run=nothing, needs=name, mnemonic=mnemonic, register=register)


def test_clashes_are_those_of_one_page() -> None:
    apart = [action("keys.lend", "l"), action("keys.lock", "l", register="keys.loans")]
    assert not clashes(apart)
    assert clashes([*apart, action("own.look", "l")], site={"own"}) == [Clash("l", "keys.lend", "own.look")]
    assert clashes(apart, {"keys.lock": ("S", "l")}) == [Clash("S", "sign_off", "keys.lock")]


KEYMAP = """\
[keymap]
"keys.lned" = "x"
"rewards.grant" = "x"
"keys.lend" = ["ctl+x", "f6", "？", "alt+p"]
keys.lose = "F6"
note = "none"
journal = "esc"
"""


def test_a_faulty_keymap_is_named_with_line_and_nearest_and_the_rest_of_it_holds(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text(KEYMAP, "utf-8")
    path.chmod(0o600)
    areas = {"keys": Area("keys", strings="", actions=(action("keys.lend", "l"), action("keys.lose", "o")))}
    settings = keymap.checked(config.load(path), areas)
    words = Words.load(host_folders())
    assert sorted(words.say(note, "en") for note in settings.notes) == [
        "config.toml line 2: [keymap] keys.lned is no action. The nearest is keys.lend",
        "config.toml line 4: ? for keys.lend is taken by help; keys.lend is in the menu and the command list",
        "config.toml line 4: there is no key ctl+x for keys.lend. The nearest is ctrl+x",
        "config.toml line 5: f6 for keys.lose is taken by keys.lend; keys.lose is in the menu and the command list",
        "config.toml line 7: escape for journal is kept for moving and leaving; choose another key",
    ]
    made = allocate([Wish("keys.lend", "l"), Wish("keys.lose", "o")], settings.keymap)
    assert (made.keys["keys.lend"], made.key("note"), made.key("keys.lose")) == (("f6", "alt+p"), "", "")
