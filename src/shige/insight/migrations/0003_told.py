"""What may be told of a month, decided once."""

import django.db.models.deletion
from django.db import migrations, models

COUNTS = [
    f"{name}_{part}" for name in ("late", "response", "resolution", "satisfaction") for part in ("of", "part")
]
AREAS = ("district_id", "street_id", "community_id", "general_id", "leaf_id")


class Migration(migrations.Migration):
    dependencies = [("insight", "0002_seals")]

    operations = [
        migrations.CreateModel(
            name="ToldMonth",
            fields=[
                ("first", models.DateField(primary_key=True, serialize=False)),
                ("as_of", models.DateTimeField(help_text="up to when its figures are complete")),
                (
                    "empty",
                    models.BooleanField(default=False, help_text="nothing was reported: every count is 0"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ToldCell",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "month",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="insight.toldmonth"),
                ),
                ("level", models.CharField(max_length=10)),
                ("area", models.BigIntegerField(null=True)),
                ("category", models.CharField(blank=True, max_length=8)),
                *((name, models.BigIntegerField(null=True)) for name in AREAS),
                ("open_of", models.IntegerField()),
                *((name, models.IntegerField(null=True)) for name in COUNTS),
            ],
            options={
                "indexes": [models.Index(fields=["month", "level", "category"], name="told_cell_asked")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=["month", "level", "area", "category"],
                        nulls_distinct=False,
                        name="one_told_cell",
                    )
                ],
            },
        ),
    ]
