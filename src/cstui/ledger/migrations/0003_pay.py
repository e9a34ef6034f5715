from tortoise import migrations
from tortoise.migrations import operations as ops
from cstui.ledger.models import DayKind
from tortoise.fields.base import OnDelete
from tortoise import fields

class Migration(migrations.Migration):
    dependencies = [('ledger', '0002_charges'), ('people', '0001_initial')]

    initial = False

    operations = [
        ops.CreateModel(
            name='BasePay',
            fields=[
                ('id', fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('version', fields.IntField(default=1)),
                ('search', fields.CharField(default='', db_index=True, max_length=512)),
                ('person', fields.ForeignKeyField('people.Staff', source_field='person_id', db_constraint=True, to_field='id', related_name=False, on_delete=OnDelete.RESTRICT)),
                ('first_day', fields.DateField(db_index=True)),
                ('base', fields.IntField()),
                ('contract', fields.CharField(max_length=100)),
                ('consent', fields.CharField(default='', max_length=100)),
                ('entered_by', fields.CharField(max_length=64)),
            ],
            options={'table': 'ledger_base_pay', 'app': 'ledger', 'pk_attr': 'id'},
            bases=['Record'],
        ),
        ops.CreateModel(
            name='DepartmentEntry',
            fields=[
                ('id', fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('version', fields.IntField(default=1)),
                ('search', fields.CharField(default='', db_index=True, max_length=512)),
                ('department', fields.CharField(max_length=32)),
                ('act', fields.CharField(max_length=200)),
                ('act_on', fields.DateField()),
                ('rule', fields.CharField(max_length=48)),
                ('budget', fields.IntField()),
                ('points', fields.IntField()),
                ('day', fields.DateField(db_index=True)),
                ('reverses', fields.ForeignKeyField('ledger.DepartmentEntry', source_field='reverses_id', null=True, unique=True, db_constraint=True, to_field='id', related_name=False, on_delete=OnDelete.RESTRICT)),
                ('entered_by', fields.CharField(max_length=64)),
            ],
            options={'table': 'ledger_department_entry', 'app': 'ledger', 'pk_attr': 'id'},
            bases=['Record'],
        ),
        ops.CreateModel(
            name='Overtime',
            fields=[
                ('id', fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('version', fields.IntField(default=1)),
                ('search', fields.CharField(default='', db_index=True, max_length=512)),
                ('person', fields.ForeignKeyField('people.Staff', source_field='person_id', db_constraint=True, to_field='id', related_name=False, on_delete=OnDelete.RESTRICT)),
                ('day', fields.DateField(db_index=True)),
                ('day_kind', fields.CharEnumField(description='WORKDAY: workday\nREST_DAY: rest_day\nSTATUTORY: statutory', enum_type=DayKind, max_length=16)),
                ('hours', fields.IntField()),
                ('written', fields.IntField()),
                ('floor', fields.IntField()),
                ('approval', fields.CharField(max_length=100)),
                ('posting', fields.ForeignKeyField('ledger.Posting', source_field='posting_id', null=True, db_constraint=True, to_field='id', related_name=False, on_delete=OnDelete.RESTRICT)),
                ('entered_by', fields.CharField(max_length=64)),
            ],
            options={'table': 'ledger_overtime', 'app': 'ledger', 'pk_attr': 'id'},
            bases=['Record'],
        ),
    ]
