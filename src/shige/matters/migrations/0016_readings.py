"""Receipts of readings at work: who was shown the words of which ordinary matters (P5, P7)."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("matters", "0015_seals"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Reading",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "matters",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(),
                        help_text="keys of the matters whose words were shown",
                        size=None,
                    ),
                ),
                ("role", models.CharField(max_length=40)),
                (
                    "how",
                    models.CharField(
                        choices=[("page", "Page"), ("list", "List"), ("api", "Api")], max_length=4
                    ),
                ),
                (
                    "why",
                    models.CharField(
                        choices=[
                            ("owner", "Owner"),
                            ("leader", "Leader"),
                            ("dispatcher", "Dispatcher"),
                            ("visitor", "Visitor"),
                            ("area", "Area"),
                        ],
                        max_length=10,
                    ),
                ),
                ("at", models.DateTimeField(db_index=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(fields=["matters"], name="reading_of_matter")
                ],
            },
        ),
    ]
