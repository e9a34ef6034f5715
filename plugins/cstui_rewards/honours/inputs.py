"""What one fills in to record an honour, and to annul one."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from cstui.api import Day, Input, Line, Reason
from cstui_rewards.inputs import Person


class ByHand(StrEnum):
    """Honours that no round and no contest gives: the month's first in the ranking, those of the year."""

    RANKING = "ranking"
    ANNUAL = "annual"


class RecordHonour(Input):
    """`day`: the last day of its month or year. `checked`: nothing that bars is known, where nobody
    reports it."""

    person: Person
    source: ByHand
    title: Annotated[Line, Field(min_length=1, max_length=64)]
    day: Day
    checked: bool = False


class Annul(Input):
    reason: Reason
