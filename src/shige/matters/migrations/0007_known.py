"""Residents who join a known matter, matters that point to each other, and finding what lies nearby."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F, Q


def reference(to: str, **more: object) -> models.ForeignKey:
    """Return a reference that keeps what it points to."""
    return models.ForeignKey(to, on_delete=django.db.models.deletion.PROTECT, **more)


def key() -> models.BigAutoField:
    """Return the key of a row."""
    return models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")


class Migration(migrations.Migration):
    dependencies = [("matters", "0006_lists")]

    operations = [
        migrations.CreateModel(
            "Joining",
            [
                ("id", key()),
                (
                    "tracking_digest",
                    models.BinaryField(unique=True, help_text="hash of the code that this resident holds"),
                ),
                ("phone_handle", models.UUIDField(null=True)),
                ("joined_at", models.DateTimeField()),
                ("matter", reference("matters.matter", related_name="joinings")),
            ],
        ),
        migrations.CreateModel(
            "Relation",
            [
                ("id", key()),
                ("reason", models.TextField()),
                ("at", models.DateTimeField()),
                ("first", reference("matters.matter", related_name="+")),
                ("second", reference("matters.matter", related_name="+")),
                ("person", reference("trust.person", null=True, related_name="+")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=["first", "second"], name="matters_related_once"),
                    models.CheckConstraint(condition=Q(first__lt=F("second")), name="related_in_order"),
                ]
            },
        ),
        migrations.AddIndex(
            "matter", models.Index(fields=["category", "lat", "lon"], name="matter_category_place")
        ),
    ]
