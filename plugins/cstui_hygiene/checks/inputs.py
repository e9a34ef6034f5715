"""What somebody answers about their own place."""

from __future__ import annotations

from cstui.api import Day, Input
from cstui_hygiene.inputs import Reason


class Arriving(Input):
    """Looked at on arrival: dress and appearance, one's own area."""

    dress_ok: bool
    tidy_ok: bool


class Leaving(Input):
    """Looked at on leaving: desk, rubbish, chair."""

    desk_ok: bool
    rubbish_ok: bool
    chair_ok: bool


class Excuse(Input):
    """`day` empty: every check of theirs that is missing."""

    reason: Reason
    day: Day | None = None
