"""config.toml: what it may say, and how a mistake is answered."""

from __future__ import annotations

import os
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from cstui.config import CATALOGUE, ConfigFault, Settings, figures, load
from cstui.contract.declare import Area
from cstui.contract.rules import Param, Rule
from cstui.identity import trusted_accounts
from cstui.words import Words, host_folders

WORDS = Words.load(host_folders())
AREA = Area(
    "keys",
    strings="",
    rules=(
        Rule(
            "keys-22",
            "deadline",
            "—",
            (
                Param("loan_max", timedelta(hours=24)),
                Param("overdue_blocks_loan", True),
                Param("reason_min", 4, unit="chars"),
                Param("fine", Decimal("1.5")),
                Param("owner_key_kinds", ("gate", "door")),
                Param("grouping", "by_floor", choices=("by_floor", "by_household")),
            ),
        ),
    ),
)


def write(folder: Path, text: str, name: str = "config.toml") -> Path:
    path = folder / name
    path.write_text(text, "utf-8", newline="")
    path.chmod(0o644)
    return path


def faults(folder: Path, text: str) -> list[str]:
    """The mistakes as an English reader sees them, without the folder."""
    with pytest.raises(ConfigFault) as caught:
        figures(load(write(folder, text), {}), {"keys": AREA})
    assert caught.value.code == 4
    said = [WORDS.say(fault.text, "en") for fault in caught.value.faults]
    assert not any("{" in words for words in said), said
    return [words.replace(f"{folder}/", "") for words in said]


def test_an_empty_file_has_sensible_defaults(tmp_path: Path) -> None:
    settings = load(write(tmp_path, ""), {"LANG": "zh_CN.UTF-8"})
    assert settings.store_file == tmp_path / "cstui.db"
    assert settings.checkpoints == tmp_path / "checkpoints.txt"
    assert settings.language == "zh_CN"
    assert str(settings.zone) == "Asia/Shanghai"
    assert settings.database.synchronous == "FULL"


