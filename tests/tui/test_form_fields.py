"""Each kind of field, driven by keys and read as it is painted."""

from __future__ import annotations

import re
from typing import Any

import pytest

from cstui.contract.text import Verbatim
from cstui.tui.screens.field_help import FieldHelp
from cstui.tui.screens.form import Form
from cstui.tui.widgets.choice import Choice
from cstui.tui.widgets.writing import Writing


async def opened(desk: Any, action: str, given: dict[str, Any] | None = None, target: tuple[int, ...] = ()) -> Form:
    form = Form(desk.app.host.actions[action], target, given or {})
    desk.app.push_screen(form)
    await desk.until(lambda: desk.app.screen is form and desk.app.focused)
    return form


async def go(desk: Any, form: Form, name: str) -> Any:
    field = form.query_one(f"#field-{name}")
    field.focus()
    await desk.until(lambda: desk.app.focused is field)
    return field


def row(desk: Any, form: Form, name: str) -> str:
    """What is painted of a field: its label, what was typed, and what stands beneath."""
    region = form.query_one(f"#row-{name}").region
    return "\n".join(line[region.x : region.right] for line in desk.lines[region.y : region.bottom])


def in_sight(form: Form, name: str) -> bool:
    return form.query_one(".fields").region.contains_region(form.query_one(f"#row-{name}").region)


@pytest.fixture
async def people(run: Any) -> None:
    await run("people.enrol", {"number": "K007", "login": "wang.fang", "name": "王芳", "department": "工程部"})
    await run("people.enrol", {"number": "K008", "login": "wang.fang2", "name": "王芳", "department": "客服部"})


async def test_a_day_in_words_is_shown_resolved_while_one_types(sit: Any) -> None:
    async with sit(size=(80, 24)) as desk:
        for typed, lang, said in (
            ("下周一", "en", "= 2026-11-30 Mon"),
            ("next monday", "zh_CN", "= 2026-11-30 周一"),
            ("月底", "zh_CN", "= 2026-11-30 周一"),
            ("+3", "en", "= 2026-11-27 Fri"),
        ):
            while desk.app.lang != lang:
                await desk.press("ctrl+l")
            form = await opened(desk, "review.add")
            await go(desk, form, "day")
            await desk.press("ctrl+u")
            assert "= 2026" not in row(desk, form, "day")
            await desk.type(typed)
            await desk.until(lambda form=form, said=said: said in row(desk, form, "day"))
            await desk.press("ctrl+u", "escape")
            await desk.until(lambda form=form: desk.app.screen is not form)


async def test_times_spans_and_amounts_are_shown_as_they_are_understood(sit: Any, run: Any, key: Any) -> None:
    await run("keys.register", key)
    async with sit(size=(120, 40)) as desk:
        form = await opened(desk, "review.add")
        await go(desk, form, "time")
        await desk.type("18点半")
        await desk.until(lambda: "= 18:30" in row(desk, form, "time"))
        await desk.press("escape")
        form = await opened(desk, "keys.lend", target=(1,))
        await go(desk, form, "due_at")
        await desk.press("ctrl+u")
        await desk.type("fri 1800")
        await desk.until(lambda: "= 2026-11-27 18:00 Fri" in row(desk, form, "due_at"))
        await desk.press("escape")
        form = await opened(desk, "keys.lock_changed", target=(1,))
        await go(desk, form, "cost")
        await desk.type("12元5角")
        await desk.until(lambda: "= CNY 12.50" in row(desk, form, "cost"))


async def test_what_cant_be_read_is_told_when_the_field_is_left_and_goes_when_it_is_mended(sit: Any) -> None:
    async with sit(size=(80, 24)) as desk:
        form = await opened(desk, "review.add")
        await desk.type("call the locksmith")
        await go(desk, form, "day")
        await desk.press("ctrl+u")
        await desk.type("someday")
        assert "!" not in row(desk, form, "day")
        await desk.press("tab")
        await desk.until(lambda: "! must be a day such as" in row(desk, form, "day"))
        assert desk.app.focused.id == "field-time", "it is told, and one goes on"
        await desk.press("ctrl+l")
        await desk.sees(f"! {desk.app.say('input.day')[:6]}")
        await desk.press("shift+tab")
        await desk.press("ctrl+u")
        assert "!" not in row(desk, form, "day")
        await desk.press("tab")
        await desk.until(lambda: f"! {desk.app.say('input.missing')}" in row(desk, form, "day"))


