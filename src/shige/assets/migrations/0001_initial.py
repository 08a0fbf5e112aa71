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
            name="Device",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uid", models.CharField(max_length=20, unique=True)),
                ("name", models.CharField(max_length=80)),
                ("place", models.CharField(blank=True, max_length=160)),
                ("lon", models.FloatField()),
                ("lat", models.FloatField()),
                ("sealed", models.BinaryField()),
                (
                    "silent_hours",
                    models.PositiveSmallIntegerField(help_text="after how many the office should look"),
                ),
                ("registered_at", models.DateTimeField()),
                ("revoked_at", models.DateTimeField(null=True)),
                ("version", models.BigIntegerField(default=1)),
                (
                    "community",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="territory.area",
                    ),
                ),
                (
                    "district",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="territory.area",
                    ),
                ),
                (
                    "general",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="territory.area",
                    ),
                ),
                (
                    "key",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="trust.vaultkey"
                    ),
                ),
                (
                    "leaf",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="territory.area",
                    ),
                ),
                (
                    "street",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="territory.area",
                    ),
                ),
                (
                    "thing",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="devices",
                        to="territory.thing",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="DeviceEvent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uid", models.CharField(max_length=80)),
                ("type", models.CharField(max_length=60)),
                (
                    "severity",
                    models.PositiveSmallIntegerField(choices=[(1, "Notice"), (2, "Warning"), (3, "Alarm")]),
                ),
                ("cleared", models.BooleanField(default=False)),
                ("value", models.FloatField(null=True)),
                ("unit", models.CharField(blank=True, max_length=20)),
                ("text", models.CharField(blank=True, help_text="numbers of persons masked", max_length=200)),
                ("at", models.DateTimeField(help_text="by the device's clock")),
                ("received_at", models.DateTimeField()),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("filed", "Filed"),
                            ("added", "Added"),
                            ("cleared", "Cleared"),
                            ("kept", "Kept"),
                        ],
                        max_length=7,
                    ),
                ),
                (
                    "device",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="events", to="assets.device"
                    ),
                ),
                (
                    "matter",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="device_events",
                        to="matters.matter",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="EventRule",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("type", models.CharField(max_length=60)),
                ("name", models.CharField(help_text="as people read it", max_length=60)),
                ("category", models.CharField(max_length=8)),
                (
                    "least",
                    models.PositiveSmallIntegerField(choices=[(1, "Notice"), (2, "Warning"), (3, "Alarm")]),
                ),
                (
                    "device",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="rules", to="assets.device"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Inspection",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("on", models.DateField()),
                ("at", models.DateTimeField(help_text="when it was written down")),
                ("defect", models.BooleanField()),
                ("words", models.TextField(blank=True)),
                (
                    "matter",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="inspections",
                        to="matters.matter",
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
                    "thing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="inspections",
                        to="territory.thing",
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="device",
            index=models.Index(fields=["street", "id"], name="device_of_street"),
        ),
        migrations.AddIndex(
            model_name="deviceevent",
            index=models.Index(fields=["device", "-received_at"], name="events_of_device"),
        ),
        migrations.AddConstraint(
            model_name="deviceevent",
            constraint=models.UniqueConstraint(fields=("device", "uid"), name="an_event_counts_once"),
        ),
        migrations.AddConstraint(
            model_name="deviceevent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("matter", None), ("outcome", "kept")),
                    models.Q(models.Q(("outcome", "kept"), _negated=True), ("matter__isnull", False)),
                    _connector="OR",
                ),
                name="only_a_kept_event_has_no_matter",
            ),
        ),
        migrations.AddConstraint(
            model_name="eventrule",
            constraint=models.UniqueConstraint(
                fields=("device", "type"), name="one_rule_for_a_type_of_event"
            ),
        ),
        migrations.AddIndex(
            model_name="inspection",
            index=models.Index(fields=["thing", "-id"], name="inspection_of_thing"),
        ),
        migrations.AddConstraint(
            model_name="inspection",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("defect", True), ("matter__isnull", False)),
                    models.Q(("defect", False), ("matter", None)),
                    _connector="OR",
                ),
                name="a_defect_becomes_a_matter",
            ),
        ),
    ]
