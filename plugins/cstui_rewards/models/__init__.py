"""All records of rewards, for the store; each stands in the room of its matter."""

from cstui_rewards.models.awards import AwardType, Criterion
from cstui_rewards.models.contests import ContestResult, ContestShare, YearCandidate
from cstui_rewards.models.grants import Grant, HonourEntry, Praise
from cstui_rewards.models.nominations import (
    CriterionCheck,
    Nomination,
    NominationCase,
    ReviewStep,
    Tip,
    WitnessConfirmation,
)
from cstui_rewards.models.opinions import (
    BallotBox,
    BallotCode,
    BallotMark,
    BallotRoll,
    CountedBallot,
    OpinionBallot,
    OpinionComment,
    OpinionSummary,
)
from cstui_rewards.models.reports import PublicObjection, Report, WhistleReport
from cstui_rewards.models.rounds import AwardRound, Headcount, RoundAward

__all__ = [
    "AwardRound", "AwardType", "BallotBox", "BallotCode", "BallotMark", "BallotRoll", "ContestResult",
    "ContestShare", "CountedBallot", "Criterion", "CriterionCheck", "Grant", "Headcount", "HonourEntry",
    "Nomination", "NominationCase", "OpinionBallot", "OpinionComment", "OpinionSummary", "Praise", "PublicObjection",
    "Report", "ReviewStep", "RoundAward", "Tip", "WhistleReport", "WitnessConfirmation", "YearCandidate",
]  # fmt: skip
