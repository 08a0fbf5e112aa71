import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Reader",
            fields=[
                ("name", models.CharField(max_length=40, primary_key=True, serialize=False)),
                ("position", models.BigIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name="ToldMonth",
            fields=[
                ("first", models.DateField(primary_key=True, serialize=False)),
                ("as_of", models.DateTimeField(help_text="up to when its figures are complete")),
                (
                    "empty",
                    models.BooleanField(default=False, help_text="nothing was reported: every count is 0"),
                ),
                (
                    "guarded",
                    models.JSONField(default=dict, help_text="danger to persons by street, where enough"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="CaseFact",
            fields=[
                ("matter", models.CharField(max_length=60, primary_key=True, serialize=False)),
                ("category", models.CharField(max_length=8)),
                ("tier", models.CharField(max_length=1)),
                ("sealed", models.SmallIntegerField(default=0)),
                ("guarded", models.BooleanField(default=False)),
                ("owner", models.BigIntegerField(null=True)),
                ("district_id", models.BigIntegerField(null=True)),
                ("street_id", models.BigIntegerField(null=True)),
                ("community_id", models.BigIntegerField(null=True)),
                ("general_id", models.BigIntegerField(null=True)),
                ("leaf_id", models.BigIntegerField(null=True)),
                ("reported_at", models.DateTimeField()),
                ("respond_by", models.DateTimeField()),
                ("resolve_by", models.DateTimeField()),
                ("responded_at", models.DateTimeField(null=True)),
                ("solved_at", models.DateTimeField(null=True)),
                ("closed_at", models.DateTimeField(null=True)),
                ("stopped_at", models.DateTimeField(null=True)),
                ("state", models.CharField(max_length=12)),
                ("rating", models.PositiveSmallIntegerField(null=True)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["reported_at"], name="insight_cas_reporte_a4f1c7_idx"),
                    models.Index(fields=["street_id", "reported_at"], name="insight_cas_street__6de7eb_idx"),
                    models.Index(
                        fields=["community_id", "reported_at"], name="insight_cas_communi_10fb9b_idx"
                    ),
                    models.Index(fields=["general_id", "reported_at"], name="insight_cas_general_548a3f_idx"),
                    models.Index(fields=["leaf_id", "reported_at"], name="insight_cas_leaf_id_780517_idx"),
                ],
            },
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
                ("level", models.CharField(max_length=10)),
                ("area", models.BigIntegerField(null=True)),
                ("category", models.CharField(blank=True, max_length=8)),
                ("district_id", models.BigIntegerField(null=True)),
                ("street_id", models.BigIntegerField(null=True)),
                ("community_id", models.BigIntegerField(null=True)),
                ("general_id", models.BigIntegerField(null=True)),
                ("leaf_id", models.BigIntegerField(null=True)),
                ("open_of", models.IntegerField()),
                ("late_of", models.IntegerField(null=True)),
                ("late_part", models.IntegerField(null=True)),
                ("response_of", models.IntegerField(null=True)),
                ("response_part", models.IntegerField(null=True)),
                ("resolution_of", models.IntegerField(null=True)),
                ("resolution_part", models.IntegerField(null=True)),
                ("satisfaction_of", models.IntegerField(null=True)),
                ("satisfaction_part", models.IntegerField(null=True)),
                ("unconfirmable_of", models.IntegerField(null=True)),
                ("unconfirmable_part", models.IntegerField(null=True)),
                (
                    "month",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="insight.toldmonth"),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["month", "level", "category"], name="told_cell_asked")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("month", "level", "area", "category"),
                        name="one_told_cell",
                        nulls_distinct=False,
                    )
                ],
            },
        ),
    ]
