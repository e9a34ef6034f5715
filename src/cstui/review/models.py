"""What is said of matters, matters of people's own, questions, and the day's sign-off."""

from __future__ import annotations

import json
from enum import StrEnum

from tortoise import fields

from cstui.api import Record, Text, Verbatim, refers_to
from cstui.contract.text import unpack
from cstui.people.models import Staff


class Kind(StrEnum):
    """`SEEN` is a reading by somebody who doesn't answer for the whole queue; `RETURNED` what a delegate handed back,
    `RECALLED` what a supervisor took back: a delegation, whose `to` it names, or a deferral with its `until`."""

    READ = "read"
    NOTED = "noted"
    DEFERRED = "deferred"
    DELEGATED = "delegated"
    SEEN = "seen"
    RETURNED = "returned"
    RECALLED = "recalled"


class Disposition(Record):
    """Somebody's word on a matter: read, noted, deferred to a day, delegated to a person, handed back, taken back."""

    item = fields.CharField(max_length=160, db_index=True)
    day = fields.DateField(db_index=True)
    kind = fields.CharEnumField(Kind, max_length=16)
    note = fields.CharField(max_length=500, default="")
    until = fields.DateField(null=True)
    to: fields.ForeignKeyNullableRelation[Staff] = refers_to("people.Staff", null=True, back="delegated")
    to_id: int | None
    by_login = fields.CharField(max_length=64)
    by_name = fields.CharField(max_length=64)
    at = fields.DatetimeField()

    class Meta:
        table = "review_disposition"


class SignOff(Record):
    """A day signed off: who, when, the statement as JSON.

    `checkpoint` is the journal's head as the signer found it; the statement shows that of its own entry, which covers
    this one too (see `statement.checkpoint_of`).
    """

    day = fields.DateField(unique=True)
    by_login = fields.CharField(max_length=64)
    by_name = fields.CharField(max_length=64)
    at = fields.DatetimeField()
    late = fields.BooleanField(default=False)
    note = fields.CharField(max_length=500, default="")
    statement = fields.TextField()
    checkpoint = fields.CharField(max_length=200)

    class Meta:
        table = "review_signoff"


class Own(Record):
    """A matter of one's own (自定事项). `shared`: entered by somebody who answers for the whole queue, so it stands
    there for everybody who does; else it is its person's alone."""

    plain_fields = ("text",)

    text = fields.CharField(max_length=200)
    due_at = fields.DatetimeField(db_index=True)
    timed = fields.BooleanField(default=False)
    person: fields.ForeignKeyNullableRelation[Staff] = refers_to("people.Staff", null=True)
    person_id: int | None
    shared = fields.BooleanField()
    by_login = fields.CharField(max_length=64)
    by_name = fields.CharField(max_length=64)
    at = fields.DatetimeField()
    done_at = fields.DatetimeField(null=True)
    done_by = fields.CharField(max_length=64, default="")

    class Meta:
        table = "review_own"


class Question(Record):
    """What somebody was asked about a matter. `title` is the matter's text as it was then (JSON).

    Open until it is answered; `closed_at`: the asker has taken the answer, or withdrew the question.
    """

    plain_fields = ("question", "answer")
    told_by = {"title": "title"}

    item = fields.CharField(max_length=160, db_index=True)
    title = fields.TextField()
    question = fields.CharField(max_length=500)
    person: fields.ForeignKeyRelation[Staff] = refers_to("people.Staff")
    person_id: int
    by_login = fields.CharField(max_length=64)
    by_name = fields.CharField(max_length=64)
    at = fields.DatetimeField()
    answer = fields.CharField(max_length=500, default="")
    answered_at = fields.DatetimeField(null=True)
    closed_at = fields.DatetimeField(null=True, db_index=True)

    @property
    def told(self) -> Text:
        """The matter it is about, in the reader's language."""
        made = unpack(json.loads(self.title))
        return made if isinstance(made, Text) else Verbatim(str(made))

    class Meta:
        table = "review_question"