async def test_a_fault_without_blanks_hangs_beside_its_sign(sit: Any) -> None:
    async with sit(size=(80, 24)) as desk:
        form = await opened(desk, "review.add")
        form._tell({"day": Verbatim("不以个人名义借钥匙，" * 8)})
        await desk.until(lambda: "! 不以个人名义" in row(desk, form, "day"))


async def test_text_with_known_values_is_completed_and_any_other_is_taken(sit: Any, people: None) -> None:
    async with sit(size=(80, 24)) as desk:
        form = await opened(desk, "people.enrol")
        await go(desk, form, "department")
        await desk.press("down")
        await desk.until(lambda: "engineering" in row(desk, form, "department"))
        await desk.type("eng")
        await desk.until(lambda: "> engineering" in row(desk, form, "department"))
        await desk.press("enter")
        assert form._typed("department") == "engineering"
        await desk.press("ctrl+u")
        await desk.type("security")
        await desk.pilot.pause()
        assert "no" not in row(desk, form, "department")
        await go(desk, form, "role")
        await desk.type("ad")
        await desk.until(lambda: "> admin  administrator" in row(desk, form, "role"))


async def test_namesakes_are_told_apart_and_the_chosen_one_is_named(sit: Any, people: None) -> None:
    async with sit(size=(80, 24)) as desk:
        form = await opened(desk, "people.record_absence")
        await desk.type("wf")
        await desk.until(lambda: row(desk, form, "staff").count("王芳") == 2)
        told = row(desk, form, "staff")
        assert "engineering" in told and "customer service" in told, told
        await desk.press("down", "enter")
        assert form._typed("staff") == "wang.fang2"
        await desk.until(lambda: "= wang.fang2  王芳" in row(desk, form, "staff"))


async def test_an_empty_field_of_records_lists_what_there_is(sit: Any, people: None) -> None:
    async with sit(size=(80, 24)) as desk:
        form = await opened(desk, "people.record_absence")
        assert desk.app.focused.id == "field-staff"
        await desk.press("down")
        await desk.until(lambda: "wang.fang" in row(desk, form, "staff"))
        await desk.press("down", "enter")
        assert form._typed("staff")
        assert desk.app.focused.id == "field-first_day"


async def test_a_name_of_nobody_stays_marked(sit: Any, people: None) -> None:
    async with sit() as desk:
        form = await opened(desk, "people.record_absence")
        await desk.type("zz")
        await desk.press("tab")
        await desk.until(lambda: "nothing by that name" in row(desk, form, "staff"))


async def test_a_few_values_stand_side_by_side_and_letters_and_arrows_go_through_them(sit: Any) -> None:
    async with sit(size=(120, 40)) as desk:
        form = await opened(desk, "people.record_absence")
        field = await go(desk, form, "kind")
        assert isinstance(field, Choice)
        labels = field.labels
        await desk.until(lambda: all(f" {label}" in row(desk, form, "kind") for label in labels))
        before = field.index
        await desk.press("right")
        assert field.index == (before + 1) % len(labels)
        assert f"(*) {labels[field.index]}" in row(desk, form, "kind")
        await desk.press("left", "s")
        assert field.value == "sick"
        await desk.press("ctrl+l")
        await desk.until(lambda: "病假" in desk.painted)
        field = form.query_one("#field-kind")
        await desk.press("p")  # the initial of 培训
        assert field.value == "training"


async def test_many_values_open_as_a_list_while_one_chooses(sit: Any) -> None:
    async with sit(size=(40, 14)) as desk:
        form = await opened(desk, "people.record_absence")
        field = form.query_one("#field-kind")
        assert isinstance(field, Choice) and field.size.height == 1
        await go(desk, form, "kind")
        await desk.until(lambda: field.size.height == len(field.options))
        field.value = field.options[0][0]
        await desk.press("down")
        assert field.index == 1 and desk.app.focused is field
        await desk.press("end", *["down"] * len(field.options))
        assert desk.app.focused is not field, "beyond its end one goes on"
        await desk.until(lambda: field.size.height == 1)


async def test_yes_and_no(sit: Any) -> None:
    async with sit(size=(80, 24)) as desk:
        form = await opened(desk, "keys.register")
        field = await go(desk, form, "labelled")
        assert field.value == "false"
        await desk.press("y")
        assert field.value == "true"


