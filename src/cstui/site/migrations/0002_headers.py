from tortoise import migrations
from tortoise.migrations import operations as ops
from tortoise import fields

class Migration(migrations.Migration):
    dependencies = [('site', '0001_initial')]

    initial = False

    operations = [
        ops.CreateModel(
            name='MappedHeader',
            fields=[
                ('id', fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('version', fields.IntField(default=1)),
                ('search', fields.CharField(default='', db_index=True, max_length=512)),
                ('register', fields.CharField(max_length=64)),
                ('header', fields.CharField(max_length=200)),
                ('field', fields.CharField(max_length=64)),
            ],
            options={'table': 'site_header', 'app': 'site', 'unique_together': (('register', 'header'),), 'pk_attr': 'id'},
            bases=['Record'],
        ),
    ]
