"""Staff, teams, roles with dates, shifts on duty, absences: the only models other areas may point to."""

from __future__ import annotations

from tortoise import fields

from cstui.contract.records import Record, refers_to


class Team(Record):
    """A team of a department (班组)."""

    search_fields = ("code", "name")

    code = fields.CharField(max_length=32, unique=True)
    name = fields.CharField(max_length=64)
    department = fields.CharField(max_length=32, default="")

    class Meta:
        table = "people_team"


class Staff(Record):
    """A member of staff. `login` names them at the command line, `number` (工号) in spreadsheets."""

    search_fields = ("name", "login", "number")

    login = fields.CharField(max_length=64, unique=True)
    number = fields.CharField(max_length=32, unique=True)
    name = fields.CharField(max_length=64)
    phone = fields.CharField(max_length=32, default="")
    team: fields.ForeignKeyNullableRelation[Team] = refers_to("people.Team", null=True)
    team_id: int | None
    department = fields.CharField(max_length=32, default="")
    post = fields.CharField(max_length=64, default="")
    hired_on = fields.DateField(null=True)
    left_on = fields.DateField(null=True)

    class Meta:
        table = "people_staff"


class Pin(Record):
    """The hash of a person's signature PIN; its column never stands in the journal."""

    secret_fields = ("hash",)

    staff: fields.ForeignKeyRelation[Staff] = refers_to("people.Staff", unique=True)
    staff_id: int
    hash = fields.CharField(max_length=200)

    class Meta:
        table = "people_pin"


class RoleGrant(Record):
    """A role of a person from a day to a day (both included; open end: until ended)."""

    logins = ("granted_by",)

    staff: fields.ForeignKeyRelation[Staff] = refers_to("people.Staff")
    staff_id: int
    role = fields.CharField(max_length=32)
    first_day = fields.DateField()
    last_day = fields.DateField(null=True)
    granted_by = fields.CharField(max_length=64)

    class Meta:
        table = "people_role"


class ShiftType(Record):
    """A shift of the day: minutes after the local midnight; an end over 1440 lies past midnight."""

    search_fields = ("code", "name")

    code = fields.CharField(max_length=16, unique=True)
    name = fields.CharField(max_length=32)
    start_minute = fields.IntField()
    end_minute = fields.IntField()

    class Meta:
        table = "people_shift"


class Duty(Record):
    """A person's shift on a day; moments in UTC, fixed when it was assigned."""

    staff: fields.ForeignKeyRelation[Staff] = refers_to("people.Staff")
    staff_id: int
    day = fields.DateField(db_index=True)
    shift: fields.ForeignKeyRelation[ShiftType] = refers_to("people.ShiftType")
    shift_id: int
    start_at = fields.DatetimeField()
    end_at = fields.DatetimeField()

    class Meta:
        table = "people_duty"


class Absence(Record):
    """Days on which a person isn't there (both included)."""

    staff: fields.ForeignKeyRelation[Staff] = refers_to("people.Staff")
    staff_id: int
    first_day = fields.DateField(db_index=True)
    last_day = fields.DateField(db_index=True)
    kind = fields.CharField(max_length=32)
    note = fields.CharField(max_length=200, default="")

    class Meta:
        table = "people_absence"
