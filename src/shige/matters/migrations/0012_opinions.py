"""Opinion notes: what a place says, who heard it when, and what an office did about it."""

import django.db.models.deletion
from django.db import migrations, models


def reference(to: str, **more: object) -> models.ForeignKey:
    """Return a reference that keeps what it points to."""
    return models.ForeignKey(to, on_delete=django.db.models.deletion.PROTECT, **more)


def key() -> models.BigAutoField:
    """Return the key of a row."""
    return models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")


def area() -> models.ForeignKey:
    """Return the column of an area that holds a note."""
    return reference("territory.area", null=True, related_name="+")


BANDS = [("one", "One"), ("few", "Few"), ("many", "Many"), ("most", "Most")]


class Migration(migrations.Migration):
    dependencies = [("matters", "0011_warnings")]

    operations = [
        migrations.CreateModel(
            "Opinion",
            [
                ("id", key()),
                ("theme", models.CharField(max_length=20)),
                ("area", reference("territory.area", related_name="+")),
                ("district", area()),
                ("street", area()),
                ("community", area()),
                ("general", area()),
                ("leaf", area()),
                ("words", models.TextField(help_text="free of persons")),
                ("band", models.CharField(choices=BANDS, max_length=4)),
                ("post", reference("trust.post", related_name="+")),
                ("written_at", models.DateTimeField()),
                ("state", models.CharField(max_length=12)),
                ("followed_by", reference("trust.post", null=True, related_name="+")),
                ("matter", reference("matters.matter", null=True, related_name="opinions")),
                ("version", models.BigIntegerField(default=1)),
            ],
        ),
        migrations.CreateModel(
            "Hearing",
            [
                ("id", key()),
                ("opinion", reference("matters.opinion", related_name="hearings")),
                ("post", reference("trust.post", related_name="+")),
                ("on", models.DateField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=["opinion", "post", "on"], name="a_post_hears_it_once_a_day"
                    )
                ],
                "indexes": [models.Index(fields=["on"], name="hearing_day")],
            },
        ),
        migrations.CreateModel(
            "OpinionStep",
            [
                ("id", key()),
                ("opinion", reference("matters.opinion", related_name="steps")),
                ("at", models.DateTimeField()),
                ("action", models.CharField(max_length=20)),
                ("after", models.CharField(max_length=12)),
                ("person", reference("trust.person", null=True, related_name="+")),
                ("post", reference("trust.post", null=True, related_name="+")),
                ("note", models.TextField(blank=True)),
            ],
        ),
    ]
