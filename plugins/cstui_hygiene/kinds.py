"""The words of workplace order: areas, duties, checks, defects. Their names are `hygiene.choice.VALUE`."""

from __future__ import annotations

from enum import StrEnum


class AreaKind(StrEnum):
    FLOOR = "floor"
    DEAD_CORNER = "dead_corner"
    DESK = "desk"
    WINDOW = "window"
    NOTICE_BOARD = "notice_board"
    CHANGING_ROOM = "changing_room"
    PLANTS = "plants"
    RECEPTION = "reception"
    MEETING_ROOM = "meeting_room"
    WAREHOUSE = "warehouse"
    FRONTAGE = "frontage"
    PUBLIC_ZONE = "public_zone"
    GREEN_PLOT = "green_plot"


class Frequency(StrEnum):
    DAILY_OPEN = "daily_open"
    DAILY_CLOSE = "daily_close"
    WEEKLY = "weekly"
    AFTER_USE = "after_use"
    CONTINUOUS = "continuous"


class Crew(StrEnum):
    """Who cleans an area: whose turn it is, the leader on duty, the day shift, or one named person for good."""

    ROTA = "rota"
    LEADER = "leader"
    DAY_SHIFT = "day_shift"
    NAMED = "named"


class AreaState(StrEnum):
    ACTIVE = "active"
    RETIRED = "retired"


class RotaState(StrEnum):
    """Amended: a published rota was edited, and what was changed isn't published yet."""

    DRAFT = "draft"
    PUBLISHED = "published"
    AMENDED = "amended"
    CLOSED = "closed"


class Algorithm(StrEnum):
    ROUND_ROBIN = "round_robin"
    MANUAL = "manual"


class Slot(StrEnum):
    OPEN = "opening"
    CLOSE = "closing"
    WEEKLY = "weekly"
    AFTER_USE = "after_use"


class Basis(StrEnum):
    """Why a duty is somebody's."""

    TURN = "turn"
    LEADER = "leader"
    DAY_SHIFT = "day_shift"
    NAMED = "named"
    SAME_DAY = "same_day"
    BY_HAND = "by_hand"
    NOBODY = "nobody"


class DutyState(StrEnum):
    """How far a duty is. Missed isn't kept: a duty that is due, and whose time is over, is missed by the clock."""

    DUE = "due"
    DONE = "done"
    VERIFIED = "verified"
    MADE_UP = "made_up"
    EXCUSED = "excused"


class PlantTask(StrEnum):
    WATER = "water"
    LEAF_CLEAN = "leaf_clean"


class InspectionKind(StrEnum):
    DAILY = "daily"
    SPOT = "spot"
    WEEKLY = "weekly"


class InspectionState(StrEnum):
    DRAFT = "draft"
    SIGNED = "signed"


class Verdict(StrEnum):
    UNDECIDED = "undecided"
    PASS = "pass"
    FAIL = "fail"
    NOT_APPLICABLE = "not_applicable"


class Item(StrEnum):
    """What an inspection looks at; what each is worth and which rule it is of stands in `sheets`."""

    FLOOR = "floor"
    DEAD_CORNER = "dead_corner"
    DESK = "desk"
    EQUIPMENT = "equipment"
    CHAIR = "chair"
    PUT_BACK = "put_back"
    LAYOUT_MONITOR = "layout_monitor"
    LAYOUT_HEADSET = "layout_headset"
    LAYOUT_NOTEBOOK = "layout_notebook"
    ALIGNMENT = "alignment"
    FOREIGN = "foreign"
    MOVE = "move"
    KEYBOARD = "keyboard"
    GRAFFITI = "graffiti"
    PEEL = "peel"
    LITTER = "litter"
    DROPPED = "dropped"
    MAKEUP = "makeup"
    WINDOW = "window"
    BOARD = "board"
    DRESS = "dress"
    FRONTAGE = "frontage"
    LIGHTS = "lights"
    LOCKERS = "lockers"
    LOCKER_OUTSIDE = "locker_outside"
    APPEARANCE = "appearance"
    QUIET = "quiet"
    AID = "aid"


class DefectState(StrEnum):
    """How far a defect is. Reported: by a monitor, not accepted yet. Overdue is told by the clock."""

    REPORTED = "reported"
    REFUSED = "refused"
    OPEN = "open"
    FIXED = "fixed"
    CLOSED = "closed"


class SecondLook(StrEnum):
    PUT_RIGHT = "put_right"
    NOT_YET = "not_yet"


class AppraisalState(StrEnum):
    COMPUTED = "computed"
    CONFIRMED = "confirmed"
    PUBLISHED = "published"


class Outcome(StrEnum):
    COMMENDED = "commended"
    NONE = "none"
    PENALISED = "penalised"


class LockerState(StrEnum):
    FREE = "free"
    ASSIGNED = "assigned"
    OUT_OF_ORDER = "out_of_order"


class PlotState(StrEnum):
    UNASSIGNED = "unassigned"
    ASSIGNED = "assigned"
    RETIRED = "retired"


class FieldState(StrEnum):
    PLANNED = "planned"
    RECORDED = "recorded"
    COUNTERSIGNED = "countersigned"
