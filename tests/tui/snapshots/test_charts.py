"""What charts look like."""

from __future__ import annotations

from typing import Any

from .conftest import SIZES, SMALL, Go, Snap


async def test_charts(sit: Any, department: None, snap: Snap, go: Go) -> None:
    async with sit(size=(80, 24)) as desk:
        for chart, name in (
            ("keys.holders", "board"), ("review.due", "month"), ("keys.load_by_hour", "hours"), ("review.left", "left"),
        ):  # fmt: skip
            await go(desk, f"chart:{chart}")
            await snap(desk, f"chart-{name}", (*SIZES, SMALL) if name in {"board", "month"} else SIZES)
            await desk.press("escape")
