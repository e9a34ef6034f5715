"""What is filled in to make a rota."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator

from cstui.api import Day, Input
from cstui.people import Person
from cstui_hygiene.inputs import Group

_MONTH = re.compile(r"(\d{4})[-/.年](\d{1,2})月?")


def _first_of(value: Any) -> Any:
    """2026-12 and 2026年12月 as the first day of that month."""
    found = _MONTH.fullmatch(value.strip()) if isinstance(value, str) else None
    return f"{found[1]}-{found[2]}-01" if found else value


def _month_of(day: date) -> date:
    return day.replace(day=1)


Month = Annotated[Day, BeforeValidator(_first_of), AfterValidator(_month_of)]
"""A month, named as such or by any of its days."""


class Generate(Input):
    """`team` empty: the rotas of all for whom there is something to clean."""

    month: Month
    team: Group | None = None


class NameKeeper(Input):
    keeper: Person
