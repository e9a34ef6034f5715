from tortoise import migrations
from tortoise.migrations import operations as ops
from cstui.ledger.models import ChargeKind, ChargeState, Effect
from tortoise.fields.base import OnDelete
from tortoise import fields

class Migration(migrations.Migration):
    dependencies = [('ledger', '0001_initial'), ('people', '0001_initial')]

    initial = False

    operations = [
        ops.CreateModel(
            name='Charge',
            fields=[
                ('id', fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('version', fields.IntField(default=1)),
                ('search', fields.CharField(default='', db_index=True, max_length=512)),
                ('charge_no', fields.CharField(unique=True, max_length=24)),
                ('person', fields.ForeignKeyField('people.Staff', source_field='person_id', db_constraint=True, to_field='id', related_name=False, on_delete=OnDelete.RESTRICT)),
                ('kind', fields.CharEnumField(description='PENALTY: penalty\nBONUS: bonus\nRANK: rank\nDAMAGES: damages', enum_type=ChargeKind, max_length=16)),
                ('act', fields.CharField(max_length=200)),
                ('words', fields.TextField(default='', unique=False)),
                ('act_on', fields.DateField()),
                ('act_key', fields.CharField(db_index=True, max_length=128)),
                ('rule', fields.CharField(max_length=48)),
                ('article', fields.CharField(default='', max_length=200)),
                ('regulation_amount', fields.IntField()),
                ('source', fields.CharField(default='', max_length=96)),
                ('proposed_by', fields.CharField(max_length=64)),
                ('proposed_on', fields.DateField()),
                ('state', fields.CharEnumField(default=ChargeState.PROPOSED, db_index=True, description='PROPOSED: proposed\nDECIDED: decided\nNOTIFIED: notified\nAPPEALED: appealed\nPOSTED: posted\nCANCELLED: cancelled\nRECORDED: recorded', enum_type=ChargeState, max_length=16)),
                ('effect', fields.CharEnumField(null=True, description='NONE: none\nPOINTS: points\nVARIABLE_PAY: variable_pay\nAS_WRITTEN: as_written\nDAMAGES: damages', enum_type=Effect, max_length=16)),
                ('amount', fields.IntField(null=True)),
                ('reasons', fields.CharField(default='', max_length=500)),
                ('decided_by', fields.CharField(default='', max_length=64)),
                ('decided_on', fields.DateField(null=True)),
                ('adopted_on', fields.DateField(null=True)),
                ('published_on', fields.DateField(null=True)),
                ('acknowledged_on', fields.DateField(null=True)),
                ('legal_basis', fields.CharField(default='', max_length=200)),
                ('confirmed_by', fields.CharField(default='', max_length=64)),
                ('loss_proof', fields.CharField(default='', max_length=100)),
                ('notified_by', fields.CharField(default='', max_length=64)),
                ('notified_on', fields.DateField(null=True)),
                ('statement', fields.CharField(default='', max_length=500)),
                ('heard_on', fields.DateField(null=True)),
                ('appeal', fields.CharField(default='', max_length=500)),
                ('appeal_by', fields.CharField(default='', max_length=64)),
                ('appealed_on', fields.DateField(null=True)),
                ('appeal_reasons', fields.CharField(default='', max_length=500)),
                ('appeal_decided_by', fields.CharField(default='', max_length=64)),
                ('appeal_decided_on', fields.DateField(null=True)),
                ('taken', fields.IntField(default=0)),
                ('lapsed', fields.IntField(default=0)),
            ],
            options={'table': 'ledger_charge', 'app': 'ledger', 'pk_attr': 'id'},
            bases=['Record'],
        ),
        ops.AddField(
            model_name='Posting',
            name='month',
            field=fields.CharField(default='', db_default='', max_length=7),
        ),
    ]
