"""Names, ties and overseers of organisations hold for a time, and every change has its history (R9)."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
from django.apps.registry import Apps
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone


def take_over(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Give each organisation the standing that it has, from the day on which it was added to that of its end.

    One that was closed on the day on which it was added never stood: it keeps its row, and its name in the
    history.
    """
    changes, organisations, standings = (
        apps.get_model("redline", name).objects for name in ("Change", "Organisation", "Standing")
    )
    entries = apps.get_model("trust", "JournalEntry").objects.filter(object_type="organisation")
    added = dict(entries.filter(verb="organisation.added").values_list("object_id", "at"))
    for old in organisations.select_related("overseer"):
        since = timezone.localdate(added.get(str(old.pk), timezone.now()))
        until = timezone.localdate(old.closed_at) if old.closed_at else None
        changes.create(organisation=old, kind="founded", on=since, after=old.name)
        if until:
            changes.create(organisation=old, kind="closed", on=until, before=old.name)
        if until is None or until > since:
            standings.create(
                organisation=old,
                kind=old.kind,
                name=old.name,
                area=old.area,
                parent=old.parent,
                overseer=old.overseer,
                valid=DateRange(since, until),
            )
    schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")


class Migration(migrations.Migration):
    dependencies = [
        ("redline", "0001_initial"),
        ("territory", "0004_names"),
        ("trust", "0006_replaced_links"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Change",
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
                            ("founded", "Founded"),
                            ("renamed", "Renamed"),
                            ("retied", "Retied"),
                            ("placed", "Placed"),
                            ("overseen", "Overseen"),
                            ("merged", "Merged"),
                            ("absorbed", "Absorbed"),
                            ("split", "Split"),
                            ("split_off", "Split Off"),
                            ("closed", "Closed"),
                        ],
                        max_length=9,
                    ),
                ),
                ("on", models.DateField()),
                ("before", models.CharField(blank=True, max_length=80)),
                ("after", models.CharField(blank=True, max_length=80)),
                ("reason", models.CharField(blank=True, max_length=200)),
                ("at", models.DateTimeField(auto_now_add=True)),
            ],
        ),
        migrations.CreateModel(
            name="Standing",
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
                        help_text="the organisation's own, for the database to compare", max_length=40
                    ),
                ),
                ("name", models.CharField(max_length=80)),
                ("tied", models.BooleanField(default=True)),
                ("valid", django.contrib.postgres.fields.ranges.DateRangeField()),
            ],
        ),
        migrations.AddField(
            model_name="change",
            name="organisation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="changes", to="redline.organisation"
            ),
        ),
        migrations.AddField(
            model_name="change",
            name="person",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="standing",
            name="area",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="standings", to="territory.area"
            ),
        ),
        migrations.AddField(
            model_name="standing",
            name="organisation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="standings",
                to="redline.organisation",
            ),
        ),
        migrations.AddField(
            model_name="standing",
            name="overseer",
            field=models.ForeignKey(
                help_text="监督责任人",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="oversees",
                to="trust.post",
            ),
        ),
        migrations.AddField(
            model_name="standing",
            name="parent",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="below",
                to="redline.organisation",
            ),
        ),
        migrations.AddConstraint(
            model_name="standing",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    (
                        models.Func(
                            models.F("organisation"),
                            models.F("organisation"),
                            models.Value("[]"),
                            function="int8range",
                        ),
                        "&&",
                    ),
                    ("valid", "&&"),
                ],
                name="one_standing_of_an_organisation_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="standing",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("tied", True)),
                expressions=[
                    (
                        models.Func(
                            models.F("area"), models.F("area"), models.Value("[]"), function="int8range"
                        ),
                        "&&",
                    ),
                    (
                        models.Func(
                            models.Func(models.F("kind"), models.Value(0), function="hashtextextended"),
                            models.Func(models.F("kind"), models.Value(0), function="hashtextextended"),
                            models.Value("[]"),
                            function="int8range",
                        ),
                        "&&",
                    ),
                    ("valid", "&&"),
                ],
                name="one_organisation_of_a_kind_for_a_grid_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="standing",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("parent", None),
                    models.Q(("parent", models.F("organisation")), _negated=True),
                    _connector="OR",
                ),
                name="organisation_is_not_its_own_parent",
            ),
        ),
        migrations.AddConstraint(
            model_name="standing",
            constraint=models.CheckConstraint(
                condition=models.Q(("name", ""), _negated=True), name="organisation_has_a_name"
            ),
        ),
        migrations.RunPython(take_over, migrations.RunPython.noop, elidable=False),
        migrations.RemoveConstraint(
            model_name="organisation",
            name="one_organisation_of_a_kind_in_area",
        ),
        migrations.RemoveConstraint(
            model_name="organisation",
            name="organisation_is_not_its_own_parent",
        ),
        migrations.RemoveConstraint(
            model_name="organisation",
            name="organisation_has_a_name",
        ),
        migrations.RemoveField(
            model_name="organisation",
            name="area",
        ),
        migrations.RemoveField(
            model_name="organisation",
            name="closed_at",
        ),
        migrations.RemoveField(
            model_name="organisation",
            name="name",
        ),
        migrations.RemoveField(
            model_name="organisation",
            name="overseer",
        ),
        migrations.RemoveField(
            model_name="organisation",
            name="parent",
        ),
    ]
