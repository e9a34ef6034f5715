"""What is typed becomes an input: every kind of field, every fault at once, secrets kept."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, Literal

import pytest
from conftest import SHANGHAI
from errands import enrol
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from cstui.contract.action import Action
from cstui.contract.context import SYSTEM
from cstui.contract.days import day_named
from cstui.contract.declare import Of, Ref
from cstui.contract.errors import BadInput, BadInputs
from cstui.contract.inputs import Clock, Code, Day, Fen, Input, Line, Moment, Pin, Span, Whole, Words
from cstui.contract.text import Text
from cstui.host import Host
from cstui.inputs import is_secret, parse, ref_of, shown
from cstui.naming import Finder
from cstui.people import Staff
from cstui.words import LANGUAGES

CONTEXT = {"zone": SHANGHAI, "today": date(2026, 11, 24), "now": datetime(2026, 11, 24, 1, 2, 33, tzinfo=UTC)}


def read(kind: Any, typed: Any) -> Any:
    return TypeAdapter(kind).validate_python(typed, context=CONTEXT)


@pytest.mark.parametrize(
    ("kind", "typed", "value"),
    [
        (Day, "2026-11-24", date(2026, 11, 24)),
        (Day, "2026/1/5", date(2026, 1, 5)),
        (Day, "２０２６年１１月２４日", date(2026, 11, 24)),
        (Day, "昨天", date(2026, 11, 23)),
        (Day, "Tomorrow", date(2026, 11, 25)),
        (Day, datetime(2026, 11, 24, 8), date(2026, 11, 24)),
        (Moment, "2026-11-24 18:00", datetime(2026, 11, 24, 10, tzinfo=UTC)),
        (Moment, "18:00", datetime(2026, 11, 24, 10, tzinfo=UTC)),
        (Moment, "明天 08：30", datetime(2026, 11, 25, 0, 30, tzinfo=UTC)),
        (Moment, "2026-11-24T18:00:00+09:00", datetime(2026, 11, 24, 9, tzinfo=UTC)),
        (Moment, "明天 1800", datetime(2026, 11, 25, 10, tzinfo=UTC)),
        (Moment, "next monday 9:00", datetime(2026, 11, 30, 1, tzinfo=UTC)),
        (Moment, "周五 18点半", datetime(2026, 11, 27, 10, 30, tzinfo=UTC)),
        (Moment, "现在", datetime(2026, 11, 24, 1, 2, tzinfo=UTC)),
        (Moment, "+2 h", datetime(2026, 11, 24, 3, 2, tzinfo=UTC)),
        (Moment, "-30分", datetime(2026, 11, 24, 0, 32, tzinfo=UTC)),
        (Clock, "8:05", time(8, 5)),
        (Clock, "1800", time(18, 0)),
        (Clock, "905", time(9, 5)),
        (Clock, "18点", time(18, 0)),
        (Clock, "18：00", time(18, 0)),
        (Span, "90 min", timedelta(minutes=90)),
        (Span, "1 d", timedelta(days=1)),
        (Span, "1 小时 30 分", timedelta(minutes=90)),
        (Span, "1.5h", timedelta(minutes=90)),
        (Span, "1h30m", timedelta(minutes=90)),
        (Span, "30分", timedelta(minutes=30)),
        (Span, "半小时", timedelta(minutes=30)),
        (Span, "1个半小时", timedelta(minutes=90)),
        (Span, "2 hours, 5 minutes", timedelta(minutes=125)),
        (Span, "2周", timedelta(days=14)),
        (Fen, "12.5", 1250),
        (Fen, "12元5角", 1250),
        (Fen, "3块5毛2分", 352),
        (Fen, "5角", 50),
        (Fen, "¥1,234.50", 123450),
        (Fen, "-3元5角", -350),
        (Fen, "¥１２.50", 1250),
        (Fen, "-3元", -300),
        (Whole, "１２", 12),
        (Code, " Ａ－1 ", "A-1"),
        (Words, "one\r\ntwo", "one\ntwo"),
    ],
)
def test_what_people_type_is_understood(kind: Any, typed: Any, value: Any) -> None:
    assert read(kind, typed) == value


@pytest.mark.parametrize(
    ("kind", "typed"),
    [
        (Day, "2026-02-30"), (Day, "soon"), (Day, ""), (Day, 20261124), (Day, "0000-01-01"), (Day, "24.11.2026"),
        (Moment, "24:00"), (Moment, "2026-11-24 18:61"), (Moment, "later"), (Moment, 5), (Moment, "0001-01-01 00:00"),
        (Clock, "24:00"), (Clock, "noon"), (Clock, "9999"), (Clock, "18:00:05"),
        (Moment, "someday 18:00"), (Moment, "+"), (Moment, "T"), (Moment, "+9999999999 d"),
        (Span, "3 months"), (Span, "分"), (Fen, "1,2"), (Fen, "12元5"), (Fen, "元"), (Fen, "-"),
        (Span, "24"), (Span, "one day"), (Span, "-24 h"), (Span, "24 h and more"), (Span, "9999999999 d"),
        (Fen, "12.505"), (Fen, "NaN"), (Fen, "Infinity"), (Fen, "1e300"), (Fen, "twelve"), (Fen, "99999999999"),
        (Whole, "1.5"), (Whole, "2147483648"),
        (Line, "two\nlines"), (Line, "tab\there"), (Line, "\x1b[2J"), (Line, "a\u202eb"), (Line, "a\u2028b"),
        (Line, "x" * 201), (Words, "bell\x07"), (Words, "x" * 2001), (Code, "a\u200bb"),
    ],
)  # fmt: skip
def test_what_is_none_is_refused(kind: Any, typed: Any) -> None:
    with pytest.raises(ValidationError):
        read(kind, typed)


TUESDAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("今天", "11-24"), ("明天", "11-25"), ("后天", "11-26"), ("大后天", "11-27"), ("昨天", "11-23"), ("前天", "11-22"),
        ("today", "11-24"), ("Tomorrow", "11-25"), ("yesterday", "11-23"), ("day after  tomorrow", "11-26"),
        ("周五", "11-27"), ("星期二", "11-24"), ("礼拜天", "11-29"), ("周1", "11-30"), ("fri", "11-27"), ("Tuesday", "11-24"),
        ("下周一", "11-30"), ("下个星期五", "12-04"), ("本周一", "11-23"), ("上周五", "11-20"),
        ("next monday", "11-30"), ("next fri", "12-04"), ("this mon", "11-23"), ("last friday", "11-20"),
        ("月底", "11-30"), ("月末", "11-30"), ("月初", "11-01"), ("下月底", "12-31"), ("上个月底", "10-31"), ("年底", "12-31"),
        ("month-end", "11-30"), ("month start", "11-01"), ("next month-end", "12-31"), ("year-end", "12-31"),
        ("+3", "11-27"), ("＋３", "11-27"), ("-3", "11-21"), ("+2周", "12-08"), ("+2w", "12-08"), ("3天后", "11-27"),
        ("两周后", "12-08"), ("三天前", "11-21"), ("in 3 days", "11-27"), ("1 week ago", "11-17"), ("12月5日", "12-05"),
        ("11-20", "11-20"), ("12-5", "12-05"),
    ],
)  # fmt: skip
def test_days_are_named_in_both_languages_at_once(typed: str, day: str) -> None:
    assert day_named(typed, TUESDAY) == date.fromisoformat(f"2026-{day}")


def test_a_day_without_its_year_is_the_nearest() -> None:
    assert day_named("1月5日", date(2026, 12, 20)) == date(2027, 1, 5)
    assert day_named("12月30日", date(2027, 1, 2)) == date(2026, 12, 30)
    assert day_named("2月29日", date(2028, 3, 1)) == date(2028, 2, 29)


@pytest.mark.parametrize(
    "typed", ["soon", "f", "mo", "2月29日", "2月30日", "周八", "next", "+", "+99999", "13-06", "05/06", "24"]
)
def test_no_day_is_guessed(typed: str) -> None:
    assert day_named(typed, TUESDAY) is None


def test_without_a_today_only_a_date_is_a_day() -> None:
    assert day_named("明天", None) is None
    assert day_named("2026年11月24日", None) == TUESDAY
    assert day_named("+3", date.max) is None


@pytest.mark.parametrize("kind", [Day, Moment, Clock, Span, Fen, Whole, Line, Words, Code])
@given(typed=st.text() | st.text("0123456789-:./ hdmin年月日¥e+", max_size=24) | st.integers() | st.floats())
def test_nothing_typed_makes_a_kind_of_field_fall_over(kind: Any, typed: Any) -> None:
    with suppress(ValidationError):
        read(kind, typed)


class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"


class Form(Input):
    name: Line
    colour: Colour = Colour.RED
    size: Literal["small", "large"] = "small"
    post: Annotated[str, Of(Staff, "post")] = ""
    keeper: Annotated[Staff, Ref("people.staff")] | None = None
    helpers: list[Annotated[Staff, Ref("people.staff")]] = []
    boss: Annotated[Staff, Ref("people.staff", only=lambda ctx, rows: rows.filter(post="boss"))] | None = None
    pin: Pin = ""
    points: Decimal = Decimal(0)


async def nothing(ctx: Any, data: Any) -> Text | None:
    return None


FORM = Action("people.form", run=nothing, needs="people.form", input=Form)


async def made(host: Host, raw: Mapping[str, Any], action: Action = FORM) -> Any:
    async def go() -> Any:
        ctx = await host.context(SYSTEM)
        return await parse(action, raw, ctx, Finder(host, ctx))

    return await host.call(go())


@asynccontextmanager
async def faults() -> AsyncIterator[dict[str, str]]:
    """Collects what is refused: field → id of its text."""
    told: dict[str, str] = {}
    with pytest.raises(BadInputs) as fault:
        yield told
    told.update({one.field: one.text.id for one in fault.value.faults})


async def test_records_are_named_and_reach_the_action_as_records(host: Host) -> None:
    await enrol(host, "wang.fang")
    form = await made(host, {"name": "x", "keeper": "wang.fang", "helpers": ["admin", 2]})
    assert form.keeper.login == "wang.fang"
    assert [one.login for one in form.helpers] == ["admin", "wang.fang"]


async def test_every_faulty_field_is_told_at_once_in_their_order(host: Host) -> None:
    async with faults() as told:
        await made(host, {
            "colour": "green", "size": "huge", "post": "x" * 65, "keeper": "nobody", "pin": "1\x002", "points": "many", "nmae": "x",
        })  # fmt: skip
    assert told == {
        "name": "input.missing",
        "colour": "input.enum",
        "size": "input.literal_error",
        "post": "input.string_too_long",
        "keeper": "engine.no_row_alone",
        "points": "input.decimal_parsing",
        "nmae": "input.extra_forbidden",
    }
    assert list(told) == ["name", "colour", "size", "post", "keeper", "points", "nmae"]


async def test_faults_name_value_expectation_and_nearest_in_both_languages(host: Host) -> None:
    with pytest.raises(BadInputs) as fault:
        await made(host, {"name": "x", "colour": "green", "nmae": "y", "points": "\ud800"})
    by_field = {one.field: one for one in fault.value.faults}
    assert by_field["colour"].value == "green"
    assert "red" in by_field["colour"].text.args["expected"]
    assert by_field["nmae"].text.args["near"] == "name"
    for one in fault.value.faults:
        for lang in LANGUAGES:
            assert host.words.find(one.text.id, lang)
            assert "{" not in host.words.say(one.text, lang)


async def test_only_some_records_can_be_chosen(host: Host) -> None:
    async with faults() as told:
        await made(host, {"name": "x", "boss": "admin"})
    assert told == {"boss": "engine.not_choosable"}
    await enrol(host, "boss", post="boss")
    assert (await made(host, {"name": "x", "boss": "boss"})).boss.login == "boss"


@pytest.mark.parametrize("empty", [None, "", "  ", "\u3000"])
async def test_an_empty_field_is_none_given(host: Host, empty: str | None) -> None:
    async with faults() as told:
        await made(host, {"name": empty})
    assert told == {"name": "input.missing"}


async def test_an_action_without_input_takes_no_field(host: Host) -> None:
    bare = Action("people.bare", run=nothing, needs="people.bare")
    assert await made(host, {}, bare) is None
    with pytest.raises(BadInput) as fault:
        await made(host, {"name": "x"}, bare)
    assert fault.value.field == "name"


async def test_the_journal_sees_no_secret_and_records_by_number(host: Host) -> None:
    form = await made(host, {"name": "x", "pin": "1234", "keeper": "admin", "helpers": ["admin"]})
    told = shown(form)
    assert (told["pin"], told["keeper"], told["helpers"]) == ("***", "#1", ["#1"])
    assert "boss" not in told
    assert shown(None) == {}
    secret = [name for name, info in Form.model_fields.items() if is_secret(info)]
    assert secret == ["pin"]
    assert [name for name, info in Form.model_fields.items() if ref_of(info)] == ["keeper", "helpers", "boss"]


async def test_a_wrong_secret_is_not_repeated(host: Host) -> None:
    with pytest.raises(BadInputs) as fault:
        await made(host, {"name": "x", "pin": ["1234"]})
    assert "1234" not in repr(fault.value.text)
