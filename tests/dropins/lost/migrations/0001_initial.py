from tortoise import migrations
from tortoise.migrations import operations as ops
from cstui.contract.records import random_key
from tortoise import fields

class Migration(migrations.Migration):
    initial = True

    operations = [
        ops.CreateModel(
            name='Item',
            fields=[
                ('id', fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('version', fields.IntField(default=1)),
                ('search', fields.CharField(default='', db_index=True, max_length=512)),
                ('tag', fields.CharField(unique=True, max_length=16)),
                ('name', fields.CharField(max_length=200)),
                ('owner', fields.CharField(default='', max_length=64)),
                ('found_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'lost_item', 'app': 'lost', 'pk_attr': 'id'},
            bases=['Record'],
        ),
        ops.CreateModel(
            name='Pass',
            fields=[
                ('id', fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('search', fields.CharField(default='', max_length=512)),
                ('who', fields.CharField(max_length=64)),
                ('at', fields.DatetimeField(db_index=True, auto_now=False, auto_now_add=False)),
                ('digest', fields.CharField(unique=True, max_length=64)),
            ],
            options={'table': 'lost_pass', 'app': 'lost', 'pk_attr': 'id'},
            bases=['Evidence'],
        ),
        ops.CreateModel(
            name='Whisper',
            fields=[
                ('id', fields.CharField(primary_key=True, default=random_key, unique=True, db_index=True, max_length=32)),
                ('day', fields.DateField()),
                ('words', fields.CharField(max_length=200)),
            ],
            options={'table': 'lost_whisper', 'app': 'lost', 'pk_attr': 'id'},
            bases=['AnonymousRecord'],
        ),
    ]
