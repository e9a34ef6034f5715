from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.migrations import operations as ops

from cstui.ledger.models import PostingKind


class Migration(migrations.Migration):
    dependencies = [('people', '0001_initial')]

    initial = True

    operations = [
        ops.CreateModel(
            name='Posting',
            fields=[
                ('id', fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('version', fields.IntField(default=1)),
                ('search', fields.CharField(default='', db_index=True, max_length=512)),
                ('person', fields.ForeignKeyField('people.Staff', source_field='person_id', db_constraint=True, to_field='id', related_name=False, on_delete=OnDelete.RESTRICT)),
                ('kind', fields.CharEnumField(description='POINTS: points\nMONEY: money', enum_type=PostingKind, max_length=8)),
                ('amount', fields.IntField()),
                ('rule', fields.CharField(max_length=48)),
                ('source', fields.CharField(default='', max_length=96)),
                ('day', fields.DateField(db_index=True)),
                ('note', fields.CharField(default='', max_length=500)),
                ('reverses', fields.ForeignKeyField('ledger.Posting', source_field='reverses_id', null=True, unique=True, db_constraint=True, to_field='id', related_name=False, on_delete=OnDelete.RESTRICT)),
                ('posted_by', fields.CharField(max_length=64)),
            ],
            options={'table': 'ledger_posting', 'app': 'ledger', 'pk_attr': 'id'},
            bases=['Record'],
        ),
    ]
