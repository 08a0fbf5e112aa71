"""A link that a newer one has ended says so."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("trust", "0005_recusal_requests")]

    operations = [
        migrations.AddField(
            model_name="passwordlink", name="replaced_at", field=models.DateTimeField(null=True)
        )
    ]
