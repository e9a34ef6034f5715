"""Texts in two languages, and how each writes dates, spans and money."""

from __future__ import annotations

import re
import subprocess
import sys
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from cstui.contract.context import UNKNOWN
from cstui.contract.text import Text, Verbatim, choice
from cstui.toml import ConfigFault, line_of
from cstui.words import Words, choose_language, host_folders, read_words

SHANGHAI = ZoneInfo("Asia/Shanghai")
ROOT = Path(__file__).parents[2]


class State(StrEnum):
    ON_LOAN = "on_loan"


@pytest.fixture
def words(tmp_path: Path) -> Words:
    (tmp_path / "zh_CN.toml").write_text(
        """[due]
overdue = "钥匙 {key} 迟 {late}，{since} 借出"
[choice]
on_loan = "借出"
[field]
name = "栋名"
[x]
paid = "付 {amount:money}，计 {score:points}"
until = "{at:by} 前"
within = "须在 {limit} 内把 {key} 告知"
braces = "{{{key}}} {nothing} {"
""",
        "utf-8",
    )
    (tmp_path / "en.toml").write_text(
        """[due]
overdue = "key {key} is {late} late, lent {since}"
[choice]
on_loan = "on loan"
[x]
only_en = "only here"
paid = "paid {amount:money}, {score:points}"
until = "by {at:by}"
within = "within {limit} of {key}"
""",
        "utf-8",
    )
    return Words.load({**host_folders(), "keys": tmp_path})


def test_a_text_is_said_in_both_languages_with_its_arguments(words: Words) -> None:
    text = Text(
        "keys.due.overdue",
        key="3-2 1502",
        late=timedelta(hours=15, minutes=2),
        since=datetime(2026, 11, 23, 10, 0, tzinfo=UTC),
    )
    assert words.say(text, "zh_CN", SHANGHAI) == "钥匙 3-2 1502 迟 15 小时 2 分，11-23 18:00 借出"
    assert words.say(text, "en", SHANGHAI) == "key 3-2 1502 is 15 h 2 min late, lent 11-23 18:00"
    within = Text("keys.x.within", limit=timedelta(hours=24), key="王芳")
    assert words.say(within, "zh_CN") == "须在 24 小时内把 王芳 告知"
    assert words.say(within, "en") == "within 24 h of 王芳"


def test_what_is_due_at_midnight_is_due_by_the_end_of_the_day_before(words: Words) -> None:
    midnight = datetime(2026, 11, 24, 16, tzinfo=UTC)
    assert words.by(midnight, SHANGHAI) == "11-24 24:00"
    assert words.by(midnight + timedelta(minutes=1), SHANGHAI) == "11-25 00:01"
    assert words.say(Text("keys.x.until", at=midnight), "zh_CN", SHANGHAI) == "11-24 24:00 前"


def test_say_never_fails(words: Words) -> None:
    assert words.say("keys.no.such", "en") == "keys.no.such"
    assert words.say("keys.due.overdue", "en") == "key {key} is {late} late, lent {since}"
    assert words.say("keys.x.braces", "zh_CN", key="a") == "{a} {nothing} {"
    assert words.say(Text("keys.x.paid", amount="viel", score=None), "en") == "paid viel, —"


def test_arguments_are_data_never_patterns(words: Words) -> None:
    text = Text("keys.due.overdue", key="{late}", late="\\1 {key.__class__}", since="%s")
    assert words.say(text, "en") == "key {late} is \\1 {key.__class__} late, lent %s"


def test_a_language_without_the_text_borrows_the_others(words: Words) -> None:
    assert words.say("keys.x.only_en", "zh_CN") == "only here"


@pytest.mark.parametrize(
    ("value", "zh", "en"),
    [
        (None, "—", "—"),
        (True, "是", "yes"),
        (UNKNOWN, "未报", "unknown"),
        (State.ON_LOAN, "借出", "on loan"),
        (choice("keys", "on_loan"), "借出", "on loan"),
        (Verbatim("{key} [red]"), "{key} [red]", "{key} [red]"),
        (date(2026, 11, 24), "2026-11-24", "2026-11-24"),
        (time(18, 5), "18:05", "18:05"),
        (datetime(2026, 11, 23, 16, 30, tzinfo=UTC), "11-24 00:30", "11-24 00:30"),
        (timedelta(hours=24), "24 小时", "24 h"),
        (timedelta(hours=30), "30 小时", "30 h"),
        (timedelta(days=3, hours=5, minutes=9), "3 天 5 小时", "3 d 5 h"),
        (timedelta(minutes=90), "1 小时 30 分", "1 h 30 min"),
        (timedelta(seconds=45), "45 秒", "45 s"),
        (timedelta(0), "0 分", "0 min"),
        (-timedelta(minutes=5), "-5 分", "-5 min"),
        (Decimal("1E+2"), "100", "100"),
        (("a", State.ON_LOAN), "a、借出", "a, on loan"),
        (7, "7", "7"),
    ],
)
def test_values_as_each_language_writes_them(words: Words, value: object, zh: str, en: str) -> None:
    assert words.value(value, "zh_CN", SHANGHAI, area="keys") == zh
    assert words.value(value, "en", SHANGHAI, area="keys") == en


def test_a_moment_of_another_year_shows_it(words: Words) -> None:
    words.clock = lambda: datetime(2026, 12, 31, 16, 30, tzinfo=UTC)  # already 2027 in Shanghai
    assert words.value(datetime(2026, 12, 31, 15, 0, tzinfo=UTC), "en", SHANGHAI) == "2026-12-31 23:00"
    assert words.value(datetime(2026, 12, 31, 17, 0, tzinfo=UTC), "en", SHANGHAI) == "01-01 01:00"


