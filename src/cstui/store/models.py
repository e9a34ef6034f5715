"""The host's own tables: the stamp of the schema, the journal, and the openly unjournalled state."""

from __future__ import annotations

from tortoise import fields
from tortoise.models import Model


class Stamp(Model):
    """One row: which store this is, and how often its schema was changed."""

    id = fields.IntField(primary_key=True, generated=False)
    store_id = fields.CharField(max_length=32)
    epoch = fields.IntField()
    program = fields.CharField(max_length=32)

    class Meta:
        table = "house_stamp"


class State(Model):
    """What is not the department's business: drafts, filters, last seen, PIN attempts. Never journalled."""

    id = fields.IntField(primary_key=True)
    login = fields.CharField(max_length=64)
    name = fields.CharField(max_length=64)
    value = fields.TextField()

    class Meta:
        table = "house_state"
        unique_together = (("login", "name"),)


class Change(Model):
    """A row image caught by a trigger, claimed by the engine before the commit; empty between acts."""

    id = fields.BigIntField(primary_key=True)
    tab = fields.CharField(max_length=64)
    record = fields.CharField(max_length=64)
    before = fields.TextField(null=True)
    after = fields.TextField(null=True)

    class Meta:
        table = "house_change"


class Entry(Model):
    """A link of the journal's chain: its public head. `seq` counts from 1 without gaps; `at` is UTC ISO text."""

    seq = fields.IntField(primary_key=True, generated=False)
    at = fields.CharField(max_length=32)
    actor = fields.CharField(max_length=64)
    action = fields.CharField(max_length=64, db_index=True)
    body_hash = fields.CharField(max_length=64)
    prev = fields.CharField(max_length=64)
    hash = fields.CharField(max_length=64)

    class Meta:
        table = "house_entry"


class EntryBody(Model):
    """What an entry tells, salted; may be blanked (body null) without breaking the chain."""

    seq = fields.IntField(primary_key=True, generated=False)
    salt = fields.CharField(max_length=32)
    body = fields.TextField(null=True)

    class Meta:
        table = "house_body"


class EntryRef(Model):
    """Which record ("keys_key:17") an entry is about or changed: the index of histories."""

    id = fields.BigIntField(primary_key=True)
    seq = fields.IntField(db_index=True)
    ref = fields.CharField(max_length=96, db_index=True)

    class Meta:
        table = "house_ref"
