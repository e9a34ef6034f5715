"""Reading a register: pages both ways, search, filters, naming a row."""

from __future__ import annotations

from collections.abc import Coroutine
from dataclasses import replace
from datetime import date
from typing import Any, TypeVar

import pytest
import pytest_asyncio
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cstui import dossier, engine, naming, registers
from cstui.conditions import parse
from cstui.contract.context import SYSTEM, Actor, Context
from cstui.contract.declare import Column, Ref, Register
from cstui.contract.errors import BadInput, NotPermitted
from cstui.contract.text import Verbatim
from cstui.host import Host
from cstui.people import Staff, role_name
from cstui.sheet.listing import Listing
from cstui.timeline import timeline

T = TypeVar("T")
PEOPLE = ["王芳", "王方", "李强", "欧阳娜", "张伟", "赵敏", "Ann Lee", "100%", "a_b", "孙悦", "周杰"]
BY_HIRING = Register(
    "people.hired", Staff, (Column("name"), Column("hired_on", sort="hired_on")), "person", ("login",), sort="hired_on"
)
"""Sorted by a column with ties and empty places."""
LATEST = replace(BY_HIRING, id="people.latest", sort="-hired_on")
TEAMED = replace(BY_HIRING, id="people.teamed", sort="-team_id")
"""The newest team first, its people in their order."""


@pytest_asyncio.fixture
async def staffed(host: Host) -> Host:
    rows = [(n, {"number": f"{n:04}", "name": name}) for n, name in enumerate(PEOPLE, 1)]
    assert (await engine.run_bulk(host, "people.enrol", rows, SYSTEM)).entry
    host.registers |= {one.id: one for one in (BY_HIRING, LATEST, TEAMED)}
    return host


async def look(host: Host, actor: Actor = SYSTEM) -> Context:
    return await host.call(host.context(actor))


async def names(host: Host, register: str = "people.staff", **how: Any) -> list[str]:
    page = await host.call(registers.page(host, await look(host), register, **how))
    return [row.record.name for row in page.rows]


async def refusal(coroutine: Coroutine[Any, Any, Any]) -> BadInput:
    with pytest.raises(BadInput) as fault:
        await coroutine
    return fault.value


HIRED = st.lists(st.none() | st.dates(date(2026, 1, 1), date(2026, 1, 3)), min_size=12, max_size=12)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(hired=HIRED, limit=st.integers(1, 13), descending=st.booleans(), register=st.sampled_from((BY_HIRING, LATEST)))
async def test_paging_there_and_back_gives_every_row_once_and_in_order(
    staffed: Host, hired: list[date | None], limit: int, descending: bool, register: Register
) -> None:
    async def walk() -> tuple[list[list[Any]], list[list[Any]]]:
        async with staffed.store.transaction():
            for person, day in zip(await Staff.all().order_by("id"), hired, strict=True):
                await Staff.filter(id=person.pk).update(hired_on=day)
        ctx = await staffed.context(SYSTEM)

        async def read(after: registers.Cursor | None) -> registers.Page:
            return await registers.page(staffed, ctx, register.id, descending=descending, after=after, limit=limit)

        page = await read(None)
        assert page.previous is None
        there = [[(row.record.hired_on, row.pk) for row in page.rows]]
        while page.next:
            page = await read(page.next)
            there.append([(row.record.hired_on, row.pk) for row in page.rows])
        back = [there[-1]]
        while page.previous:
            page = await read(page.previous)
            back.append([(row.record.hired_on, row.pk) for row in page.rows])
        return there, back

    there, back = await staffed.call(walk())
    read = [row for page in there for row in page]
    assert read == sorted(
        read, key=lambda row: (row[0] or date.min, row[1]), reverse=descending != (register is LATEST)
    )
    assert len(read) == 12
    assert [row for page in reversed(back) for row in page] == read


@pytest.mark.parametrize("limit", [1, 3, 12])
async def test_rows_of_one_record_stay_in_their_order_where_the_newest_record_comes_first(
    staffed: Host, limit: int
) -> None:
    for number, code in enumerate("AB"):
        rows = [(n, {"number": f"{n:04}", "name": PEOPLE[n - 1], "team": code}) for n in range(1 + number, 9, 2)]
        assert (await engine.run_bulk(staffed, "people.enrol", rows, SYSTEM)).entry

    async def walk() -> None:
        ctx = await staffed.context(SYSTEM)
        pages = [await registers.page(staffed, ctx, "people.teamed", limit=limit)]
        while pages[-1].next:
            pages.append(await registers.page(staffed, ctx, "people.teamed", after=pages[-1].next, limit=limit))
        read = [(row.record.team_id or 0, row.pk) for page in pages for row in page.rows]
        assert read == sorted(read, key=lambda row: (-row[0], row[1])) and len(read) == 12
        assert len({team for team, _ in read}) == 3
        back = [pages[-1]]
        while back[-1].previous:
            back.append(await registers.page(staffed, ctx, "people.teamed", after=back[-1].previous, limit=limit))
        assert [row.pk for page in reversed(back) for row in page.rows] == [pk for _, pk in read]

    await staffed.call(walk())


