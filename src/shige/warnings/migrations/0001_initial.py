import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import shige.matters.bilingual


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("territory", "0002_persons"),
        ("trust", "0002_recusals"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="DismissedProposal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=40)),
                ("title", models.CharField(max_length=40)),
                ("reason", models.CharField(max_length=200)),
                ("at", models.DateTimeField()),
                ("until", models.DateTimeField()),
                (
                    "area",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="territory.area"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="trust.post",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["area", "until"], name="dismissed_in_an_area")],
            },
        ),
        migrations.CreateModel(
            name="SentWarning",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(blank=True, max_length=40)),
                ("categories", models.JSONField(default=list)),
                ("title", models.CharField(max_length=40)),
                ("text", models.TextField()),
                (
                    "title_other",
                    models.CharField(
                        blank=True, help_text="in the second language of the place", max_length=40
                    ),
                ),
                ("text_other", models.TextField(blank=True, help_text="in the second language of the place")),
                ("sent_at", models.DateTimeField()),
                ("until", models.DateTimeField()),
                ("grids", models.PositiveIntegerField()),
                ("posts", models.PositiveIntegerField()),
                ("withdrawn_at", models.DateTimeField(null=True)),
                ("version", models.BigIntegerField(default=1)),
                (
                    "area",
                    models.ForeignKey(
                        help_text="of the office that sent it",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="territory.area",
                    ),
                ),
                (
                    "areas",
                    models.ManyToManyField(help_text="where it holds", related_name="+", to="territory.area"),
                ),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="trust.post",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("withdrawn_at", None)), fields=["until"], name="warning_standing"
                    ),
                    models.Index(fields=["area", "-sent_at"], name="warning_of_an_office"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("until__gt", models.F("sent_at"))), name="warning_stands_a_while"
                    )
                ],
            },
            bases=(shige.matters.bilingual.Bilingual, models.Model),
        ),
        migrations.CreateModel(
            name="WeatherSignal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(help_text="code of a kind in the profile", max_length=20)),
                ("colour", models.CharField(max_length=6)),
                ("since", models.DateTimeField()),
                ("until", models.DateTimeField()),
                (
                    "reference",
                    models.CharField(
                        blank=True, help_text="the issuer's number; one signal each", max_length=60
                    ),
                ),
                ("entered_at", models.DateTimeField()),
                ("lifted_at", models.DateTimeField(null=True)),
                ("version", models.BigIntegerField(default=1)),
                (
                    "area",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="territory.area"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("lifted_at", None)), fields=["until"], name="weather_in_force"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("until__gt", models.F("since"))),
                        name="weather_signal_ends_after_it_begins",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("reference", ""), _negated=True),
                        fields=("area", "reference"),
                        name="one_weather_signal_a_reference",
                    ),
                ],
            },
        ),
    ]
