from tortoise import migrations
from tortoise.migrations import operations as ops
from cstui.approvals.models import OverrideState
from tortoise.fields.base import OnDelete
from tortoise import fields

class Migration(migrations.Migration):
    dependencies = [('approvals', '0002_titles_in_words'), ('people', '0001_initial')]

    initial = False

    operations = [
        ops.CreateModel(
            name='Override',
            fields=[
                ('id', fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('version', fields.IntField(default=1)),
                ('search', fields.CharField(default='', db_index=True, max_length=512)),
                ('action', fields.CharField(max_length=64)),
                ('title', fields.CharField(max_length=200)),
                ('words', fields.TextField(default='', unique=False)),
                ('lacked', fields.TextField(default='', unique=False)),
                ('by', fields.ForeignKeyField('people.Staff', source_field='by_id', null=True, db_constraint=True, to_field='id', related_name=False, on_delete=OnDelete.RESTRICT)),
                ('by_login', fields.CharField(max_length=64)),
                ('reason', fields.CharField(max_length=200)),
                ('at', fields.DatetimeField(db_index=True, auto_now=False, auto_now_add=False)),
                ('state', fields.CharEnumField(default=OverrideState.OPEN, description='OPEN: open\nCONFIRMED: confirmed\nCONTESTED: contested', enum_type=OverrideState, max_length=16)),
                ('settled_by', fields.CharField(default='', max_length=64)),
                ('settled_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('remark', fields.CharField(default='', max_length=500)),
            ],
            options={'table': 'approvals_override', 'app': 'approvals', 'pk_attr': 'id'},
            bases=['Record'],
        ),
        ops.AddField(
            model_name='Decision',
            name='instead_of',
            field=fields.ForeignKeyField('people.Staff', source_field='instead_of_id', null=True, db_constraint=True, to_field='id', related_name=False, on_delete=OnDelete.RESTRICT),
        ),
    ]
