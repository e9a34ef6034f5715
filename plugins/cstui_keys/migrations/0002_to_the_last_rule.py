from tortoise import migrations
from tortoise.migrations import operations as ops
from cstui_keys.kinds import Condition, CopyState, CustodyKind, DoorKind, IssueState, PaperKind
from tortoise.fields.base import OnDelete
from tortoise import fields

class Migration(migrations.Migration):
    dependencies = [('keys', '0001_initial'), ('people', '0001_initial')]

    initial = False

    operations = [
        ops.CreateModel(
            name='HouseholdPaper',
            fields=[
                ('id', fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('version', fields.IntField(default=1)),
                ('search', fields.CharField(default='', db_index=True, max_length=512)),
                ('space', fields.ForeignKeyField('keys.Space', source_field='space_id', db_constraint=True, to_field='id', related_name=False, on_delete=OnDelete.RESTRICT)),
                ('kind', fields.CharEnumField(description='KEY_ISSUE: key_issue\nKEY_RETURN: key_return', enum_type=PaperKind, max_length=16)),
                ('number', fields.CharField(unique=True, max_length=24)),
                ('day', fields.DateField(db_index=True)),
                ('retention', fields.CharField(max_length=32)),
                ('archive_ref', fields.CharField(default='', max_length=100)),
            ],
            options={'table': 'keys_household_paper', 'app': 'keys', 'pk_attr': 'id'},
            bases=['Record'],
        ),
        ops.CreateModel(
            name='KeyDuplication',
            fields=[
                ('id', fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('version', fields.IntField(default=1)),
                ('search', fields.CharField(default='', db_index=True, max_length=512)),
                ('duplication_no', fields.CharField(unique=True, max_length=24)),
                ('state', fields.CharEnumField(default=CopyState.REQUESTED, db_index=True, description='REQUESTED: requested\nAPPROVED: approved\nMADE: made\nTAGGED: tagged\nCLOSED: closed\nREFUSED: refused\nEXPIRED: expired', enum_type=CopyState, max_length=12)),
                ('key', fields.ForeignKeyField('keys.Key', source_field='key_id', db_constraint=True, to_field='id', related_name=False, on_delete=OnDelete.RESTRICT)),
                ('copies', fields.IntField()),
                ('reason', fields.CharField(max_length=200)),
                ('consent_ref', fields.CharField(default='', max_length=100)),
                ('requester', fields.ForeignKeyField('people.Staff', source_field='requester_id', null=True, db_constraint=True, to_field='id', related_name=False, on_delete=OnDelete.RESTRICT)),
                ('requested_by', fields.CharField(max_length=64)),
                ('requested_at', fields.DatetimeField(db_index=True, auto_now=False, auto_now_add=False)),
                ('approved_by', fields.CharField(default='', max_length=64)),
                ('approved_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('made_by', fields.CharField(default='', max_length=100)),
                ('made_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('received', fields.IntField(default=0)),
                ('registered', fields.IntField(default=0)),
                ('destroyed', fields.IntField(default=0)),
                ('asked_again', fields.BooleanField(default=False)),
                ('witness', fields.ForeignKeyField('people.Staff', source_field='witness_id', null=True, db_constraint=True, to_field='id', related_name=False, on_delete=OnDelete.RESTRICT)),
                ('remark', fields.CharField(default='', max_length=200)),
            ],
            options={'table': 'keys_duplication', 'app': 'keys', 'pk_attr': 'id'},
            bases=['Record'],
        ),
        ops.CreateModel(
            name='OwnerKeyIssue',
            fields=[
                ('id', fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('version', fields.IntField(default=1)),
                ('search', fields.CharField(default='', db_index=True, max_length=512)),
                ('issue_no', fields.CharField(unique=True, max_length=24)),
                ('state', fields.CharEnumField(default=IssueState.PREPARED, db_index=True, description='PREPARED: prepared\nVERIFIED: verified\nSIGNED: signed\nCLOSED: closed\nREFUSED: refused', enum_type=IssueState, max_length=12)),
                ('space', fields.ForeignKeyField('keys.Space', source_field='space_id', db_constraint=True, to_field='id', related_name=False, on_delete=OnDelete.RESTRICT)),
                ('owner_name', fields.CharField(max_length=64)),
                ('prepared_by', fields.CharField(max_length=64)),
                ('prepared_at', fields.DatetimeField(db_index=True, auto_now=False, auto_now_add=False)),
                ('id_card', fields.CharField(default='', max_length=100)),
                ('move_in_notice', fields.CharField(default='', max_length=100)),
                ('power_of_attorney', fields.CharField(default='', max_length=100)),
                ('identity_checked_by', fields.ForeignKeyField('people.Staff', source_field='identity_checked_by_id', null=True, db_constraint=True, to_field='id', related_name=False, on_delete=OnDelete.RESTRICT)),
                ('verified_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('issued_by', fields.CharField(default='', max_length=64)),
                ('signed_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('signature_ref', fields.CharField(default='', max_length=100)),
                ('archive_ref', fields.CharField(default='', max_length=100)),
                ('refuse_reason', fields.CharField(default='', max_length=200)),
            ],
            options={'table': 'keys_owner_issue', 'app': 'keys', 'pk_attr': 'id'},
            bases=['Record'],
        ),
        ops.CreateModel(
            name='IssueLine',
            fields=[
                ('id', fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('version', fields.IntField(default=1)),
                ('search', fields.CharField(default='', db_index=True, max_length=512)),
                ('issue', fields.ForeignKeyField('keys.OwnerKeyIssue', source_field='issue_id', db_constraint=True, to_field='id', related_name='lines', on_delete=OnDelete.RESTRICT)),
                ('door_kind', fields.CharEnumField(description='SECURITY_GATE: security_gate\nUNIT_DOOR: unit_door\nINNER_DOOR: inner_door\nINTERCOM_DOOR: intercom_door\nLETTER_BOX: letter_box\nWINDOW: window\nEQUIPMENT_ROOM: equipment_room\nOTHER: other', enum_type=DoorKind, max_length=16)),
                ('count', fields.IntField()),
            ],
            options={'table': 'keys_issue_line', 'app': 'keys', 'pk_attr': 'id'},
            bases=['Record'],
        ),
        ops.CreateModel(
            name='OwnerKeyReturn',
            fields=[
                ('id', fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('version', fields.IntField(default=1)),
                ('search', fields.CharField(default='', db_index=True, max_length=512)),
                ('return_no', fields.CharField(unique=True, max_length=24)),
                ('issue', fields.ForeignKeyField('keys.OwnerKeyIssue', source_field='issue_id', db_constraint=True, to_field='id', related_name=False, on_delete=OnDelete.RESTRICT)),
                ('reason', fields.CharField(max_length=200)),
                ('at', fields.DatetimeField(db_index=True, auto_now=False, auto_now_add=False)),
                ('received_by', fields.CharField(max_length=64)),
                ('condition', fields.CharEnumField(description='OK: ok\nDAMAGED: damaged\nINCOMPLETE: incomplete\nLOST: lost', enum_type=Condition, max_length=12)),
                ('remark', fields.CharField(default='', max_length=200)),
            ],
            options={'table': 'keys_owner_return', 'app': 'keys', 'pk_attr': 'id'},
            bases=['Record'],
        ),
        ops.CreateModel(
            name='IssuedKey',
            fields=[
                ('id', fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('version', fields.IntField(default=1)),
                ('search', fields.CharField(default='', db_index=True, max_length=512)),
                ('issue', fields.ForeignKeyField('keys.OwnerKeyIssue', source_field='issue_id', db_constraint=True, to_field='id', related_name='keys', on_delete=OnDelete.RESTRICT)),
                ('key', fields.ForeignKeyField('keys.Key', source_field='key_id', db_constraint=True, to_field='id', related_name=False, on_delete=OnDelete.RESTRICT)),
                ('until', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('returned', fields.ForeignKeyField('keys.OwnerKeyReturn', source_field='returned_id', null=True, db_constraint=True, to_field='id', related_name='keys', on_delete=OnDelete.RESTRICT)),
            ],
            options={'table': 'keys_issued_key', 'app': 'keys', 'pk_attr': 'id'},
            bases=['Record'],
        ),
        ops.AlterField(
            model_name='CustodyEvent',
            name='kind',
            field=fields.CharEnumField(description='RECEIVE: receive\nLABEL: label\nLOAN_OUT: loan_out\nLOAN_BACK: loan_back\nLOSE: lose\nFIND: find\nWRITE_OFF: write_off\nCUSTODIAN_CHANGE: custodian_change\nISSUE: issue\nRETURN: return\nDUPLICATE: duplicate\nDESTROY: destroy\nREJECT: reject', enum_type=CustodyKind, max_length=20),
        ),
    ]
