"""Sums against persons: the worked cases of the regulations' page on money."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from cstui.ledger import Month, instalments
from cstui.ledger.money import lowered, points_of

CAP = Decimal(20)
FEN = st.integers(0, 10_000_00)


def test_damages_are_paid_in_instalments_under_the_cap() -> None:
    assert instalments(6000_00, lambda _: Month(4000_00, 4000_00, 2000_00), CAP) == [800_00] * 7 + [400_00]


def test_the_minimum_wage_leaves_less_than_the_cap_and_the_rest_is_carried() -> None:
    months = [Month(2300_00, 2150_00, 2000_00), Month(4000_00, 4000_00, 2000_00)]
    assert instalments(6000_00, months.__getitem__, CAP, 2) == [150_00, 800_00]


def test_without_a_minimum_wage_nothing_that_lowers_pay_is_posted() -> None:
    assert instalments(6000_00, lambda _: Month(4000_00, 4000_00, None), CAP, 3) == [0, 0, 0]


@given(FEN, FEN, FEN, FEN)
def test_nobody_falls_below_the_minimum_nor_pays_more_than_the_damages(
    damages: int, wage: int, net: int, low: int
) -> None:
    plan = instalments(damages, lambda _: Month(wage, net, low), CAP, 24)
    assert sum(plan) <= damages
    assert all(one == 0 or (net - one >= low and one * 5 <= wage + 5) for one in plan)


@given(FEN, FEN, FEN, FEN)
def test_what_lowers_pay_stays_within_it_and_above_the_minimum(sum_: int, within: int, net: int, low: int) -> None:
    taken = lowered(sum_, Month(net, net, low), within)
    assert 0 <= taken <= min(sum_, within)
    assert taken == 0 or net - taken >= low
    assert lowered(sum_, Month(net, net, None), within) == 0


def test_points_for_each_full_or_begun_ten_yuan() -> None:
    worked = {0: 0, 1: 1, 5_00: 1, 10_00: 1, 10_01: 2, 50_00: 5, 400_00: 40}
    assert {sum_: points_of(sum_, 1) for sum_ in worked} == {sum_: count * 100 for sum_, count in worked.items()}
