"""The house's own rule about people."""

from __future__ import annotations

from datetime import timedelta

from cstui.contract.rules import Param, Rule

RULES = (
    Rule(
        "people-01", "deadline", "house · people · 01", (Param("role_notice", timedelta(days=7), proposed=True),),
        basis="gap",
    ),
)  # fmt: skip
