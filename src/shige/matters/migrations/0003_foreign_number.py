"""What another system called a matter that was taken over from it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("matters", "0002_endangered")]

    operations = [
        migrations.AddField(
            model_name="matter",
            name="foreign_number",
            field=models.CharField(
                blank=True,
                help_text="what another system called it, from which it was taken over",
                max_length=60,
            ),
        ),
        migrations.AddIndex(
            model_name="matter",
            index=models.Index(
                condition=models.Q(("foreign_number", ""), _negated=True),
                fields=["foreign_number"],
                name="matter_foreign_number",
            ),
        ),
    ]
