"""Opinions of the sample department: slips are drawn by chance, most are used."""

from __future__ import annotations

from cstui_rewards.stage import Moments, Part


def moments(part: Part) -> Moments:
    return []
