from tortoise import migrations
from tortoise.migrations import operations as ops
from tortoise import fields

class Migration(migrations.Migration):
    initial = True

    operations = [
        ops.CreateModel(
            name='Change',
            fields=[
                ('id', fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('tab', fields.CharField(max_length=64)),
                ('record', fields.CharField(max_length=64)),
                ('before', fields.TextField(null=True, unique=False)),
                ('after', fields.TextField(null=True, unique=False)),
            ],
            options={'table': 'house_change', 'app': 'house', 'pk_attr': 'id'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='Entry',
            fields=[
                ('seq', fields.IntField(generated=False, primary_key=True, unique=True, db_index=True)),
                ('at', fields.CharField(max_length=32)),
                ('actor', fields.CharField(max_length=64)),
                ('action', fields.CharField(db_index=True, max_length=64)),
                ('body_hash', fields.CharField(max_length=64)),
                ('prev', fields.CharField(max_length=64)),
                ('hash', fields.CharField(max_length=64)),
            ],
            options={'table': 'house_entry', 'app': 'house', 'pk_attr': 'seq'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='EntryBody',
            fields=[
                ('seq', fields.IntField(generated=False, primary_key=True, unique=True, db_index=True)),
                ('salt', fields.CharField(max_length=32)),
                ('body', fields.TextField(null=True, unique=False)),
            ],
            options={'table': 'house_body', 'app': 'house', 'pk_attr': 'seq'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='EntryRef',
            fields=[
                ('id', fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('seq', fields.IntField(db_index=True)),
                ('ref', fields.CharField(db_index=True, max_length=96)),
            ],
            options={'table': 'house_ref', 'app': 'house', 'pk_attr': 'id'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='Stamp',
            fields=[
                ('id', fields.IntField(generated=False, primary_key=True, unique=True, db_index=True)),
                ('store_id', fields.CharField(max_length=32)),
                ('epoch', fields.IntField()),
                ('program', fields.CharField(max_length=32)),
            ],
            options={'table': 'house_stamp', 'app': 'house', 'pk_attr': 'id'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='State',
            fields=[
                ('id', fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('login', fields.CharField(max_length=64)),
                ('name', fields.CharField(max_length=64)),
                ('value', fields.TextField(unique=False)),
            ],
            options={'table': 'house_state', 'app': 'house', 'unique_together': (('login', 'name'),), 'pk_attr': 'id'},
            bases=['Model'],
        ),
    ]
