"""Accounts of the sample department: systems, everybody's accounts, leave; some matters left for today."""

from __future__ import annotations

from cstui_confidentiality.stage import Moments, Part


def moments(part: Part) -> Moments:
    return []
