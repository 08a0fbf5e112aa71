"""Tasks, joint tasks, and who opened them."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

ONLY_GROW = """
CREATE FUNCTION openings_only_grow() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'openings of tasks are kept as they were written';
END $$;
CREATE TRIGGER openings_only_grow BEFORE UPDATE OR DELETE ON matters_opening
    FOR EACH ROW EXECUTE FUNCTION openings_only_grow();
"""

UNDO = """
DROP TRIGGER openings_only_grow ON matters_opening;
DROP FUNCTION openings_only_grow();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("matters", "0004_claims"),
        ("trust", "0002_guards"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="JointTask",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "number",
                    models.CharField(
                        help_text="the matter's number, L and a serial one", max_length=30, unique=True
                    ),
                ),
                ("purpose", models.TextField()),
                ("place", models.CharField(max_length=160)),
                ("called_at", models.DateTimeField()),
                ("meets_at", models.DateTimeField()),
                ("state", models.CharField(max_length=12)),
                ("open", models.BooleanField(default=True)),
                (
                    "outcome",
                    models.TextField(blank=True, help_text="of all together, or why it was cancelled"),
                ),
                ("closed_at", models.DateTimeField(null=True)),
                ("version", models.BigIntegerField(default=1)),
                (
                    "called_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="trust.post",
                    ),
                ),
                (
                    "matter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="joint_tasks",
                        to="matters.matter",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="JointPart",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "attendance",
                    models.CharField(
                        choices=[
                            ("expected", "Expected"),
                            ("present", "Present"),
                            ("excused", "Excused"),
                            ("absent", "Absent"),
                        ],
                        default="expected",
                        max_length=8,
                    ),
                ),
                ("noted_at", models.DateTimeField(null=True)),
                ("apology", models.TextField(blank=True)),
                ("result", models.TextField(blank=True)),
                ("result_at", models.DateTimeField(null=True)),
                ("version", models.BigIntegerField(default=1)),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="trust.post"
                    ),
                ),
                (
                    "joint",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="parts",
                        to="matters.jointtask",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Task",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "number",
                    models.CharField(
                        help_text="the matter's number and a serial one", max_length=30, unique=True
                    ),
                ),
                ("action", models.TextField(help_text="what is to be done, free of persons")),
                ("place", models.CharField(blank=True, max_length=160)),
                ("lon", models.FloatField(null=True)),
                ("lat", models.FloatField(null=True)),
                ("given_at", models.DateTimeField()),
                ("due_at", models.DateTimeField()),
                (
                    "late_reason",
                    models.TextField(blank=True, help_text="why it is due after the matter itself"),
                ),
                ("state", models.CharField(max_length=12)),
                ("open", models.BooleanField(default=True)),
                (
                    "with_office",
                    models.BooleanField(default=False, help_text="the office has to say something"),
                ),
                ("closed_at", models.DateTimeField(null=True)),
                ("version", models.BigIntegerField(default=1)),
                (
                    "given_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="trust.post",
                    ),
                ),
                (
                    "matter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="tasks", to="matters.matter"
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="tasks", to="trust.post"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Opening",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField()),
                (
                    "part",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="openings",
                        to="matters.jointpart",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="trust.post"
                    ),
                ),
                (
                    "task",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="openings",
                        to="matters.task",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="TaskPhoto",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("file", models.CharField(help_text="random name under the media folder", max_length=120)),
                ("by_tasked", models.BooleanField()),
                ("added_at", models.DateTimeField()),
                (
                    "task",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="photos", to="matters.task"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="TaskStep",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField()),
                ("action", models.CharField(max_length=20)),
                ("before", models.CharField(blank=True, max_length=12)),
                ("after", models.CharField(max_length=12)),
                ("note", models.TextField(blank=True)),
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
                (
                    "task",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="steps", to="matters.task"
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="jointtask",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("closed_at", None), ("open", True)),
                    models.Q(
                        ("closed_at__isnull", False),
                        ("open", False),
                        models.Q(("outcome", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="closed_joint_task_has_its_outcome",
            ),
        ),
        migrations.AddIndex(
            model_name="jointpart",
            index=models.Index(
                condition=models.Q(("attendance", "absent")), fields=["-noted_at"], name="joint_stayed_away"
            ),
        ),
        migrations.AddConstraint(
            model_name="jointpart",
            constraint=models.UniqueConstraint(fields=("joint", "post"), name="a_post_is_called_once"),
        ),
        migrations.AddIndex(
            model_name="task",
            index=models.Index(
                condition=models.Q(("open", True)), fields=["post", "due_at", "id"], name="task_open_due"
            ),
        ),
        migrations.AddIndex(
            model_name="task",
            index=models.Index(fields=["post", "-closed_at"], name="task_closed"),
        ),
        migrations.AddConstraint(
            model_name="task",
            constraint=models.CheckConstraint(
                condition=models.Q(("open", True), ("closed_at__isnull", False), _connector="XOR"),
                name="closed_task_has_its_date",
            ),
        ),
        migrations.AddConstraint(
            model_name="task",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("lat", None), ("lon", None)),
                    models.Q(("lat__isnull", False), ("lon__isnull", False)),
                    _connector="OR",
                ),
                name="task_shows_a_whole_point",
            ),
        ),
        migrations.AddConstraint(
            model_name="opening",
            constraint=models.CheckConstraint(
                condition=models.Q(("task", None), ("part", None), _connector="XOR"),
                name="one_thing_is_opened",
            ),
        ),
        migrations.AddConstraint(
            model_name="taskphoto",
            constraint=models.UniqueConstraint(fields=("task", "file"), name="a_photo_once_in_a_task"),
        ),
        migrations.RunSQL(ONLY_GROW, UNDO),
    ]
