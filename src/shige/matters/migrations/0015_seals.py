"""Let a seal say up to which level nobody may know of a matter: about an official, not even the street."""

from django.db import migrations, models
from django.db.models import Q

UP = """
ALTER TABLE matters_matter ALTER COLUMN sealed TYPE smallint USING sealed::integer;
UPDATE matters_matter SET sealed = 2 WHERE sealed = 1 AND kind = 'complaint' AND tier = 'D';
"""

DOWN = "ALTER TABLE matters_matter ALTER COLUMN sealed TYPE boolean USING sealed > 0;"


class Migration(migrations.Migration):
    dependencies = [("matters", "0014_plans")]

    operations = [
        migrations.RemoveIndex("matter", "matter_came_in"),
        migrations.RemoveConstraint("matter", "sealed_matter_is_confidential"),
        migrations.SeparateDatabaseAndState(
            [migrations.RunSQL(UP, DOWN)],
            [
                migrations.AlterField(
                    "matter",
                    "sealed",
                    models.SmallIntegerField(default=0, help_text="from whom it is kept, see the gate"),
                )
            ],
        ),
        migrations.AddConstraint(
            "matter",
            models.CheckConstraint(
                name="sealed_matter_is_confidential", condition=Q(sealed=0) | Q(confidential=True)
            ),
        ),
        migrations.AddIndex(
            "matter",
            models.Index(
                name="matter_came_in",
                fields=["community", "reported_at"],
                include=("category", "district", "street", "general", "leaf"),
                condition=Q(confidential=False, sealed=0),
            ),
        ),
    ]