async def test_an_empty_register_is_one_empty_page(host: Host) -> None:
    page = await host.call(registers.page(host, await look(host), "people.teams"))
    assert (list(page.rows), page.next, page.previous) == ([], None, None)


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("wf", ["王芳", "王方"]),
        ("WangFang", ["王芳", "王方"]),
        ("王", ["王芳", "王方"]),
        ("oyn", ["欧阳娜"]),
        ("0003", ["李强"]),
        ("lee ann", ["Ann Lee"]),  # both words, in any order
        ("%", ["100%"]),  # no wildcards
        ("_", ["a_b"]),
        ("nobody", []),
    ],
)
async def test_search_by_pinyin_initials_names_and_numbers(staffed: Host, search: str, found: list[str]) -> None:
    assert await names(staffed, search=search) == found
    assert await staffed.call(registers.count(staffed, await look(staffed), "people.staff", search=search)) == len(
        found
    )


async def test_a_record_is_found_by_the_people_that_it_shows(staffed: Host) -> None:
    for login in ("wang.fang", "li.qiang"):
        await engine.run(staffed, "people.grant_role", {"role": "admin"}, SYSTEM, target=[login])
    roles = staffed.registers["people.roles"]
    shown, *others = roles.columns
    hidden = (replace(shown, secret=True), *others)
    staffed.registers["people.grants"] = replace(roles, id="people.grants", columns=hidden)

    async def found(register: str, search: str, actor: Actor = SYSTEM) -> list[str]:
        ctx = await look(staffed, actor)
        page = await staffed.call(registers.page(staffed, ctx, register, search=search))
        assert await staffed.call(registers.count(staffed, ctx, register, search=search)) == len(page.rows)
        return [row.record.staff.name for row in page.rows]

    for typed in ("wf", "王芳", "wang.fang"):
        assert await found("people.roles", typed) == await found("people.grants", typed) == ["王芳"]
    assert await found("people.roles", "wf lq") == []
    guest = Actor("guest", permissions=frozenset({"people.look"}))
    assert await found("people.roles", "wf", guest) == ["王芳"] and await found("people.grants", "wf", guest) == []


async def test_sorting_by_a_column_that_allows_it(staffed: Host) -> None:
    assert (await names(staffed, sort="number", descending=True))[:2] == ["admin", "周杰"]
    fault = await refusal(names(staffed, sort="post"))
    assert (fault.field, fault.value) == ("sort", "post")


async def test_filters_by_column_and_field(staffed: Host) -> None:
    raw = {"number": "0001", "name": "王芳", "team": "一组", "phone": "1"}
    await engine.run(staffed, "people.enrol", raw, SYSTEM)
    assert await names(staffed, where={"team": "一组"}) == ["王芳"]
    assert await names(staffed, where={"team": "一组", "number": "0002"}) == []
    assert "王芳" not in await names(staffed, where={"phone": ""})
    assert len(await names(staffed, where={"left_on": None})) == 12
    fault = await refusal(names(staffed, where={"tema": "一组"}))
    assert (fault.field, fault.text.args["near"]) == ("tema", "team")


async def test_a_filter_that_is_no_value_of_its_column_is_refused(staffed: Host) -> None:
    fault = await refusal(names(staffed, where={"hired_on": "soon"}))
    assert (fault.field, fault.value) == ("hired_on", "soon")


async def test_an_unknown_register_is_answered_with_the_nearest(host: Host) -> None:
    fault = await refusal(names(host, "people.stuff"))
    assert fault.text.args["near"] == "people.staff"


async def test_who_may_not_look_is_told_which_permission(staffed: Host) -> None:
    ctx = await look(staffed, Actor("guest"))
    with pytest.raises(NotPermitted) as fault:
        await staffed.call(registers.page(staffed, ctx, "people.staff"))
    assert fault.value.value == "people.look"


async def test_secret_columns_are_masked_until_they_are_revealed(staffed: Host) -> None:
    made = await engine.run(staffed, "people.enrol", {"number": "0001", "name": "王芳", "phone": "13800000000"}, SYSTEM)
    one = f"people.staff:{made.rows[0]}"
    for permissions in ({"people.look"}, {"people.*"}, {"*"}):
        ctx = await look(staffed, Actor("guest", permissions=frozenset(permissions)))
        for revealed, shown in (
            ((), registers.MASKED),
            (("people.staff:0", "people.teams"), registers.MASKED),
            ((one,), "13800000000"),
            (("people.staff",), "13800000000"),
        ):
            ctx = replace(ctx, revealed=frozenset(revealed))
            page = await staffed.call(registers.page(staffed, ctx, "people.staff", search="王芳"))
            assert page.rows[0].values["phone"] == shown
    ctx = await look(staffed, Actor("guest", permissions=frozenset({"people.look"})))
    with pytest.raises(NotPermitted) as fault:  # nor can it be guessed by filtering
        await staffed.call(registers.count(staffed, ctx, "people.staff", where={"phone": "13800000000"}))
    assert fault.value.value == "people.reveal"


