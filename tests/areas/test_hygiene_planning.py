"""Whose turn it is: fewest duties first, the same for everybody who is there as often (hygiene-10)."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from cstui_hygiene.rota.planning import Choice, Day, Turn, plan

DAY = timedelta(days=1)
FIRST = date(2026, 10, 1)
A, B, C = 1, 2, 3
NUMBERS = {A: "001", B: "002", C: "003"}
ALL = frozenset(NUMBERS)


def did(day: date, *people: int) -> Day:
    return Day(day, tuple(Turn(None, n, taken=person) for n, person in enumerate(people)), ALL)


def one(day: date, among: frozenset[int], away: frozenset[int] = frozenset(), key: str = "x") -> Day:
    return Day(day, (Turn(key, "opening", among),), ALL - away, away)


def whose(*days: Day) -> int | None:
    return plan(NUMBERS, days)["x"].person


def test_the_fewest_among_those_who_are_there() -> None:
    before = did(FIRST, A, A, A, A, B, B, B, C, C, C)
    assert whose(before, one(FIRST + DAY, frozenset({A, C}), frozenset({B}))) == C


def test_a_tie_goes_to_the_longest_time_and_then_to_the_staff_number() -> None:
    assert whose(did(FIRST, C), did(FIRST + DAY, A), did(FIRST + 2 * DAY, B), one(FIRST + 3 * DAY, ALL)) == C
    assert whose(did(FIRST, A, B, C), one(FIRST + DAY, ALL)) == A
    assert whose(one(FIRST, frozenset({C, B}))) == B


def test_who_comes_back_owes_one_duty_and_not_all_that_were_missed() -> None:
    gone = frozenset({B})
    days = [one(FIRST + n * DAY, ALL - gone, gone, f"a{n}") for n in range(10)]
    days += [one(FIRST + n * DAY, ALL, key=f"b{n}") for n in range(10, 16)]
    found = plan(NUMBERS, days)
    assert [found[f"b{n}"].person for n in range(10, 16)].count(B) == 3
    assert found["b10"].person == B


def test_nobody_has_two_duties_of_one_slot_and_what_cant_be_filled_stays_open() -> None:
    turns = tuple(Turn(n, "opening", ALL) for n in range(4))
    found = plan(NUMBERS, [Day(FIRST, (*turns, Turn("z", "closing", ALL)), ALL)])
    assert sorted(found[n].person for n in range(3)) == [A, B, C]  # type: ignore[type-var]
    assert found[3] == Choice(None, busy=(A, B, C))
    assert found["z"].person is not None


def test_a_named_persons_own_duty_keeps_another_away_and_doesnt_count() -> None:
    own = tuple(Turn(("own", n), "opening", frozenset({A}), counts=False) for n in range(1))
    found = plan(NUMBERS, [Day(FIRST, (*own, Turn("x", "opening", ALL)), ALL), one(FIRST + DAY, ALL, key="y")])
    assert (found["own", 0].person, found["x"].person, found["y"].person) == (A, B, A)


@st.composite
def departments(draw: st.DrawFn) -> tuple[dict[int, str], dict[int, int], list[Day], dict[int, set[date]]]:
    """A quarter of a department: each person of one of a few patterns of days at work; some are absent at times."""
    count = draw(st.integers(2, 14))
    numbers = {n: f"{draw(st.integers(0, 99)):02}-{n:02}" for n in range(count)}
    patterns = draw(st.lists(st.integers(1, 127), min_size=1, max_size=3))
    of = {n: draw(st.integers(0, len(patterns) - 1)) for n in range(count)}
    absent: dict[int, set[date]] = {n: set() for n in range(count)}
    for person in draw(st.sets(st.integers(0, count - 1), max_size=3)):
        begin, length = draw(st.integers(0, 90)), draw(st.integers(1, 40))
        absent[person] = {FIRST + (begin + n) * DAY for n in range(length)}
    jobs = draw(st.lists(st.sampled_from(["opening", "closing", "weekly"]), min_size=1, max_size=5))
    days = []
    for n in range(92):
        day = FIRST + n * DAY
        there = frozenset(one for one in numbers if patterns[of[one]] >> day.weekday() & 1 and day not in absent[one])
        turns = tuple(
            Turn((day, job), slot, there)
            for job, slot in enumerate(jobs)
            if slot != "weekly" or day.weekday() == job % 7
        )
        days.append(Day(day, turns, there, frozenset(one for one in numbers if day in absent[one])))
    return numbers, of, days, absent


@settings(max_examples=40, deadline=None)
@given(departments())
def test_comparable_people_have_as_many_duties_give_or_take_one(
    made: tuple[dict[int, str], dict[int, int], list[Day], dict[int, set[date]]],
) -> None:
    numbers, of, days, absent = made
    found = plan(numbers, days)
    assert found == plan(numbers, days)
    had = dict.fromkeys(numbers, 0)
    for day in days:
        people = [found[turn.key].person for turn in day.turns]
        pairs = [(turn.slot, person) for turn, person in zip(day.turns, people, strict=True) if person is not None]
        assert len(pairs) == len({*pairs})
        for turn, person in zip(day.turns, people, strict=True):
            if person is None:  # only where everybody who is there has one of that slot already
                assert turn.among <= {other for slot, other in pairs if slot == turn.slot}
            else:
                assert person in day.present and day.day not in absent[person]
                had[person] += 1
    for group in {*of.values()}:
        counts = [had[one] for one in numbers if of[one] == group and not absent[one]]
        assert not counts or max(counts) - min(counts) <= 1, counts
