"""One-time codes are kept for each address that asks; those on their way are asked for anew."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("channels", "0001_initial")]

    operations = [
        migrations.RunSQL('DELETE FROM "channels_recovery"', migrations.RunSQL.noop),
        migrations.RenameField("recovery", "phone", "sender"),
        migrations.AddField(
            "recovery", "phone", models.BinaryField(db_index=True, default=bytes), preserve_default=False
        ),
    ]
