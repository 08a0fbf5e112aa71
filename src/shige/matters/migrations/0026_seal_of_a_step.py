from django.db import migrations, models


class Migration(migrations.Migration):
    """What was done behind a seal stays behind it when the matter itself is released."""

    dependencies = [("matters", "0025_own_words")]

    operations = [
        migrations.AddField(
            "step",
            "sealed",
            models.SmallIntegerField(default=0, help_text="the seal behind which it was taken, see the gate"),
        ),
    ]
