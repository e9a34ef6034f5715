"""Fields that the inputs of several rooms share."""

from __future__ import annotations

from typing import Annotated, Any

from cstui.api import Context, Reason, Ref, Reference
from cstui.people import Person, Team
from cstui_rewards.kinds import AwardState, NominationState, RoundState
from cstui_rewards.models import AwardRound, AwardType, Nomination

OVER = (RoundState.PUBLISHED, RoundState.GRANTED, RoundState.ARCHIVED, RoundState.CANCELLED)
"""States of a round in which nobody is nominated, reviewed or chosen any more."""


def adopted(ctx: Context, awards: Any) -> Any:
    """Awards that may be won."""
    return awards.filter(state=AwardState.ADOPTED)


def running(ctx: Context, rounds: Any) -> Any:
    """Rounds in which something is still to be decided."""
    return rounds.exclude(state__in=OVER)


def on_shortlist(ctx: Context, nominations: Any) -> Any:
    """Nominations of which opinions are asked."""
    return nominations.filter(state=NominationState.SHORTLISTED)


Award = Annotated[AwardType, Ref("rewards.awards", only=adopted)]
Round = Annotated[AwardRound, Ref("rewards.rounds", only=running)]
Shortlisted = Annotated[Nomination, Ref("rewards.nominations", only=on_shortlist)]
Group = Annotated[Team, Ref("people.teams")]

__all__ = ["Award", "Group", "Person", "Reason", "Reference", "Round", "Shortlisted"]
