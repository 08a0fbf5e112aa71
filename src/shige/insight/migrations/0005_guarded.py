"""Figures know which matters are danger to persons, which few may see."""

from django.db import migrations, models

KNOWN = """
UPDATE insight_casefact AS known SET guarded = true, sealed = matter.sealed
FROM matters_matter AS matter WHERE matter.kind = 'guarded' AND known.matter = matter.id::text
"""


class Migration(migrations.Migration):
    dependencies = [("insight", "0004_unconfirmable"), ("matters", "0022_out_of_sight")]

    operations = [
        migrations.AddField("casefact", "guarded", models.BooleanField(default=False)),
        migrations.RunSQL(KNOWN, migrations.RunSQL.noop),
    ]
