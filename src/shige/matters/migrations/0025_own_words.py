from django.db import migrations, models
from django.db.models import Q

# Words of reporters are marked as theirs; those of others leave the office's remarks. Whose these are is
# known where only one resident can have said them; the others go with the matter.
MARKS = """
UPDATE matters_step SET said_by = 'matter ' || matter_id
 WHERE action IN ('answer', 'add', 'not_solved', 'reopen', 'review', 'withdraw')
   AND person_id IS NULL AND post_id IS NULL AND (note <> '' OR words_handle IS NOT NULL);
UPDATE matters_step SET said = remark, remark = ''
 WHERE action IN ('joined_says', 'claimant_says') OR (action = 'claim' AND remark <> '');
UPDATE matters_step AS s SET said_by = 'joining ' || j.id
  FROM matters_joining AS j
 WHERE s.action = 'joined_says' AND j.matter_id = s.matter_id
   AND NOT EXISTS (SELECT FROM matters_joining AS o WHERE o.matter_id = s.matter_id AND o.id <> j.id)
   AND NOT EXISTS (SELECT FROM matters_matter AS m WHERE m.merged_into_id = s.matter_id);
UPDATE matters_step AS s SET said_by = 'claim ' || c.id
  FROM matters_claim AS c
 WHERE s.action IN ('claimant_says', 'claim') AND s.said <> '' AND c.matter_id = s.matter_id
   AND NOT EXISTS (SELECT FROM matters_claim AS o WHERE o.matter_id = s.matter_id AND o.id <> c.id);
SET CONSTRAINTS ALL IMMEDIATE;
"""


class Migration(migrations.Migration):
    """What residents say later is marked with whose words it is, apart from what offices write."""

    dependencies = [("matters", "0024_late_stays_late")]

    operations = [
        migrations.AddField(
            "step",
            "said_by",
            models.CharField(
                blank=True, default="", help_text="whose own words, see ``own_words``", max_length=30
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            "step",
            "said",
            models.TextField(blank=True, default="", help_text="what a resident tells the office only"),
            preserve_default=False,
        ),
        migrations.AlterField(
            "step", "words_handle", models.UUIDField(help_text="a resident's own words, sealed", null=True)
        ),
        migrations.RunSQL(MARKS, migrations.RunSQL.noop),
        migrations.AddIndex(
            "step", models.Index(condition=~Q(said_by=""), fields=["said_by"], name="step_said_by")
        ),
    ]
