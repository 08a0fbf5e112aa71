"""An end that was decided by mistake can be taken back."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("redline", "0003_withdrawn")]

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
                    ("restored", "Restored"),
                ],
                max_length=9,
            ),
        ),
    ]
