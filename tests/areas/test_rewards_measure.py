"""Whether figures meet criteria: the worked cases."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cstui.api import UNKNOWN
from cstui_rewards.kinds import Comparison, Met
from cstui_rewards.nominations.measure import figure, met, months_between

D = Decimal


@pytest.mark.parametrize(
    ("op", "value", "limit", "holds"),
    [
        (Comparison.LESS, D(6) / 100 * 100, D("6.0"), Met.NOT_MET),  # 6 of 100 orders
        (Comparison.LESS, D(500) / 84, D("6.0"), Met.MET),  # 5 of 84: 5.952…
        (Comparison.LESS, D("5.9999999"), D("6.0"), Met.MET),
        (Comparison.AT_LEAST, D("99.9"), D(100), Met.NOT_MET),
        (Comparison.AT_LEAST, D("100.0"), D(100), Met.MET),
        (Comparison.AT_LEAST, D("85.0"), D(85), Met.MET),
        (Comparison.AT_LEAST, D("84.99"), D(85), Met.NOT_MET),
        (Comparison.AT_LEAST, D(2), D(3), Met.NOT_MET),
        (Comparison.AT_LEAST, D(3), D(3), Met.MET),
        (Comparison.AT_MOST, D(1), D(0), Met.NOT_MET),
        (Comparison.EQUAL, D(1), D("1.0"), Met.MET),
        (Comparison.AT_MOST, None, D(0), Met.UNKNOWN),
    ],
)
def test_figures_are_compared_as_they_are(op: Comparison, value: Decimal | None, limit: Decimal, holds: Met) -> None:
    assert met(op, value, limit) is holds


def test_of_equal_first_ones_all_are_first() -> None:
    others = [D("4.92"), D("4.92"), D("4.90")]
    assert met(Comparison.TOP, D("4.92"), None, others) is Met.MET
    assert met(Comparison.TOP, D("4.90"), None, others) is Met.NOT_MET
    assert met(Comparison.TOP, None, None, others) is Met.UNKNOWN


@given(st.integers(0, 500), st.integers(1, 500))
def test_a_rate_is_never_rounded_over_its_limit(refunded: int, orders: int) -> None:
    exact = Fraction(refunded * 100, orders)
    assert (met(Comparison.LESS, D(refunded * 100) / orders, D(6)) is Met.MET) == (exact < 6)


def test_what_nobody_reported_is_no_figure() -> None:
    assert figure(UNKNOWN) is None
    assert figure(None) is None
    assert figure(0) == 0


@pytest.mark.parametrize(
    ("hired", "last", "over_six"),
    [
        (date(2026, 5, 30), date(2026, 11, 30), False),
        (date(2026, 5, 29), date(2026, 11, 30), True),
        (date(2026, 8, 31), date(2027, 2, 28), False),
    ],
)
def test_months_with_us(hired: date, last: date, over_six: bool) -> None:
    assert (months_between(hired, last) > 6) is over_six
