"""Which column is which field: by id, by label in either language, by alias; and values as the inputs read them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import pytest

from cstui.contract.action import Action, Bulk
from cstui.contract.declare import Column, Ref, Register
from cstui.contract.errors import BadInput
from cstui.contract.inputs import Clock, Code, Day, Fen, Input, Line, Moment, Pin, Span, Whole, Words
from cstui.contract.text import Text
from cstui.sheet import Sheet, read
from cstui.sheet.columns import Headers, Raw, importable
from cstui.sheet.fields import fields_of
from cstui.sheet.model import Unreadable
from cstui.sheet.serials import EPOCH_1900, EPOCH_1904
from cstui.words import Words as Texts


class Door(StrEnum):
    GATE = "security_gate"
    WINDOW = "window"


class Thing:
    """Stands for a record."""


class Put(Input):
    tag_no: Code
    door_kind: Door
    copy_no: Whole = 1
    holder: Annotated[Thing, Ref("people.staff")] | None = None
    keepers: list[Annotated[Thing, Ref("people.staff")]] = []
    labelled: bool = False
    on: Day | None = None
    at: Moment | None = None
    until: Clock | None = None
    length: Span | None = None
    cost: Fen | None = None
    remark: Words | None = None
    pin: Pin | None = None
    title: Line = ""


async def nothing(ctx: Any, rows: Sequence[Any]) -> Sequence[Any]:
    return ["created"] * len(rows)


async def act(ctx: Any, data: Any) -> None:
    return None


PUT = Action(
    "keys.put", act, "keys.put", input=Put, register="keys.keys",
    bulk=Bulk(nothing, ("tag_no",), aliases={"tag_no": ("钥匙编号", "Tag")}),
)  # fmt: skip


@pytest.fixture
def headers(tmp_path: Path) -> Headers:
    zh = '[field]\ntag_no = "编号"\ndoor_kind = "门类"\n[choice]\nsecurity_gate = "防盗铁门"\nwindow = "窗"\n'
    en = '[field]\ntag_no = "Key tag"\ndoor_kind = "Door"\n[choice]\nsecurity_gate = "security gate"\nwindow = "window"\n'
    (tmp_path / "zh_CN.toml").write_text(zh, "utf-8")
    (tmp_path / "en.toml").write_text(en, "utf-8")
    return Headers(PUT, Texts.load({"keys": tmp_path}))


def raw(headers: Headers, text: str) -> Raw:
    return headers.rows(read(text.encode(), known=headers.known))


def rows(headers: Headers, text: str) -> list[tuple[int, dict[str, Any]]]:
    return list(raw(headers, text).rows)


def typed(headers: Headers, name: str, cell: Any, epoch: datetime | None = EPOCH_1900) -> Any:
    """What a field reads out of a cell of a workbook."""
    sheet = Sheet("", ("tag_no", "door_kind", name), [(2, ("a", "window", cell))], epoch=epoch)
    return dict(next(iter(headers.rows(sheet).rows))[1]).get(name)


@pytest.mark.parametrize("header", ["tag_no", "Tag No", "编号", "钥匙编号（必填）", "Key tag", "TAG", "Ｔａｇ"])
def test_a_header_is_known_by_id_label_and_alias(headers: Headers, header: str) -> None:
    assert rows(headers, f"{header},door kind\n1-1,window\n") == [(2, {"tag_no": "1-1", "door_kind": "window"})]


@pytest.mark.parametrize("word", ["防盗铁门", "security gate", "Security Gate", "security_gate", " 防盗 铁门 "])
def test_a_choice_is_known_by_its_word_in_both_languages(headers: Headers, word: str) -> None:
    assert rows(headers, f"tag_no,门类\n1-1,{word}\n")[0][1]["door_kind"] == "security_gate"


def test_yes_and_no_are_known_in_both_languages(headers: Headers) -> None:
    made = rows(headers, "tag_no,door_kind,labelled\na,window,是\nb,window,否\nc,window,Yes\n")
    assert [row["labelled"] for _, row in made] == ["true", "false", "true"]


def test_a_blank_cell_says_nothing(headers: Headers) -> None:
    assert rows(headers, "tag_no,door_kind,remark\na,window,\n") == [(2, {"tag_no": "a", "door_kind": "window"})]


def test_an_unknown_column_is_ignored_with_a_note_and_the_nearest(headers: Headers) -> None:
    notes = raw(headers, "tag_no,door_kind,copy_nr,天气\na,window,2,晴\n").notes
    assert [note.id for note in notes] == ["sheet.ignored_near", "sheet.ignored"]
    assert str(notes[0].args["near"].args["words"]) == "copy_no"


def test_a_missing_required_column_is_an_error_that_shows_the_headers(headers: Headers) -> None:
    with pytest.raises(BadInput) as caught:
        rows(headers, "tag_no,颜色\na,红\n")
    assert caught.value.field == "door_kind"
    assert caught.value.text.args["headers"] == "tag_no、颜色"


def test_two_columns_for_one_field_are_an_error(headers: Headers) -> None:
    with pytest.raises(BadInput) as caught:
        rows(headers, "tag_no,编号,door_kind\na,b,window\n")
    assert caught.value.text.args["headers"] == "tag_no、编号"


def test_several_records_in_a_cell(headers: Headers) -> None:
    made = rows(headers, "tag_no\tdoor_kind\tkeepers\na\twindow\twang.fang、li.qiang\n")
    assert made[0][1]["keepers"] == ["wang.fang", "li.qiang"]


MOMENT = datetime(2026, 11, 24, 18)


@pytest.mark.parametrize(
    ("name", "cell", "value"),
    [
        ("remark", 12, "12"),
        ("remark", 13900000000.0, "13900000000"),
        ("remark", 1e21, "1000000000000000000000"),
        ("remark", 0.00001, "0.00001"),
        ("remark", datetime(2026, 1, 2), "2026-01-02"),
        ("remark", time(8, 30), "08:30"),
        ("copy_no", 2.0, "2"),
        ("cost", 12.5, "12.5"),  # yuan, never fen
        ("cost", 12, "12"),
        ("labelled", 1, "1"),
        ("on", datetime(2026, 11, 24), datetime(2026, 11, 24)),
        ("on", 46350, date(2026, 11, 24)),
        ("at", MOMENT, MOMENT),
        ("at", 46350.75, MOMENT),
        ("at", date(2026, 11, 24), datetime(2026, 11, 24)),
        ("until", datetime(1900, 1, 1, 8, 30), time(8, 30)),
        ("until", 0.75, time(18)),
        ("until", timedelta(hours=8), time(8)),
        ("length", time(8, 30), timedelta(hours=8, minutes=30)),
        ("length", timedelta(hours=26), timedelta(hours=26)),
        ("remark", "****", None),
        ("on", "****", None),
    ],
)
def test_typed_cells_of_a_workbook_fit_the_field(headers: Headers, name: str, cell: Any, value: Any) -> None:
    read_back = typed(headers, name, cell)
    assert (type(read_back), read_back) == (type(value), value)


def test_days_count_from_the_workbooks_own_epoch(headers: Headers) -> None:
    assert typed(headers, "on", 44888, EPOCH_1904) == date(2026, 11, 24)


@pytest.mark.parametrize(("name", "value"), [("on", "46350"), ("at", "46350.75"), ("until", "0.75")])
def test_a_bare_number_for_a_day_is_refused_where_nobody_knows_what_it_counts_from(
    headers: Headers, name: str, value: str
) -> None:
    fault = rows(headers, f"tag_no,door_kind,{name}\na,window,{value}\n")[0][1][name]
    assert isinstance(fault, BadInput)
    assert (fault.text.id, fault.field, fault.value) == ("sheet.bare_number", name, value)


def test_no_day_of_1900(headers: Headers) -> None:
    fault = typed(headers, "on", 60)
    assert isinstance(fault, BadInput) and fault.text.id == "sheet.no_serial"


def test_what_cant_be_read_is_a_fault_where_the_cell_is_needed_and_only_there(headers: Headers) -> None:
    bad = Unreadable(Text("sheet.error_cell", value="#REF!", sheet="", line=2, column="C"))
    sheet = Sheet("", ("tag_no", "door_kind", "remark", "weather"), [(2, ("a", "window", bad, bad))])
    row = next(iter(headers.rows(sheet).rows))[1]
    assert row["remark"].value == "#REF!"
    assert row["remark"].field == "remark"
    assert set(row) == {"tag_no", "door_kind", "remark"}


@pytest.fixture
def mapped(headers: Headers) -> Any:
    """Headers of the same action with what is remembered and what is said."""

    def make(remembered: dict[str, str] | None = None, said: dict[str, str] | None = None) -> Headers:
        return Headers(PUT, headers.words, OWN, remembered, said)

    return make


OWN = Register("keys.keys", Thing, (Column("tag_no"), Column("holder_name")), "key", ("tag_no",))


def test_the_registers_own_columns_are_known_and_not_imported(mapped: Any) -> None:
    made = raw(mapped(), "tag_no,door_kind,holder name\na,window,王芳\n")
    assert (made.notes, list(made.rows)) == ((), [(2, {"tag_no": "a", "door_kind": "window"})])


def test_what_was_remembered_is_used_and_told(mapped: Any) -> None:
    made = raw(mapped({"钥匙号码": "tag_no", "天气": ""}), "钥匙 号码,door_kind,天气\na,window,晴\n")
    assert list(made.rows) == [(2, {"tag_no": "a", "door_kind": "window"})]
    assert [note.id for note in made.notes] == ["sheet.remembered", "sheet.left_out"]


def test_what_is_said_now_comes_first(mapped: Any) -> None:
    made = raw(mapped({"X": "remark"}, {"x": "tag_no", "编号": ""}), "X,door_kind,编号\na,window,b\n")
    assert list(made.rows) == [(2, {"tag_no": "a", "door_kind": "window"})]
    assert made.notes == ()


def test_remembered_for_a_field_that_is_no_more_counts_as_unknown(mapped: Any) -> None:
    assert [note.id for note in raw(mapped({"X": "gone"}), "X,tag_no,door_kind\n1,a,window\n").notes] == [
        "sheet.ignored"
    ]


def test_a_field_is_named_by_id_or_label_and_a_wrong_one_gets_the_nearest(mapped: Any) -> None:
    assert next(iter(raw(mapped(said={"X": "Key tag"}), "X,door_kind\na,window\n").rows))[1]["tag_no"] == "a"
    with pytest.raises(BadInput) as caught:
        mapped(said={"X": "tag_nr"})
    assert (caught.value.text.id, caught.value.text.args["near"]) == ("sheet.no_field_near", "tag_no")
    with pytest.raises(BadInput) as caught:
        raw(mapped(said={"Y": "tag_no"}), "X,door_kind\na,window\n")
    assert (caught.value.text.id, caught.value.value) == ("sheet.no_header", "Y")


def test_fields_are_read_off_the_input() -> None:
    made = {one.name: one for one in fields_of(Put)}
    kinds = {
        "tag_no": "text", "door_kind": "choice", "copy_no": "whole", "holder": "record", "keepers": "record",
        "labelled": "flag", "on": "day", "at": "moment", "until": "clock", "length": "span", "cost": "money",
        "remark": "words", "pin": "secret", "title": "text",
    }  # fmt: skip
    assert {name: one.kind for name, one in made.items()} == kinds
    assert [name for name, one in made.items() if one.required] == ["tag_no", "door_kind"]
    assert [name for name, one in made.items() if one.many] == ["keepers"]
    assert made["door_kind"].choices == ("security_gate", "window")
    assert made["holder"].ref == Ref("people.staff")


def test_what_cannot_be_imported_is_refused_with_what_can() -> None:
    assert importable({PUT.id: PUT}, "keys.keys") is PUT
    with pytest.raises(BadInput) as caught:
        importable({PUT.id: PUT}, "keys.loans")
    assert caught.value.text.args["registers"] == "keys.keys"
