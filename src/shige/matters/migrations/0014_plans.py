"""A measure that is dropped from an adopted plan stays there with its reason."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("matters", "0013_stood")]

    operations = [
        migrations.AddField("Measure", "dropped_at", models.DateTimeField(null=True)),
        migrations.AddField(
            "Measure",
            "dropped_why",
            models.CharField(max_length=200, blank=True, default=""),
            preserve_default=False,
        ),
        migrations.AddConstraint(
            "Measure",
            models.CheckConstraint(
                name="a_dropped_measure_says_why", condition=Q(dropped_at=None) | ~Q(dropped_why="")
            ),
        ),
    ]