@pytest.mark.parametrize(
    ("fen", "zh", "en"),
    [(1250, "12.50 元", "CNY 12.50"), (5, "0.05 元", "CNY 0.05"), (-1, "-0.01 元", "CNY -0.01")],
)
def test_money_is_whole_fen(words: Words, fen: int, zh: str, en: str) -> None:
    assert (words.money(fen, "zh_CN"), words.money(fen, "en")) == (zh, en)


def test_money_and_points_in_a_text(words: Words) -> None:
    assert words.say(Text("keys.x.paid", amount=5000, score=250), "zh_CN") == "付 50.00 元，计 2.5 分"
    assert words.points(1000, "en") == "10 pts"


@pytest.mark.parametrize(
    ("n", "said"), [(1, "1 key is out"), (2, "2 keys are out"), (0, "0 keys are out"), ("1", "1 key is out")]
)
def test_a_word_goes_with_its_number(tmp_path: Path, n: object, said: str) -> None:
    (tmp_path / "zh_CN.toml").write_text('out = "{n} 把在外"\n', "utf-8")
    (tmp_path / "en.toml").write_text('out = "{n} {n:key is|keys are} out"\n', "utf-8")
    words = Words.load({"p": tmp_path})
    assert words.say(Text("p.out", n=n), "en") == said
    assert words.missing() == []


def test_a_label_is_the_areas_else_the_hosts_else_the_name(words: Words) -> None:
    assert words.label("keys", "name", "zh_CN") == "栋名"
    assert words.label("keys", "reason", "zh_CN") == "事由"
    assert words.label("keys", "hook_no", "zh_CN") == "hook no"


def test_what_the_languages_dont_share_is_listed(tmp_path: Path) -> None:
    (tmp_path / "zh_CN.toml").write_text('a = "{n} 个"\nb = "乙"\n', "utf-8")
    (tmp_path / "en.toml").write_text('a = "{m} of them"\nc = "c"\n', "utf-8")
    assert Words.load({"p": tmp_path}).missing() == [("p.a", ""), ("p.b", "en"), ("p.c", "zh_CN")]


def test_a_broken_file_is_named_and_shows_ids(tmp_path: Path) -> None:
    (tmp_path / "en.toml").write_text("a = \n", "utf-8")
    words = Words.load({"p": tmp_path})
    assert words.say("p.a", "en") == "p.a"
    assert words.faults[0].startswith(f"{tmp_path}, en: ")


def test_all_bundled_folders_are_complete_in_both_languages() -> None:
    folders = {
        **host_folders(),
        **{path.parent.name.removeprefix("cstui_"): path for path in ROOT.glob("plugins/*/strings")},
    }
    words = Words.load(folders)
    assert words.missing() == []
    assert words.faults == []


def test_every_text_that_the_code_names_is_there() -> None:
    folders = {path.parent.name.removeprefix("cstui_"): path for path in ROOT.glob("plugins/*/strings")}
    texts = Words.load({**host_folders(), **folders}).texts("en")
    named = re.compile(
        r'''\b(?:say|Text|\w*Fault|Refusal|BadInput|NotPermitted|Stale|forbid)\([^"()]*"([a-z_]+(?:\.\w+)+)"'''
    )
    for path in [*ROOT.glob("src/**/*.py"), *ROOT.glob("plugins/**/*.py")]:
        found = {one[1] for one in named.finditer(path.read_text("utf-8"))}
        assert found <= texts.keys(), f"{path}: {found - texts.keys()}"


@pytest.mark.parametrize(
    ("setting", "environ", "expected"),
    [
        ("auto", {"LC_ALL": "zh_CN.UTF-8", "LANG": "en_US.UTF-8"}, "zh_CN"),
        ("auto", {"LC_ALL": "C.UTF-8", "LANG": "zh_CN.UTF-8"}, "en"),
        ("auto", {"LC_ALL": "", "LC_MESSAGES": "zh_TW", "LANG": "de"}, "zh_CN"),
        ("auto", {}, "en"),
        ("en", {"LANG": "zh_CN.UTF-8"}, "en"),
        ("zh_CN", {}, "zh_CN"),
    ],
)
def test_the_language_follows_the_setting_then_the_locale(setting: str, environ: dict[str, str], expected: str) -> None:
    assert choose_language(setting, environ) == expected


def test_words_load_without_the_heavy_libraries() -> None:
    code = "import cstui.words, sys; print([m for m in ('tortoise','pydantic','textual','rich') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_language_may_stand_in_several_files_and_says_each_text_once(tmp_path: Path) -> None:
    (tmp_path / "en").mkdir()
    (tmp_path / "en.toml").write_text('[field]\na = "one"\n', "utf-8")
    (tmp_path / "en/more.toml").write_text('[field]\nb = "two"\n', "utf-8")
    assert read_words(tmp_path, "en") == {"field.a": "one", "field.b": "two"}
    (tmp_path / "en/more.toml").write_text('[field]\na = "two"\n', "utf-8")
    with pytest.raises(ValueError, match=r"more\.toml: field\.a is said twice"):
        read_words(tmp_path, "en")


def test_a_file_of_words_that_cannot_be_read_is_told_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "zh_CN.toml"
    for written, told in (
        ("[field]\na = “甲”\n".encode(), ("config.syntax_wide", 2)),
        ('[field]\na = "甲"\n'.encode("gb18030"), ("config.not_utf8", 0)),
    ):
        path.write_bytes(written)
        with pytest.raises(ConfigFault) as fault:
            read_words(tmp_path, "zh_CN")
        assert (fault.value.text.id, line_of(fault.value)) == told
