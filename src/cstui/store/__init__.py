"""The one store: open, the locked transaction, migrations, triggers, the past, backup."""
