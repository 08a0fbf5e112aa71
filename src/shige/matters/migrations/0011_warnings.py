"""Warnings ahead: weather signals, what was sent, what was put aside; the index that counts what came in."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("matters", "0010_inspections"),
        ("territory", "0003_known_of_buildings"),
        ("trust", "0002_guards"),
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
            ],
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
                ("sent_at", models.DateTimeField()),
                ("until", models.DateTimeField()),
                ("grids", models.PositiveIntegerField()),
                ("posts", models.PositiveIntegerField()),
                ("withdrawn_at", models.DateTimeField(null=True)),
                ("version", models.BigIntegerField(default=1)),
            ],
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
            ],
        ),
        migrations.AddIndex(
            model_name="matter",
            index=models.Index(
                condition=models.Q(("confidential", False), ("sealed", False)),
                fields=["community", "reported_at"],
                include=("category", "district", "street", "general", "leaf"),
                name="matter_came_in",
            ),
        ),
        migrations.AddField(
            model_name="dismissedproposal",
            name="area",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="territory.area"
            ),
        ),
        migrations.AddField(
            model_name="dismissedproposal",
            name="person",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="dismissedproposal",
            name="post",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="trust.post"
            ),
        ),
        migrations.AddField(
            model_name="sentwarning",
            name="area",
            field=models.ForeignKey(
                help_text="of the office that sent it",
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="territory.area",
            ),
        ),
        migrations.AddField(
            model_name="sentwarning",
            name="areas",
            field=models.ManyToManyField(help_text="where it holds", related_name="+", to="territory.area"),
        ),
        migrations.AddField(
            model_name="sentwarning",
            name="person",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="sentwarning",
            name="post",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="trust.post"
            ),
        ),
        migrations.AddField(
            model_name="weathersignal",
            name="area",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="territory.area"
            ),
        ),
        migrations.AddField(
            model_name="weathersignal",
            name="person",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddIndex(
            model_name="dismissedproposal",
            index=models.Index(fields=["area", "until"], name="dismissed_in_an_area"),
        ),
        migrations.AddIndex(
            model_name="sentwarning",
            index=models.Index(
                condition=models.Q(("withdrawn_at", None)), fields=["until"], name="warning_standing"
            ),
        ),
        migrations.AddIndex(
            model_name="sentwarning",
            index=models.Index(fields=["area", "-sent_at"], name="warning_of_an_office"),
        ),
        migrations.AddConstraint(
            model_name="sentwarning",
            constraint=models.CheckConstraint(
                condition=models.Q(("until__gt", models.F("sent_at"))), name="warning_stands_a_while"
            ),
        ),
        migrations.AddIndex(
            model_name="weathersignal",
            index=models.Index(
                condition=models.Q(("lifted_at", None)), fields=["until"], name="weather_in_force"
            ),
        ),
        migrations.AddConstraint(
            model_name="weathersignal",
            constraint=models.CheckConstraint(
                condition=models.Q(("until__gt", models.F("since"))),
                name="weather_signal_ends_after_it_begins",
            ),
        ),
        migrations.AddConstraint(
            model_name="weathersignal",
            constraint=models.UniqueConstraint(
                condition=models.Q(("reference", ""), _negated=True),
                fields=("area", "reference"),
                name="one_weather_signal_a_reference",
            ),
        ),
    ]
