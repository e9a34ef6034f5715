"""What is filled in when something secret is taken out of the house."""

from __future__ import annotations

from cstui.api import Input, Moment, Reason
from cstui.people import Person
from cstui_confidentiality.inputs import Asset


class RequestPass(Input):
    """`carrier`: who carries it; oneself unless told."""

    asset: Asset
    carrier: Person | None = None
    purpose: Reason


class Lost(Input):
    """How it got lost, and since when that is known."""

    what: Reason
    found_at: Moment


class ReportRemoval(Input):
    """Something was taken out without a pass; nobody may know by whom."""

    asset: Asset
    person: Person | None = None
    happened_at: Moment
    what: Reason
