"""Which column is which field: by id, by label in either language, by alias; and values as the inputs read them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import pytest

from cstui.contract.declare import Action, Bulk, Ref
from cstui.contract.errors import BadInput
from cstui.contract.inputs import Clock, Code, Day, Fen, Input, Line, Moment, Pin, Span, Whole, Words
from cstui.sheet import Sheet, read
from cstui.sheet.columns import Headers, Raw, importable
from cstui.sheet.fields import fields_of
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


def rows(headers: Headers, text: str) -> Raw:
    return headers.rows(read(text.encode(), known=headers.known))


@pytest.mark.parametrize("header", ["tag_no", "Tag No", "编号", "钥匙编号（必填）", "Key tag", "TAG", "Ｔａｇ"])
def test_a_header_is_known_by_id_label_and_alias(headers: Headers, header: str) -> None:
    assert rows(headers, f"{header},door kind\n1-1,window\n").rows == [(2, {"tag_no": "1-1", "door_kind": "window"})]


@pytest.mark.parametrize("word", ["防盗铁门", "security gate", "Security Gate", "security_gate", " 防盗 铁门 "])
def test_a_choice_is_known_by_its_word_in_both_languages(headers: Headers, word: str) -> None:
    assert rows(headers, f"tag_no,门类\n1-1,{word}\n").rows[0][1]["door_kind"] == "security_gate"


def test_yes_and_no_are_known_in_both_languages(headers: Headers) -> None:
    raw = rows(headers, "tag_no,door_kind,labelled\na,window,是\nb,window,否\nc,window,Yes\n")
    assert [row["labelled"] for _, row in raw.rows] == ["true", "false", "true"]


def test_a_blank_cell_says_nothing(headers: Headers) -> None:
    assert rows(headers, "tag_no,door_kind,remark\na,window,\n").rows == [(2, {"tag_no": "a", "door_kind": "window"})]


def test_an_unknown_column_is_ignored_with_a_note_and_the_nearest(headers: Headers) -> None:
    notes = rows(headers, "tag_no,door_kind,copy_nr,天气\na,window,2,晴\n").notes
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
    raw = rows(headers, "tag_no\tdoor_kind\tkeepers\na\twindow\twang.fang、li.qiang\n")
    assert raw.rows[0][1]["keepers"] == ["wang.fang", "li.qiang"]


def test_typed_cells_of_a_workbook_fit_the_field(headers: Headers) -> None:
    names = ("tag_no", "door_kind", "on", "at", "until")
    cells = (
        datetime(2026, 1, 2),
        "window",
        datetime(2026, 11, 24),
        datetime(2026, 11, 24, 18),
        datetime(1900, 1, 1, 8, 30),
    )
    row = headers.rows(Sheet("", names, [(2, cells)])).rows[0][1]
    assert (
        row["tag_no"] == "2026-01-02"
    )  # a code that Excel took for a date: shown as such, and refused by the register
    assert (row["on"], row["at"], row["until"]) == (cells[2], cells[3], time(8, 30))


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
