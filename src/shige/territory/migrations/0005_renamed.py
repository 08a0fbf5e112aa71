"""Why a living grid was renamed."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("territory", "0004_names")]

    operations = [
        migrations.AddField(
            model_name="gridversion",
            name="reason",
            field=models.CharField(blank=True, help_text="why it was renamed without a plan", max_length=200),
        ),
    ]
