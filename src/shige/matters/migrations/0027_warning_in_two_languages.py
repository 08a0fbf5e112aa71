"""A warning in an office's own words may be written in the second language as well."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Whoever reads the other language reads the same warning."""

    dependencies = [("matters", "0026_seal_of_a_step")]

    operations = [
        migrations.AddField(
            "sentwarning",
            "title_other",
            models.CharField(blank=True, help_text="in the second language of the place", max_length=40),
            preserve_default=True,
        ),
        migrations.AddField(
            "sentwarning",
            "text_other",
            models.TextField(blank=True, help_text="in the second language of the place"),
            preserve_default=True,
        ),
    ]
