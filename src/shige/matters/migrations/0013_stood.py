"""How long a matter's clock stood, which of its dates was told as missed, and shorter waits of writers."""

from datetime import timedelta

import django.contrib.postgres.indexes
from django.db import migrations, models

FILL = """
UPDATE matters_matter AS matter
SET told_late_of = CASE WHEN told THEN next_at END, remind_at = CASE WHEN NOT told THEN now() END
FROM (
    SELECT id, EXISTS (
        SELECT FROM matters_step WHERE matter_id = late.id AND action = 'overdue' AND at >= late.next_at
    ) AS told
    FROM matters_matter AS late WHERE running AND remind_at IS NULL AND next_at <= now()
) AS found
WHERE matter.id = found.id
"""


class Migration(migrations.Migration):
    dependencies = [("matters", "0012_opinions")]

    operations = [
        migrations.AddField(
            "matter",
            "stood",
            models.DurationField(
                default=timedelta,
                help_text="how much of that time, as its category counts it, went into pauses",
            ),
        ),
        migrations.AddField(
            "matter",
            "told_late_of",
            models.DateTimeField(
                null=True, help_text="the date of which it was last told that it has passed"
            ),
        ),
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(
                    "ALTER INDEX matter_search SET (gin_pending_list_limit = 256)",
                    "ALTER INDEX matter_search RESET (gin_pending_list_limit)",
                )
            ],
            state_operations=[
                migrations.RemoveIndex("matter", "matter_search"),
                migrations.AddIndex(
                    "matter",
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["search"], gin_pending_list_limit=256, name="matter_search"
                    ),
                ),
            ],
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
    ]
