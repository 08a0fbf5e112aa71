"""One-time codes by which whoever left a telephone finds their codes again."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("channels", "0002_drafts_of_forms"),
    ]

    operations = [
        migrations.CreateModel(
            name="Recovery",
            fields=[
                ("phone", models.BinaryField(primary_key=True, serialize=False)),
                ("nonce", models.BinaryField(default=bytes)),
                ("made_at", models.DateTimeField(null=True)),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("day", models.DateField(null=True)),
                ("sent", models.PositiveSmallIntegerField(default=0)),
            ],
        ),
    ]
