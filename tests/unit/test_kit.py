"""What the kit understands, and what it writes: plain Python as the house's own."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from cstui.contract.errors import BadInput
from cstui.contract.text import Text, Verbatim
from cstui.kit.files import files
from cstui.kit.kinds import KINDS
from cstui.kit.places import placed
from cstui.kit.wish import Wish, record_of, wish
from cstui.plugins.faults import at
from cstui.words import LANGUAGES, Words, host_folders

VISIT = "visit=来访: visitor=访客 text 40, host=接待人 person, until=离开时间 moment due, phone?=电话 text 20"
EVERYTHING = "entry: code code, place text, a words, b day due, c? moment, d number, e money, f flag, " + (
    "g choice one/two, h? person, i team, j? choice three/four, k? words, m? text 20"
)
WISHES = (
    wish("visitors", "Visitors=访客登记", [VISIT]),
    wish("visitors", "Visitors=访客登记", [VISIT], "supervisor"),
    wish("things", "Things", [EVERYTHING, "box: label code 8", "note_of_a_day: body words"], "supervisor"),
    wish("things", 'The """things" \\ of $all', ["thing: what text 80"]),
)


def test_a_record_is_understood_with_its_names_in_both_languages() -> None:
    record = record_of(VISIT)
    assert (record.named.en, record.named.zh_CN, record.plural, record.key) == ("visit", "来访", "visits", "no")
    assert [(field.name, field.kind, field.optional, field.due) for field in record.fields] == [
        ("visitor", "text", False, False),
        ("host", "person", False, False),
        ("until", "moment", False, True),
        ("phone", "text", True, False),
    ]
    assert record_of("box: label code 8, what text").key == "label"
    assert [record_of(f"{name}: a text").plural for name in ("box", "entry", "toy")] == ["boxes", "entries", "toys"]


def test_punctuation_of_a_chinese_keyboard_is_understood() -> None:
    typed = VISIT.translate(str.maketrans(":,?= ", "：，？＝　"))
    assert typed != VISIT
    assert record_of(typed) == record_of(VISIT)
    assert wish("visitors", "Visitors＝访客登记", [typed]) == WISHES[0]


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_a_field(kind: str) -> None:
    shape = f"{kind} one/two" if kind == "choice" else kind
    (field,) = record_of(f"thing: a {shape}").fields
    assert field.kind == kind


@pytest.mark.parametrize(
    "line",
    [
        "",
        "a",
        "a:",
        ": b text",
        "a: b",
        "a: b text 0",
        "a: b day 4",
        "a: b text 5000",
        "a: b text, ",
        "rule: a text",
        "visit=来{访}: a text",
        "visit: a=\x1b[2J text",
        "model: a text",
        "a: fields text",
    ],
)
def test_what_is_no_record_is_refused(line: str) -> None:
    with pytest.raises(BadInput):
        record_of(line)


@pytest.mark.parametrize("made", WISHES, ids=range(len(WISHES)))
def test_what_is_written_is_formatted_and_free_of_faults(made: Wish, tmp_path: Path) -> None:
    for name, text in files(made).items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    ruff = [sys.executable, "-m", "ruff"]
    subprocess.run([*ruff, "format", "--check", "--line-length", "120", tmp_path], check=True, capture_output=True)
    told = [*ruff, "check", "--line-length", "120", "--select", "E,F,W,UP,B,C4,SIM", "--isolated", tmp_path]
    subprocess.run(told, check=True, capture_output=True)
    both = [tomllib.loads((tmp_path / f"strings/{lang}.toml").read_text("utf-8")) for lang in ("zh_CN", "en")]
    assert both[0].keys() == both[1].keys()
    assert all(len(text.splitlines()) < 300 for text in files(made).values())


def test_a_fault_is_placed_where_it_is_mended(tmp_path: Path) -> None:
    (tmp_path / "strings").mkdir()
    (tmp_path / "strings/en.toml").write_text('title = "x"\n\n[field]\nno = "no."\n')
    (tmp_path / "models.py").write_text("\n\nclass Visit(Record):\n")
    (tmp_path / "visits.py").write_text('\nADD = Action(\n    "v.add",\n    "no",\n)\n')
    words = Words.load(host_folders())
    column = Text("plugins.fault.column_twice", column="no")
    for fault, place in (
        (at("action", "v.add", Text("plugins.fault.no_rule", rule="v-09")), "/visits.py:3"),
        (Text("plugins.fault.not_async", name=at("action", "v.add", Verbatim("run"))), "/visits.py:3"),
        (at("record", "Visit", Text("plugins.fault.table", value="'x'", area="v")), "/models.py:3"),
        (at("register", "v.gone", column), "/visits.py:4"),
        (Text("plugins.fault.one_language", text="field.phone", lang="en"), "/strings/en.toml:3"),
        (Text("plugins.kit.no_word", text="v.field.phone", lang="en"), "/strings/en.toml:3"),
        (Verbatim("something else"), ""),
    ):
        for lang in LANGUAGES:
            assert words.say(placed(fault, tmp_path), lang) == f"{tmp_path}{place}: {words.say(fault, lang)}"
