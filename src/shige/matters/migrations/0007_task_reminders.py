"""When whoever owes the next word about a task is reminded."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("matters", "0006_part_of_a_number")]

    operations = [
        migrations.AddField(
            model_name="task",
            name="remind_at",
            field=models.DateTimeField(help_text="when whoever owes the next word is reminded", null=True),
        ),
        migrations.RunSQL("UPDATE matters_task SET remind_at = due_at WHERE open", migrations.RunSQL.noop),
        migrations.AddIndex(
            model_name="task",
            index=models.Index(
                condition=models.Q(("remind_at__isnull", False)), fields=["remind_at"], name="task_remind"
            ),
        ),
    ]
