"""What one look found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Finding:
    """What was looked at (a text's name), what was seen, whether it needs somebody, and the figures for `--json`."""

    name: str
    seen: str
    bad: bool = False
    figures: Mapping[str, Any] = field(default_factory=dict)


def size(count: float) -> str:
    """Bytes as people read them: "12.3 MB"."""
    return f"{count / 1e6:,.1f} MB" if count < 1e9 else f"{count / 1e9:,.1f} GB"
