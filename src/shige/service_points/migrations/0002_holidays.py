from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("service_points", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="servicepoint",
            name="keeps_holidays",
            field=models.BooleanField(default=True, help_text="closed on them, open on make-up workdays"),
        ),
    ]
