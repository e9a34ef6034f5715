"""Keys are allocated, never stolen: core, then the user's keymap, then areas, then the site's own."""

from __future__ import annotations

import pytest

from cstui.bindings import CORE, Clash, Wish, allocate, is_han, plain_key

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
    made = allocate([LEND, LOSE], {"keys.lose": ("l", "f5")})
    assert (made.keys["keys.lose"], made.key("keys.lend")) == (("l", "f5"), "")


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
    assert [plain_key(sign) for sign in "ｌ：？　l王"] == ["l", ":", "?", " ", "l", "王"]
    assert is_han("王")
    assert not is_han("l")
