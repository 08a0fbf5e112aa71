"""What the doors keep: drafts, receipts, and rates, whose loss in a crash harms nobody."""

import django.db.models.deletion
from django.db import migrations, models

RATES = "ALTER TABLE channels_knocks SET UNLOGGED"


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("trust", "0002_recusals"),
    ]

    operations = [
        migrations.CreateModel(
            name="Recovery",
            fields=[
                ("phone", models.BinaryField(primary_key=True, serialize=False)),
                ("nonce", models.BinaryField(default=bytes)),
                ("made_at", models.DateTimeField(null=True)),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("day", models.DateField(null=True)),
                ("sent", models.PositiveSmallIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name="Knocks",
            fields=[
                ("sender", models.BinaryField(primary_key=True, serialize=False)),
                ("minute", models.BigIntegerField()),
                ("count", models.PositiveIntegerField()),
            ],
            options={
                "indexes": [models.Index(fields=["minute"], name="channels_kn_minute_5a74f9_idx")],
            },
        ),
        migrations.CreateModel(
            name="TakenForm",
            fields=[
                ("digest", models.BinaryField(primary_key=True, serialize=False)),
                ("taken_at", models.DateTimeField()),
            ],
            options={
                "indexes": [models.Index(fields=["taken_at"], name="channels_ta_taken_a_096d83_idx")],
            },
        ),
        migrations.CreateModel(
            name="KeptDraft",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("owner", models.BinaryField()),
                ("key", models.CharField(max_length=40)),
                ("sealed", models.BinaryField(default=bytes)),
                (
                    "brief",
                    models.BooleanField(
                        default=False, help_text="ends early: it speaks of danger to persons"
                    ),
                ),
                (
                    "saved",
                    models.BooleanField(
                        default=True, help_text="whether this browser may list it once it is sent"
                    ),
                ),
                ("form", models.BinaryField(null=True)),
                ("touched_at", models.DateTimeField()),
                (
                    "vault_key",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="trust.vaultkey",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["touched_at"], name="channels_ke_touched_b8956d_idx")],
                "constraints": [models.UniqueConstraint(fields=("owner", "key"), name="one_draft_for_a_key")],
            },
        ),
        migrations.RunSQL(RATES, migrations.RunSQL.noop),
    ]
