import uuid

from django.db import migrations, models
from django.db.models.deletion import PROTECT


class Migration(migrations.Migration):
    dependencies = [
        ("adoptions", "0001_initial"),
        ("matters", "0007_task_reminders"),
        ("redline", "0003_withdrawn"),
    ]

    operations = [
        migrations.CreateModel(
            name="Offer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.UUIDField(default=uuid.uuid4, unique=True)),
                ("at", models.DateTimeField()),
                ("matter", models.ForeignKey("matters.matter", PROTECT, related_name="+")),
                ("organisation", models.ForeignKey("redline.organisation", PROTECT, related_name="+")),
            ],
        ),
    ]
