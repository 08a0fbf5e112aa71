"""What was answered in a draft is encrypted; drafts in the clear, which live for minutes, are dropped."""

import django.db.models.deletion
from django.db import migrations, models

KEEP_RECEIPTS = """
DELETE FROM channels_keptdraft WHERE form IS NULL;
UPDATE channels_keptdraft SET saved = false WHERE answers ->> 'saved' = 'false';
"""


class Migration(migrations.Migration):
    dependencies = [
        ("channels", "0003_recoveries"),
        ("trust", "0004_stamps"),
    ]

    operations = [
        migrations.AddField(
            "keptdraft",
            "saved",
            models.BooleanField(default=True, help_text="whether this browser may list it once it is sent"),
        ),
        migrations.AddField(
            "keptdraft",
            "brief",
            models.BooleanField(default=False, help_text="ends early: it speaks of danger to persons"),
        ),
        migrations.AddField("keptdraft", "sealed", models.BinaryField(default=bytes)),
        migrations.AddField(
            "keptdraft",
            "vault_key",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="trust.vaultkey",
            ),
        ),
        migrations.RunSQL(KEEP_RECEIPTS, migrations.RunSQL.noop),
        migrations.RemoveField("keptdraft", "answers"),
    ]
