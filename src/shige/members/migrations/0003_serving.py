import uuid

from django.db import migrations, models

from shige.members.schema import ENTER, GUARD


class Migration(migrations.Migration):
    dependencies = [("members", "0002_two_vouch")]

    operations = [
        migrations.RunSQL([ENTER], migrations.RunSQL.noop),
        migrations.AlterField(
            "member",
            "hours",
            models.DecimalField(
                decimal_places=1, default=0, help_text="hours of service given", max_digits=8
            ),
        ),
        migrations.CreateModel(
            name="Service",
            fields=[
                (
                    "key",
                    models.UUIDField(
                        help_text="made from the form, which so counts once",
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("member", models.UUIDField(help_text="the key of the entry")),
                ("day", models.DateField()),
                ("hours", models.DecimalField(decimal_places=1, max_digits=3)),
                (
                    "what",
                    models.CharField(
                        help_text="a kind of help by its code, or a task's words", max_length=200
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["member", "day"], name="members_ser_member_342d93_idx")]
            },
        ),
        migrations.CreateModel(
            name="Task",
            fields=[
                ("key", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("member", models.UUIDField(help_text="the key of the entry")),
                ("call", models.UUIDField(unique=True)),
                ("words", models.CharField(max_length=200)),
                ("at", models.DateTimeField()),
            ],
            options={"indexes": [models.Index(fields=["member"], name="members_tas_member_aff0fd_idx")]},
        ),
        *(
            migrations.RunSQL(GUARD.format(table).split(";"), migrations.RunSQL.noop)
            for table in ("members_service", "members_task")
        ),
    ]
