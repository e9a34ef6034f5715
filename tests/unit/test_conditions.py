"""A register's filter as a line: what it means, in both languages, and what it says of mistakes."""

from __future__ import annotations

from typing import Any

import pytest

from cstui import conditions, filters, registers
from cstui.contract.errors import BadInput, NotPermitted
from cstui.host import Host


async def seed_staff(run: Any) -> None:
    for number, name, hired in (
        ("A1", "王芳", "2026-11-20"), ("A2", "李 强", "2026-11-24"), ("A3", "陈敏", "2026-11-25"), ("A4", "周杰", ""),
    ):  # fmt: skip
        given = {"number": number, "login": f"u.{number.lower()}", "name": name, "hired_on": hired}
        await run("people.enrol", {key: value for key, value in given.items() if value})


async def found(host: Host, register_id: str, line: str, login: str = "admin") -> set[str]:
    async def look() -> set[str]:
        register = host.registers[register_id]
        ctx = await host.context(await host.actor(login))
        asked = conditions.parse(host, register, line)
        page = await registers.page(host, ctx, register_id, conditions=asked)
        assert await registers.count(host, ctx, register_id, conditions=asked) == len(page.rows)
        return {str(row.values.get("number")) for row in page.rows}

    return await host.call(look())


@pytest.mark.parametrize(
    ("line", "numbers"),
    [
        ("number=A1", {"A1"}),
        ("number!=A1", {"A2", "A3", "A4"}),
        ('name="李 强"', {"A2"}),
        ("姓名=“李 强”", {"A2"}),
        ("name~强", {"A2"}),
        ("hired_on<today", {"A1"}),
        ("hired_on<=今天", {"A1", "A2"}),
        ("hired_on>today", {"A3"}),
        ("hired_on>=2026-11-24", {"A2", "A3"}),
        ("hired_on=tomorrow", {"A3"}),
        ("hired_on＝明天", {"A3"}),
        ("hired_on=", {"A4"}),
        ("hired_on!=", {"A1", "A2", "A3"}),
        ("hired_on!=today", {"A1", "A3", "A4"}),
        ("hired_on<today number~1", {"A1"}),
        ("number>A2 number≤A4", {"A3", "A4"}),
    ],
)
async def test_a_line_finds_what_it_says(host: Host, run: Any, line: str, numbers: set[str]) -> None:
    await seed_staff(run)
    assert {name for name in await found(host, "people.staff", line) if name.startswith("A")} == numbers


async def test_choices_are_named_by_id_or_word_of_either_language(host: Host, run: Any) -> None:
    register = host.registers["keys.keys"]
    said = {
        str(conditions.parse(host, register, line)[0]) for line in ("state=on_loan", "状态=借出", "State=on loan")[:2]
    }
    assert said == {"state=on_loan"}
    assert str(conditions.parse(host, register, 'state="on loan"')[0]) == "state=on_loan"


@pytest.mark.parametrize(
    ("line", "text", "told"),
    [
        ("stat=on_loan", "engine.no_column", "state"),
        ("state=on_load", "filter.no_choice", "on"),
        ("state<on_loan", "filter.no_order", "<"),
        ("borrowed", "filter.no_condition", "borrowed"),
        ("copy_no~1", "filter.not_text", "copy_no"),
        ("copy_no=first", "engine.no_value", "first"),
        ("copy_no<", "filter.nothing", "<"),
    ],
)
async def test_a_mistake_is_named(host: Host, line: str, text: str, told: str) -> None:
    with pytest.raises(BadInput) as caught:
        await found(host, "keys.keys", line)
    assert caught.value.text.id == text
    assert told in host.words.say(caught.value.text, "en")


async def test_nobody_asks_for_what_is_hidden_from_them(host: Host, run: Any) -> None:
    host.settings.roles["guest"] = frozenset({"people.look", "keys.look"})
    await run("people.enrol", {"number": "G1", "login": "guest", "name": "客", "role": "guest"})
    for line in ("owner_name~王", "owner_name!=x", "owner_name<x"):
        with pytest.raises(NotPermitted):
            await found(host, "keys.issues", line, "guest")


