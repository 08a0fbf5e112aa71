from django.db import migrations, models

FORGET = "TRUNCATE insight_toldcell, insight_toldmonth"


class Migration(migrations.Migration):
    """Keep with a month how much danger to persons is told of each street."""

    dependencies = [("insight", "0007_shares")]

    operations = [
        migrations.RunSQL(FORGET, migrations.RunSQL.noop),
        migrations.AddField(
            "toldmonth",
            "guarded",
            models.JSONField(default=dict, help_text="danger to persons by street, where enough"),
        ),
    ]
