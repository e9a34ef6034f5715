"""Three months of key custody for the sample department."""

from __future__ import annotations

from typing import Any


async def fill(stage: Any) -> None:
    """Play the part of the key account."""
