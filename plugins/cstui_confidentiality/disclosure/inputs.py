"""What is filled in when something secret is to be handed out, or was."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from cstui.api import Day, Input, Moment, Of, Reason
from cstui.people import Person
from cstui_confidentiality.inputs import Asset, Category
from cstui_confidentiality.kinds import Channel, Misuse
from cstui_confidentiality.models import DisclosureApproval

Recipient = Annotated[str, Of(DisclosureApproval, "recipient"), Field(min_length=1)]


class RequestDisclosure(Input):
    """Of one asset or of a class; `third_party`: the recipient isn't of the company.

    `legal_duty`: the law demands it.
    """

    asset: Asset | None = None
    category: Category | None = None
    recipient: Recipient
    third_party: bool
    channel: Channel
    purpose: Reason
    valid_to: Day
    legal_duty: bool = False


class ReportDisclosure(Input):
    """What somebody let out without leave; nobody may know who it was."""

    asset: Asset | None = None
    category: Category | None = None
    person: Person | None = None
    recipient: Recipient
    third_party: bool
    channel: Channel
    happened_at: Moment
    what: Reason


class ReportMisuse(Input):
    """A resident's file with secrecy needs: `file_ref` says which."""

    person: Person | None = None
    file_ref: Reason
    misuse: Misuse
    what: Reason
