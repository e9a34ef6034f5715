"""The house's own rule about who approves what."""

from __future__ import annotations

from datetime import timedelta

from cstui.contract.rules import Param, Rule

RULES = (
    Rule(
        "approvals-01", "limit", "house · approvals · 01",
        (
            Param("mutual_times", 3, proposed=True), Param("mutual_span", timedelta(days=90), proposed=True),
            Param("mutual_told", timedelta(days=7), proposed=True),
        ),
        basis="gap",
    ),
)  # fmt: skip
"""Each of two people approved `mutual_times` requests of the other in `mutual_span`, the last in `mutual_told`."""
