"""The words of confidentiality: levels, accounts, accesses, leaks. Their names are `confidentiality.choice.VALUE`."""

from __future__ import annotations

from enum import StrEnum


class Level(StrEnum):
    INTERNAL = "internal"
    CONFIDENTIAL = "confidential"
    SECRET = "secret"


class CategoryState(StrEnum):
    ACTIVE = "active"
    SUPERSEDED = "superseded"


class Medium(StrEnum):
    PAPER = "paper"
    FILE = "file"
    DATABASE = "database"
    RECORDING = "recording"
    ACCOUNT = "account"


class AssetState(StrEnum):
    REGISTERED = "registered"
    IN_USE = "in_use"
    PUBLISHED = "published"
    MARKED = "marked_for_destruction"
    DESTROYED = "destroyed"


class SystemKind(StrEnum):
    SITE_BACKEND = "site_backend"
    GAME_BACKEND = "game_backend"
    SERVICE_CLIENT = "service_client"
    FORUM_ADMIN = "forum_admin"
    CRM = "crm"
    FILE_SHARE = "file_share"


class SystemState(StrEnum):
    ACTIVE = "active"
    RETIRED = "retired"


class LogFormat(StrEnum):
    """How a system's log is written; by hand: nothing is imported."""

    CSV = "csv"
    SSHD = "sshd"
    LAST = "last"
    BY_HAND = "by_hand"


class AccountKind(StrEnum):
    ADMIN = "admin"
    AGENT = "agent"
    FORUM_ADMIN = "forum_admin"
    SHARED = "shared"


class AccountState(StrEnum):
    ISSUED = "issued"
    ACTIVE = "active"
    SUSPENDED = "suspended"
    COMPROMISED = "compromised"
    REVOKED = "revoked"


class GrantState(StrEnum):
    """How far a permit is. Expired is told by the clock: a permit whose time is over."""

    REQUESTED = "requested"
    APPROVED = "approved"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class EventKind(StrEnum):
    LOGIN = "login"
    LOGOUT = "logout"
    QUERY = "query"
    MODIFY = "modify"
    EXPORT = "export"
    COPY = "copy"
    DELETE = "delete"
    CUSTOMER_LOGIN = "customer_login"
    PEER_PC = "peer_pc"


class Operation(StrEnum):
    """What one asks leave for in a back end."""

    QUERY = "query"
    MODIFY = "modify"
    EXPORT = "export"
    COPY = "copy"
    DELETE = "delete"
    ACCOUNT_CHANGE = "account_change"
    CUSTOMER_LOGIN = "customer_login"


class RequestState(StrEnum):
    """How far a request is. Expired is told by the clock: approved, not executed, its time over."""

    SUBMITTED = "submitted"
    APPROVED = "approved"
    REFUSED = "refused"
    EXECUTED = "executed"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


class Factor(StrEnum):
    """By what a customer shows to be that customer."""

    ID_NUMBER_TAIL = "id_number_tail"
    REGISTERED_PHONE = "registered_phone"
    ORDER_NO = "order_no"
    SECURITY_ANSWER = "security_answer"
    DOCUMENT = "document"


class VerificationState(StrEnum):
    OPEN = "unchecked"
    PASSED = "passed"
    RELEASED = "told"
    FAILED = "failed"
    REFUSED = "told_nothing"


class Channel(StrEnum):
    ORAL = "oral"
    PAPER = "paper"
    MAIL = "mail"
    CHAT = "chat"
    GROUP_CHAT = "group_chat"
    FORUM = "forum"
    MICROBLOG = "microblog"
    SOCIAL = "social"
    UPLOAD = "upload"


class Misuse(StrEnum):
    """What was done with a resident's file."""

    COPIED = "copied"
    LENT = "lent"
    SPREAD = "spread"


class DisclosureState(StrEnum):
    """How far leave to hand out is. Expired is told by the clock: approved, not released, its day over."""

    REQUESTED = "requested"
    APPROVED = "approved"
    REFUSED = "refused"
    RELEASED = "released"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


class PassState(StrEnum):
    """How far taking something out is. Overdue is told by the clock."""

    REQUESTED = "requested"
    APPROVED = "approved"
    REFUSED = "refused"
    OUT = "out"
    RETURNED = "returned"
    LOST = "lost"
    WITHDRAWN = "withdrawn"


class DestructionMethod(StrEnum):
    SHRED = "shred"
    WIPE = "wipe"
    DEGAUSS = "degauss"


class DestructionState(StrEnum):
    PLANNED = "planned"
    DONE = "done"
    VERIFIED = "verified"


class VisitScope(StrEnum):
    """What a visitor may use."""

    COMPUTER = "computer"
    MATERIAL = "material"


class SoftwareState(StrEnum):
    REQUESTED = "requested"
    CERTIFIED = "certified"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class ScanResult(StrEnum):
    CLEAN = "clean"
    THREATS = "threats"
    NOT_RUN = "not_run"


class LeakState(StrEnum):
    RECEIVED = "received"
    ACKNOWLEDGED = "acknowledged"
    INVESTIGATING = "investigating"
    CONFIRMED = "confirmed"
    UNFOUNDED = "unfounded"
    CLOSED = "closed"


class Late(StrEnum):
    """What becomes of a report that came late."""

    EXCUSED = "excused"
    CASE = "case"


class CaseState(StrEnum):
    OPENED = "opened"
    HEARD = "heard"
    PROPOSED = "proposed"
    DECIDED = "decided"
    EXECUTED = "executed"
    CLOSED = "closed"
    DROPPED = "dropped"


class Ground(StrEnum):
    """What somebody is said to have done."""

    LEAK = "leak"
    BREACH = "breach"
    PASSWORD = "password"
    SILENCE = "silence"
    ABETTING = "abetting"
    SALE = "sale"


class Intent(StrEnum):
    WILFUL = "wilful"
    NEGLIGENT = "negligent"
    NONE = "none"


class Harm(StrEnum):
    """What came of it, beside money."""

    NONE = "none"
    MINOR = "minor"
    SERIOUS = "serious"


class Measure(StrEnum):
    """What is proposed or decided."""

    WARNING_AND_BONUS = "severe_warning_and_bonus"
    DISMISSAL = "dismissal"


class FindingState(StrEnum):
    """How far a finding of the audit is. Overdue is told by the clock."""

    OPEN = "open"
    EXPLAINED = "explained"
    WARNED = "warned"
    CASE = "case"


class AlertKind(StrEnum):
    DOWNLOAD = "download"
    SITE = "site"
    THREAT = "threat"


class AlertState(StrEnum):
    OPEN = "open"
    SETTLED = "settled"


class ControlState(StrEnum):
    DRAFT = "draft"
    SIGNED = "signed"


class Located(StrEnum):
    """What a control of documents found."""

    UNDECIDED = "undecided"
    IN_ORDER = "in_order"
    WRONG_READERS = "wrong_readers"
    MISSING = "missing"