def test_everything_a_site_may_say(tmp_path: Path) -> None:
    settings = load(
        write(
            tmp_path,
            """\ufeffsite = "客服一部"\r
zone = "Asia/Urumqi"\r
language = "en"
idle_minutes = 0
[database]
url = "sqlite:///data/day.db"
synchronous = "NORMAL"
busy_timeout = 2.5
[plugins]
dirs = ["ours", "/opt/areas"]
disabled = ["cstui_rewards"]
[keymap]
"keys.lend" = ["x", "ctrl+l"]
keys.remind = "none"
filter = "f"
[roles]
supervisor = ["keys.*", "review.sign_off"]
admin = ["*"]
[holidays]
off = [2026-12-31, "2027-01-04"]
work = ["2026/12/27"]
[journal]
checkpoints = "../anchor/points.txt"
[keys]
loan_max = "12 小时"
overdue_blocks_loan = false
reason_min = 0
fine = 2.25
owner_key_kinds = ["gate"]
grouping = "by_household"
""",
        )
    )
    assert settings.store_file == tmp_path / "data/day.db"
    assert settings.plugins.dirs == (tmp_path / "ours", Path("/opt/areas"))
    assert settings.keymap == {"keys.lend": ("x", "ctrl+l"), "keys.remind": (), "filter": ("f",)}
    assert settings.roles["supervisor"] == {"keys.*", "review.sign_off"}
    assert settings.holidays.off == {date(2026, 12, 31), date(2027, 1, 4)}
    assert settings.holidays.work == {date(2026, 12, 27)}
    assert figures(settings, {"keys": AREA}) == {
        "keys": {
            "loan_max": timedelta(hours=12),
            "overdue_blocks_loan": False,
            "reason_min": 0,
            "fine": Decimal("2.25"),
            "owner_key_kinds": ("gate",),
            "grouping": "by_household",
        }
    }


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('sight = "x"', "config.toml line 1: there is no sight. The nearest is site"),
        ("\nlangauge = 1", "config.toml line 2: there is no langauge. The nearest is language"),
        ("[database]\nbusy_timout = 3", "config.toml line 2: there is no database.busy_timout. The nearest is database.busy_timeout"),
        ("[keys]\nloan_mx = 1", "config.toml line 2: there is no keys.loan_mx. The nearest is keys.loan_max"),
        ("[kyes]\na = 1", "config.toml line 1: there is no table [kyes], nor an area of that name. The nearest is keys"),
        ("[qqq]", "config.toml line 1: there is no table [qqq], nor an area of that name"),
        ("zone = 'Asia/Beijing'", "config.toml line 1: zone must be a time zone such as Asia/Shanghai, but is 'Asia/Beijing'"),
        ("zone = '../../etc/passwd'", "config.toml line 1: zone must be a time zone such as Asia/Shanghai, but is '../../etc/passwd'"),
        ("zone = 'Asia'", "config.toml line 1: zone must be a time zone such as Asia/Shanghai, but is 'Asia'"),
        ("language = 'de'", "config.toml line 1: language must be auto, zh_CN or en, but is 'de'"),
        ("site = ''", "config.toml line 1: site must be a name of at most 80 characters, but is ''"),
        ("idle_minutes = true", "config.toml line 1: idle_minutes must be minutes, at least 0 and at most 1440, but is True"),
        ("[database]\nbusy_timeout = 0", "config.toml line 2: database.busy_timeout must be seconds, more than 0 and at most 600"),
        ("database = 3", "config.toml line 1: database must be a table, beginning with [database]"),
        ("site = 1\nsite = 2", "config.toml line 2 isn't TOML: Cannot overwrite a value"),
        ("site = “保卫部”", "config.toml line 1 isn't TOML: “保卫部” stands outside of straight quotation marks. Write \" = , without the Chinese keyboard, and names in letters a to z"),
        ("site = \"保卫部”", "config.toml line 1 isn't TOML: ” stands outside of straight quotation marks. Write \" = , without the Chinese keyboard, and names in letters a to z"),
        ("site = '保卫部' # 名称\n[keys]\n上限 = 3", "config.toml line 3 isn't TOML: 上限 stands outside of straight quotation marks. Write \" = , without the Chinese keyboard, and names in letters a to z"),
        ("[holidays]\noff = ['2026-02-30']", "config.toml line 2: holidays.off must be a list of days such as [2026-10-01], but is '2026-02-30'"),
        ("[holidays]\noff = [20261001]", "config.toml line 2: holidays.off must be a list of days such as [2026-10-01], but is 20261001"),
        ("[roles]\nclerk = ['keys']", "config.toml line 2: roles.clerk must be a list of permissions such as [\"keys.*\"], but is 'keys'"),
        ("[keymap]\n'keys.lend' = 3", "config.toml line 2: keymap.keys.lend must be a list of keys, or \"none\", but is 3"),
        ("[plugins]\ndirs = 'x'", "config.toml line 2: plugins.dirs must be a list of folders, but is 'x'"),
        ("[keys]\nloan_max = 24", "config.toml line 2: keys.loan_max must be a length of time above 0 such as \"24 h\", but is 24"),
        ("[keys]\nloan_max = '0 h'", "config.toml line 2: keys.loan_max must be a length of time above 0 such as \"24 h\", but is '0 h'"),
        ("[keys]\nreason_min = -1", "config.toml line 2: keys.reason_min must be a whole number of at least 0, but is -1"),
        ("[keys]\nreason_min = true", "config.toml line 2: keys.reason_min must be a whole number of at least 0, but is True"),
        ("[keys]\nfine = 'nan'", "config.toml line 2: keys.fine must be a number of at least 0, but is 'nan'"),
        ("[keys]\ngrouping = 'x'", "config.toml line 2: keys.grouping must be one of by_floor, by_household, but is 'x'"),
        ("[trusted]\naccounts = ['x']", "config.toml line 1: [trusted] may only stand in /etc/cstui.toml, a file that belongs to root"),
    ],
)  # fmt: skip
def test_a_mistake_says_where_what_and_what_instead(tmp_path: Path, text: str, said: str) -> None:
    assert faults(tmp_path, text) == [said]


