"""The beginning and the end of a number find its matter, be it another system's."""

from django.contrib.postgres.indexes import OpClass
from django.db import migrations, models
from django.db.models.functions import Reverse


class Migration(migrations.Migration):
    dependencies = [
        ("matters", "0005_claim_sender"),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="matter",
            name="matter_foreign_number",
        ),
        migrations.AddIndex(
            model_name="matter",
            index=models.Index(
                condition=models.Q(("foreign_number", ""), _negated=True),
                fields=["foreign_number"],
                name="matter_foreign_number",
                opclasses=["varchar_pattern_ops"],
            ),
        ),
        migrations.AddIndex(
            model_name="matter",
            index=models.Index(
                OpClass(Reverse("foreign_number"), name="text_pattern_ops"),
                condition=models.Q(("foreign_number", ""), _negated=True),
                name="matter_foreign_number_end",
            ),
        ),
        migrations.AddIndex(
            model_name="matter",
            index=models.Index(OpClass(Reverse("number"), name="text_pattern_ops"), name="matter_number_end"),
        ),
    ]
