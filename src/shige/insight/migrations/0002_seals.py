"""Keep the seal of a matter as the matter carries it."""

from django.db import migrations, models

UP = """
ALTER TABLE insight_casefact ALTER COLUMN sealed TYPE smallint USING sealed::integer;
UPDATE insight_casefact SET sealed = 2 WHERE sealed = 1 AND tier = 'D';
"""

DOWN = "ALTER TABLE insight_casefact ALTER COLUMN sealed TYPE boolean USING sealed > 0;"


class Migration(migrations.Migration):
    dependencies = [("insight", "0001_initial")]

    operations = [
        migrations.SeparateDatabaseAndState(
            [migrations.RunSQL(UP, DOWN)],
            [migrations.AlterField("casefact", "sealed", models.SmallIntegerField(default=0))],
        )
    ]