async def test_a_longer_text_grows_and_enter_does_it_all_the_same(sit: Any, run: Any) -> None:
    async with sit(size=(80, 24)) as desk:
        form = await opened(desk, "review.note", {"items": ["nothing:1"]})
        field = desk.app.focused
        assert isinstance(field, Writing) and field.size.height == 1
        await desk.type("many words " * 12)
        await desk.until(lambda: field.size.height == 3)
        await desk.press("ctrl+j")
        await desk.type("a second line")
        assert "\na second line" in form._typed("note")
        assert desk.app.say("tui.form.key.newline") in desk.painted
        await desk.press("up", "x")
        assert form._typed("note").endswith("a second line"), "arrows move within the text"
        await desk.press("enter")
        await desk.until(lambda: desk.app.screen is not form or form.faults or form.remarks)


async def test_in_a_text_of_lines_enter_begins_one_and_ctrl_s_does_it(sit: Any) -> None:
    async with sit(size=(80, 24)) as desk:
        form = await opened(desk, "keys.close_day")
        field = await go(desk, form, "loans_out")
        assert isinstance(field, Writing) and field.lines
        await desk.sees(desk.app.say("tui.form.key.enter_line"))
        await desk.sees(desk.app.say("tui.form.key.do"))
        await desk.type("3-S1-A")
        await desk.press("enter")
        await desk.type("3-S2-A")
        assert form._typed("loans_out") == "3-S1-A\n3-S2-A"
        assert desk.app.screen is form
        await desk.press("ctrl+s")
        await desk.until(lambda: desk.app.screen is not form or form.faults or form.remarks)


async def test_what_stands_if_a_field_is_left_empty_is_told(sit: Any, run: Any, key: Any) -> None:
    await run("keys.register", key)
    async with sit() as desk:
        form = await opened(desk, "keys.lend", target=(1,))
        assert "the end of their shift if left empty" in row(desk, form, "due_at")
        await desk.press("escape")
        form = await opened(desk, "keys.register")
        assert "1 if left empty" in row(desk, form, "copy_no") and not form._typed("copy_no")


async def test_a_field_that_names_a_record_says_by_what_it_is_found(sit: Any, run: Any, key: Any) -> None:
    await run("keys.register", key)
    async with sit(size=(80, 24)) as desk:
        form = await opened(desk, "keys.lend", target=(1,))
        assert "name, number, login or initials" in row(desk, form, "borrower")
        await desk.press("escape")
        form = await opened(desk, "keys.count_open")
        assert "building or initials" in row(desk, form, "block")


async def test_what_a_record_holds_already_is_no_proposal_and_a_person_in_it_is_named(
    sit: Any, run: Any, people: None
) -> None:
    area = {
        "code": "F1", "name": "前台", "kind": "floor", "standard": "无灰尘", "frequency": "daily_open", "minutes": "20",
        "crew": "named", "keeper": "wang.fang2",
    }  # fmt: skip
    await run("hygiene.set_area", area)
    async with sit(size=(120, 40)) as desk:
        form = await opened(desk, "hygiene.change_area", target=(1,))
        await desk.until(lambda: "无灰尘" in row(desk, form, "standard"))
        assert "(proposed)" not in desk.painted
        assert "王芳  K008" in row(desk, form, "keeper")


async def test_what_is_proposed_is_marked_until_it_is_changed(sit: Any, run: Any, key: Any) -> None:
    await run("keys.register", key)
    await run("people.enrol", {"number": "K007", "login": "wang.fang", "name": "王芳", "department": "工程部"})
    lent = {"borrower": "wang.fang", "work_reason": "pump", "signature_ref": "book 9"}
    await run("keys.lend", lent, target=["3-S1-A"])
    async with sit(size=(80, 24)) as desk:
        form = await opened(desk, "keys.extend", target=(1,))
        await desk.until(lambda: "(proposed)" in row(desk, form, "due_at"))
        await go(desk, form, "due_at")
        await desk.press("ctrl+u")
        await desk.type("fri 18:00")
        await desk.until(lambda: "(proposed)" not in row(desk, form, "due_at"))


