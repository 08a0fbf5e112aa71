from django.db import migrations, models
from django.db.models.deletion import PROTECT


class Migration(migrations.Migration):
    initial = True

    dependencies = [("matters", "0007_task_reminders"), ("redline", "0003_withdrawn")]

    operations = [
        migrations.CreateModel(
            name="Adoption",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("claim", models.OneToOneField("matters.claim", PROTECT, related_name="adoption")),
                (
                    "organisation",
                    models.ForeignKey("redline.organisation", PROTECT, related_name="adoptions"),
                ),
            ],
        ),
    ]
