from tortoise import migrations
from tortoise.migrations import operations as ops
from cstui.site.models import FigureState
from tortoise import fields

class Migration(migrations.Migration):
    dependencies = [('site', '0002_headers')]

    initial = False

    operations = [
        ops.AddField(
            model_name='RuleFigure',
            name='state',
            field=fields.CharEnumField(default=FigureState.SET, description='SET: set\nWAITING: waiting\nREFUSED: refused\nWITHDRAWN: withdrawn', db_default='set', enum_type=FigureState, max_length=16),
        ),
    ]
