"""The moment at which retention last ran, so that a clock that jumps deletes nothing."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("trust", "0005_recusals")]

    operations = [
        migrations.CreateModel(
            name="RetentionClock",
            fields=[
                ("id", models.SmallIntegerField(default=1, primary_key=True, serialize=False)),
                ("seen_at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("id", 1)), name="one_retention_clock")
                ],
            },
        ),
    ]
