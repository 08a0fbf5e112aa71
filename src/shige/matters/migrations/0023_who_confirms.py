from django.db import migrations, models


class Migration(migrations.Migration):
    """Nobody confirms own work: who was signed in where a resident's page was filled in, as a keyed hash."""

    dependencies = [("matters", "0022_out_of_sight")]

    operations = [
        migrations.AddField(
            "matter",
            "filer_digest",
            models.BinaryField(null=True, help_text="keyed hash of who was signed in where it was filed"),
        ),
    ]
