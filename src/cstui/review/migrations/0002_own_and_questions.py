from tortoise import migrations
from tortoise.migrations import operations as ops
from cstui.review.models import Kind
from tortoise.fields.base import OnDelete
from tortoise import fields

class Migration(migrations.Migration):
    dependencies = [('people', '0001_initial'), ('review', '0001_initial')]

    initial = False

    operations = [
        ops.CreateModel(
            name='Own',
            fields=[
                ('id', fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('version', fields.IntField(default=1)),
                ('search', fields.CharField(default='', db_index=True, max_length=512)),
                ('text', fields.CharField(max_length=200)),
                ('due_at', fields.DatetimeField(db_index=True, auto_now=False, auto_now_add=False)),
                ('timed', fields.BooleanField(default=False)),
                ('person', fields.ForeignKeyField('people.Staff', source_field='person_id', null=True, db_constraint=True, to_field='id', related_name=False, on_delete=OnDelete.RESTRICT)),
                ('shared', fields.BooleanField()),
                ('by_login', fields.CharField(max_length=64)),
                ('by_name', fields.CharField(max_length=64)),
                ('at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('done_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('done_by', fields.CharField(default='', max_length=64)),
            ],
            options={'table': 'review_own', 'app': 'review', 'pk_attr': 'id'},
            bases=['Record'],
        ),
        ops.CreateModel(
            name='Question',
            fields=[
                ('id', fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('version', fields.IntField(default=1)),
                ('search', fields.CharField(default='', db_index=True, max_length=512)),
                ('item', fields.CharField(db_index=True, max_length=160)),
                ('title', fields.TextField(unique=False)),
                ('question', fields.CharField(max_length=500)),
                ('person', fields.ForeignKeyField('people.Staff', source_field='person_id', db_constraint=True, to_field='id', related_name=False, on_delete=OnDelete.RESTRICT)),
                ('by_login', fields.CharField(max_length=64)),
                ('by_name', fields.CharField(max_length=64)),
                ('at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('answer', fields.CharField(default='', max_length=500)),
                ('answered_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('closed_at', fields.DatetimeField(null=True, db_index=True, auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'review_question', 'app': 'review', 'pk_attr': 'id'},
            bases=['Record'],
        ),
        ops.AlterField(
            model_name='Disposition',
            name='kind',
            field=fields.CharEnumField(description='READ: read\nNOTED: noted\nDEFERRED: deferred\nDELEGATED: delegated\nSEEN: seen\nRETURNED: returned\nRECALLED: recalled', enum_type=Kind, max_length=16),
        ),
    ]
