import uuid

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
from django.db import migrations, models

from shige.members.schema import ENTER, GUARD


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.RunSQL([ENTER], migrations.RunSQL.noop),
        migrations.CreateModel(
            name="Invitation",
            fields=[
                ("key", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("digest", models.BinaryField(unique=True)),
                ("organisation", models.BigIntegerField()),
                ("places", models.PositiveIntegerField(help_text="how many may still declare by it")),
                (
                    "person",
                    models.BigIntegerField(help_text="who invited, and is told of a declaration", null=True),
                ),
                ("ends_at", models.DateTimeField()),
            ],
            options={
                "indexes": [
                    models.Index(fields=["ends_at"], name="members_inv_ends_at_eb21c8_idx"),
                    models.Index(fields=["organisation"], name="members_inv_organis_a2a310_idx"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Member",
            fields=[
                ("key", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("declared", "Declared"),
                            ("confirmed", "Confirmed"),
                            ("declined", "Declined"),
                            ("ended", "Ended"),
                        ],
                        default="declared",
                        max_length=9,
                    ),
                ),
                ("organisation", models.BigIntegerField()),
                ("hours", models.PositiveIntegerField(default=0, help_text="hours of service given")),
                (
                    "digest",
                    models.BinaryField(help_text="of the code of the own page", null=True, unique=True),
                ),
                ("grid", models.BigIntegerField(help_text="where they serve", null=True)),
                (
                    "party",
                    models.BooleanField(
                        default=False, help_text="a member of the Party, or another who is ready"
                    ),
                ),
                (
                    "reports_home",
                    models.BooleanField(default=False, help_text="works elsewhere, serves at home (双报到)"),
                ),
                (
                    "ready",
                    models.BooleanField(default=False, help_text="for the reserve pool of grid workers"),
                ),
                (
                    "offers",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=20), default=list, size=None
                    ),
                ),
                (
                    "monthly",
                    models.PositiveSmallIntegerField(default=0, help_text="hours a month that they can give"),
                ),
                ("sealed_by", models.CharField(blank=True, help_text="name of the key", max_length=12)),
                ("sealed", models.BinaryField(help_text="name, telephone and words", null=True)),
                ("name_hash", models.BinaryField(null=True)),
                ("reason", models.CharField(blank=True, help_text="why it was declined", max_length=200)),
                ("changed_at", models.DateTimeField()),
                ("confirmed_at", models.DateTimeField(null=True)),
                ("ends_at", models.DateTimeField(help_text="when what is personal is removed", null=True)),
                ("version", models.PositiveIntegerField(default=1)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["organisation", "state"], name="members_mem_organis_fcc5b0_idx"),
                    models.Index(fields=["grid"], name="members_mem_grid_07baec_idx"),
                    models.Index(fields=["ends_at"], name="members_mem_ends_at_a65645_idx"),
                    django.contrib.postgres.indexes.GinIndex(fields=["offers"], name="members_by_offer"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["declined", "ended"]), _negated=True),
                            models.Q(
                                ("grid", None),
                                ("monthly", 0),
                                ("name_hash", None),
                                ("offers", []),
                                ("party", False),
                                ("sealed", None),
                                ("ready", False),
                                ("reports_home", False),
                            ),
                            _connector="OR",
                        ),
                        name="nothing_personal_is_kept_of_who_has_left",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "ended"), _negated=True),
                            models.Q(("digest", None), ("reason", "")),
                            _connector="OR",
                        ),
                        name="whoever_has_left_has_no_page",
                    ),
                ],
            },
        ),
        *(
            migrations.RunSQL(GUARD.format(table).split(";"), migrations.RunSQL.noop)
            for table in ("members_invitation", "members_member")
        ),
    ]
