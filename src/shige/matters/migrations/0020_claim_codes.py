"""Codes by which whoever claims a wish follows the claim and takes it back (R12)."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("matters", "0019_guarded"),
    ]

    operations = [
        migrations.AddField(
            model_name="claim",
            name="code_digest",
            field=models.BinaryField(null=True, unique=True),
        ),
    ]
