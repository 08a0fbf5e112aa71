import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def made_by() -> models.ForeignKey:
    return models.ForeignKey(
        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
    )


class Migration(migrations.Migration):
    dependencies = [("trust", "0002_recusals")]

    operations = [
        migrations.AddField(model_name="appointment", name="made_by", field=made_by()),
        migrations.AddField(model_name="person", name="made_by", field=made_by()),
    ]
