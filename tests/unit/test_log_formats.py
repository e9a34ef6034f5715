"""Logs are read line by line: what each says is told, or why it can't be read; nothing is lost, nothing doubled."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cstui.api import BadInput, clean
from cstui_confidentiality.accounts.mapping import FIELDS as declarable
from cstui_confidentiality.accounts.mapping import mapping_of as declared
from cstui_confidentiality.kinds import EventKind, LogFormat
from cstui_confidentiality.logs.csvs import FIELDS, mapping_of
from cstui_confidentiality.logs.events import FORMATS, KINDS, Aside, Event, Format, How, Jump, Mapping, Unread
from cstui_confidentiality.logs.reading import Read, read

SHANGHAI = ZoneInfo("Asia/Shanghai")
REFERENCE = datetime(2026, 11, 29, 4, tzinfo=UTC)
MAPPING = Mapping(
    {"at": "时间", "login": "账号", "kind": "操作", "subject_ref": "客户", "rows": "行数", "ticket": "工单",
     "ip": "IP", "seat": "座位"},
    {"登录": "login", "查询": "query", "修改": "modify", "公告": ""},
)  # fmt: skip
MARK = b"\xef\xbb\xbf"
"""What some programs write before UTF-8; a line of nothing else is empty."""
HEADER = "时间,账号,操作,客户,行数,工单,IP,座位"


def told(
    lines: list[str | bytes], format: Format = "csv", zone: ZoneInfo = SHANGHAI, reference: datetime = REFERENCE
) -> list[Read]:
    raw = [line if isinstance(line, bytes) else line.encode() for line in lines]
    numbered = ((number, line + b"\n", False) for number, line in enumerate(raw, 1))
    return list(read(numbered, How("crm", format, zone, reference, MAPPING)))


def events(*args: Any, **more: Any) -> list[Event]:
    return [one for one in told(*args, **more) if isinstance(one, Event)]


def unread(*args: Any, **more: Any) -> list[tuple[int, str]]:
    return [(one.line, one.reason) for one in told(*args, **more) if isinstance(one, Unread)]


def test_the_words_of_logs_are_those_of_the_area() -> None:
    assert list(KINDS) == [one.value for one in EventKind]
    assert {*FORMATS, "by_hand"} == {one.value for one in LogFormat}


# a back office's CSV


@pytest.mark.parametrize(
    "stamp",
    ["2026-11-24 09:02:11", "2026/11/24 9:02:11", "2026年11月24日 9:02:11", "2026-11-24T01:02:11Z",
     "2026-11-24T03:02:11+02:00", "2026-11-24 01:02:11+0000", "2026.11.24 09:02:11,000"],
)  # fmt: skip
def test_a_stamp_is_of_the_system_s_zone_unless_it_names_its_own(stamp: str) -> None:
    cell = f'"{stamp}"' if "," in stamp else stamp
    (event,) = events([HEADER, f"{cell},wang.fang,查询,C1,12,T-7,10.1.2.3,PC-4"])
    assert event[:8] == (
        datetime(2026, 11, 24, 1, 2, 11, tzinfo=UTC), "query", "wang.fang", "C1", 12, "T-7", "10.1.2.3", "PC-4",
    )  # fmt: skip


def test_another_zone_of_the_system_moves_its_stamps() -> None:
    (event,) = events([HEADER, "2026-07-01 09:00:00,a,登录,,,,,"], zone=ZoneInfo("Europe/Berlin"))
    assert event.at == datetime(2026, 7, 1, 7, tzinfo=UTC)


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("2026-11-24,a,查询,,,,,", "no_time"),
        ("2026-02-30 09:00:00,a,查询,,,,,", "no_time"),
        ("yesterday,a,查询,,,,,", "no_time"),
        ("9999-12-31T23:59:59-23:00,a,查询,,,,,", "no_time"),
        ("2099-01-01 09:00:00,a,查询,,,,,", "impossible_time"),
        ("1970-01-01 08:00:07,a,查询,,,,,", "impossible_time"),
        ("2026-11-24 09:00:00,,查询,,,,,", "no_login"),
        ("2026-11-24 09:00:00,a,审批,,,,,", "unknown_kind"),
        ("2026-11-24 09:00:00,a,,,,,,", "unknown_kind"),
        ("2026-11-24 09:00:00,a,查询,,many,,,", "no_number"),
        ("2026-11-24 09:00:00,a,查询,,-5,,,", "no_number"),
        ("2026-11-24 09:00:00,a,查询,,99999999999,,,", "no_number"),
        ("2026-11-24 09:00:00,a", "short_line"),
        ('2026-11-24 09:00:00,"a,查询,,,,,', "open_quote"),
        (b"2026-11-24 09:00:00,\xff\xff,", "encoding"),
    ],
)
def test_a_line_that_can_t_be_read_is_listed_with_its_number_and_why(row: str | bytes, why: str) -> None:
    good = "2026-11-24 09:00:00,a,登录,,,,,"
    made = told([HEADER, good, row, good])
    assert [(one.line, one.reason) for one in made if isinstance(one, Unread)] == [(3, why)]
    assert len([one for one in made if isinstance(one, Event)]) == 2


def test_a_word_that_the_site_maps_to_nothing_is_an_aside() -> None:
    assert told([HEADER, "2026-11-24 09:00:00,a,公告,,,,,"]) == [Aside(1), Aside(2)]


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_columns_may_come_in_any_order_and_with_any_common_mark(mark: str) -> None:
    cells = {
        "时间": "2026-11-24 09:00:00",
        "ＩＰ": "::1",
        "别的": "x",
        "账号": "a",
        "行数": "1",
        "操作": "查询",
        "客户": "",
        "工单": "",
        "座位": "",
    }
    (event,) = events(["\ufeff" + mark.join(cells), mark.join(cells.values())])
    assert (event.login, event.rows, event.ip) == ("a", 1, "::1")


def test_quoted_cells_and_grouped_numbers_are_read() -> None:
    (event,) = events([HEADER, '2026-11-24 09:00:00,"a ""b"", c",查询,,"1,204",,,'])
    assert (event.login, event.rows) == ('a "b", c', 1204)


def test_a_file_that_lacks_a_column_is_no_log_of_this_system() -> None:
    with pytest.raises(BadInput) as fault:
        told(["时间,账号", "2026-11-24 09:00:00,a"])
    assert fault.value.text.args["value"] == "操作"


def test_gb18030_is_recognised_and_stays() -> None:
    rows = [HEADER, *(f"2026-11-24 09:00:0{n},{name},登录,,,,," for n, name in enumerate(["联通", "王芳", "ma.li"]))]
    encoded: list[str | bytes] = [row.encode("gb18030") for row in rows]
    assert [one.login for one in events(encoded)] == ["联通", "王芳", "ma.li"]
    assert [one.login for one in events(rows)] == ["联通", "王芳", "ma.li"]
    with pytest.raises(BadInput, match="utf16"):
        told([HEADER.encode("utf-16")])


def test_the_mapping_that_a_site_declares_is_the_one_that_is_used() -> None:
    kept = declared("\n".join(f"{header}={field}" for field, header in MAPPING.columns.items()),
                    "\n".join(f"{word}={kind}" for word, kind in MAPPING.kinds.items()))  # fmt: skip
    assert mapping_of(kept) == MAPPING
    assert {*FIELDS} == {*declarable}


# OpenSSH


HEAD = "Nov 24 09:02:11 gate sshd[77]: "


@pytest.mark.parametrize(
    ("said", "kind", "login", "ip"),
    [
        ("Accepted password for wang.fang from 10.1.2.3 port 52344 ssh2", "login", "wang.fang", "10.1.2.3"),
        ("Accepted publickey for li from ::1 port 22 ssh2: ED25519 SHA256:abc", "login", "li", "::1"),
        ("Accepted password for x from y port 1 from 10.0.0.9 port 22 ssh2", "login", "x from y port 1", "10.0.0.9"),
        ("Disconnected from user li 10.1.2.3 port 52344", "logout", "li", "10.1.2.3"),
        ("pam_unix(sshd:session): session closed for user li", "logout", "li", ""),
        ("Accepted password for wang\x1b[31m\u202efang from 10.1.2.3 port 5 ssh2", "login", "wang^[[31m<U+202E>fang", "10.1.2.3"),
    ],
)  # fmt: skip
@pytest.mark.parametrize(
    "head", [HEAD, HEAD.replace("sshd", "sshd-session"), "2026-11-24T09:02:11.000+08:00 gate sshd[7]: ", f"<86>{HEAD}"]
)
def test_sshd_s_lines_about_logins_are_read(head: str, said: str, kind: str, login: str, ip: str) -> None:
    (event,) = events([head + said], "sshd")
    assert (event.kind, event.login, event.ip) == (kind, login, ip)
    assert event.at == datetime(2026, 11, 24, 1, 2, 11, tzinfo=UTC)
    assert clean(event.login) == event.login


@pytest.mark.parametrize(
    "line",
    [
        HEAD + "Failed password for root from 10.9.9.9 port 22 ssh2",
        HEAD + "Disconnected from authenticating user root 10.9.9.9 port 22 [preauth]",
        HEAD + "pam_unix(sshd:session): session opened for user li(uid=1000) by (uid=0)",
        "Nov 24 09:02:11 gate sudo: pam_unix(sudo:session): session closed for user root",
        "Nov 24 09:02:11 gate CRON[9]: pam_unix(cron:session): session closed for user root",
    ],
)
def test_lines_that_aren_t_about_logins_are_asides_and_no_faults(line: str) -> None:
    assert told([line], "sshd") == [Aside(1)]


def test_a_repeated_line_counts_as_often_as_it_says_and_a_forged_one_doesn_t() -> None:
    said = "Accepted password for li from ::1 port 5 ssh2"
    made = events([f"{HEAD}message repeated 3 times: [ {said}]"], "sshd")
    assert len(made) == len({one.digest for one in made}) == 3
    assert unread([f"{HEAD}message repeated 999999999 times: [ {said}]"], "sshd") == [(1, "repeated_too_often")]
    assert unread(["kernel panic", "Foo 24 09:02:11 gate sshd[7]: " + said], "sshd") == [
        (1, "no_syslog"),
        (2, "no_time"),
    ]


@pytest.mark.parametrize(
    ("stamp", "reference", "year"),
    [
        ("Dec 31 23:59:59", datetime(2027, 1, 2, tzinfo=UTC), 2026),
        ("Jan  1 00:00:01", datetime(2027, 1, 2, tzinfo=UTC), 2027),
        ("Jan  3 07:59:59", datetime(2027, 1, 2, tzinfo=UTC), 2027),  # 7:59 in Shanghai is within a day
        ("Jan  3 08:00:01", datetime(2027, 1, 2, tzinfo=UTC), 2026),
        ("Feb 29 12:00:00", datetime(2027, 1, 2, tzinfo=UTC), 2024),
    ],
)
def test_a_missing_year_is_the_latest_that_isn_t_in_the_future(stamp: str, reference: datetime, year: int) -> None:
    line = f"{stamp} gate sshd[1]: Accepted password for li from ::1 port 5 ssh2"
    (event,) = events([line], "sshd", reference=reference)
    assert event.at.astimezone(SHANGHAI).year == year


def test_a_clock_that_jumps_back_is_told_and_both_lines_are_kept() -> None:
    lines = [f"Nov 24 {clock} gate sshd[1]: Accepted password for li from ::1 port 5 ssh2"
             for clock in ("09:02:11", "09:02:10", "08:02:10", "08:02:11")]  # fmt: skip
    made = told(list(lines), "sshd")
    assert [(one.line, (one.before - one.at).seconds) for one in made if isinstance(one, Jump)] == [(3, 3600)]
    assert len([one for one in made if isinstance(one, Event)]) == 4


@pytest.mark.parametrize(
    ("hours", "jumps"), [((9, 10, 9, 11, 12), [4]), ((12, 11, 10, 11, 9), [5]), ((9, 9, 9), []), ((12, 11, 10), [])]
)
def test_a_table_sorted_either_way_tells_where_its_clock_went_back(hours: tuple[int, ...], jumps: list[int]) -> None:
    made = told([HEADER, *(f"2026-11-24 {hour:02}:00:00,a,登录,,,,," for hour in hours)])
    assert [one.line for one in made if isinstance(one, Jump)] == jumps


# last


LAST = """\
wang.fang pts/0        10.1.2.3         Tue Nov 24 09:02 - 18:10  (09:08)
li        pts/1        10.1.2.4         Mon Nov 23 23:50 - 00:35  (00:45)
zhao      tty1                          Mon Nov 23 09:00 - crash (1+02:03)
qian      pts/2        10.1.2.5         Tue Nov 24 09:03   still logged in
sun       pts/3        10.1.2.6         Tue Nov 24 09:04    gone - no logout
reboot   system boot  5.10.0-8-amd64   Mon Nov 23 08:58   still running

