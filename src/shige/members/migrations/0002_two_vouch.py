from django.db import migrations, models

from shige.members.schema import ENTER


class Migration(migrations.Migration):
    dependencies = [("members", "0001_initial")]

    operations = [
        migrations.RunSQL([ENTER], migrations.RunSQL.noop),
        migrations.AddField(
            "member",
            "person",
            models.BigIntegerField(help_text="who vouches for it first: another one confirms", null=True),
        ),
        migrations.AlterField(
            "invitation",
            "person",
            models.BigIntegerField(help_text="who invited, and so confirms nothing of it", null=True),
        ),
    ]
