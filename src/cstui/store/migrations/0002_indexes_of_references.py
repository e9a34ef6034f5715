"""Nothing of the house's own changes: older stores get the indexes that the host makes after each migration."""

from tortoise import migrations


class Migration(migrations.Migration):
    dependencies = [("house", "0001_initial")]

    initial = False

    operations = []
