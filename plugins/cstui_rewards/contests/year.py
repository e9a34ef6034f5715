"""The year's ranking, from which its performance honours are given (rewards-57): computed, vetoes marked."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from cstui.api import UNKNOWN, Action, Column, Context, Input, Reason, Register, Separation, Text, Whole, half_width
from cstui.api import Refusal, choice
from cstui.people import Staff, active_on
from cstui_rewards.contests.shares import year_score
from cstui_rewards.honours.vetoes import veto
from cstui_rewards.kinds import Veto
from cstui_rewards.models import YearCandidate
from cstui_rewards.nominations.measure import figure
