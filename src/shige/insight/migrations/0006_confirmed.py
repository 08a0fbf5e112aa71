from django.db import migrations, models

SILENT = "UPDATE insight_toldcell SET resolution_of = NULL, resolution_part = NULL"
"""What was told by what the office reported is not laid beside what its reporters confirm."""

STOPPED = """
UPDATE insight_casefact AS known SET stopped_at = matter.stopped_at
FROM matters_matter AS matter WHERE matter.stopped_at IS NOT NULL AND known.matter = matter.id::text
"""


class Migration(migrations.Migration):
    """Late stays late while the clock stands; resolved is what the reporter confirms."""

    dependencies = [("insight", "0005_guarded"), ("matters", "0024_late_stays_late")]

    operations = [
        migrations.AddField("casefact", "stopped_at", models.DateTimeField(null=True)),
        migrations.RunSQL(STOPPED, migrations.RunSQL.noop),
        migrations.RunSQL(SILENT, migrations.RunSQL.noop),
    ]
