from tortoise import migrations
from tortoise.migrations import operations as ops
from cstui.review.models import Kind
from tortoise.fields.base import OnDelete
from tortoise import fields

class Migration(migrations.Migration):
    dependencies = [('people', '0001_initial')]

    initial = True

    operations = [
        ops.CreateModel(
            name='Disposition',
            fields=[
                ('id', fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('version', fields.IntField(default=1)),
                ('search', fields.CharField(default='', db_index=True, max_length=512)),
                ('item', fields.CharField(db_index=True, max_length=160)),
                ('day', fields.DateField(db_index=True)),
                ('kind', fields.CharEnumField(description='READ: read\nNOTED: noted\nDEFERRED: deferred\nDELEGATED: delegated', enum_type=Kind, max_length=16)),
                ('note', fields.CharField(default='', max_length=500)),
                ('until', fields.DateField(null=True)),
                ('to', fields.ForeignKeyField('people.Staff', source_field='to_id', null=True, db_constraint=True, to_field='id', related_name='delegated', on_delete=OnDelete.RESTRICT)),
                ('by_login', fields.CharField(max_length=64)),
                ('by_name', fields.CharField(max_length=64)),
                ('at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'review_disposition', 'app': 'review', 'pk_attr': 'id'},
            bases=['Record'],
        ),
        ops.CreateModel(
            name='SignOff',
            fields=[
                ('id', fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('version', fields.IntField(default=1)),
                ('search', fields.CharField(default='', db_index=True, max_length=512)),
                ('day', fields.DateField(unique=True)),
                ('by_login', fields.CharField(max_length=64)),
                ('by_name', fields.CharField(max_length=64)),
                ('at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('late', fields.BooleanField(default=False)),
                ('note', fields.CharField(default='', max_length=500)),
                ('statement', fields.TextField(unique=False)),
                ('checkpoint', fields.CharField(max_length=200)),
            ],
            options={'table': 'review_signoff', 'app': 'review', 'pk_attr': 'id'},
            bases=['Record'],
        ),
    ]
