"""The table of rates, kept out of the write-ahead log: losing it in a crash harms nobody."""

from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Knocks",
            fields=[
                ("sender", models.BinaryField(primary_key=True, serialize=False)),
                ("minute", models.BigIntegerField()),
                ("count", models.PositiveIntegerField()),
            ],
            options={"indexes": [models.Index(fields=["minute"], name="channels_kn_minute_5a74f9_idx")]},
        ),
        migrations.RunSQL(
            "ALTER TABLE channels_knocks SET UNLOGGED", "ALTER TABLE channels_knocks SET LOGGED"
        ),
    ]
