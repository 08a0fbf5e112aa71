from django.db import migrations

LATE = """
UPDATE matters_matter SET running = true, stopped_at = NULL
WHERE open AND NOT running AND state = 'waiting' AND resolve_by < stopped_at
"""


class Migration(migrations.Migration):
    """What was late when its reporter was asked is late while it waits."""

    dependencies = [("matters", "0023_who_confirms")]

    operations = [migrations.RunSQL(LATE, migrations.RunSQL.noop)]