def test_the_same_day_can_not_be_free_and_worked(tmp_path: Path) -> None:
    (said,) = faults(tmp_path, "[holidays]\noff = [2026-10-01]\nwork = [2026-10-01]")
    assert "holidays must be other days than those of work" in said


def test_all_mistakes_of_a_file_are_told_at_once(tmp_path: Path) -> None:
    said = faults(tmp_path, "sight = 1\nzone = 2\n[plugins]\ndirs = 3")
    assert [words.split(":")[0] for words in said] == [f"config.toml line {n}" for n in (1, 2, 4)]
    with pytest.raises(ConfigFault) as caught:
        load(tmp_path / "config.toml")
    assert "has 3 mistakes; the first:" in WORDS.say(caught.value.text, "en")


@pytest.mark.parametrize(
    "text", ["[database]\nurl = 'mysql://me:s3cret@db/x'", "database = 'postgres://me:s3cret@db/x'"]
)
def test_a_password_is_never_shown(tmp_path: Path, text: str) -> None:
    for said in faults(tmp_path, text):
        assert "s3cret" not in said
    with pytest.raises(ConfigFault) as caught:
        load(tmp_path / "config.toml")
    assert "s3cret" not in repr(caught.value.text) + repr(caught.value.value)


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "asyncpg"])
def test_a_servers_address_is_spelled_as_the_orm_wants_it(tmp_path: Path, scheme: str) -> None:
    settings = load(write(tmp_path, f"[database]\nurl = '{scheme}://me:s3cret@db/x'"))
    assert settings.store_file is None
    assert settings.database_url == "asyncpg://me:s3cret@db/x"


def test_an_absent_area_is_noted_not_refused(tmp_path: Path) -> None:
    settings = load(write(tmp_path, "[hygiene]\nx = 1\n[acme]\ny = 2"))
    assert len(CATALOGUE) == len(set(CATALOGUE)) == 25
    assert figures(settings, {"keys": AREA}, absent={"acme"}) == {}
    assert [note.args["field"] for note in settings.notes] == ["hygiene", "acme"]


@pytest.mark.parametrize(
    ("make", "text_id"),
    [
        (lambda path: None, "config.missing"),
        (lambda path: path.mkdir(), "config.directory"),
        (lambda path: path.write_bytes(b"site = '\xb2\xe2'"), "config.not_utf8"),
        (lambda path: (path.write_text(""), path.chmod(0o646)), "config.exposed"),
    ],
)
def test_a_file_that_can_not_be_used_is_refused_in_a_sentence(tmp_path: Path, make: Any, text_id: str) -> None:
    path = tmp_path / "config.toml"
    make(path)
    with pytest.raises(ConfigFault) as caught:
        load(path)
    assert caught.value.text.id == text_id
    assert str(path) in WORDS.say(caught.value.text, "zh_CN")


def test_a_group_that_may_write_is_noted(tmp_path: Path) -> None:
    path = write(tmp_path, "")
    path.chmod(0o664)
    assert [note.id for note in load(path).notes] == ["config.group_writable"]


def test_service_accounts_are_believed_from_root_alone(tmp_path: Path) -> None:
    path = write(tmp_path, "[trusted]\naccounts = ['cstui']", "cstui.toml")
    assert trusted_accounts(tmp_path / "absent.toml") is None
    if os.getuid() == 0:
        assert trusted_accounts(path) == {"cstui"}
        path.chmod(0o664)
    with pytest.raises(ConfigFault) as caught:
        trusted_accounts(path)
    assert caught.value.text.id == "config.trusted_exposed"


def test_settings_can_not_be_changed_by_the_way(tmp_path: Path) -> None:
    settings = load(write(tmp_path, ""))
    with pytest.raises(ValueError, match="frozen"):
        settings.site = "x"  # type: ignore[misc]
    assert isinstance(settings, Settings)
