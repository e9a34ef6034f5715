from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    initial = True

    operations = [
        ops.CreateModel(
            name='ShiftType',
            fields=[
                ('id', fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('version', fields.IntField(default=1)),
                ('search', fields.CharField(default='', db_index=True, max_length=512)),
                ('code', fields.CharField(unique=True, max_length=16)),
                ('name', fields.CharField(max_length=32)),
                ('start_minute', fields.IntField()),
                ('end_minute', fields.IntField()),
            ],
            options={'table': 'people_shift', 'app': 'people', 'pk_attr': 'id'},
            bases=['Record'],
        ),
        ops.CreateModel(
            name='Team',
            fields=[
                ('id', fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('version', fields.IntField(default=1)),
                ('search', fields.CharField(default='', db_index=True, max_length=512)),
                ('code', fields.CharField(unique=True, max_length=32)),
                ('name', fields.CharField(max_length=64)),
                ('department', fields.CharField(default='', max_length=32)),
            ],
            options={'table': 'people_team', 'app': 'people', 'pk_attr': 'id'},
            bases=['Record'],
        ),
        ops.CreateModel(
            name='Staff',
            fields=[
                ('id', fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('version', fields.IntField(default=1)),
                ('search', fields.CharField(default='', db_index=True, max_length=512)),
                ('login', fields.CharField(unique=True, max_length=64)),
                ('number', fields.CharField(unique=True, max_length=32)),
                ('name', fields.CharField(max_length=64)),
                ('phone', fields.CharField(default='', max_length=32)),
                ('team', fields.ForeignKeyField('people.Team', source_field='team_id', null=True, db_constraint=True, to_field='id', related_name=False, on_delete=OnDelete.RESTRICT)),
                ('department', fields.CharField(default='', max_length=32)),
                ('post', fields.CharField(default='', max_length=64)),
                ('hired_on', fields.DateField(null=True)),
                ('left_on', fields.DateField(null=True)),
            ],
            options={'table': 'people_staff', 'app': 'people', 'pk_attr': 'id'},
            bases=['Record'],
        ),
        ops.CreateModel(
            name='Absence',
            fields=[
                ('id', fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('version', fields.IntField(default=1)),
                ('search', fields.CharField(default='', db_index=True, max_length=512)),
                ('staff', fields.ForeignKeyField('people.Staff', source_field='staff_id', db_constraint=True, to_field='id', related_name=False, on_delete=OnDelete.RESTRICT)),
                ('first_day', fields.DateField(db_index=True)),
                ('last_day', fields.DateField(db_index=True)),
                ('kind', fields.CharField(max_length=32)),
                ('note', fields.CharField(default='', max_length=200)),
            ],
            options={'table': 'people_absence', 'app': 'people', 'pk_attr': 'id'},
            bases=['Record'],
        ),
        ops.CreateModel(
            name='Duty',
            fields=[
                ('id', fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('version', fields.IntField(default=1)),
                ('search', fields.CharField(default='', db_index=True, max_length=512)),
                ('staff', fields.ForeignKeyField('people.Staff', source_field='staff_id', db_constraint=True, to_field='id', related_name=False, on_delete=OnDelete.RESTRICT)),
                ('day', fields.DateField(db_index=True)),
                ('shift', fields.ForeignKeyField('people.ShiftType', source_field='shift_id', db_constraint=True, to_field='id', related_name=False, on_delete=OnDelete.RESTRICT)),
                ('start_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('end_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'people_duty', 'app': 'people', 'pk_attr': 'id'},
            bases=['Record'],
        ),
        ops.CreateModel(
            name='Pin',
            fields=[
                ('id', fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('version', fields.IntField(default=1)),
                ('search', fields.CharField(default='', db_index=True, max_length=512)),
                ('staff', fields.ForeignKeyField('people.Staff', source_field='staff_id', unique=True, db_constraint=True, to_field='id', related_name=False, on_delete=OnDelete.RESTRICT)),
                ('hash', fields.CharField(max_length=200)),
            ],
            options={'table': 'people_pin', 'app': 'people', 'pk_attr': 'id'},
            bases=['Record'],
        ),
        ops.CreateModel(
            name='RoleGrant',
            fields=[
                ('id', fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('version', fields.IntField(default=1)),
                ('search', fields.CharField(default='', db_index=True, max_length=512)),
                ('staff', fields.ForeignKeyField('people.Staff', source_field='staff_id', db_constraint=True, to_field='id', related_name=False, on_delete=OnDelete.RESTRICT)),
                ('role', fields.CharField(max_length=32)),
                ('first_day', fields.DateField()),
                ('last_day', fields.DateField(null=True)),
                ('granted_by', fields.CharField(max_length=64)),
            ],
            options={'table': 'people_role', 'app': 'people', 'pk_attr': 'id'},
            bases=['Record'],
        ),
    ]
