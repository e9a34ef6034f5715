"""Three months of workplace order for the sample department."""

from __future__ import annotations

from typing import Any


async def fill(stage: Any) -> None:
    """Play the part of workplace order on a `cstui.demo.Stage`."""