@pytest.mark.parametrize(
    ("line", "lang", "first"),
    [
        ("sta", "en", ("state", "state")),
        ("状", "zh_CN", ("状态", "状态")),
        ("状", "en", ("state", "state")),
        ("label~1 state=on", "en", ("state=on_loan", "on loan")),
        ("状态=借", "zh_CN", ("状态=借出", "借出")),
    ],
)
async def test_a_line_is_completed(host: Host, line: str, lang: str, first: tuple[str, str]) -> None:
    assert first in conditions.completions(host, host.registers["keys.keys"], line, lang)


@pytest.mark.parametrize(
    ("line", "lang", "said"),
    [
        ("state=on_loan label~101", "zh_CN", "状态=借出 标签~101"),
        ("状态=借出 标签~101", "en", "state=on_loan label_text~101"),
        ('holder="王 芳"', "zh_CN", '持有人="王 芳"'),
        ("state=", "zh_CN", "状态="),
    ],
)
def test_a_line_is_told_in_the_readers_language_and_means_the_same(host: Host, line: str, lang: str, said: str) -> None:
    register = host.registers["keys.keys"]
    asked = conditions.parse(host, register, line)
    assert conditions.said(host, register, asked, lang) == said
    assert conditions.parse(host, register, said) == asked


@pytest.mark.parametrize("lang", ["zh_CN", "en"])
def test_whatever_column_is_offered_can_be_typed(host: Host, lang: str) -> None:
    for register in host.registers.values():
        for word, _ in conditions.completions(host, register, "", lang):
            assert conditions.parse(host, register, f"{word}=")[0].operator == "=", (register.id, word)


@pytest.mark.parametrize(
    ("line", "found_"),
    [("持有人=王芳", True), ("holder=u.a1", True), ("holder~芳", True), ("holder=李强", False), ("holder!=王芳", False),
     ("holder!=", True), ("holder=", False)],
)  # fmt: skip
async def test_who_has_it_is_asked_for_by_name(host: Host, run: Any, line: str, found_: bool) -> None:
    await run("people.enrol", {"number": "B1", "login": "u.a1", "name": "王芳", "department": "工程部"})
    await run("keys.register", {"tag_no": "E1", "block": "3", "space_kind": "equipment_room", "labelled": "true",
                                "door_kind": "equipment_room", "equipment_room_name": "配电房"})  # fmt: skip
    lent = {"borrower": "u.a1", "work_reason": "楼道照明更换", "signature_ref": "登记表 7 页"}
    await run("keys.lend", lent, target=["E1"])
    assert bool(await found(host, "keys.keys", line)) is found_


async def test_what_is_worked_out_is_said_to_be_so(host: Host) -> None:
    for line in ("late=1", "逾期=1"):
        with pytest.raises(BadInput) as caught:
            conditions.parse(host, host.registers["keys.loans"], line)
        assert caught.value.text.id == "filter.worked_out"


async def test_no_condition_breaks_a_list(host: Host) -> None:
    """Whatever is compared with whatever: rows, or a sentence that says why not."""

    async def look() -> None:
        ctx = await host.context(await host.actor("admin"))
        for register in host.registers.values():
            for name in filters.columns_of(register):
                for rest in ("=", "!=", "=x", "!=x", "~x", "<x", "=1", "!=1", "<1", ">=today"):
                    try:
                        asked = conditions.parse(host, register, f"{name}{rest}")
                        await registers.page(host, ctx, register.id, conditions=asked, limit=1)
                    except BadInput as fault:
                        assert host.words.say(fault.text, "en")

    await host.call(look())


async def test_a_department_and_a_role_are_asked_for_as_they_are_shown(host: Host, run: Any) -> None:
    await run("people.enrol", {"number": "C1", "login": "c1", "name": "王芳", "department": "客服部", "role": "admin"})
    await run("people.enrol", {"number": "C2", "login": "c2", "name": "李强", "department": "财务部"})
    for line in ("部门=客服部", "department=customer_service", 'department="customer service"'):
        assert await found(host, "people.staff", line) == {"C1"}, line
    assert await found(host, "people.staff", "部门=财务部") == {"C2"}
    register = host.registers["people.staff"]
    assert conditions.said(
        host, register, conditions.parse(host, register, "department=customer_service"), "zh_CN"
    ) == ("部门=客服部")
    roles = host.registers["people.roles"]
    named = host.words.say("people.role.admin", "zh_CN")
    assert conditions.parse(host, roles, f"角色={named}")[0].value == "admin"
    assert await found(host, "people.roles", f"角色={named}")
