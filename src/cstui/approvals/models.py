"""Requests that go through steps, deputies, and findings that somebody has to decide."""

from __future__ import annotations

import json
from enum import StrEnum
from typing import Any

from tortoise import fields

from cstui.contract.records import Record, refers_to
from cstui.contract.text import Text, Verbatim, pack, unpack
from cstui.people.models import Staff


class RequestState(StrEnum):
    ASKED = "asked"
    APPROVED = "approved"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class Verdict(StrEnum):
    APPROVED = "approved"
    REFUSED = "refused"


class OverrideState(StrEnum):
    OPEN = "open"
    CONFIRMED = "confirmed"
    CONTESTED = "contested"


class FindingState(StrEnum):
    OPEN = "open"
    ACCEPTED = "accepted"
    REJECTED = "rejected"


def titled(title: str | Text) -> dict[str, Any]:
    """The fields of a title: `title` is what one searches by, `words` the text itself, for either language."""
    if not isinstance(title, Text) or isinstance(title, Verbatim):
        return {"title": str(title.args["words"] if isinstance(title, Text) else title)[:200]}
    return {"title": _spoken(title)[:200], "words": json.dumps(pack(title), ensure_ascii=False)}


def _spoken(text: Text) -> str:
    """What a text says in every language: its names and numbers."""
    parts: list[Any] = [*text.args.values()]
    return " ".join(_spoken(part) if isinstance(part, Text) else str(part) for part in parts).strip()


def _title(row: Request | Finding | Override) -> Text:
    made = unpack(json.loads(row.words)) if row.words else None
    return made if isinstance(made, Text) else Verbatim(row.title)


class Request(Record):
    """A request of a kind an area declares, about one of its records; `step` counts from 0."""

    search_fields = ("title", "requester_login")
    told_by = {"title": "words"}
    logins = ("requester_login",)

    kind = fields.CharField(max_length=64, db_index=True)
    record_id = fields.IntField()
    title = fields.CharField(max_length=200)
    words = fields.TextField(default="", db_default="")
    requester: fields.ForeignKeyNullableRelation[Staff] = refers_to("people.Staff", null=True)
    requester_id: int | None
    requester_login = fields.CharField(max_length=64)
    step = fields.IntField(default=0)
    state = fields.CharEnumField(RequestState, max_length=16, default=RequestState.ASKED)
    opened_at = fields.DatetimeField()

    @property
    def told(self) -> Text:
        """Its title in the reader's language."""
        return _title(self)

    class Meta:
        table = "approvals_request"


class Decision(Record):
    """One step decided: `by` somebody, `instead_of` another where they hold the role only as that one's deputy."""

    logins = ("by_login",)

    request: fields.ForeignKeyRelation[Request] = refers_to("approvals.Request")
    request_id: int
    step = fields.IntField()
    by: fields.ForeignKeyNullableRelation[Staff] = refers_to("people.Staff", null=True)
    by_id: int | None
    by_login = fields.CharField(max_length=64)
    instead_of: fields.ForeignKeyNullableRelation[Staff] = refers_to("people.Staff", null=True)
    instead_of_id: int | None
    verdict = fields.CharEnumField(Verdict, max_length=16)
    note = fields.CharField(max_length=500, default="")
    at = fields.DatetimeField()

    class Meta:
        table = "approvals_decision"


class Deputy(Record):
    """Who may decide in a role for somebody, from a day to a day; one that was ended at once may cover no day."""

    staff: fields.ForeignKeyRelation[Staff] = refers_to("people.Staff")
    staff_id: int
    deputy: fields.ForeignKeyRelation[Staff] = refers_to("people.Staff")
    deputy_id: int
    role = fields.CharField(max_length=32)
    first_day = fields.DateField()
    last_day = fields.DateField()

    class Meta:
        table = "approvals_deputy"


class Finding(Record):
    """A finding of an area or a person that somebody else decides. `figure_fen` is the regulation's figure."""

    hundredths = ("figure_fen",)
    search_fields = ("title", "rule")
    told_by = {"title": "words"}
    logins = ("decided_by",)

    area = fields.CharField(max_length=32)
    record_id = fields.IntField(null=True)
    rule = fields.CharField(max_length=48)
    person: fields.ForeignKeyNullableRelation[Staff] = refers_to("people.Staff", null=True)
    person_id: int | None
    title = fields.CharField(max_length=200)
    words = fields.TextField(default="", db_default="")
    figure_fen = fields.IntField(null=True)
    state = fields.CharEnumField(FindingState, max_length=16, default=FindingState.OPEN)
    found_at = fields.DatetimeField()
    decided_by = fields.CharField(max_length=64, default="")
    decision = fields.CharField(max_length=500, default="")

    @property
    def told(self) -> Text:
        """Its title in the reader's language."""
        return _title(self)

    class Meta:
        table = "approvals_finding"


class Override(Record):
    """An act done in an emergency; `title` and `words` are what was done, `lacked` the texts of what it lacked."""

    search_fields = ("title", "reason")
    told_by = {"title": "words", "lacked": "lacked"}
    logins = ("by_login", "settled_by")

    action = fields.CharField(max_length=64)
    title = fields.CharField(max_length=200)
    words = fields.TextField(default="")
    lacked = fields.TextField(default="")
    by: fields.ForeignKeyNullableRelation[Staff] = refers_to("people.Staff", null=True)
    by_id: int | None
    by_login = fields.CharField(max_length=64)
    reason = fields.CharField(max_length=200)
    at = fields.DatetimeField(db_index=True)
    state = fields.CharEnumField(OverrideState, max_length=16, default=OverrideState.OPEN)
    settled_by = fields.CharField(max_length=64, default="")
    settled_at = fields.DatetimeField(null=True)
    remark = fields.CharField(max_length=500, default="")

    @property
    def told(self) -> Text:
        """What was done, in the reader's language."""
        return _title(self)

    @property
    def lacks(self) -> Any:
        """What it lacked, in the reader's language."""
        return unpack(json.loads(self.lacked))

    class Meta:
        table = "approvals_override"
