"""Kinds of matters, the office's clock, what is due next, merging, and the reporter's sealed words."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

AREAS = ("district", "street", "community", "general", "leaf", "owner")

FILL = """
UPDATE matters_matter SET
    counted_from = reported_at,
    remind_at = CASE WHEN state IN ('new', 'in_hand') THEN greatest(resolve_by, now()) END,
    open = state IN ('new', 'in_hand', 'to_confirm'),
    running = state IN ('new', 'in_hand'),
    stopped_at = CASE WHEN state NOT IN ('new', 'in_hand') THEN coalesce(solved_at, closed_at, now()) END,
    next_at = CASE
        WHEN state IN ('new', 'in_hand') AND responded_at IS NULL THEN least(respond_by, resolve_by)
        WHEN state = 'to_confirm' THEN confirm_by
        WHEN state IN ('closed', 'unconfirmed') THEN coalesce(closed_at, resolve_by)
        ELSE resolve_by
    END
"""


class Migration(migrations.Migration):
    dependencies = [("matters", "0001_initial")]

    operations = [
        *(migrations.RemoveIndex("matter", f"matter_{area}_due") for area in AREAS),
        migrations.RemoveIndex("matter", "matter_due"),
        migrations.RemoveIndex("matter", "matter_open_due"),
        migrations.AlterField("matter", "state", models.CharField(default="new", max_length=12)),
        migrations.AddField(
            "matter",
            "kind",
            models.CharField(default="ordinary", max_length=12, help_text="whose workflow it follows"),
        ),
        migrations.AddField(
            "matter",
            "gist",
            models.TextField(
                blank=True, default="", help_text="what it is about, free of persons, for tasks and search"
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            "matter",
            "open",
            models.BooleanField(default=True, help_text="somebody still has to do something about it"),
        ),
        migrations.AddField(
            "matter", "running", models.BooleanField(default=True, help_text="the office's clock runs")
        ),
        migrations.AddField(
            "matter",
            "led",
            models.BooleanField(default=False, help_text="the street's leader has taken it on in person"),
        ),
        migrations.AddField(
            "matter",
            "merged_into",
            models.ForeignKey(
                "matters.matter",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="merged",
            ),
        ),
        migrations.AddField("matter", "next_at", models.DateTimeField(null=True)),
        migrations.AddField(
            "matter",
            "stopped_at",
            models.DateTimeField(null=True, help_text="since when the office's clock stands"),
        ),
        migrations.AddField("matter", "counted_from", models.DateTimeField(null=True)),
        migrations.AddField(
            "matter",
            "remind_at",
            models.DateTimeField(null=True, help_text="when the next share of that time is used up"),
        ),
        migrations.AddField("matter", "extensions", models.PositiveSmallIntegerField(default=0)),
        migrations.AddField(
            "step",
            "words_handle",
            models.UUIDField(null=True, help_text="the reporter's own words in a confidential matter"),
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.AlterField(
            "matter",
            "next_at",
            models.DateTimeField(help_text="what it is listed under: the date of what comes next"),
        ),
        migrations.AlterField(
            "matter",
            "counted_from",
            models.DateTimeField(help_text="when the time that its dates give it began"),
        ),
        *(
            migrations.AddIndex(
                "matter", models.Index(fields=[area, "next_at", "id"], name=f"matter_{area}_next")
            )
            for area in AREAS
        ),
        migrations.AddIndex("matter", models.Index(fields=["next_at", "id"], name="matter_next")),
        migrations.AddIndex(
            "matter",
            models.Index(fields=["next_at", "id"], condition=Q(open=True), name="matter_open_next"),
        ),
        migrations.AddIndex(
            "matter",
            models.Index(fields=["remind_at"], condition=Q(remind_at__isnull=False), name="matter_remind"),
        ),
        migrations.AddConstraint(
            "matter",
            models.CheckConstraint(
                name="merged_matter_names_the_other",
                condition=Q(state="merged", merged_into__isnull=False)
                | (~Q(state="merged") & Q(merged_into=None)),
            ),
        ),
        migrations.AddConstraint(
            "matter",
            models.CheckConstraint(
                name="only_an_open_matter_runs", condition=Q(running=False) | Q(open=True)
            ),
        ),
    ]
