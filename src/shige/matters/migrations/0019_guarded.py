"""Keep what a matter was before it was sealed for trained staff, and a safe way to call back."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("matters", "0018_summaries"),
        ("trust", "0002_guards"),
    ]

    operations = [
        migrations.AddField(
            model_name="matter",
            name="callback_handle",
            field=models.UUIDField(help_text="a safe time and way to call back", null=True),
        ),
        migrations.CreateModel(
            name="Look",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("category", models.CharField(max_length=8)),
                ("kind", models.CharField(max_length=12)),
                ("state", models.CharField(max_length=12)),
                ("tier", models.CharField(max_length=1)),
                ("sealed", models.SmallIntegerField()),
                ("confidential", models.BooleanField()),
                ("since", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "matter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="looks", to="matters.matter"
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="trust.post"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("matter",),
                        name="one_look_at_a_time_for_a_matter",
                    )
                ],
            },
        ),
    ]
