import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("matters", "0001_initial"),
        ("territory", "0002_persons"),
        ("trust", "0002_recusals"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="GroupPlan",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("due_at", models.DateTimeField()),
                ("adopted_at", models.DateTimeField(null=True)),
                ("version", models.BigIntegerField(default=1)),
                (
                    "matter",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="group_plan",
                        to="matters.matter",
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
        ),
        migrations.CreateModel(
            name="ClaimGroup",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("interest", models.CharField(max_length=80)),
                ("count", models.PositiveIntegerField()),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="groups",
                        to="disputes.groupplan",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Measure",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("what", models.CharField(max_length=200)),
                ("body", models.CharField(blank=True, max_length=80)),
                ("due", models.DateField()),
                ("done_at", models.DateTimeField(null=True)),
                ("progress", models.CharField(blank=True, max_length=200)),
                ("dropped_at", models.DateTimeField(null=True)),
                ("dropped_why", models.CharField(blank=True, max_length=200)),
                (
                    "group",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="measures",
                        to="disputes.claimgroup",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="measures",
                        to="disputes.groupplan",
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
        ),
        migrations.CreateModel(
            name="Mediation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("agreement_handle", models.UUIDField(null=True)),
                ("agreed_at", models.DateTimeField(null=True)),
                ("account", models.TextField(blank=True)),
                (
                    "handed_at",
                    models.DateTimeField(help_text="when the mediation committee got it", null=True),
                ),
                (
                    "matter",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="mediation",
                        to="matters.matter",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="MediationNote",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("handle", models.UUIDField()),
                ("at", models.DateTimeField()),
                (
                    "mediation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notes",
                        to="disputes.mediation",
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
        ),
        migrations.CreateModel(
            name="MediationSession",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("held_at", models.DateTimeField()),
                ("where", models.CharField(max_length=80)),
                (
                    "others",
                    models.CharField(
                        blank=True, help_text="by what they are, such as a stair chief", max_length=80
                    ),
                ),
                (
                    "result",
                    models.CharField(
                        choices=[
                            ("agreed", "Agreed"),
                            ("closer", "Closer"),
                            ("not_yet", "Not Yet"),
                            ("absent", "Absent"),
                        ],
                        max_length=8,
                    ),
                ),
                ("next_on", models.DateField(null=True)),
                ("helpers", models.ManyToManyField(related_name="+", to="trust.post")),
                (
                    "mediation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sessions",
                        to="disputes.mediation",
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
        ),
        migrations.CreateModel(
            name="MonthlyText",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("month", models.DateField()),
                ("experience", models.TextField(blank=True)),
                ("shortcomings", models.TextField(blank=True)),
                ("written_at", models.DateTimeField()),
                ("version", models.BigIntegerField(default=1)),
                (
                    "area",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="territory.area"
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
        ),
        migrations.CreateModel(
            name="Party",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "side",
                    models.CharField(
                        choices=[
                            ("first", "First"),
                            ("second", "Second"),
                            ("further", "Further"),
                            ("witness", "Witness"),
                        ],
                        max_length=8,
                    ),
                ),
                ("name_handle", models.UUIDField()),
                ("phone_handle", models.UUIDField(null=True)),
                (
                    "mediation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="parties",
                        to="disputes.mediation",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PromisedStep",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "who",
                    models.CharField(
                        choices=[
                            ("first", "First"),
                            ("second", "Second"),
                            ("both", "Both"),
                            ("further", "Further"),
                            ("office", "Office"),
                        ],
                        max_length=8,
                    ),
                ),
                ("what", models.CharField(max_length=200)),
                ("due", models.DateField()),
                ("done_at", models.DateTimeField(null=True)),
                (
                    "mediation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="promises",
                        to="disputes.mediation",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="claimgroup",
            constraint=models.UniqueConstraint(
                fields=("plan", "interest"), name="one_group_for_each_interest"
            ),
        ),
        migrations.AddConstraint(
            model_name="claimgroup",
            constraint=models.CheckConstraint(
                condition=models.Q(("count__gte", 1)), name="a_group_has_somebody"
            ),
        ),
        migrations.AddConstraint(
            model_name="measure",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("post__isnull", False), models.Q(("body", ""), _negated=True), _connector="OR"
                ),
                name="a_measure_has_a_body",
            ),
        ),
        migrations.AddConstraint(
            model_name="measure",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("dropped_at", None), models.Q(("dropped_why", ""), _negated=True), _connector="OR"
                ),
                name="a_dropped_measure_says_why",
            ),
        ),
        migrations.AddIndex(
            model_name="mediationsession",
            index=models.Index(fields=["mediation", "held_at"], name="disputes_me_mediati_04f33d_idx"),
        ),
        migrations.AddConstraint(
            model_name="monthlytext",
            constraint=models.UniqueConstraint(fields=("area", "month"), name="one_text_for_month_and_area"),
        ),
        migrations.AddIndex(
            model_name="promisedstep",
            index=models.Index(
                condition=models.Q(("done_at", None)), fields=["due"], name="promises_to_keep"
            ),
        ),
    ]
