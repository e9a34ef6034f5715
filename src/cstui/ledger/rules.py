"""The rules of the regulations' page on money that the ledger holds; it governs every area. Sums are CNY."""

from __future__ import annotations

from decimal import Decimal

from cstui.contract.context import Context
from cstui.contract.rules import Param, Rule

MODES = ("points", "variable_pay", "as_written")


def _page(number: str) -> str:
    return f"regulations · money · {number}"


RULES = (
    Rule("money-01", "penalty", _page("01")),
    Rule("money-02", "penalty", _page("02")),
    Rule(
        "money-03", "penalty", _page("03"),
        (
            Param("mode", "points", proposed=True, choices=MODES), Param("points_per_10_cny", 1, "pts", proposed=True),
            Param("figures_approver", ("department_head", "company_leader"), "roles", proposed=True),
        ),
    ),
    Rule("money-04", "penalty", _page("04")),
    Rule(
        "money-05", "penalty", _page("05"),
        (Param("province", "CN"), Param("as_written_forbidden", ("GD",), "provinces")),
    ),
    Rule(
        "money-06", "penalty", _page("06"),
        (
            Param("appeal_days", 5, "workdays", proposed=True), Param("hearing_days", 3, "workdays", proposed=True),
        ),
    ),
    Rule("money-07", "penalty", _page("07"), (Param("damages_cap", Decimal(20), "%", proposed=True),)),
    Rule("money-08", "penalty", _page("08"), (Param("minimum_wage", Decimal(0), "CNY", proposed=True),)),
    Rule("money-09", "penalty", _page("09")),
    Rule("money-10", "penalty", _page("10")),
    Rule("money-11", "penalty", _page("11")),
    Rule("money-12", "penalty", _page("12")),
    Rule("money-13", "penalty", _page("13")),
    Rule(
        "money-14", "penalty", _page("14"),
        structure="tests/areas/test_ledger_pay.py::test_a_department_is_charged_and_none_of_its_people",
    ),
    Rule(
        "money-15", "penalty", _page("15"),
        (
            Param("month_days", Decimal("21.75"), "days"), Param("day_hours", 8, "h"),
            Param("workday", Decimal(150), "%"), Param("rest_day", Decimal(200), "%"),
            Param("statutory", Decimal(300), "%"),
        ),
    ),
    Rule(
        "money-18", "reward", _page("18"),
        structure="tests/areas/test_ledger.py::test_money_given_is_posted_as_written",
    ),
)  # fmt: skip
"""A minimum wage of 0 is an unknown one: nothing may be taken. Province CN: none that forbids the sums as written."""


def agree(ctx: Context) -> tuple[str, ...]:
    """Who agrees, as a second person, to a change of these figures: they say what a sum against somebody becomes."""
    approvers: tuple[str, ...] = ctx.rule("money-03").figures_approver
    return approvers
