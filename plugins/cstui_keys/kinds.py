"""The words of the key account: classes, door kinds, states. Their names in both languages are `keys.choice.VALUE`."""

from __future__ import annotations

from enum import StrEnum


class BuildingState(StrEnum):
    PLANNED = "planned"
    TAKEN_OVER = "taken_over"
    HANDED_BACK = "handed_back"


class SpaceKind(StrEnum):
    """The class of what a key opens; owners', public and equipment keys are kept and lent differently."""

    OWNER_UNIT = "owner_unit"
    PUBLIC = "public_door_window"
    EQUIPMENT = "equipment_room"


class DoorKind(StrEnum):
    SECURITY_GATE = "security_gate"
    UNIT_DOOR = "unit_door"
    INNER_DOOR = "inner_door"
    INTERCOM_DOOR = "intercom_door"
    LETTER_BOX = "letter_box"
    WINDOW = "window"
    EQUIPMENT_ROOM = "equipment_room"
    OTHER = "other"


class Grouping(StrEnum):
    BY_HOUSEHOLD = "by_household"
    BY_FLOOR = "by_floor"
    BY_EQUIPMENT = "by_equipment"


class Medium(StrEnum):
    RING = "ring"
    CORD = "cord"


class KeyState(StrEnum):
    RECEIVED = "received"
    LABELLED = "labelled"
    IN_CUSTODY = "in_custody"
    ON_LOAN = "on_loan"
    ISSUED_TO_OWNER = "issued_to_owner"
    LOST = "lost"
    WRITTEN_OFF = "written_off"
    DESTROYED = "destroyed"
    REJECTED = "rejected"


class Dept(StrEnum):
    """The department whose cabinet a key hangs in."""

    CUSTOMER_SERVICE = "customer_service"
    ENGINEERING = "engineering"


class HolderKind(StrEnum):
    CABINET = "cabinet"
    PERSON = "person"
    OWNER = "owner"
    NONE = "none"


class LoanState(StrEnum):
    OUT = "out"
    RETURNED = "returned"
    LOST = "lost"


class Signed(StrEnum):
    """How the borrower signed: with the own PIN, or on paper, attested by the issuer."""

    PIN = "pin"
    PAPER = "paper"


class Condition(StrEnum):
    OK = "ok"
    DAMAGED = "damaged"
    INCOMPLETE = "incomplete"
    LOST = "lost"


class LossState(StrEnum):
    REPORTED = "reported"
    LOCK_CHANGED = "lock_changed"
    WAIVED = "waived"
    FOUND = "found"


class CustodyKind(StrEnum):
    RECEIVE = "receive"
    LABEL = "label"
    LOAN_OUT = "loan_out"
    LOAN_BACK = "loan_back"
    LOSE = "lose"
    FIND = "find"
    WRITE_OFF = "write_off"
    CUSTODIAN_CHANGE = "custodian_change"
    ISSUE = "issue"
    RETURN = "return"
    DUPLICATE = "duplicate"
    DESTROY = "destroy"
    REJECT = "reject"


class IssueState(StrEnum):
    """How far the issue of an owner's keys is; only a signed one moves keys."""

    PREPARED = "prepared"
    VERIFIED = "verified"
    SIGNED = "signed"
    CLOSED = "closed"
    REFUSED = "refused"


class PaperKind(StrEnum):
    """Papers about keys that a household's file lists."""

    KEY_ISSUE = "key_issue"
    KEY_RETURN = "key_return"


class CopyState(StrEnum):
    """How far the making of copies is; lapsed: approved or asked for, but not done after all."""

    REQUESTED = "requested"
    APPROVED = "approved"
    MADE = "made"
    TAGGED = "tagged"
    CLOSED = "closed"
    REFUSED = "refused"
    EXPIRED = "expired"


class TakeoverState(StrEnum):
    """How far a takeover is; the counted numbers alone decide between draft, counted and disputed."""

    DRAFT = "draft"
    COUNTED = "counted"
    DISPUTED = "disputed"
    SIGNED = "signed"
    CLOSED = "closed"


class CountKind(StrEnum):
    FULL = "full"
    SPOT = "spot"
    HANDOVER = "handover"


class CountState(StrEnum):
    DRAFT = "draft"
    SIGNED = "signed"
    DIFFERENCES = "differences"
    RECONCILED = "reconciled"
    CANCELLED = "cancelled"


class LineState(StrEnum):
    """Where the count of a ring stands: entered by one of the two, or what their equal numbers say."""

    OPEN = "open"
    HALF = "half"
    RECOUNT = "recount"
    AGREED = "agreed"
    SHORT = "short"
    SURPLUS = "surplus"


class MissingState(StrEnum):
    """What became of a key that a count didn't find."""

    MISSING = "missing"
    FOUND = "found"


DOOR_LABELS = {
    DoorKind.SECURITY_GATE: "防盗铁门",
    DoorKind.UNIT_DOOR: "单元门",
    DoorKind.INNER_DOOR: "室内门",
    DoorKind.INTERCOM_DOOR: "电子对讲门",
    DoorKind.LETTER_BOX: "信报箱",
    DoorKind.WINDOW: "窗",
    DoorKind.EQUIPMENT_ROOM: "设备房",
    DoorKind.OTHER: "其他",
}
"""What the paper label says. The label hangs in a Chinese key cabinet, whatever language the screen speaks."""

OWNER_KEY_KINDS = (
    DoorKind.SECURITY_GATE, DoorKind.UNIT_DOOR, DoorKind.INNER_DOOR, DoorKind.INTERCOM_DOOR, DoorKind.LETTER_BOX,
)  # fmt: skip
"""The five kinds of keys a household usually has (keys-14)."""

PUBLIC_ROOM = "公共"
"""The room text of a public door for which none is given."""

HELD_BY_OFFICE = (KeyState.RECEIVED, KeyState.LABELLED, KeyState.IN_CUSTODY)
"""States of a key that hangs in a cabinet."""

KEPT = (*HELD_BY_OFFICE, KeyState.ON_LOAN)
"""States of a key that hangs in a cabinet, or comes back to it."""

HELD = (*KEPT, KeyState.ISSUED_TO_OWNER)
"""States of a key that somebody has."""

GONE = (KeyState.WRITTEN_OFF, KeyState.DESTROYED, KeyState.REJECTED)
"""States of a key that is no longer kept."""


_REST = frozenset(HELD_BY_OFFICE)
TRANSITIONS = {
    KeyState.RECEIVED: _REST | {KeyState.LOST, KeyState.REJECTED},
    KeyState.LABELLED: _REST | {KeyState.ON_LOAN, KeyState.ISSUED_TO_OWNER, KeyState.LOST, KeyState.DESTROYED},
    KeyState.IN_CUSTODY: _REST | {KeyState.ON_LOAN, KeyState.ISSUED_TO_OWNER, KeyState.LOST, KeyState.DESTROYED},
    KeyState.ON_LOAN: _REST | {KeyState.LOST},
    KeyState.ISSUED_TO_OWNER: _REST | {KeyState.LOST},
    KeyState.LOST: _REST | {KeyState.WRITTEN_OFF},
    **{state: frozenset() for state in GONE},
}
"""What may become of a key. Label and ring alone decide in which of its three states it rests in the cabinet."""
