"""Why something can't be done now, in the words of every room."""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum

from cstui.api import Text, choice


def unless_in(state: StrEnum, allowed: Collection[StrEnum]) -> Text | None:
    """That a record's state keeps it from being done; None where it is one of those that allow it."""
    return None if state in allowed else Text("keys.blocked.state", state=choice("keys", state))
