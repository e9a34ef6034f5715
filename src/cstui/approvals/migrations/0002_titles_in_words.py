from tortoise import migrations
from tortoise.migrations import operations as ops
from tortoise import fields

class Migration(migrations.Migration):
    dependencies = [('approvals', '0001_initial'), ('people', '0001_initial')]

    initial = False

    operations = [
        ops.AddField(
            model_name='Finding',
            name='words',
            field=fields.TextField(default='', db_default='', unique=False),
        ),
        ops.AddField(
            model_name='Request',
            name='words',
            field=fields.TextField(default='', db_default='', unique=False),
        ),
    ]