@pytest.mark.parametrize("typed", ["wang.fang", " wang.fang ", "0001", "王芳", "#2"])
async def test_a_row_is_named_by_key_lookup_or_number(staffed: Host, typed: str) -> None:
    assert (await staffed.call(naming.find(staffed, await look(staffed), "people.staff", typed))).name == "王芳"


async def test_a_row_that_isnt_there_is_answered_with_near_ones(staffed: Host) -> None:
    ctx = await look(staffed)
    fault = await refusal(staffed.call(naming.find(staffed, ctx, "people.staff", "wang.fan")))
    assert (fault.text.id, fault.value) == ("engine.no_row", "wang.fan")
    assert "wang.fang" in fault.text.args["near"]
    near = await refusal(staffed.call(naming.find(staffed, ctx, "people.staff", "wang.feng")))
    assert "wang.fang" in near.text.args["near"]


async def test_one_name_of_two_people_is_not_guessed(staffed: Host) -> None:
    await engine.run(staffed, "people.enrol", {"number": "9999", "name": "王芳"}, SYSTEM)
    fault = await refusal(staffed.call(naming.find(staffed, await look(staffed), "people.staff", "王芳")))
    assert fault.text.id == "engine.several_rows"


@pytest.mark.parametrize(
    ("register", "typed"),
    [("people.duties", "abc"), ("site.days", "soon"), ("people.staff", "#99"), ("people.staff", "")],
)
async def test_what_cant_be_a_name_of_a_row_is_refused(host: Host, register: str, typed: str) -> None:
    fault = await refusal(host.call(naming.find(host, await look(host), register, typed)))
    assert fault.text.id == "engine.no_row_alone"


async def test_choices_for_a_field_find_by_initials_and_narrow(staffed: Host) -> None:
    ctx = await look(staffed)
    found = await staffed.call(naming.choices(staffed, ctx, Ref("people.staff"), "wf"))
    assert [key for key, _, _ in found] == ["wang.fang", "wang.fang2"]
    only = Ref("people.staff", only=lambda ctx, rows: rows.filter(number="0002"))
    assert [key for key, _, _ in await staffed.call(naming.choices(staffed, ctx, only, ""))] == ["wang.fang2"]


async def test_a_record_shows_its_sections_and_what_belongs_to_it(staffed: Host) -> None:
    await engine.run(staffed, "people.grant_role", {"role": "custodian"}, SYSTEM, target=["wang.fang"])
    ctx = await look(staffed)
    row = await staffed.call(registers.one(staffed, ctx, "people.staff", 2))
    assert "hired_on" in row.values
    found = await staffed.call(dossier.belonging(staffed, ctx, staffed.registers["people.staff"], 2))
    roles = next(one for one in found if one.register.id == "people.roles")
    assert [one.values["role"] for one in roles.rows] == [role_name("custodian")]
    assert (await refusal(staffed.call(registers.one(staffed, ctx, "people.staff", 99)))).value == 99


async def test_who_did_it_is_told_by_name_in_lists_files_and_history_and_found_by_name_and_login(staffed: Host) -> None:
    for login, person in (("wang.fang", "0004"), ("root", "0005")):
        boss = Actor(login, permissions=frozenset({"*"}))
        await engine.run(staffed, "people.grant_role", {"role": "deputy"}, boss, target=[person])

    async def told() -> None:
        ctx = await staffed.context(SYSTEM)
        page = await registers.page(staffed, ctx, "people.roles")
        assert [row.values["granted_by"] for row in page.rows][-2:] == ["王芳", "root"]
        row = await registers.one(staffed, ctx, "people.roles", page.rows[-2].pk)
        assert row.values["granted_by"] == "王芳"
        assert row.record.granted_by == "wang.fang"
        listing = Listing(staffed, ctx, staffed.registers["people.roles"], "en", "csv", ["granted_by"])
        assert [made async for made in listing.rows()][-2:] == [["王芳"], ["root"]]
        (event, *_), _ = await timeline(staffed, ctx, staffed.registers["people.roles"], row.pk)
        assert ("granted_by", Verbatim("王芳")) in [(one.name, one.after) for one in event.changes[0].differences]
        for line, found in (
            ("granted_by=王芳", 1), ("granted_by=wang.fang", 1), ("granted_by~芳", 1), ("granted_by=root", 1),
            ("granted_by=王", 0),
        ):  # fmt: skip
            asked = parse(staffed, staffed.registers["people.roles"], line)
            assert await registers.count(staffed, ctx, "people.roles", conditions=asked) == found, line

    await staffed.call(told())
