"""What the rooms' parts of the sample history share."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import date

Act = Callable[[], Awaitable[None]]
Moments = list[tuple[date, str, Act]]
"""Day, time of day, and what is done then."""
