"""The words of rewards: awards, rounds, nominations, opinions, grants. Their names are `rewards.choice.VALUE`."""

from __future__ import annotations

from enum import StrEnum


class AwardKind(StrEnum):
    INDIVIDUAL = "individual"
    LECTURER = "lecturer"
    COLLECTIVE = "collective"
    AD_HOC = "ad_hoc"


class AwardState(StrEnum):
    PROPOSED = "proposed"
    ADOPTED = "adopted"
    DECLINED = "declined"
    RETIRED = "retired"


class CriterionKind(StrEnum):
    """How one knows that a criterion is met: by a figure, by what witnesses confirm, by somebody's judgment."""

    METRIC = "metric"
    WITNESS = "witness"
    JUDGMENT = "judgment"


class Comparison(StrEnum):
    LESS = "less"
    AT_MOST = "at_most"
    AT_LEAST = "at_least"
    EQUAL = "equal"
    TOP = "top"
    NONE = "none"


class RoundState(StrEnum):
    NOMINATING = "nominating"
    REVIEWING = "reviewing"
    OPINIONS = "opinions"
    MONTH_CLOSED = "month_closed"
    PUBLISHED = "published"
    GRANTED = "granted"
    ARCHIVED = "archived"
    CANCELLED = "cancelled"


class NominationState(StrEnum):
    """How far a nomination is. Late: not handed in before the time was over, which the clock tells."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    SHORTLISTED = "shortlisted"
    DECLINED = "declined"
    DISQUALIFIED = "disqualified"
    WON = "won"
    NOT_CHOSEN = "not_chosen"


class Confirmation(StrEnum):
    """What a witness says. Silent is told by the clock: asked, and the time over."""

    ASKED = "asked"
    CONFIRMED = "confirmed"
    DENIED = "denied"


class Step(StrEnum):
    LEADER = "leader"
    CHIEF = "chief"
    HEAD = "head"


class Decision(StrEnum):
    PASS = "pass"
    RETURN = "return"
    DECLINE = "decline"


class Met(StrEnum):
    """Whether a criterion is met; unknown until a figure is reported or somebody decides."""

    UNKNOWN = "unknown"
    MET = "met"
    NOT_MET = "not_met"


class Channel(StrEnum):
    INTERNAL = "internal"
    CROSS_DEPARTMENT = "cross_department"


class WhistleState(StrEnum):
    RECEIVED = "received"
    EXAMINED = "examined"
    UPHELD = "upheld"
    UNFOUNDED = "unfounded"


class ObjectionState(StrEnum):
    RECEIVED = "received"
    ANSWERED = "answered"


class GrantKind(StrEnum):
    CASH = "cash"
    GIFT = "gift"
    POINTS = "points"
    CERTIFICATE = "certificate"
    TRAINING_PLACE = "training_place"
    BOARD = "board"


class GrantState(StrEnum):
    PROPOSED = "proposed"
    DUE = "due"
    HANDED = "handed"
    ACKNOWLEDGED = "acknowledged"
    POSTED = "posted"
    DROPPED = "dropped"


class HonourSource(StrEnum):
    AWARD = "award"
    RANKING = "ranking"
    ANNUAL = "annual"
    CONTEST = "contest"


class Contest(StrEnum):
    MUNICIPAL_QUARTERLY = "municipal_quarterly"
    HALL_MYSTERY = "hall_mystery"
    CHANNEL_MYSTERY = "channel_mystery"
    ANNUAL_COLLECTIVE = "annual_collective"
    ANNUAL_CONTEST = "annual_contest"


class ContestUnit(StrEnum):
    DEPARTMENT = "department"
    HALL = "hall"
    CHANNEL = "channel"


class ContestState(StrEnum):
    ENTERED = "entered"
    CONFIRMED = "confirmed"
    GRANTED = "granted"


class Veto(StrEnum):
    """What bars somebody from the honours of a year."""

    FREE = "free"
    AGAINST_TEAM = "against_team"
    ABSENT = "absent"
    UNKNOWN = "unknown"


class Place(StrEnum):
    """As what somebody shares in a contest's reward."""

    MANAGER = "manager"
    STAFF = "staff"
