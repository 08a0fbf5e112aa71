"""Residents of each kind that changes the work, counted for a building (R7)."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("territory", "0002_persons")]

    operations = [
        migrations.AddField(
            model_name="building",
            name="kinds",
            field=models.JSONField(
                default=dict, help_text="residents of each kind that the profile names, where they are known"
            ),
        ),
    ]