wtmp begins Mon Nov  2 08:00:01 2026"""
FULL = """\
wang.fang pts/0        10.1.2.3         Tue Nov 24 09:02:11 2026 - Tue Nov 24 18:10:05 2026  (09:07)
li        pts/1        10.1.2.4         2026-11-23T23:50:00+08:00 - 2026-11-24T00:35:00+08:00  (00:45)"""


def local(event: Event) -> tuple[str, str, str]:
    return event.login, event.kind, f"{event.at.astimezone(SHANGHAI):%d %H:%M:%S}"


def test_last_tells_logins_and_logouts_across_midnight_and_crashes() -> None:
    made = told([*LAST.split("\n")], "last")
    assert [local(one) for one in made if isinstance(one, Event)] == [
        ("wang.fang", "login", "24 09:02:00"), ("wang.fang", "logout", "24 18:10:00"),
        ("li", "login", "23 23:50:00"), ("li", "logout", "24 00:35:00"),
        ("zhao", "login", "23 09:00:00"), ("zhao", "logout", "24 11:03:00"),
        ("qian", "login", "24 09:03:00"), ("sun", "login", "24 09:04:00"),
    ]  # fmt: skip
    assert [one for one in made if not isinstance(one, Event)] == [Aside(6), Aside(8)]
    assert [local(one) for one in events([*FULL.split("\n")], "last")] == [
        ("wang.fang", "login", "24 09:02:11"), ("wang.fang", "logout", "24 18:10:05"),
        ("li", "login", "23 23:50:00"), ("li", "logout", "24 00:35:00"),
    ]  # fmt: skip
    assert unread(["nonsense", "li pts/1 h Mon Nov 24 09:02 still logged in"], "last") == [(1, "no_session")]


def test_a_weekday_tells_the_year() -> None:
    (event,) = events(["li pts/1 ::1 Mon Nov 24 09:02   still logged in"], "last")
    assert event.at.year == 2025  # the 24th was a Tuesday in 2026


def test_a_session_that_was_open_gets_its_logout_later_and_no_second_login() -> None:
    before = events(["li pts/1 ::1  Tue Nov 24 09:02   still logged in"], "last")
    after = events(["li pts/1 ::1  Tue Nov 24 09:02 - 10:00  (00:58)"], "last")
    assert [one.digest for one in before] == [after[0].digest]
    assert after[1].kind == "logout"


# whatever the format


def test_equal_lines_of_a_file_both_count_and_an_overlapping_file_doubles_nothing() -> None:
    rows = [f"2026-11-24 09:00:0{n // 2},a,查询,C{n // 3},1,,," for n in range(10)]
    whole, later = events([HEADER, *rows]), events([HEADER, *rows[4:], "2026-11-24 09:00:09,a,查询,C9,1,,,"])
    assert len({one.digest for one in whole}) == 10
    assert len({one.digest for one in later} - {one.digest for one in whole}) == 1


def test_the_same_line_of_two_systems_is_two_events() -> None:
    line = [(1, f"{HEAD}Accepted password for li from ::1 port 5 ssh2".encode(), False)]
    one, other = (
        next(read(line, How(system, "sshd", SHANGHAI, REFERENCE))) for system in ("gate-1", "gate-2")
    )  # fmt: skip
    assert isinstance(one, Event) and isinstance(other, Event) and one.digest != other.digest


def test_line_ends_make_no_difference() -> None:
    row = "2026-11-24 09:00:00,a,查询,C,1,,,"
    assert events([HEADER, row]) == events([HEADER + "\r", row + "\r"])


def test_a_line_that_was_too_long_is_listed_cut_and_harmless() -> None:
    (one,) = read([(1, b"\x1b]0;x\x07" + b"A" * 1_000_000, True)], How("crm", "sshd", SHANGHAI, REFERENCE))
    assert isinstance(one, Unread)
    assert (one.reason, len(one.shown), one.shown[:8]) == ("too_long", 200, "^[]0;x^G")


def test_long_names_are_cut_where_it_shows_and_still_count() -> None:
    (event,) = events([HEADER, "2026-11-24 09:00:00,{},登录,{},,,,".format("x" * 100, "\x1b" * 60)])
    assert (event.login, event.subject_ref) == ("x" * 62 + "..", "^[" * 31 + "..")


LINES = st.lists(st.one_of(st.binary(max_size=60), st.text(max_size=60).map(str.encode), st.sampled_from(
    [f"{HEAD}Accepted password for li from ::1 port 5 ssh2".encode(), *(line.encode() for line in LAST.split("\n")),
     "2026-11-24 09:00:00,a,查询,C,1,,,".encode()])), max_size=12)  # fmt: skip


@given(LINES, st.sampled_from(FORMATS))
def test_whatever_comes_each_line_is_told_once_and_harmlessly(lines: list[bytes], format: Format) -> None:
    raw = [line.replace(b"\n", b"") for line in lines]
    if any(line.startswith((b"\xff\xfe", b"\xfe\xff")) for line in raw):
        return
    numbered = [*enumerate([HEADER.encode(), *raw], 1)]
    made = list(
        read(
            [(number, line + b"\n", False) for number, line in numbered],
            How("crm", format, SHANGHAI, REFERENCE, MAPPING),
        )
    )
    told = {one.line for one in made}
    assert told >= {number for number, line in numbered if line.replace(MARK, b"").decode("latin1").strip()}
    found = [one for one in made if isinstance(one, Event)]
    assert not [digest for digest, count in Counter(one.digest for one in found).items() if count > 1]
    for event in found:
        assert all(clean(text) == text for text in event[2:4] + event[5:9])
        assert event.at.tzinfo is UTC
    for line in made:
        assert not isinstance(line, Unread) or (clean(line.shown) == line.shown and len(line.shown) <= 200)
