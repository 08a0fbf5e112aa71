import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
from django.db import migrations, models

import shige.territory.fields


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="PlanNote",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("comment", "Comment"),
                            ("moved", "Moved"),
                            ("wished", "Wished"),
                            ("submitted", "Submitted"),
                            ("decided", "Decided"),
                            ("refused", "Refused"),
                        ],
                        max_length=9,
                    ),
                ),
                ("words", models.CharField(blank=True, max_length=500)),
                ("facts", models.JSONField(default=dict)),
                ("at", models.DateTimeField(auto_now_add=True)),
            ],
        ),
        migrations.CreateModel(
            name="Thing",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "code",
                    models.CharField(
                        help_text="community code and running number", max_length=20, unique=True
                    ),
                ),
                ("kind", models.CharField(max_length=20)),
                ("name", models.CharField(max_length=80)),
                ("place", models.CharField(help_text="address as found or written", max_length=160)),
                ("lon", models.FloatField()),
                ("lat", models.FloatField()),
                ("laid_on", models.DateField()),
                ("inspected_on", models.DateField(null=True)),
                (
                    "due_on",
                    models.DateField(help_text="next inspection; null where none is asked for", null=True),
                ),
                ("added_on", models.DateField()),
                ("retired_on", models.DateField(null=True)),
                ("version", models.BigIntegerField(default=1)),
            ],
        ),
        migrations.CreateModel(
            name="TileSet",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(choices=[("base", "Base"), ("grids", "Grids")], max_length=5)),
                ("made_at", models.DateTimeField(auto_now_add=True)),
                ("tiles", models.PositiveIntegerField(help_text="files in it")),
            ],
        ),
        migrations.CreateModel(
            name="Area",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(choices=[("division", "Division"), ("grid", "Grid")], max_length=8),
                ),
                (
                    "level",
                    models.CharField(
                        choices=[
                            ("province", "Province"),
                            ("city", "City"),
                            ("district", "District"),
                            ("street", "Street"),
                            ("community", "Community"),
                            ("general", "General"),
                            ("micro", "Micro"),
                            ("exclusive", "Exclusive"),
                        ],
                        max_length=9,
                    ),
                ),
                ("code", models.CharField(max_length=18, unique=True)),
                ("name", models.CharField(max_length=80)),
                ("sort_key", models.CharField(help_text="the name in pinyin", max_length=200)),
                ("rural", models.BooleanField(default=False)),
                ("version", models.BigIntegerField(default=1)),
                (
                    "community",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="territory.area",
                    ),
                ),
                (
                    "district",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="territory.area",
                    ),
                ),
                (
                    "general",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="territory.area",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="territory.area",
                    ),
                ),
                (
                    "street",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="territory.area",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Compound",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=80)),
                (
                    "community",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="compounds",
                        to="territory.area",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Building",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("unit", models.CharField(max_length=60, unique=True)),
                ("group", models.CharField(blank=True, help_text="villagers' group", max_length=60)),
                ("address", models.CharField(max_length=160)),
                ("use", models.CharField(max_length=20)),
                (
                    "manager",
                    models.CharField(
                        blank=True, help_text="managing body of an exclusive grid", max_length=80
                    ),
                ),
                ("households", models.PositiveIntegerField()),
                ("shops", models.PositiveIntegerField()),
                ("floors", models.PositiveSmallIntegerField()),
                ("entrances", models.PositiveSmallIntegerField()),
                ("lift", models.BooleanField(default=False)),
                (
                    "population",
                    models.PositiveIntegerField(default=0, help_text="0 here and below: not known"),
                ),
                (
                    "expected_households",
                    models.PositiveIntegerField(default=0, help_text="who will live here by the trend"),
                ),
                ("workload", models.FloatField(default=0, help_text="hours a month, measured from matters")),
                ("minutes", models.FloatField(default=0, help_text="at each door, instead of the profile's")),
                ("shape", models.BinaryField(help_text="WKB, WGS-84 degrees")),
                ("box", shige.territory.fields.BoxField()),
                ("lon", models.FloatField()),
                ("lat", models.FloatField()),
                (
                    "community",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="buildings",
                        to="territory.area",
                    ),
                ),
                (
                    "compound",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="buildings",
                        to="territory.compound",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Door",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("entrance", models.PositiveSmallIntegerField()),
                ("floor", models.PositiveSmallIntegerField()),
                (
                    "kind",
                    models.CharField(choices=[("household", "Household"), ("shop", "Shop")], max_length=9),
                ),
                ("number", models.PositiveSmallIntegerField(help_text="counted on its floor")),
                (
                    "building",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="doors",
                        to="territory.building",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Feature",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("barrier", "Barrier"),
                            ("water", "Water"),
                            ("park", "Park"),
                            ("green", "Green"),
                            ("field", "Field"),
                            ("pitch", "Pitch"),
                            ("path", "Path"),
                            ("compound", "Compound"),
                        ],
                        max_length=12,
                    ),
                ),
                ("grade", models.CharField(blank=True, help_text="primary, minor, river ...", max_length=12)),
                ("name", models.CharField(blank=True, max_length=80)),
                ("width", models.FloatField(default=0)),
                ("shape", models.BinaryField()),
                ("box", shige.territory.fields.BoxField()),
                (
                    "street",
                    models.ForeignKey(
                        help_text="with whose import it came",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="territory.area",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Outline",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("shape", models.BinaryField()),
                ("box", shige.territory.fields.BoxField()),
                (
                    "area",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="outline",
                        to="territory.area",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Placement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("entrances", django.contrib.postgres.fields.ranges.IntegerRangeField()),
                ("floors", django.contrib.postgres.fields.ranges.IntegerRangeField()),
                ("valid", django.contrib.postgres.fields.ranges.DateRangeField()),
                (
                    "building",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="placements",
                        to="territory.building",
                    ),
                ),
                (
                    "leaf",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="placements",
                        to="territory.area",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PlaceName",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("street", "Street"),
                            ("compound", "Compound"),
                            ("landmark", "Landmark"),
                            ("thing", "Thing"),
                        ],
                        max_length=8,
                    ),
                ),
                ("text", models.CharField(max_length=160)),
                ("also", models.CharField(blank=True, max_length=80)),
                ("keys", django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), size=None)),
                ("lon", models.FloatField(default=0)),
                ("lat", models.FloatField(default=0)),
                (
                    "community",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="territory.area",
                    ),
                ),
                (
                    "compound",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="spelled",
                        to="territory.compound",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Address",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.CharField(blank=True, max_length=24)),
                ("block", models.CharField(blank=True, max_length=40)),
                (
                    "building",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="addresses",
                        to="territory.building",
                    ),
                ),
                (
                    "name",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="addresses",
                        to="territory.placename",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Plan",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting"),
                            ("failed", "Failed"),
                            ("proposed", "Proposed"),
                            ("submitted", "Submitted"),
                            ("decided", "Decided"),
                            ("refused", "Refused"),
                        ],
                        default="waiting",
                        max_length=9,
                    ),
                ),
                ("profile", models.CharField(max_length=60)),
                (
                    "settings",
                    models.JSONField(
                        default=dict, help_text="targets and prices, as planning.settings keeps them"
                    ),
                ),
                (
                    "wishes",
                    models.JSONField(
                        default=dict, help_text="what has to be honoured, as planning.wishes keeps it"
                    ),
                ),
                ("done", models.PositiveIntegerField(default=0, help_text="communities computed so far")),
                ("todo", models.PositiveIntegerField(default=0, help_text="communities to compute")),
                (
                    "outcome",
                    models.JSONField(default=dict, help_text="the division, as planning.outcome keeps it"),
                ),
                (
                    "moved_households",
                    models.PositiveIntegerField(help_text="null for a first division", null=True),
                ),
                (
                    "reason",
                    models.CharField(blank=True, help_text="why it was refused or failed", max_length=200),
                ),
                (
                    "basis",
                    models.BinaryField(
                        default=bytes, help_text="hash over the units and grids that it was computed from"
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("effective_on", models.DateField(null=True)),
                ("version", models.BigIntegerField(default=1)),
                (
                    "community",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="territory.area",
                    ),
                ),
                (
                    "district",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="territory.area",
                    ),
                ),
                (
                    "leaf",
                    models.ForeignKey(
                        help_text="the exclusive grid whose managing body drew the plan (R44)",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="territory.area",
                    ),
                ),
                (
                    "scope",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="plans", to="territory.area"
                    ),
                ),
                (
                    "street",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="territory.area",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="GridVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("level", models.CharField(max_length=9)),
                ("valid", django.contrib.postgres.fields.ranges.DateRangeField()),
                ("households", models.PositiveIntegerField()),
                ("shops", models.PositiveIntegerField()),
                ("hours", models.FloatField()),
                ("floors", models.TextField(blank=True, help_text="floors of a grid stacked in a building")),
                (
                    "broken",
                    models.JSONField(
                        default=list, help_text="rules that this grid breaks, each with its reason"
                    ),
                ),
                ("shape", models.BinaryField()),
                ("box", shige.territory.fields.BoxField()),
                (
                    "area",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="territory.area",
                    ),
                ),
                (
                    "community",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="grid_versions",
                        to="territory.area",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="territory.area",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="territory.plan",
                    ),
                ),
            ],
        ),
    ]
