from tortoise import fields, migrations
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    initial = True

    operations = [
        ops.CreateModel(
            name='DayException',
            fields=[
                ('id', fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('version', fields.IntField(default=1)),
                ('search', fields.CharField(default='', db_index=True, max_length=512)),
                ('day', fields.DateField(unique=True)),
                ('working', fields.BooleanField()),
                ('note', fields.CharField(default='', max_length=200)),
            ],
            options={'table': 'site_day', 'app': 'site', 'pk_attr': 'id'},
            bases=['Record'],
        ),
        ops.CreateModel(
            name='RuleFigure',
            fields=[
                ('id', fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('version', fields.IntField(default=1)),
                ('search', fields.CharField(default='', db_index=True, max_length=512)),
                ('rule', fields.CharField(db_index=True, max_length=48)),
                ('name', fields.CharField(max_length=64)),
                ('value', fields.CharField(max_length=500)),
                ('old', fields.CharField(default='', max_length=500)),
                ('first_day', fields.DateField()),
                ('set_by', fields.CharField(max_length=64)),
                ('reason', fields.CharField(max_length=500)),
            ],
            options={'table': 'site_figure', 'app': 'site', 'pk_attr': 'id'},
            bases=['Record'],
        ),
    ]
