"""Keys: what a letter does, why one doesn't work now, and what the input method sends."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from textual import events

from cstui.tui.screens.form import Form


async def open_register(desk: Any, register: str = "keys.keys") -> None:
    await desk.press("G")
    await desk.type(register)
    await desk.press("enter")
    await desk.until(lambda: getattr(desk.app.screen, "offers", None))


async def test_a_blocked_key_says_why_and_help_too(sit: Any, run: Any, key: Any) -> None:
    await run("keys.register", key)
    async with sit() as desk:
        await open_register(desk)
        reason = next(offer.reason for offer in desk.app.screen.offers if offer.key == "r")
        await desk.press("r")
        assert reason
        assert reason in desk.painted
        await desk.press("?")
        assert any("return" in line and reason in line for line in desk.lines)


async def test_full_width_letters_work_and_a_stray_chinese_sign_is_explained(sit: Any, run: Any, key: Any) -> None:
    await run("keys.register", key)
    async with sit() as desk:
        await open_register(desk)
        await desk.press("王")
        assert "input method" in desk.painted
        await desk.press("ｌ")
        assert isinstance(desk.app.screen, Form)


async def test_the_keymap_rules_and_the_loser_is_named_in_help(sit: Any, run: Any, key: Any, config_path: Path) -> None:
    config_path.write_text(config_path.read_text() + '\n[keymap]\n"keys.return" = ["l"]\n')
    await run("keys.register", key)
    async with sit(size=(240, 40)) as desk:
        await open_register(desk)
        keys = {offer.action.id: offer.key for offer in desk.app.screen.offers}
        assert (keys["keys.return"], keys["keys.lend"]) == ("l", "")
        await desk.press("?")
        assert any("keys.lend" in line and "keys.return" in line for line in desk.lines)


async def test_the_palette_finds_by_id_label_and_initials(sit: Any, run: Any, key: Any) -> None:
    await run("keys.register", key)
    async with sit() as desk:
        await open_register(desk)
        await desk.press("L", ":")
        for typed in ("keys.lend", "jc", "借出"):
            await desk.type(typed)
            assert "借出" in desk.painted, typed
            await desk.press(*["backspace"] * len(typed))
        desk.app.post_message(events.Paste("zz" * 500))
        await desk.press("enter", "escape")
        assert desk.app.screen.offers


async def test_keys_typed_ahead_reach_the_form(sit: Any, run: Any, key: Any) -> None:
    await run("keys.register", key)
    async with sit() as desk:
        await open_register(desk)
        for sign in "lad":
            desk.app.simulate_key(sign)
        await desk.until(lambda: isinstance(desk.app.screen, Form) and desk.app.screen._typed("borrower") == "ad")


async def test_a_letter_typed_right_after_an_arrow_is_for_the_new_row(sit: Any, run: Any, key: Any) -> None:
    await run("keys.register", {**key, "labelled": "false"})
    await run("keys.register", {**key, "tag_no": "3-S2-A", "equipment_room_name": "泵房"})
    async with sit() as desk:
        await open_register(desk)
        page = desk.app.screen
        assert next(offer.reason for offer in page.offers if offer.key == "l")  # without a label it isn't lent
        desk.app.simulate_key("down")
        desk.app.simulate_key("l")
        await desk.until(lambda: isinstance(desk.app.screen, Form))
        assert desk.app.screen.target == (page.current.pk,)


async def test_a_faulty_keymap_is_named_at_start_and_the_rest_of_it_works(
    sit: Any, run: Any, key: Any, config_path: Path
) -> None:
    keymap = '\n[keymap]\n"keys.lned" = "x"\n"keys.lend" = ["ctl+x", "ctrl+x", "f6"]\nnote = "none"\n'
    config_path.write_text(config_path.read_text() + keymap)
    await run("keys.register", key)
    async with sit() as desk:
        await desk.sees("keys.lned is no action. The nearest is keys.lend (P shows all 2)")
        await desk.press("P")
        await desk.sees("there is no key ctl+x for keys.lend. The nearest is ctrl+x")
        await desk.press("escape")
        await open_register(desk)
        assert next(offer.key for offer in desk.app.screen.offers if offer.action.id == "keys.lend") == "ctrl+x"
        for pressed in ("ctrl+x", "f6"):
            await desk.press(pressed)
            await desk.until(lambda: isinstance(desk.app.screen, Form))
            await desk.press("escape")
        desk.app.post_message(events.Key("alt+r", "r"))  # not the key r
        await desk.pilot.pause()
        assert "no row" not in desk.painted and desk.app.screen.offers


async def test_the_input_methods_signs_are_the_keys_they_stand_for(sit: Any, run: Any, key: Any) -> None:
    await run("keys.register", key)
    async with sit() as desk:
        await open_register(desk)
        page = desk.app.screen
        desk.app.post_message(events.Key("ideographic_comma", "、"))
        await desk.until(lambda: page.query_one("#search").display)
        await desk.press("escape")
        desk.app.post_message(events.Key("ideographic_full_stop", "。"))
        await desk.sees("input method")
        desk.app.post_message(events.Key("fullwidth_question_mark", "？"))
        await desk.until(lambda: desk.app.screen is not page)
        desk.app.post_message(events.Key("escape", None))
        await desk.until(lambda: desk.app.screen is page)
        desk.app.post_message(events.Key("fullwidth_colon", "："))
        await desk.until(lambda: desk.app.screen is not page)