async def test_the_help_of_a_field_tells_its_form_and_the_rules_with_the_figures_in_force(
    sit: Any, run: Any, key: Any
) -> None:
    await run("keys.register", key)
    async with sit(size=(120, 40)) as desk:
        form = await opened(desk, "keys.lend", target=(1,))
        for field, pressed in (("due_at", "f1"), ("purpose", "f1"), ("purpose", "?")):
            await go(desk, form, field)
            await desk.press(pressed)
            await desk.until(lambda: isinstance(desk.app.screen, FieldHelp))
            await desk.sees(desk.app.label("keys", field))
            kind = "moment" if field == "due_at" else "choice"
            assert desk.app.say(f"tui.form.format.{kind}")[:20] in desk.painted
            for rule_id in desk.app.host.actions["keys.lend"].rules[:3]:
                assert rule_id in desk.painted
            assert desk.app.host.rules["keys-06"].source[:8] in desk.painted
            await desk.press("ctrl+l")  # the other language, and the page stays
            await desk.sees(desk.app.words.say(f"tui.form.format.{kind}", "zh_CN")[:8])
            await desk.sees(desk.app.words.say("tui.form.key.back", "zh_CN"))
            assert isinstance(desk.app.screen, FieldHelp) and "One of these" not in desk.painted
            await desk.press("ctrl+l")
            await desk.sees(desk.app.say(f"tui.form.format.{kind}")[:20])
            await desk.press("escape")
            assert desk.app.screen is form and desk.app.focused.id == f"field-{field}"


async def test_the_help_of_a_field_says_what_it_is_for_and_begins_with_its_own_rule(
    sit: Any, run: Any, key: Any
) -> None:
    await run("keys.register", key)
    async with sit(size=(80, 24)) as desk:
        form = await opened(desk, "keys.lend", target=(1,))
        for field, rule in (("work_reason", "keys-06"), ("due_at", "keys-22")):
            await go(desk, form, field)
            await desk.press("f1")
            await desk.until(lambda: isinstance(desk.app.screen, FieldHelp))
            await desk.sees(desk.app.words.meaning("keys.lend", field, "en")[:30])
            told = re.findall(r"keys-\d\d (?=[A-Z])", desk.painted)
            assert told[0] == f"{rule} ", told
            await desk.press("escape")


async def test_a_question_mark_is_a_letter_where_letters_are_typed(sit: Any) -> None:
    async with sit(size=(80, 24)) as desk:
        form = await opened(desk, "review.add")
        await desk.press("?")
        assert desk.app.screen is form and form._typed("text") == "?"


@pytest.mark.parametrize("size", [(80, 24), (40, 12)])
@pytest.mark.parametrize("lang", ["en", "zh_CN"])
async def test_label_field_and_what_stands_beneath_stay_in_sight_in_a_long_form(
    sit: Any, size: tuple[int, int], lang: str
) -> None:
    async with sit(size=size) as desk:
        while desk.app.lang != lang:
            await desk.press("ctrl+l")
        form = await opened(desk, "keys.register")
        title = desk.app.say("keys.action.register")
        for name in form.infos:
            await go(desk, form, name)
            if name == "received_on":
                await desk.type("fri")
            await desk.until(lambda at=name: in_sight(form, at))
            assert desk.app.label("keys", name)[:6] in row(desk, form, name), name
            assert title in desk.painted and desk.app.say("tui.form.key.next") in desk.painted
        assert "2026-11-27" in row(desk, form, "received_on")


async def test_a_resize_in_the_middle_loses_nothing(sit: Any) -> None:
    async with sit(size=(120, 40)) as desk:
        form = await opened(desk, "keys.register")
        await desk.type("3-S1-A")
        await go(desk, form, "received_on")
        await desk.type("next")
        for size in ((40, 12), (80, 24), (40, 12), (120, 40)):
            await desk.pilot.resize_terminal(*size)
            await desk.pilot.pause()
        await desk.type(" monday")
        await desk.until(lambda: "2026-11-30" in row(desk, form, "received_on"))
        assert form._typed("tag_no") == "3-S1-A"


async def test_required_fields_are_marked_by_a_sign(sit: Any) -> None:
    async with sit(size=(80, 24)) as desk:
        form = await opened(desk, "keys.register")
        for name, info in form.infos.items():
            field = form.query_one(f"#row-{name} .label").region
            if field.bottom <= 20:
                assert (desk.lines[field.y][field.x] == "*") == info.is_required(), name
