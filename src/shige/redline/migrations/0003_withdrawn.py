"""A change that is still to come can be withdrawn."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("redline", "0002_standings")]

    operations = [
        migrations.AlterField(
            model_name="change",
            name="kind",
            field=models.CharField(
                choices=[
                    ("founded", "Founded"),
                    ("renamed", "Renamed"),
                    ("retied", "Retied"),
                    ("placed", "Placed"),
                    ("overseen", "Overseen"),
                    ("merged", "Merged"),
                    ("absorbed", "Absorbed"),
                    ("split", "Split"),
                    ("split_off", "Split Off"),
                    ("closed", "Closed"),
                    ("withdrawn", "Withdrawn"),
                ],
                max_length=9,
            ),
        ),
    ]
