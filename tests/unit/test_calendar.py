"""Working days: holidays and make-up workdays of 2026, the site's own days, years not announced yet."""

from __future__ import annotations

import subprocess
import sys
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cstui.calendar import Calendar

CALENDAR = Calendar()


@pytest.mark.parametrize(
    ("day", "why"),
    [
        (date(2026, 1, 1), "holiday"),
        (date(2026, 1, 4), "makeup"),  # a Sunday, worked for New Year
        (date(2026, 2, 14), "makeup"),
        (date(2026, 2, 17), "holiday"),  # Spring Festival
        (date(2026, 2, 28), "makeup"),
        (date(2026, 4, 6), "holiday"),
        (date(2026, 5, 9), "makeup"),
        (date(2026, 6, 19), "holiday"),
        (date(2026, 9, 20), "makeup"),
        (date(2026, 10, 1), "holiday"),
        (date(2026, 10, 10), "makeup"),
        (date(2026, 11, 21), "weekend"),
        (date(2026, 11, 24), "workday"),
    ],
)
def test_days_of_2026(day: date, why: str) -> None:
    assert CALENDAR.why(day) == why
    assert CALENDAR.is_workday(day) == (why in ("makeup", "workday"))


def test_the_sites_own_days_come_first() -> None:
    site = Calendar({date(2026, 10, 1): True, date(2026, 11, 24): False})
    assert (site.why(date(2026, 10, 1)), site.why(date(2026, 11, 24))) == ("site_work", "site_off")
    assert site.add_workdays(date(2026, 11, 23), 1) == date(2026, 11, 25)


def test_a_year_not_announced_counts_weekdays_and_says_so() -> None:
    assert CALENDAR.published(date(2026, 12, 31))
    assert not CALENDAR.published(date(2027, 1, 1))
    assert not CALENDAR.published(date(1999, 1, 1))
    assert CALENDAR.why(date(2027, 1, 1)) == "workday"  # a Friday; once announced, a holiday
    assert CALENDAR.why(date(2027, 1, 2)) == "weekend"


@pytest.mark.parametrize(
    ("first", "count", "last"),
    [
        (date(2026, 9, 30), 1, date(2026, 10, 8)),
        (date(2026, 9, 30), 3, date(2026, 10, 10)),  # Saturday the 10th is worked
        (date(2026, 10, 8), -1, date(2026, 9, 30)),
        (date(2026, 10, 1), 0, date(2026, 10, 1)),
        (date(2026, 12, 31), 1, date(2027, 1, 1)),
    ],
)
def test_counting_working_days(first: date, count: int, last: date) -> None:
    assert CALENDAR.add_workdays(first, count) == last


DAYS = st.dates(date(2026, 1, 1), date(2026, 12, 31))


@given(first=DAYS, count=st.integers(0, 60), off=st.dictionaries(DAYS, st.booleans(), max_size=20))
def test_a_deadline_and_its_proof_agree(first: date, count: int, off: dict[date, bool]) -> None:
    calendar = Calendar(off)
    last = calendar.add_workdays(first, count)
    assert calendar.workdays_between(first, last) == count
    proof = calendar.proof(first, count)
    assert sum(one.counts for one in proof) == count
    assert [one.day for one in proof] == [first + timedelta(days=n) for n in range(1, len(proof) + 1)]
    assert not proof or (proof[-1].counts and proof[-1].day == last)


@given(first=DAYS, count=st.integers(1, 60), off=st.dictionaries(DAYS, st.booleans(), max_size=20))
def test_counting_back_is_counting_forth_the_other_way(first: date, count: int, off: dict[date, bool]) -> None:
    calendar = Calendar(off)
    earlier = calendar.add_workdays(first, -count)
    assert calendar.is_workday(earlier)
    proof = calendar.proof(first, -count)
    assert (proof[-1].day, sum(one.counts for one in proof)) == (earlier, count)
    assert calendar.workdays_between(earlier, first) == count - (not calendar.is_workday(first))


def test_the_countrys_calendar_is_loaded_when_it_is_first_asked() -> None:
    program = "import sys, cstui.calendar; sys.exit('chinese_calendar' in sys.modules)"
    assert (
        subprocess.run([sys.executable, "-c", program], check=False, env={"PYTHONPATH": ":".join(sys.path)}).returncode
        == 0
    )
