"""Appointments to the minute, resets by two people, throttles of sign-in, a cache for all processes."""

import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import migrations, models

import shige.trust.models.people
from shige.trust.ranges import same

CONSTRAINTS = [
    ExclusionConstraint(
        name="one_primary_at_a_time",
        expressions=[(same("post"), RangeOperators.OVERLAPS), ("valid", RangeOperators.OVERLAPS)],
        condition=models.Q(kind="primary"),
    ),
    ExclusionConstraint(
        name="one_hold_of_a_post_for_each_person",
        expressions=[
            (same("post"), RangeOperators.OVERLAPS),
            (same("person"), RangeOperators.OVERLAPS),
            ("valid", RangeOperators.OVERLAPS),
        ],
    ),
]

CACHE = """
CREATE UNLOGGED TABLE trust_cache (
    cache_key varchar(255) PRIMARY KEY,
    value text NOT NULL,
    expires timestamp with time zone NOT NULL
);
CREATE INDEX trust_cache_expires ON trust_cache (expires);
"""


def to_moments(apps, schema_editor):
    """Let every day begin at its first minute in the jurisdiction's time zone."""
    zone = settings.TIME_ZONE
    schema_editor.execute(
        "ALTER TABLE trust_appointment ALTER COLUMN valid TYPE tstzrange USING tstzrange("
        "lower(valid)::timestamp AT TIME ZONE %s, upper(valid)::timestamp AT TIME ZONE %s)",
        [zone, zone],
    )


class Migration(migrations.Migration):
    dependencies = [
        ("territory", "0004_things"),
        ("trust", "0002_guards"),
    ]

    operations = [
        migrations.CreateModel(
            name="CredentialReset",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reason", models.CharField(max_length=200)),
                ("asked_at", models.DateTimeField()),
                ("confirmed_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="SignInFailure",
            fields=[
                ("sender", models.BinaryField(primary_key=True, serialize=False)),
                ("count", models.PositiveIntegerField()),
                ("waits_until", models.DateTimeField()),
            ],
        ),
        migrations.AddField(
            model_name="person",
            name="area",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="territory.area"
            ),
        ),
        migrations.RemoveConstraint("appointment", "one_primary_at_a_time"),
        migrations.RemoveConstraint("appointment", "one_hold_of_a_post_for_each_person"),
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunPython(to_moments, migrations.RunPython.noop)],
            state_operations=[
                migrations.AlterField("appointment", "valid", shige.trust.models.people.PeriodField()),
            ],
        ),
        *(migrations.AddConstraint("appointment", constraint) for constraint in CONSTRAINTS),
        migrations.RunSQL(CACHE, "DROP TABLE trust_cache"),
        migrations.AddConstraint(
            model_name="person",
            constraint=models.UniqueConstraint(
                django.db.models.functions.text.Lower("username"), name="one_account_whatever_the_case"
            ),
        ),
        migrations.AddField(
            model_name="credentialreset",
            name="asked_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="credentialreset",
            name="confirmed_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="credentialreset",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="resets",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddIndex(
            model_name="signinfailure",
            index=models.Index(fields=["waits_until"], name="trust_signi_waits_u_cd05d9_idx"),
        ),
        migrations.AddIndex(
            model_name="credentialreset",
            index=models.Index(fields=["person", "-asked_at"], name="trust_crede_person__1ee34f_idx"),
        ),
        migrations.AddConstraint(
            model_name="credentialreset",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("confirmed_by", None),
                    models.Q(
                        models.Q(("confirmed_by", models.F("asked_by")), _negated=True),
                        models.Q(("confirmed_by", models.F("person")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="reset_by_two_people",
            ),
        ),
    ]
