from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.migrations import operations as ops

from cstui.approvals.models import FindingState, RequestState, Verdict


class Migration(migrations.Migration):
    dependencies = [('people', '0001_initial')]

    initial = True

    operations = [
        ops.CreateModel(
            name='Deputy',
            fields=[
                ('id', fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('version', fields.IntField(default=1)),
                ('search', fields.CharField(default='', db_index=True, max_length=512)),
                ('staff', fields.ForeignKeyField('people.Staff', source_field='staff_id', db_constraint=True, to_field='id', related_name=False, on_delete=OnDelete.RESTRICT)),
                ('deputy', fields.ForeignKeyField('people.Staff', source_field='deputy_id', db_constraint=True, to_field='id', related_name=False, on_delete=OnDelete.RESTRICT)),
                ('role', fields.CharField(max_length=32)),
                ('first_day', fields.DateField()),
                ('last_day', fields.DateField()),
            ],
            options={'table': 'approvals_deputy', 'app': 'approvals', 'pk_attr': 'id'},
            bases=['Record'],
        ),
        ops.CreateModel(
            name='Finding',
            fields=[
                ('id', fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('version', fields.IntField(default=1)),
                ('search', fields.CharField(default='', db_index=True, max_length=512)),
                ('area', fields.CharField(max_length=32)),
                ('record_id', fields.IntField(null=True)),
                ('rule', fields.CharField(max_length=48)),
                ('person', fields.ForeignKeyField('people.Staff', source_field='person_id', null=True, db_constraint=True, to_field='id', related_name=False, on_delete=OnDelete.RESTRICT)),
                ('title', fields.CharField(max_length=200)),
                ('figure_fen', fields.IntField(null=True)),
                ('state', fields.CharEnumField(default=FindingState.OPEN, description='OPEN: open\nACCEPTED: accepted\nREJECTED: rejected', enum_type=FindingState, max_length=16)),
                ('found_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('decided_by', fields.CharField(default='', max_length=64)),
                ('decision', fields.CharField(default='', max_length=500)),
            ],
            options={'table': 'approvals_finding', 'app': 'approvals', 'pk_attr': 'id'},
            bases=['Record'],
        ),
        ops.CreateModel(
            name='Request',
            fields=[
                ('id', fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('version', fields.IntField(default=1)),
                ('search', fields.CharField(default='', db_index=True, max_length=512)),
                ('kind', fields.CharField(db_index=True, max_length=64)),
                ('record_id', fields.IntField()),
                ('title', fields.CharField(max_length=200)),
                ('requester', fields.ForeignKeyField('people.Staff', source_field='requester_id', null=True, db_constraint=True, to_field='id', related_name=False, on_delete=OnDelete.RESTRICT)),
                ('requester_login', fields.CharField(max_length=64)),
                ('step', fields.IntField(default=0)),
                ('state', fields.CharEnumField(default=RequestState.ASKED, description='ASKED: asked\nAPPROVED: approved\nREFUSED: refused\nWITHDRAWN: withdrawn', enum_type=RequestState, max_length=16)),
                ('opened_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'approvals_request', 'app': 'approvals', 'pk_attr': 'id'},
            bases=['Record'],
        ),
        ops.CreateModel(
            name='Decision',
            fields=[
                ('id', fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('version', fields.IntField(default=1)),
                ('search', fields.CharField(default='', db_index=True, max_length=512)),
                ('request', fields.ForeignKeyField('approvals.Request', source_field='request_id', db_constraint=True, to_field='id', related_name=False, on_delete=OnDelete.RESTRICT)),
                ('step', fields.IntField()),
                ('by', fields.ForeignKeyField('people.Staff', source_field='by_id', null=True, db_constraint=True, to_field='id', related_name=False, on_delete=OnDelete.RESTRICT)),
                ('by_login', fields.CharField(max_length=64)),
                ('verdict', fields.CharEnumField(description='APPROVED: approved\nREFUSED: refused', enum_type=Verdict, max_length=16)),
                ('note', fields.CharField(default='', max_length=500)),
                ('at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'approvals_decision', 'app': 'approvals', 'pk_attr': 'id'},
            bases=['Record'],
        ),
    ]
